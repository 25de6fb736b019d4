/** Forced transfers: ordered, withdrawn, carried out or expired. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { listTransferOrdersInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { TransferOrder } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { caseNumberOf } from "../../format/case-number.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { ListView } from "../../parts/ListView.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { TimeText } from "../../parts/TimeText.tsx";

export function OrderList() {
  const { t } = useTranslation("supervision");
  const list = useInfiniteQuery({ ...listTransferOrdersInfiniteOptions(), ...asPages });
  const columns: ColumnsType<TransferOrder> = [
    { title: t("orders.id"), dataIndex: "id" },
    { title: t("orders.state"), dataIndex: "state", render: (state: TransferOrder["state"]) => t(`state.${state}`) },
    {
      title: t("orders.points"),
      dataIndex: "points",
      align: "right",
      render: (points: TransferOrder["points"]) => <AmountText amount={points} />,
    },
    { title: t("orders.from"), dataIndex: "from", render: (from: string) => <AddressLink address={from} /> },
    { title: t("orders.to"), dataIndex: "to", render: (to: string) => <AddressLink address={to} /> },
    {
      title: t("orders.expires"),
      dataIndex: "expiresAt",
      render: (at: number) => <TimeText seconds={at} as="time" />,
    },
    { title: t("caseNumber"), render: (_, { caseNumber }) => caseNumberOf(caseNumber) },
    { title: t("when"), dataIndex: "timestamp", render: (at: number) => <TimeText seconds={at} /> },
    {
      title: t("transaction"),
      dataIndex: "transactionHash",
      render: (hash: string) => <TransactionLink hash={hash} />,
    },
  ];
  return (
    <ListView list={list} empty={<NothingThere text={t("orders.none")} />}>
      <p className="list-tools">
        <CsvLink path="/v1/supervision/orders.csv" />
      </p>
      <Table<TransferOrder>
        rowKey={"id"}
        size="small"
        columns={columns}
        dataSource={allRows(list.data)}
        pagination={false}
        scroll={{ x: "max-content" }}
      />
    </ListView>
  );
}
