/** What customers hold, by when it expires: what of it will be used, what will not. */
import { useTranslation } from "react-i18next";
import type { Liability } from "../../../../../gateway/client/generated/types.gen.ts";
import { BarChart } from "../../../charts/BarChart.tsx";
import { AmountText } from "../../../parts/AmountText.tsx";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { TimeText } from "../../../parts/TimeText.tsx";
import { YuanText } from "./YuanText.tsx";

export function LotsPanel({ liability }: { liability: Liability }) {
  const { t } = useTranslation("liability");
  const { items, held, symbol, breakage } = liability;
  if (items.length === 0)
    return (
      <Panel title={t("lots.title")}>
        <NothingThere text={t("lots.none")} />
      </Panel>
    );
  const isKnown = breakage.rateBps !== null;
  const values = (part: "expectedUsed" | "expectedExpired") => items.map((item) => BigInt(item[part]?.amount ?? 0));
  return (
    <Panel title={t("lots.title")}>
      <BarChart
        label={t("lots.title")}
        of={t("lots.month")}
        categories={items.map(({ month }) => month ?? t("never"))}
        series={
          isKnown
            ? [
                { name: t("used"), values: values("expectedUsed") },
                { name: t("expired"), values: values("expectedExpired") },
              ]
            : [{ name: t("points"), values: items.map(({ points }) => BigInt(points.amount)) }]
        }
        unit={{ decimals: items[0]?.points.decimals ?? 2, symbol }}
        isStacked
      />
      <LotsTable liability={liability} />
      {held.amount === "0" ? null : (
        <p className="soft">
          {t("lots.held")} <AmountText amount={held} />
        </p>
      )}
    </Panel>
  );
}

function LotsTable({ liability }: { liability: Liability }) {
  const { t } = useTranslation("liability");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("lots.title")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("lots.expires")}</th>
            <th scope="col" className="number">
              {t("points")}
            </th>
            <th scope="col" className="number">
              {t("face")}
            </th>
            <th scope="col" className="number">
              {t("accept")}
            </th>
            <th scope="col" className="number">
              {t("lots.received")}
            </th>
            <th scope="col" className="number">
              {t("used")}
            </th>
            <th scope="col" className="number">
              {t("expired")}
            </th>
          </tr>
        </thead>
        <tbody>
          {liability.items.map((item) => (
            <tr key={item.epoch}>
              <th scope="row">
                {item.expiresAt === null ? t("never") : <TimeText seconds={item.expiresAt} as="time" />}
              </th>
              <td className="number">
                <AmountText amount={item.points} />
              </td>
              <td className="number">
                <YuanText fen={item.faceFen} />
              </td>
              <td className="number">{item.accept === null ? "–" : <AmountText amount={item.accept} />}</td>
              <td className="number">
                <AmountText amount={item.received} />
              </td>
              <td className="number">{item.expectedUsed === null ? "–" : <AmountText amount={item.expectedUsed} />}</td>
              <td className="number">
                {item.expectedExpired === null ? "–" : <AmountText amount={item.expectedExpired} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
