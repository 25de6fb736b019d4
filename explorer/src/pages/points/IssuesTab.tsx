/** Every issue: by which till, under which reference, to how many, until when. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { listIssuesInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { ListIssuesResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { asPages } from "../../api/pages.ts";
import { shortHex } from "../../format/address.ts";
import { formatCount } from "../../format/number.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { LongTable } from "../../parts/LongTable.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import type { PointProps } from "./PointPage.tsx";

type Issue = ListIssuesResponse["items"][number];

const PAGE_ROWS = 25;

function useColumns(): TableColumnsType<Issue> {
  const { t } = useTranslation("points");
  return [
    {
      key: "when",
      title: t("issues.when"),
      width: 130,
      render: (_, { timestamp }) => <TimeText seconds={timestamp} />,
    },
    {
      key: "points",
      title: t("issues.points"),
      align: "right",
      width: 170,
      render: (_, { points }) => <AmountText amount={points} />,
    },
    {
      key: "to",
      title: t("issues.to"),
      width: 140,
      render: (_, { isToPool, itemCount }) =>
        isToPool ? (
          <Tag>{t("issues.pool")}</Tag>
        ) : (
          t("issues.customers", { count: itemCount, n: formatCount(itemCount) })
        ),
    },
    {
      key: "reversed",
      title: t("issues.reversed"),
      align: "right",
      width: 140,
      render: (_, { reversed }) => (reversed.amount === "0" ? "–" : <AmountText amount={reversed} />),
    },
    {
      key: "expires",
      title: t("issues.expires"),
      width: 130,
      render: (_, { expiresAt }) => (expiresAt === null ? t("expiry.never") : <TimeText seconds={expiresAt} />),
    },
    {
      key: "till",
      title: t("issues.till"),
      render: (_, { till }) => (till === null ? "–" : <AddressLink address={till} />),
    },
    {
      key: "ref",
      title: t("issues.ref"),
      width: 130,
      render: (_, { ref }) => (
        <span className="hex" title={ref}>
          {shortHex(ref)}
        </span>
      ),
    },
    {
      key: "transaction",
      title: t("issues.transaction"),
      width: 130,
      render: (_, { transactionHash }) => <TransactionLink hash={transactionHash} />,
    },
  ];
}

export function IssuesTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const { token } = point;
  const list = useInfiniteQuery({
    ...listIssuesInfiniteOptions({ path: { token }, query: { limit: PAGE_ROWS } }),
    ...asPages,
    initialPageParam: { path: { token } },
  });
  const columns = useColumns();
  return (
    <Panel title={t("issues.title")}>
      <LongTable
        label={t("issues.title")}
        list={list}
        columns={columns}
        rowKey={({ ref }) => ref}
        empty={t("issues.none")}
        width={1180}
        csv={`/v1/points/${token}/issues.csv`}
      />
    </Panel>
  );
}
