/** Measures against merchants: the supervision ladder. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { listMeasuresInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Measure } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { caseNumberOf } from "../../format/case-number.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { ListView } from "../../parts/ListView.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { TimeText } from "../../parts/TimeText.tsx";

export function MeasureList() {
  const { t } = useTranslation("supervision");
  const list = useInfiniteQuery({ ...listMeasuresInfiniteOptions(), ...asPages });
  const columns: ColumnsType<Measure> = [
    { title: t("merchant"), dataIndex: "merchantName" },
    {
      title: t("measures.measure"),
      dataIndex: "measure",
      render: (measure: Measure["measure"], { value }) => t(`measure.${measure}`, { value }),
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
    <ListView list={list} empty={<NothingThere text={t("measures.none")} />}>
      <p className="list-tools">
        <CsvLink path="/v1/supervision/measures.csv" />
      </p>
      <Table<Measure>
        rowKey={({ transactionHash, merchantId }) => `${transactionHash}${merchantId}`}
        size="small"
        columns={columns}
        dataSource={allRows(list.data)}
        pagination={false}
        scroll={{ x: "max-content" }}
      />
    </ListView>
  );
}
