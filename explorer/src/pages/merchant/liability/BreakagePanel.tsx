/** What became of the points of epochs that are over: the history that the expectation is taken from. */
import { useTranslation } from "react-i18next";
import type { Liability } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatBps } from "../../../format/amount.ts";
import { AmountText } from "../../../parts/AmountText.tsx";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { TimeText } from "../../../parts/TimeText.tsx";

export function BreakagePanel({ liability }: { liability: Liability }) {
  const { t } = useTranslation("liability");
  const { epochs } = liability.breakage;
  return (
    <Panel title={t("breakage.title")}>
      {epochs.length === 0 ? (
        <NothingThere text={t("breakage.none")} />
      ) : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("breakage.title")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("breakage.from")}</th>
                <th scope="col">{t("breakage.until")}</th>
                <th scope="col" className="number">
                  {t("lots.received")}
                </th>
                <th scope="col" className="number">
                  {t("breakage.expired")}
                </th>
                <th scope="col" className="number">
                  {t("breakage.rate")}
                </th>
              </tr>
            </thead>
            <tbody>
              {epochs.map((epoch) => (
                <tr key={epoch.epoch}>
                  <th scope="row">
                    <TimeText seconds={epoch.startsAt} as="time" />
                  </th>
                  <td>
                    <TimeText seconds={epoch.expiredAt} as="time" />
                  </td>
                  <td className="number">
                    <AmountText amount={epoch.received} />
                  </td>
                  <td className="number">
                    <AmountText amount={epoch.expired} />
                  </td>
                  <td className="number">{formatBps(epoch.rateBps)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Panel>
  );
}
