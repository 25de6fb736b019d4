/** What is in force and what was done, of all cases: frozen accounts, paused tokens, measures against merchants, orders. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Tabs } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import {
  listFrozenAccountsInfiniteOptions,
  listMeasuresInfiniteOptions,
  listPausesInfiniteOptions,
  listTransferOrdersInfiniteOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { FrozenAccount, Measure, Pause, TransferOrder } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { caseNumberOf } from "../../format/case-number.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { caseUrl } from "../../urls.ts";
import { ActsTable } from "./ActsTable.tsx";

const KINDS = ["accounts", "tokens", "merchants", "orders"] as const;
const LIMIT = { query: { limit: 100 } };

function byCase(bytes: string): ReactNode {
  const number = caseNumberOf(bytes);
  return number === bytes ? <code className="wrap">{bytes}</code> : <Link to={caseUrl(number)}>{number}</Link>;
}

export default function MeasuresPage() {
  const { t } = useTranslation("desk");
  const [query, setQuery] = useSearchParams();
  const kind = KINDS.find((one) => one === query.get("of")) ?? "accounts";
  return (
    <Page title={t("measures.title")} lead={t("measures.lead")}>
      <Panel title={t(`measures.of.${kind}`)}>
        <Tabs
          activeKey={kind}
          onChange={(of) => setQuery(of === "accounts" ? {} : { of }, { replace: true })}
          destroyOnHidden
          items={[
            { key: "accounts", label: t("measures.tab.accounts"), children: <FrozenAccounts /> },
            { key: "tokens", label: t("measures.tab.tokens"), children: <Pauses /> },
            { key: "merchants", label: t("measures.tab.merchants"), children: <Measures /> },
            { key: "orders", label: t("measures.tab.orders"), children: <Orders /> },
          ]}
        />
      </Panel>
    </Page>
  );
}

function FrozenAccounts() {
  const { t } = useTranslation("desk");
  const list = useInfiniteQuery({ ...listFrozenAccountsInfiniteOptions(LIMIT), ...asPages });
  return (
    <ActsTable<FrozenAccount>
      list={list}
      rows={allRows(list.data)}
      csv="/v1/supervision/frozen-accounts.csv"
      rowKey={({ account }) => account}
      columns={[
        { title: t("col.account"), render: (_, { account }) => <AddressLink address={account} /> },
        { title: t("col.case"), render: (_, { caseNumber }) => byCase(caseNumber) },
        { title: t("col.since"), render: (_, { timestamp }) => <TimeText seconds={timestamp} as="time" /> },
        { title: t("col.transaction"), render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} /> },
      ]}
    />
  );
}

function Pauses() {
  const { t } = useTranslation("desk");
  const list = useInfiniteQuery({ ...listPausesInfiniteOptions(LIMIT), ...asPages });
  return (
    <ActsTable<Pause>
      list={list}
      rows={allRows(list.data)}
      csv="/v1/supervision/pauses.csv"
      rowKey={({ transactionHash, token }) => transactionHash + token}
      columns={[
        { title: t("col.token"), render: (_, { token }) => <AddressLink address={token} isBrief /> },
        {
          title: t("col.act"),
          render: (_, { change, isInForce }) => `${t(`pause.${change}`)}${isInForce ? ` · ${t("pause.inForce")}` : ""}`,
        },
        {
          title: t("col.until"),
          render: (_, { until, isForGood }) =>
            until === null ? isForGood ? t("pause.forGood") : "–" : <TimeText seconds={until} as="time" />,
        },
        { title: t("col.case"), render: (_, { caseNumber }) => byCase(caseNumber) },
        { title: t("col.when"), render: (_, { timestamp }) => <TimeText seconds={timestamp} as="time" /> },
        { title: t("col.transaction"), render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} /> },
      ]}
    />
  );
}

function Measures() {
  const { t } = useTranslation("desk");
  const list = useInfiniteQuery({ ...listMeasuresInfiniteOptions(LIMIT), ...asPages });
  return (
    <ActsTable<Measure>
      list={list}
      rows={allRows(list.data)}
      csv="/v1/supervision/measures.csv"
      rowKey={({ transactionHash, measure }) => transactionHash + measure}
      columns={[
        { title: t("col.merchant"), render: (_, { merchantName }) => merchantName },
        {
          title: t("col.act"),
          render: (_, { measure, value }) => t(`chainAct.${measure}`) + (measure === "limitCut" ? ` ${value} %` : ""),
        },
        { title: t("col.case"), render: (_, { caseNumber }) => byCase(caseNumber) },
        { title: t("col.when"), render: (_, { timestamp }) => <TimeText seconds={timestamp} as="time" /> },
        { title: t("col.transaction"), render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} /> },
      ]}
    />
  );
}

function Orders() {
  const { t } = useTranslation("desk");
  const list = useInfiniteQuery({ ...listTransferOrdersInfiniteOptions(LIMIT), ...asPages });
  return (
    <ActsTable<TransferOrder>
      list={list}
      rows={allRows(list.data)}
      csv="/v1/supervision/orders.csv"
      rowKey={({ id }) => String(id)}
      columns={[
        { title: t("field.orderId"), render: (_, { id }) => `#${id}` },
        { title: t("col.state"), render: (_, { state }) => t(`order.${state}`) },
        { title: t("field.from"), render: (_, { from }) => <AddressLink address={from} /> },
        { title: t("field.to"), render: (_, { to }) => <AddressLink address={to} /> },
        { title: t("field.points"), align: "right", render: (_, { points }) => <AmountText amount={points} /> },
        { title: t("col.case"), render: (_, { caseNumber }) => byCase(caseNumber) },
        { title: t("col.until"), render: (_, { expiresAt }) => <TimeText seconds={expiresAt} as="time" /> },
        { title: t("col.transaction"), render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} /> },
      ]}
    />
  );
}
