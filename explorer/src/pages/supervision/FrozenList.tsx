/** Accounts that are frozen in all points. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { listFrozenAccountsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { FrozenAccount } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { caseNumberOf } from "../../format/case-number.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { ListView } from "../../parts/ListView.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { TimeText } from "../../parts/TimeText.tsx";

export function FrozenList() {
  const { t } = useTranslation("supervision");
  const list = useInfiniteQuery({ ...listFrozenAccountsInfiniteOptions(), ...asPages });
  const columns: ColumnsType<FrozenAccount> = [
    { title: t("account"), dataIndex: "account", render: (account: string) => <AddressLink address={account} /> },
    { title: t("caseNumber"), render: (_, { caseNumber }) => caseNumberOf(caseNumber) },
    { title: t("when"), dataIndex: "timestamp", render: (at: number) => <TimeText seconds={at} /> },
    {
      title: t("transaction"),
      dataIndex: "transactionHash",
      render: (hash: string) => <TransactionLink hash={hash} />,
    },
  ];
  return (
    <ListView list={list} empty={<NothingThere text={t("frozen.none")} />}>
      <p className="list-tools">
        <CsvLink path="/v1/supervision/frozen-accounts.csv" />
      </p>
      <Table<FrozenAccount>
        rowKey={"account"}
        size="small"
        columns={columns}
        dataSource={allRows(list.data)}
        pagination={false}
        scroll={{ x: "max-content" }}
      />
    </ListView>
  );
}
