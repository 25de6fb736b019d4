/** Transactions in business words. */
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import type { Transaction } from "../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "./AddressLink.tsx";
import { BlockLink, TransactionLink } from "./links.tsx";
import { SentenceText } from "./SentenceText.tsx";
import { TimeText } from "./TimeText.tsx";
import { ToneTag } from "./ToneTag.tsx";

interface Props {
  readonly rows: readonly Transaction[];
  /** All of one block: its number and time need not be said again. */
  readonly isInBlock?: boolean;
}

export function TransactionTable({ rows, isInBlock = false }: Props) {
  const { t } = useTranslation();
  const place: ColumnsType<Transaction> = [
    {
      title: t("transaction.block"),
      dataIndex: "blockNumber",
      render: (number: number) => <BlockLink number={number} />,
    },
    { title: t("transaction.time"), dataIndex: "timestamp", render: (at: number) => <TimeText seconds={at} /> },
  ];
  const columns: ColumnsType<Transaction> = [
    {
      title: t("transaction.what"),
      dataIndex: "sentence",
      className: "cell-sentence",
      render: (_sentence, { sentence, actions, actionCount, succeeded }) => (
        <>
          {succeeded ? null : <ToneTag tone="bad">{t("transaction.reverted")}</ToneTag>}
          <SentenceText sentence={sentence} parties={actions[0]?.parties ?? []} />
          {actionCount > 1 ? <span className="soft"> {t("transaction.more", { count: actionCount - 1 })}</span> : null}
        </>
      ),
    },
    { title: t("transaction.from"), dataIndex: "from", render: (from: string) => <AddressLink address={from} /> },
    ...(isInBlock ? [] : place),
    { title: t("transaction.hash"), dataIndex: "hash", render: (hash: string) => <TransactionLink hash={hash} /> },
  ];
  return (
    <Table<Transaction>
      rowKey="hash"
      size="small"
      columns={columns}
      dataSource={rows}
      pagination={false}
      scroll={{ x: "max-content" }}
    />
  );
}
