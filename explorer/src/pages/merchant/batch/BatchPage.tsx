/** Many orders from a file: chosen, checked, issued, with what became of each row. */
import { useEffect, useState, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";
import { Page } from "../../../parts/Page.tsx";
import { useOwnMerchant } from "../own-merchant.tsx";
import { CheckedFile } from "./CheckedFile.tsx";
import { ChooseFile } from "./ChooseFile.tsx";
import type { ReadFile } from "./read-file.ts";
import { RunView } from "./RunView.tsx";
import { runnerOf } from "./runner.ts";

export default function BatchPage() {
  const { t } = useTranslation("merchantIssue");
  const { token } = useOwnMerchant();
  const runner = runnerOf(token);
  const progress = useSyncExternalStore(runner.subscribe, runner.progress);
  const [file, setFile] = useState<ReadFile>();
  useEffect(() => void runner.wake(), [runner]);
  return (
    <Page title={t("batch.title")} lead={t("batch.lead")}>
      {progress !== undefined ? (
        <RunView runner={runner} progress={progress} />
      ) : file === undefined ? (
        <ChooseFile onRead={setFile} />
      ) : (
        <CheckedFile
          file={file}
          onOther={() => setFile(undefined)}
          onBegin={(run) => {
            setFile(undefined);
            void runner.begin(run);
          }}
        />
      )}
    </Page>
  );
}
