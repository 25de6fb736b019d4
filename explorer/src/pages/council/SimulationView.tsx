/** What the chain says would change if this were carried out now, or which call would fail and why. */
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { Simulation } from "../../../../gateway/client/generated/types.gen.ts";
import { useSay } from "../../i18n/say.ts";
import { BlockLink } from "../../parts/links.tsx";
import { ActionSentence } from "./ActionSentence.tsx";

/** Long whole numbers are easier to compare in groups of three; nothing else is changed. */
const shown = (value: string | null): string =>
  value === null ? "–" : /^\d{5,}$/.test(value) ? value.replace(/\B(?=(\d{3})+$)/g, ",") : value;

export function SimulationView({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation("council");
  const say = useSay();
  const { isOk, changes, failure, block } = simulation;
  return (
    <>
      {failure === null ? null : (
        <Alert
          type="error"
          showIcon
          title={t("simulation.fails", { call: failure.call + 1, action: failure.action })}
          description={`${say(failure.error)} (${failure.error.code})`}
        />
      )}
      {isOk && changes.length === 0 ? <p>{t("simulation.nothingKnown")}</p> : null}
      {changes.length === 0 ? null : (
        <div className="scroll" tabIndex={0} role="region" aria-label={t("simulation.title")}>
          <table className="plain">
            <thead>
              <tr>
                <th scope="col">{t("simulation.what")}</th>
                <th scope="col">{t("simulation.before")}</th>
                <th scope="col">{t("simulation.after")}</th>
              </tr>
            </thead>
            <tbody>
              {changes.map((change) => (
                <tr key={change.en}>
                  <td>
                    <ActionSentence action={change} />
                  </td>
                  <td>{shown(change.before)}</td>
                  <td>
                    {change.before === change.after ? shown(change.after) : <strong>{shown(change.after)}</strong>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="soft">
        {t("simulation.at")} <BlockLink number={block.number} />
      </p>
    </>
  );
}
