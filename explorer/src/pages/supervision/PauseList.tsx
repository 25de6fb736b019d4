/** Pauses of tokens as they were made and lifted. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listPausesInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Pause } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { caseNumberOf } from "../../format/case-number.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { ListView } from "../../parts/ListView.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { pointUrl } from "../../urls.ts";

export function PauseList() {
  const { t } = useTranslation("supervision");
  const list = useInfiniteQuery({ ...listPausesInfiniteOptions(), ...asPages });
  const columns: ColumnsType<Pause> = [
    {
      title: t("point"),
      dataIndex: "symbol",
      render: (symbol: string, { token }) => <Link to={pointUrl(token)}>{symbol}</Link>,
    },
    { title: t("pauses.change"), dataIndex: "change", render: (change: Pause["change"]) => t(`pauses.${change}`) },
    {
      title: t("pauses.until"),
      dataIndex: "until",
      render: (until: number | null, { isForGood }) =>
        isForGood ? t("pauses.forGood") : until === null ? "–" : <TimeText seconds={until} as="time" />,
    },
    {
      title: t("pauses.inForce"),
      dataIndex: "isInForce",
      render: (isInForce: boolean) => t(isInForce ? "yes" : "no"),
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
    <ListView list={list} empty={<NothingThere text={t("pauses.none")} />}>
      <p className="list-tools">
        <CsvLink path="/v1/supervision/pauses.csv" />
      </p>
      <Table<Pause>
        rowKey={({ transactionHash, token }) => `${transactionHash}${token}`}
        size="small"
        columns={columns}
        dataSource={allRows(list.data)}
        pagination={false}
        scroll={{ x: "max-content" }}
      />
    </ListView>
  );
}
