/** Takes the file, and says what it must look like. */
import { Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { formatExact } from "../../../format/amount.ts";
import { writeCsv } from "../../../format/csv.ts";
import { PageSkeleton } from "../../../parts/PageSkeleton.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { saveText } from "../save-file.ts";
import { ROWS_MAX } from "./check.ts";
import { readFile } from "./read-file.ts";
import type { ReadFile } from "./read-file.ts";

const EXAMPLE = [
  ["account", "points", "order"],
  ["0x42cbc74d159f243faa636759ded727ae3b1d9471", "120.5", "SO-20261101-0001"],
  ["0x9e7ef0f7b0ae2da4a38ea10e20a381d89dcdf957", "80", "SO-20261101-0002"],
] as const;

export function ChooseFile({ onRead }: { onRead: (file: ReadFile) => void }) {
  const { t } = useTranslation("merchantIssue");
  const [isReading, setReading] = useState(false);
  const take = (file: File): false => {
    setReading(true);
    void readFile(file)
      .then(onRead)
      .finally(() => setReading(false));
    return false;
  };
  if (isReading) return <PageSkeleton />;
  return (
    <>
      <Panel title={t("batch.choose")}>
        <Upload.Dragger accept=".csv,text/csv,text/plain" showUploadList={false} beforeUpload={take}>
          <p className="drop-text">{t("batch.drop")}</p>
          <p className="page-lead">{t("batch.dropHint", { max: formatExact(BigInt(ROWS_MAX), 0) })}</p>
        </Upload.Dragger>
      </Panel>
      <Panel
        title={t("batch.example")}
        tools={
          <button
            type="button"
            className="link-button"
            onClick={() => saveText("issue-template.csv", writeCsv(EXAMPLE))}
          >
            {t("batch.template")}
          </button>
        }
      >
        <pre tabIndex={0}>{EXAMPLE.map((row) => row.join(",")).join("\n")}</pre>
      </Panel>
    </>
  );
}
