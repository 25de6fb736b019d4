/** What the rules would cost and what stands against them, worked out by the gateway as one types. */
import { Alert } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useDeferredValue } from "react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { previewRules } from "../../../../../../gateway/client/generated/sdk.gen.ts";
import type { RuleBook, RulesFigures, RulesPreview } from "../../../../../../gateway/client/generated/types.gen.ts";
import { formatBps, formatExact } from "../../../../format/amount.ts";
import { Panel } from "../../../../parts/Panel.tsx";
import { QueryView } from "../../../../parts/QueryView.tsx";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS } from "../../units.ts";
import { yuanOf } from "../fen.ts";

interface Props {
  readonly book: RuleBook;
  readonly children: (isPublishable: boolean) => ReactNode;
}

export function PreviewPanel({ book, children }: Props) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const looked = useDeferredValue(book);
  const query = useQuery({
    queryKey: ["previewRules", id, JSON.stringify(looked)],
    queryFn: async ({ signal }) => {
      const asked = { path: { id }, body: { document: looked }, signal, throwOnError: true } as const;
      return (await previewRules(asked)).data;
    },
    meta: { live: false },
  });
  return (
    <Panel title={t("preview.title")}>
      <QueryView query={query}>
        {(preview) => (
          <div className="loyalty-stack">
            <Findings findings={preview.findings} />
            <Figures preview={preview} />
            {children(preview.isPublishable)}
          </div>
        )}
      </QueryView>
    </Panel>
  );
}

function Findings({ findings }: Pick<RulesPreview, "findings">) {
  const { t, i18n } = useTranslation("loyalty");
  if (findings.length === 0) return <Alert type="success" showIcon title={t("preview.fine")} />;
  return findings.map(({ code, severity, subject, en, zh }) => (
    <Alert key={`${code}-${subject ?? ""}`} type={severity} showIcon title={i18n.language === "en" ? en : zh} />
  ));
}

type Row = readonly [
  name: "reward" | "order" | "first" | "daily" | "newcomer" | "month" | "breakage" | "expected",
  (figures: RulesFigures) => string,
];

function Figures({ preview: { figures, inForce, sources, outlook } }: { preview: RulesPreview }) {
  const { t } = useTranslation("loyalty");
  const { tokenSymbol } = useOwnMerchant();
  const points = (amount: string): string => `${formatExact(amount, POINT_DECIMALS)} ${tokenSymbol}`;
  const yuan = (fen: string): string => `¥${yuanOf(fen)}`;
  const rows: readonly Row[] = [
    ["reward", ({ rewardBps }) => formatBps(String(rewardBps))],
    ["order", ({ orderPoints }) => points(orderPoints)],
    ["first", ({ firstOrderPoints }) => points(firstOrderPoints)],
    ["daily", ({ taskPointsPerDay }) => points(taskPointsPerDay)],
    ["newcomer", ({ newCustomerExpectedFen }) => yuan(newCustomerExpectedFen)],
    ["month", ({ monthLiabilityFen }) => yuan(monthLiabilityFen)],
    ["breakage", ({ monthBreakageFen }) => yuan(monthBreakageFen)],
    ["expected", ({ monthExpectedFen }) => yuan(monthExpectedFen)],
  ];
  const isAssumed = Object.values(sources).includes("assumed");
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <table className="plain">
          <thead>
            <tr>
              <th scope="col">{t("preview.figure")}</th>
              <th scope="col" className="number">
                {t("preview.draft")}
              </th>
              {inForce === null ? null : (
                <th scope="col" className="number">
                  {t("preview.now", { version: inForce.version })}
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, show]) => (
              <tr key={name}>
                <td>{t(`preview.row.${name}`)}</td>
                <td className="number">{show(figures)}</td>
                {inForce === null ? null : <td className="number">{show(inForce.figures)}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="loyalty-soft">
        {t("preview.basis", {
          order: yuanOf(outlook.averageOrderFen),
          orders: outlook.ordersPerDay,
          margin: formatBps(String(outlook.grossMarginBps)),
        })}{" "}
        {isAssumed ? t("preview.assumed") : t("preview.own")}
      </p>
    </>
  );
}
