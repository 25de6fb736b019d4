/** What the chain says was done under a case number, whoever did it. */
import { useTranslation } from "react-i18next";
import type { ChainAct } from "../../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { BlockLink, TransactionLink } from "../../parts/links.tsx";
import { MerchantName } from "./SubjectLine.tsx";

const KNOWN = [
  "freeze",
  "unfreeze",
  "pause",
  "unpause",
  "warning",
  "limitCut",
  "issueHalt",
  "issueResumption",
  "suspension",
  "reinstatement",
  "windDownAdvice",
  "orderTransfer",
  "seize",
] as const;
type Known = (typeof KNOWN)[number];
const isKnown = (act: string): act is Known => (KNOWN as readonly string[]).includes(act);

export function ChainActs({ acts }: { acts: readonly ChainAct[] }) {
  const { t } = useTranslation("desk");
  if (acts.length === 0) return <NothingThere text={t("case.noActs")} />;
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("case.acts")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("col.act")}</th>
            <th scope="col">{t("col.subject")}</th>
            <th scope="col">{t("col.value")}</th>
            <th scope="col">{t("col.when")}</th>
            <th scope="col">{t("col.block")}</th>
            <th scope="col">{t("col.transaction")}</th>
          </tr>
        </thead>
        <tbody>
          {acts.map((act) => (
            <tr key={`${act.transactionHash} ${act.act} ${act.subject}`}>
              <td>{isKnown(act.act) ? t(`chainAct.${act.act}`) : act.act}</td>
              <td>
                <Subject act={act} />
              </td>
              <td>
                <Value act={act} />
              </td>
              <td>
                <TimeText seconds={act.timestamp} />
              </td>
              <td>
                <BlockLink number={act.blockNumber} />
              </td>
              <td>
                <TransactionLink hash={act.transactionHash} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Subject({ act: { act, subject } }: { act: ChainAct }) {
  const { t } = useTranslation("desk");
  if (subject.startsWith("0x")) return <AddressLink address={subject} />;
  return act === "orderTransfer" ? t("chainAct.order", { id: subject }) : <MerchantName id={Number(subject)} />;
}

function Value({ act: { act, value } }: { act: ChainAct }) {
  const { t } = useTranslation("desk");
  if (value === null) return "–";
  if (act === "pause") {
    return (
      <>
        {t("chainAct.until")} <TimeText seconds={Number(value)} as="time" />
      </>
    );
  }
  if (act === "limitCut") return `${value} %`;
  return value === "0" ? "–" : value;
}
