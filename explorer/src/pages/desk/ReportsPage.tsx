/** Report bundles: asked for by period, taken away as one file, checked by anybody. */
import { useQuery } from "@tanstack/react-query";
import { Button, Form, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listReportsOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { requestReport } from "../../../../gateway/client/generated/sdk.gen.ts";
import type { Report } from "../../../../gateway/client/generated/types.gen.ts";
import { useIntent } from "../../api/intent.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { BlockLink } from "../../parts/links.tsx";
import { verifyReportUrl } from "../../urls.ts";
import { Tone } from "./StateTag.tsx";
import { saveBundle } from "./bundle.ts";
import { useMayWrite } from "./roles.ts";

const LOOK_EVERY_MS = 1_000;
const TONES = { making: "info", ready: "good", failed: "bad" } as const;

export default function ReportsPage() {
  const { t } = useTranslation("desk");
  const mayWrite = useMayWrite();
  const reports = useQuery({
    ...listReportsOptions(),
    refetchInterval: ({ state }) =>
      state.data?.items.some((one) => one.state === "making") === true ? LOOK_EVERY_MS : false,
  });
  return (
    <Page title={t("reports.title")} lead={t("reports.lead")}>
      {mayWrite ? (
        <Panel title={t("reports.ask")}>
          <ReportForm />
        </Panel>
      ) : null}
      <Panel title={t("reports.list")}>
        <QueryView query={reports}>
          {({ items }) =>
            items.length === 0 ? (
              <NothingThere text={t("reports.none")} />
            ) : (
              <ul className="desk-list">
                {items.map((report) => (
                  <li key={report.id}>
                    <ReportItem report={report} />
                  </li>
                ))}
              </ul>
            )
          }
        </QueryView>
      </Panel>
    </Page>
  );
}

interface Fields {
  readonly from?: number | null;
  readonly to?: number | null;
}

const edge = (block: number | null | undefined) => (typeof block === "number" ? { block } : undefined);

function ReportForm() {
  const { t } = useTranslation("desk");
  const intent = useIntent<Fields, Report>((fields, headers) => {
    const [from, to] = [edge(fields.from), edge(fields.to)];
    const body = { ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    return requestReport({ body, headers, throwOnError: true });
  });
  return (
    <Form<Fields> name="desk-report" layout="vertical" onFinish={(fields) => intent.submit(fields)}>
      <div className="desk-tools">
        <Form.Item name="from" label={t("reports.from")} extra={t("reports.fromHelp")}>
          <InputNumber min={0} precision={0} style={{ width: "12rem" }} />
        </Form.Item>
        <Form.Item name="to" label={t("reports.to")} extra={t("reports.toHelp")}>
          <InputNumber min={0} precision={0} style={{ width: "12rem" }} />
        </Form.Item>
      </div>
      <Button type="primary" htmlType="submit" loading={intent.isSending}>
        {t("reports.do")}
      </Button>
      {intent.error === undefined ? null : (
        <div className="desk-note">
          <ProblemNote error={intent.error} />
        </div>
      )}
    </Form>
  );
}

function ReportItem({ report }: { report: Report }) {
  const { t, i18n } = useTranslation("desk");
  const { id, state, fromBlock, toBlock, manifestSha256, error, files } = report;
  const [problem, setProblem] = useState<unknown>();
  const [isSaving, setSaving] = useState(false);
  const save = async (): Promise<void> => {
    setSaving(true);
    setProblem(undefined);
    try {
      await saveBundle(report);
    } catch (thrown) {
      setProblem(thrown);
    }
    setSaving(false);
  };
  return (
    <>
      <div className="desk-line">
        <strong>
          {t("reports.period")} <BlockLink number={fromBlock} /> – <BlockLink number={toBlock} />
        </strong>
        <Tone tone={TONES[state]}>{t(`reports.state.${state}`)}</Tone>
        <span>
          {t("reports.asked")} <TimeText seconds={report.requestedAt} />
        </span>
        <span>{report.organisation}</span>
      </div>
      {manifestSha256 === null ? null : (
        <p className="soft">
          {t("reports.manifest")} <code>{manifestSha256}</code>
        </p>
      )}
      {error === null ? null : <p>{i18n.language === "en" ? error.en : error.zh}</p>}
      {state === "ready" ? (
        <div className="desk-tools">
          <Button loading={isSaving} onClick={() => void save()}>
            {t("reports.save", { count: files.length })}
          </Button>
          <Link to={verifyReportUrl(id)}>{t("reports.verify")}</Link>
        </div>
      ) : null}
      {problem === undefined ? null : <ProblemNote error={problem} />}
    </>
  );
}
