/** What stands above every view of a transaction: who, when, and whether it went through. */
import { useTranslation } from "react-i18next";
import type { RawTransaction, Transaction } from "../../../../gateway/client/generated/types.gen.ts";
import { formatCount } from "../../format/number.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { BlockLink } from "../../parts/links.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { SentenceText } from "../../parts/SentenceText.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { ToneTag } from "../../parts/ToneTag.tsx";

interface Props {
  readonly transaction: Transaction;
  /** Why the chain refused it, where the node can tell. */
  readonly revert: RawTransaction["revert"];
}

export function TransactionFacts({ transaction, revert }: Props) {
  const { t } = useTranslation("chain");
  const { hash, blockNumber, timestamp, from, to, succeeded, gasUsed, sentence, actions } = transaction;
  return (
    <Panel title={t("facts")}>
      <p className="transaction-sentence">
        <SentenceText sentence={sentence} parties={actions[0]?.parties ?? []} />
      </p>
      <dl className="facts">
        <dt>{t("transaction.state")}</dt>
        <dd>{succeeded ? <ToneTag tone="good">{t("transaction.done")}</ToneTag> : <Refusal revert={revert} />}</dd>
        <dt>{t("transaction.block")}</dt>
        <dd>
          <BlockLink number={blockNumber} />
        </dd>
        <dt>{t("transaction.time")}</dt>
        <dd>
          <TimeText seconds={timestamp} as="time" /> (<TimeText seconds={timestamp} />)
        </dd>
        <dt>{t("transaction.from")}</dt>
        <dd>
          <AddressLink address={from} />
        </dd>
        <dt>{t("transaction.to")}</dt>
        <dd>{to === null ? t("transaction.created") : <AddressLink address={to} />}</dd>
        <dt>{t("transaction.gasUsed")}</dt>
        <dd>
          {formatCount(Number(gasUsed))} <span className="soft">{t("transaction.gasFree")}</span>
        </dd>
        <dt>{t("transaction.hash")}</dt>
        <dd className="hex">{hash}</dd>
      </dl>
    </Panel>
  );
}

function Refusal({ revert }: Pick<Props, "revert">) {
  const { t } = useTranslation("chain");
  if (revert === null) return <ToneTag tone="bad">{t("transaction.refused")}</ToneTag>;
  return (
    <>
      <ToneTag tone="bad">{t("transaction.refusedBecause", { name: revert.name })}</ToneTag>
      {Object.entries(revert.facts).map(([name, value]) => (
        <span key={name} className="soft">
          {" "}
          {name} = {String(value)}
        </span>
      ))}
    </>
  );
}
