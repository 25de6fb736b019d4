/** Every merchant's points, side by side: who issues them, where they are, what backs them, what they cost. */
import { useInfiniteQuery } from "@tanstack/react-query";
import type { TableColumnsType } from "antd";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { listPointsInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { ListPointsResponse } from "../../../../gateway/client/generated/types.gen.ts";
import { asPages } from "../../api/pages.ts";
import { formatCount } from "../../format/number.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { CoverageText } from "../../parts/CoverageText.tsx";
import { LongTable } from "../../parts/LongTable.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { SupplyBar, SupplyLegend } from "../../parts/SupplyBar.tsx";
import { pointUrl } from "../../urls.ts";
import { PointTags } from "./PointTags.tsx";
import { wholePointPrice } from "./price.ts";
import "./points.css";

type ListedPoint = ListPointsResponse["items"][number];

const PAGE_ROWS = 25;

function useColumns(): TableColumnsType<ListedPoint> {
  const { t } = useTranslation("points");
  return [
    {
      key: "point",
      title: t("list.point"),
      width: 280,
      render: (_, point) => (
        <>
          <Link to={pointUrl(point.token)}>
            <strong>{point.name}</strong> {point.symbol}
          </Link>{" "}
          <PointTags point={point} />
          <br />
          <span className="soft">{point.issuer.legalName}</span>
        </>
      ),
    },
    {
      key: "circulating",
      title: t("list.circulating"),
      align: "right",
      width: 150,
      render: (_, { supply }) => <AmountText amount={supply.circulating} />,
    },
    { key: "where", title: t("list.where"), width: 220, render: (_, { supply }) => <SupplyBar supply={supply} /> },
    {
      key: "issued",
      title: t("list.issued"),
      align: "right",
      width: 160,
      render: (_, { supply }) => <AmountText amount={supply.issued} />,
    },
    {
      key: "holders",
      title: t("list.holders"),
      align: "right",
      width: 90,
      render: (_, { holderCount }) => formatCount(holderCount),
    },
    {
      key: "accept",
      title: t("list.accept"),
      align: "right",
      width: 130,
      render: (_, { prices }) => (prices === null ? "–" : <AmountText amount={wholePointPrice(prices.accept)} />),
    },
    {
      key: "release",
      title: t("list.release"),
      align: "right",
      width: 130,
      render: (_, { prices }) => (prices === null ? "–" : <AmountText amount={wholePointPrice(prices.release)} />),
    },
    {
      key: "coverage",
      title: t("list.coverage"),
      align: "right",
      width: 110,
      render: (_, { coverage }) => <CoverageText ratioBps={coverage.ratioBps} />,
    },
  ];
}

export default function PointsPage() {
  const { t } = useTranslation("points");
  const list = useInfiniteQuery({ ...listPointsInfiniteOptions({ query: { limit: PAGE_ROWS } }), ...asPages });
  const columns = useColumns();
  return (
    <Page title={t("list.title")} lead={t("list.lead")}>
      <Panel title={t("list.panel")}>
        <LongTable
          label={t("list.panel")}
          list={list}
          columns={columns}
          rowKey={({ token }) => token}
          empty={t("list.none")}
          width={1270}
          csv="/v1/points.csv"
        />
        <SupplyLegend />
      </Panel>
    </Page>
  );
}
