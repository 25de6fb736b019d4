/** What was issued last, newest first. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button, Table } from "antd";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { listIssuesInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Issue } from "../../../../gateway/client/generated/types.gen.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";

export function IssuesTable({ token }: { token: string }) {
  const { t } = useTranslation("merchantIssue");
  const query = useInfiniteQuery({
    ...listIssuesInfiniteOptions({ path: { token }, query: { limit: 20 } }),
    initialPageParam: { path: { token } },
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  });
  if (query.isError && query.data === undefined)
    return <ProblemNote error={query.error} onRetry={() => void query.refetch()} />;
  const rows = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const columns: TableColumnsType<Issue> = [
    { title: t("when"), render: (_, { timestamp }) => <TimeText seconds={timestamp} /> },
    { title: t("orders"), dataIndex: "itemCount", align: "right" },
    { title: t("points"), align: "right", render: (_, { points }) => <AmountText amount={points} /> },
    {
      title: t("takenBack"),
      align: "right",
      render: (_, { reversed }) => (reversed.amount === "0" ? "–" : <AmountText amount={reversed} />),
    },
    {
      title: t("till"),
      render: (_, { till, isToPool }) =>
        till === null ? isToPool ? t("toPool") : "–" : <AddressLink address={till} />,
    },
    { title: t("transaction"), render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} /> },
  ];
  return (
    <>
      <div className="scroll">
        <Table<Issue>
          size="small"
          columns={columns}
          dataSource={rows}
          rowKey={({ transactionHash, ref }) => `${transactionHash}${ref}`}
          loading={query.isPending}
          pagination={false}
          locale={{ emptyText: <NothingThere text={t("issue.none")} /> }}
        />
      </div>
      {query.hasNextPage ? (
        <Button onClick={() => void query.fetchNextPage()} loading={query.isFetchingNextPage}>
          {t("more")}
        </Button>
      ) : null}
    </>
  );
}
