/** Checks a bundle, the gateway's own or one that somebody brought, with this browser's own arithmetic. */
import { useMutation, useQuery } from "@tanstack/react-query";
import { Alert, Button, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { getReportOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { CheckList } from "./CheckList.tsx";
import type { Bundle } from "./bundle.ts";
import { fetchBundle, readBundle } from "./bundle.ts";
import { verifyBundle } from "./verify-bundle.ts";

export default function VerifyPage() {
  const { t } = useTranslation("desk");
  const [query] = useSearchParams();
  const reportId = query.get("report");
  const check = useMutation({ mutationFn: async (load: () => Promise<Bundle>) => verifyBundle(await load()) });
  return (
    <Page title={t("verify.title")} lead={t("verify.lead")}>
      <Panel title={t("verify.which")}>
        <div className="desk-stack">
          {reportId === null ? null : <OwnReport id={reportId} isBusy={check.isPending} onCheck={check.mutate} />}
          <Upload.Dragger
            multiple
            accept=".zip,.csv,.json"
            showUploadList={false}
            beforeUpload={(file, all) => {
              // Called once a file; the last call has them all.
              if (file === all.at(-1)) check.mutate(() => readBundle(all));
              return false;
            }}
          >
            <p>{t("verify.drop")}</p>
            <p className="soft">{t("verify.dropHelp")}</p>
          </Upload.Dragger>
        </div>
      </Panel>
      <Panel title={t("verify.result")}>
        <div aria-live="polite">
          {check.isPending ? <p>{t("verify.busy")}</p> : null}
          {check.isError ? <Alert type="error" showIcon title={t("verify.unreadable")} /> : null}
          {check.isIdle ? <p className="soft">{t("verify.idle")}</p> : null}
          {check.isSuccess ? <CheckList checks={check.data} /> : null}
        </div>
      </Panel>
    </Page>
  );
}

interface OwnProps {
  readonly id: string;
  readonly isBusy: boolean;
  readonly onCheck: (load: () => Promise<Bundle>) => void;
}

function OwnReport({ id, isBusy, onCheck }: OwnProps) {
  const { t } = useTranslation("desk");
  const report = useQuery(getReportOptions({ path: { reportId: id } }));
  return (
    <QueryView query={report}>
      {(found) => (
        <div className="desk-tools">
          <span>{t("verify.own", { from: found.fromBlock, to: found.toBlock })}</span>
          <Button
            type="primary"
            loading={isBusy}
            disabled={found.state !== "ready"}
            onClick={() => onCheck(() => fetchBundle(found))}
          >
            {t("verify.do")}
          </Button>
        </div>
      )}
    </QueryView>
  );
}
