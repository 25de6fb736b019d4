/** A receipt: what happened in one transaction, when, in which block; anybody can check it on the chain. */
import { Button } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { getTransactionOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { TransactionDetail } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatAmount } from "../../../format/amount.ts";
import { AddressLink } from "../../../parts/AddressLink.tsx";
import { BlockLink, TransactionLink } from "../../../parts/links.tsx";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { TimeText } from "../../../parts/TimeText.tsx";

export default function ReceiptPage() {
  const { t } = useTranslation("purse");
  const hash = useParams()["hash"] ?? "";
  const query = useQuery(getTransactionOptions({ path: { hash } }));
  return (
    <Page
      title={t("receipt.title")}
      lead={t("receipt.lead")}
      tools={<Button onClick={() => print()}>{t("receipt.print")}</Button>}
    >
      <QueryView query={query}>{({ transaction }) => <Receipt transaction={transaction} />}</QueryView>
    </Page>
  );
}

function Receipt({ transaction }: Pick<TransactionDetail, "transaction">) {
  const { t, i18n } = useTranslation("purse");
  const { hash, blockNumber, timestamp, succeeded, sentence, actions } = transaction;
  const say = (words: { en: string; zh: string }): string => (i18n.language === "en" ? words.en : words.zh);
  const amounts = actions.flatMap((action) => action.amounts);
  return (
    <Panel title={say(sentence)}>
      <dl className="facts">
        <dt>{t("receipt.state")}</dt>
        <dd>{t(succeeded ? "receipt.confirmed" : "receipt.failed")}</dd>
        <dt>{t("receipt.time")}</dt>
        <dd>
          <TimeText seconds={timestamp} as="time" />
        </dd>
        {actions.map((action, index) => (
          <Action key={index} action={action} isWhole={actions.length === 1} />
        ))}
        {amounts.length === 0 ? null : (
          <>
            <dt>{t("receipt.amounts")}</dt>
            <dd>{amounts.map(({ amount }) => formatAmount(amount)).join(" · ")}</dd>
          </>
        )}
        <dt>{t("receipt.block")}</dt>
        <dd>
          <BlockLink number={blockNumber} />
        </dd>
        <dt>{t("receipt.transaction")}</dt>
        <dd>
          <TransactionLink hash={hash} />
        </dd>
      </dl>
    </Panel>
  );
}

/** `isWhole`: it is all that happened, and stands in the heading already. */
function Action({
  action,
  isWhole,
}: {
  readonly isWhole: boolean;
  action: TransactionDetail["transaction"]["actions"][number];
}) {
  const { t, i18n } = useTranslation("purse");
  return (
    <>
      <dt>{t(isWhole ? "receipt.who" : "receipt.what")}</dt>
      <dd>
        {isWhole ? null : i18n.language === "en" ? action.sentence.en : action.sentence.zh}
        <ul className="wallet-plain-list">
          {action.parties.map(({ role, address }) => (
            <li key={`${role}-${address}`}>
              <AddressLink address={address} />
            </li>
          ))}
        </ul>
      </dd>
    </>
  );
}
