/** Every earning of a member: what is due, and what the chain was asked for. */
import { Table, Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { listMemberEarningsInfiniteOptions } from "../../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Earning } from "../../../../../../gateway/client/generated/types.gen.ts";
import { allRows } from "../../../../api/pages.ts";
import { formatExact } from "../../../../format/amount.ts";
import { MoreButton } from "../../../../parts/MoreButton.tsx";
import { NothingThere } from "../../../../parts/NothingThere.tsx";
import { ProblemNote } from "../../../../parts/ProblemNote.tsx";
import { TimeText } from "../../../../parts/TimeText.tsx";
import { problemOf } from "../../../../api/problem.ts";
import { useOwnMerchant } from "../../own-merchant.tsx";
import { useOwnId } from "../own-id.ts";
import { POINT_DECIMALS } from "../../units.ts";

export function EarningsTable({ account }: { account: string }) {
  const { t } = useTranslation("loyalty");
  const id = useOwnId();
  const { tokenSymbol } = useOwnMerchant();
  const path = { id, account };
  const list = useInfiniteQuery({
    ...listMemberEarningsInfiniteOptions({ path, query: { limit: 50 } }),
    initialPageParam: { path },
    getNextPageParam: ({ nextCursor }) => nextCursor ?? undefined,
  });
  const points = (amount: string): string => `${formatExact(amount, POINT_DECIMALS)} ${tokenSymbol}`;
  const columns: TableColumnsType<Earning> = [
    { title: t("earning.when"), render: (_, { createdAt }) => <TimeText seconds={createdAt} /> },
    { title: t("earning.source"), render: (_, { source }) => t(`earning.from.${source}`) },
    { title: t("earning.subject"), render: (_, { subject }) => <span className="hex">{subject}</span> },
    { title: t("earning.points"), align: "right", render: (_, one) => points(one.points) },
    { title: t("earning.issued"), align: "right", render: (_, one) => points(one.pointsIssued) },
    { title: t("earning.state"), render: (_, { state }) => <Tag>{t(`earning.is.${state}`)}</Tag> },
    {
      title: t("earning.matures"),
      render: (_, { maturesAt }) => (maturesAt === null ? "–" : <TimeText seconds={maturesAt} />),
    },
  ];
  if (list.isError && problemOf(list.error).status !== 404)
    return <ProblemNote error={list.error} onRetry={() => void list.refetch()} />;
  return (
    <>
      <div className="scroll" tabIndex={0}>
        <Table<Earning>
          size="small"
          rowKey="earningId"
          columns={columns}
          dataSource={allRows(list.data)}
          loading={list.isPending}
          pagination={false}
          locale={{ emptyText: <NothingThere text={t("earning.none")} /> }}
        />
      </div>
      <MoreButton list={list} />
    </>
  );
}
