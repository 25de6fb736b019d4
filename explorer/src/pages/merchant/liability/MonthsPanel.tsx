/** How the liability came to be: what went in and out, month by month. */
import { useTranslation } from "react-i18next";
import type { Liability } from "../../../../../gateway/client/generated/types.gen.ts";
import { AmountText } from "../../../parts/AmountText.tsx";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Panel } from "../../../parts/Panel.tsx";

const FLOWS = ["issued", "reversed", "swappedOut", "swappedIn", "redeemed", "refunded", "expired", "owed"] as const;

export function MonthsPanel({ liability: { months } }: { liability: Liability }) {
  const { t } = useTranslation("liability");
  return (
    <Panel title={t("months.title")}>
      {months.length === 0 ? (
        <NothingThere text={t("months.none")} />
      ) : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("months.title")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("months.month")}</th>
                {FLOWS.map((flow) => (
                  <th key={flow} scope="col" className="number">
                    {t(`months.${flow}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <tr key={month.month}>
                  <th scope="row">{month.month}</th>
                  {FLOWS.map((flow) => (
                    <td key={flow} className="number">
                      <AmountText amount={month[flow]} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
