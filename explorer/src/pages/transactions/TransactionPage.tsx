/** One transaction: in words, as a call, with its logs, and as the node has it. */
import { useQuery } from "@tanstack/react-query";
import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams, useSearchParams } from "react-router";
import {
  getRawTransactionOptions,
  getTransactionOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { shortHex } from "../../format/address.ts";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { paths } from "../../urls.ts";
import { ActionList } from "./ActionList.tsx";
import { CallView } from "./CallView.tsx";
import { LogList } from "./LogList.tsx";
import { RawView } from "./RawView.tsx";
import { TransactionFacts } from "./TransactionFacts.tsx";

const HASH = /^0x[0-9a-fA-F]{64}$/;
const TABS = ["words", "call", "logs", "raw"] as const;

export default function TransactionPage() {
  const { t } = useTranslation("chain");
  const { hash = "" } = useParams();
  if (!HASH.test(hash))
    return (
      <Page title={t("transaction.title", { hash: hash.slice(0, 20) })}>
        <NothingThere text={t("transaction.malformed", { text: hash })}>
          <Link to={paths.transactions}>{t("transactions.title")}</Link>
        </NothingThere>
      </Page>
    );
  return <KnownTransaction key={hash} hash={hash} />;
}

function KnownTransaction({ hash }: { readonly hash: string }) {
  const { t } = useTranslation("chain");
  const [search, setSearch] = useSearchParams();
  const tab = TABS.find((one) => one === search.get("view")) ?? "words";
  // One that was sent just now comes with its block: then the stream of events has it read again.
  const words = useQuery(getTransactionOptions({ path: { hash } }));
  const raw = useQuery({ ...getRawTransactionOptions({ path: { hash } }), enabled: words.isSuccess });
  const transaction = words.data?.transaction;
  const nothing = (
    <NothingThere text={t("transaction.unknown", { hash })}>
      <Link to={paths.transactions}>{t("transactions.title")}</Link>
    </NothingThere>
  );
  const views = {
    words: () => (transaction === undefined ? null : <ActionList transaction={transaction} />),
    call: () => <QueryView query={raw}>{(data) => <CallView raw={data} />}</QueryView>,
    logs: () => <QueryView query={raw}>{({ logs }) => <LogList logs={logs} />}</QueryView>,
    raw: () => <QueryView query={raw}>{(data) => <RawView raw={data} />}</QueryView>,
  };
  const nameOf = (name: (typeof TABS)[number]): string =>
    name === "logs" ? t("transaction.tabs.logs", { count: raw.data?.logs.length ?? 0 }) : t(`transaction.tabs.${name}`);
  return (
    <Page title={t("transaction.title", { hash: shortHex(hash) })}>
      <QueryView query={words} missing={nothing}>
        {({ transaction: shown }) => (
          <>
            <TransactionFacts transaction={shown} revert={raw.data?.revert ?? null} />
            <section className="panel" aria-label={t("transaction.tabs.label")}>
              <Tabs
                activeKey={tab}
                onChange={(key) => setSearch({ view: key }, { replace: true })}
                items={TABS.map((key) => ({ key, label: nameOf(key), children: key === tab ? views[key]() : null }))}
              />
            </section>
          </>
        )}
      </QueryView>
    </Page>
  );
}
