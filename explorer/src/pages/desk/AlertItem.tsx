/** One alert: what was found in a sentence with its numbers, about whom, and where it stands. */
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import type { Alert } from "../../../../gateway/client/generated/types.gen.ts";
import { BlockLink, TransactionLink } from "../../parts/links.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { caseUrl } from "../../urls.ts";
import { StateTag } from "./StateTag.tsx";
import { SubjectLine } from "./SubjectLine.tsx";

export function AlertItem({ alert }: { alert: Alert }) {
  const { t, i18n } = useTranslation("desk");
  const { rule, state, caseNumber, dismissedBecause, transactionHash } = alert;
  return (
    <>
      <div className="desk-line">
        <strong>{t(`rule.${rule}`)}</strong>
        <StateTag state={state} />
        <TimeText seconds={alert.timestamp} />
      </div>
      <p>{i18n.language === "en" ? alert.en : alert.zh}</p>
      <div className="desk-line">
        <SubjectLine subject={alert} />
        {transactionHash === null ? (
          <span>
            {t("alerts.atBlock")} <BlockLink number={alert.blockNumber} />
          </span>
        ) : (
          <TransactionLink hash={transactionHash} />
        )}
        {caseNumber === null ? null : (
          <Link to={caseUrl(caseNumber)}>{t("alerts.inCase", { number: caseNumber })}</Link>
        )}
        {dismissedBecause === null ? null : <span>{t("alerts.because", { text: dismissedBecause })}</span>}
      </div>
    </>
  );
}
