/** Every swap of the account: what it gave, what that was worth, what it bought. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { listAccountSwapsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Swap } from "../../../../gateway/client/generated/types.gen.ts";
import { asPages } from "../../api/pages.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { LongTable } from "../../parts/LongTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import type { AccountProps } from "./AccountPage.tsx";

const PAGE_ROWS = 25;

export function AccountSwaps({ account }: AccountProps) {
  const { t } = useTranslation("accounts");
  const { address } = account;
  const list = useInfiniteQuery({
    ...listAccountSwapsInfiniteOptions({ path: { address }, query: { limit: PAGE_ROWS } }),
    ...asPages,
    initialPageParam: { path: { address } },
  });
  const amount = (name: "given" | "hub" | "bought"): TableColumnsType<Swap>[number] => ({
    key: name,
    title: t(`swaps.${name}`),
    align: "right",
    render: (_, swap) => <AmountText amount={swap[name]} />,
  });
  const columns: TableColumnsType<Swap> = [
    { key: "when", title: t("swaps.when"), width: 130, render: (_, { timestamp }) => <TimeText seconds={timestamp} /> },
    amount("given"),
    amount("hub"),
    amount("bought"),
    {
      key: "transaction",
      title: t("swaps.transaction"),
      width: 130,
      render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} />,
    },
  ];
  return (
    <Panel title={t("swaps.title")}>
      <LongTable
        label={t("swaps.title")}
        list={list}
        columns={columns}
        rowKey={({ transactionHash, given, bought }) =>
          [transactionHash, given.token, bought.token, given.amount].join(" ")
        }
        empty={t("swaps.none")}
        width={780}
        csv={`/v1/accounts/${address}/swaps.csv`}
      />
    </Panel>
  );
}
