/** Every row of a run with its state; thousands of them, of which only those in view are drawn. */
import { Select, Table } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { formatExact } from "../../../format/amount.ts";
import { AddressLink } from "../../../parts/AddressLink.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { StateTag } from "../../../parts/StateTag.tsx";
import { TransactionLink } from "../../../parts/links.tsx";
import { POINT_DECIMALS } from "../units.ts";
import type { BatchRow } from "./check.ts";
import { ROW_STATES } from "./run.ts";
import type { BatchRun, Part, RowResult, RowState } from "./run.ts";

const TABLE_HEIGHT = 420;
const TONES = { waiting: "idle", sent: "busy", confirmed: "good", before: "good", failed: "bad" } as const;

type Shown = BatchRow & RowResult;

export function RunRows({ run, parts }: { run: BatchRun; parts: readonly Part[] }) {
  const { t, i18n } = useTranslation("merchantIssue");
  const [query, setQuery] = useSearchParams();
  const only = ROW_STATES.find((state) => state === query.get("state"));
  const rows = useMemo(() => shownRows(run, parts, only), [run, parts, only]);
  return (
    <Panel
      title={t("batch.rows")}
      tools={
        <Select
          aria-label={t("batch.only")}
          className="row-filter"
          value={only ?? "all"}
          onChange={(state) => setQuery(state === "all" ? {} : { state }, { replace: true })}
          options={[
            { value: "all", label: t("batch.all") },
            ...ROW_STATES.map((state) => ({ value: state, label: t(`batch.count.${state}`) })),
          ]}
        />
      }
    >
      <Table<Shown>
        size="small"
        virtual
        scroll={{ x: 900, y: TABLE_HEIGHT }}
        pagination={false}
        rowKey="row"
        dataSource={rows}
        locale={{ emptyText: t("batch.noRows") }}
        columns={[
          { title: t("batch.row"), dataIndex: "row", width: 80, align: "right" },
          { title: t("orderRef"), dataIndex: "orderRef", width: 200, ellipsis: true },
          { title: t("batch.account"), width: 180, render: (_, { to }) => <AddressLink address={to} /> },
          {
            title: t("points"),
            width: 120,
            align: "right",
            render: (_, { points }) => formatExact(points, POINT_DECIMALS),
          },
          {
            title: t("batch.state"),
            width: 220,
            render: (_, { state, error }) => (
              <>
                <StateTag tone={TONES[state]}>{t(`batch.count.${state}`)}</StateTag>
                {error === undefined ? null : i18n.language === "en" ? error.en : error.zh}
              </>
            ),
          },
          {
            title: t("transaction"),
            width: 140,
            render: (_, { hash }) => (hash === undefined ? "–" : <TransactionLink hash={hash} />),
          },
        ]}
      />
    </Panel>
  );
}

function shownRows({ rows }: BatchRun, parts: readonly Part[], only: RowState | undefined): Shown[] {
  const shown: Shown[] = [];
  for (const { from, results } of parts)
    results.forEach((result, index) => {
      const row = rows[from + index];
      if (row !== undefined && (only === undefined || result.state === only)) shown.push({ ...row, ...result });
    });
  return shown;
}
