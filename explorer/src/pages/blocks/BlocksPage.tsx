/** Every block, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Table } from "antd";
import type { ColumnsType } from "antd/es/table";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listBlocksInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { BlockInfo } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { shortHex } from "../../format/address.ts";
import { formatCount } from "../../format/number.ts";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { ListView } from "../../parts/ListView.tsx";
import { BlockLink } from "../../parts/links.tsx";
import { Page } from "../../parts/Page.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { paths } from "../../urls.ts";
import { MinerText } from "./MinerText.tsx";

const PAGE = 50;
/** A block in which nothing happened rings no bell. */
const ASK_EVERY_MS = 5_000;

export default function BlocksPage() {
  const { t } = useTranslation("chain");
  const blocks = useInfiniteQuery({
    ...listBlocksInfiniteOptions({ query: { limit: PAGE } }),
    ...asPages,
    // Only while one page is shown: a reader far down the list does not want it to move.
    refetchInterval: ({ state }) => ((state.data?.pages.length ?? 0) <= 1 ? ASK_EVERY_MS : false),
  });
  const columns: ColumnsType<BlockInfo> = [
    { title: t("block.number"), dataIndex: "number", render: (number: number) => <BlockLink number={number} /> },
    { title: t("block.time"), dataIndex: "timestamp", render: (at: number) => <TimeText seconds={at} /> },
    { title: t("block.transactions"), dataIndex: "transactionCount", align: "right", render: formatCount },
    { title: t("block.events"), dataIndex: "eventCount", align: "right", render: formatCount },
    {
      title: t("block.gasUsed"),
      dataIndex: "gasUsed",
      align: "right",
      render: (gas: string) => formatCount(Number(gas)),
    },
    { title: t("block.miner"), dataIndex: "miner", render: (miner: string) => <MinerText address={miner} /> },
    {
      title: t("block.hash"),
      dataIndex: "hash",
      render: (hash: string) => (
        <span className="hex" title={hash}>
          {shortHex(hash)}
        </span>
      ),
    },
  ];
  return (
    <Page
      title={t("blocks.title")}
      lead={t("blocks.lead")}
      tools={
        <>
          <Link to={paths.transactions}>{t("transactions.title")}</Link>
          <CsvLink path="/v1/blocks.csv" />
        </>
      }
    >
      <section className="panel">
        <ListView list={blocks}>
          <Table<BlockInfo>
            rowKey="number"
            size="small"
            columns={columns}
            dataSource={allRows(blocks.data)}
            pagination={false}
            scroll={{ x: "max-content" }}
          />
        </ListView>
      </section>
    </Page>
  );
}
