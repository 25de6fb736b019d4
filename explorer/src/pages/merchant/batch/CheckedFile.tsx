/** What the check found: how much can be issued, and each row that can not, with its reason. */
import { Alert, Button, Table } from "antd";
import { useTranslation } from "react-i18next";
import { formatExact } from "../../../format/amount.ts";
import { Panel } from "../../../parts/Panel.tsx";
import { useOwnMerchant } from "../own-merchant.tsx";
import { POINT_DECIMALS } from "../units.ts";
import { ROWS_MAX } from "./check.ts";
import type { BatchRow, Flaw, FlawedRow } from "./check.ts";
import { runOf } from "./read-file.ts";
import type { ReadFile } from "./read-file.ts";
import type { BatchRun } from "./run.ts";

interface Props {
  readonly file: ReadFile;
  readonly onOther: () => void;
  readonly onBegin: (run: BatchRun) => void;
}

export function CheckedFile({ file, onOther, onBegin }: Props) {
  const { t } = useTranslation("merchantIssue");
  const { checked, name } = file;
  const other = <Button onClick={onOther}>{t("batch.other")}</Button>;
  if (checked.kind !== "rows")
    return (
      <Panel title={name} tools={other}>
        <Alert type="error" showIcon role="alert" title={<WhyNot checked={checked} />} />
      </Panel>
    );
  return (
    <>
      <Panel title={name} tools={other}>
        <CheckedRows name={name} rows={checked.rows} flawed={checked.flawed} onBegin={onBegin} />
      </Panel>
      {checked.flawed.length === 0 ? null : (
        <Panel title={t("batch.bad")}>
          <FlawTable flawed={checked.flawed} />
        </Panel>
      )}
    </>
  );
}

function WhyNot({ checked }: { checked: Exclude<ReadFile["checked"], { kind: "rows" }> }) {
  const { t } = useTranslation("merchantIssue");
  const number = (count: number): string => formatExact(BigInt(count), 0);
  switch (checked.kind) {
    case "empty":
      return t("batch.empty");
    case "unreadable":
      return t("batch.unreadable");
    case "unclosed":
      return t("batch.unclosed", { row: checked.row });
    case "header":
      return t("batch.header", { missing: checked.missing.join(", ") });
    case "tooMany":
      return t("batch.rowsMax", { count: checked.count, max: number(ROWS_MAX) });
  }
}

interface RowsProps {
  readonly name: string;
  readonly rows: readonly BatchRow[];
  readonly flawed: readonly FlawedRow[];
  readonly onBegin: (run: BatchRun) => void;
}

function CheckedRows({ name, rows, flawed, onBegin }: RowsProps) {
  const { t } = useTranslation("merchantIssue");
  const { token, tokenSymbol } = useOwnMerchant();
  const total = rows.reduce((sum, { points }) => sum + BigInt(points), 0n);
  const begin = (): void => void runOf(token, name, rows).then(onBegin);
  return (
    <>
      <dl className="figures">
        <div className="figure">
          <dt>{t("batch.good")}</dt>
          <dd data-count="good">{formatExact(BigInt(rows.length), 0)}</dd>
        </div>
        <div className="figure">
          <dt>{t("batch.total")}</dt>
          <dd>
            {formatExact(total, POINT_DECIMALS)} {tokenSymbol}
          </dd>
        </div>
        <div className="figure">
          <dt>{t("batch.bad")}</dt>
          <dd data-count="bad">{formatExact(BigInt(flawed.length), 0)}</dd>
        </div>
      </dl>
      {flawed.length === 0 ? null : <p className="page-lead">{t("batch.badNote")}</p>}
      <p className="row-tools spaced">
        <Button type="primary" disabled={rows.length === 0} onClick={begin}>
          {t("batch.begin", { count: rows.length })}
        </Button>
      </p>
    </>
  );
}

const TABLE_HEIGHT = 360;

function FlawTable({ flawed }: { flawed: readonly FlawedRow[] }) {
  const { t } = useTranslation("merchantIssue");
  const words = ({ kind, ...about }: Flaw): string => {
    if (kind === "twice") return t("batch.flaw.twice", { row: "before" in about ? about.before : "" });
    if (kind === "columns" && "count" in about)
      return t("batch.flaw.columns", { count: about.count, expected: about.expected });
    return kind === "columns" ? "" : t(`batch.flaw.${kind}`);
  };
  return (
    <Table<FlawedRow>
      size="small"
      virtual
      scroll={{ x: 640, y: TABLE_HEIGHT }}
      pagination={false}
      rowKey="row"
      dataSource={flawed}
      columns={[
        { title: t("batch.row"), dataIndex: "row", width: 80, align: "right" },
        { title: t("batch.problem"), width: 280, render: (_, { flaw }) => words(flaw) },
        { title: t("batch.rows"), dataIndex: "text", width: 280, ellipsis: true },
      ]}
    />
  );
}
