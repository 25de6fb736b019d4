/** How the points are spread: the concentration curve, sizes, and the largest holders. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Statistic, Tag } from "antd";
import type { TableColumnsType } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import {
  getDistributionOptions,
  listHoldersInfiniteOptions,
} from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Distribution, Holder } from "../../../../gateway/client/generated/types.gen.ts";
import { asPages } from "../../api/pages.ts";
import { BarChart } from "../../charts/BarChart.tsx";
import { CurveChart } from "../../charts/CurveChart.tsx";
import { COUNT } from "../../charts/unit.ts";
import { formatBps, formatExact } from "../../format/amount.ts";
import { formatCount } from "../../format/number.ts";
import { AddressLink } from "../../parts/AddressLink.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { LongTable } from "../../parts/LongTable.tsx";
import { LotList } from "../../parts/LotList.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import type { PointProps } from "./PointPage.tsx";

const PAGE_ROWS = 25;

export function HoldersTab({ point }: PointProps) {
  const { t } = useTranslation("points");
  const { token } = point;
  const distribution = useQuery(getDistributionOptions({ path: { token } }));
  return (
    <>
      <QueryView query={distribution} rows={8}>
        {(spread) =>
          spread.holderCount === 0 ? (
            <NothingThere text={t("holders.none")} />
          ) : (
            <>
              <Figures spread={spread} />
              <Pictures spread={spread} name={point.name} />
            </>
          )
        }
      </QueryView>
      <Panel title={t("holders.top")}>
        <Holders token={token} />
      </Panel>
    </>
  );
}

function Figures({ spread }: { spread: Distribution }) {
  const { t } = useTranslation("points");
  return (
    <div className="panel figures">
      <Statistic title={t("holders.count")} valueRender={() => formatCount(spread.holderCount)} />
      {spread.top.map(({ count, shareBps }) => (
        <Statistic key={count} title={t("holders.topShare", { count })} valueRender={() => formatBps(shareBps)} />
      ))}
      <Statistic title={t("holders.half")} valueRender={() => formatCount(spread.halfHeldBy)} />
      <Statistic
        title={<abbr title={t("holders.giniWhat")}>{t("holders.gini")}</abbr>}
        valueRender={() => (spread.giniBps === null ? "–" : formatExact(spread.giniBps, 4, 4))}
      />
    </div>
  );
}

function Pictures({ spread, name }: { spread: Distribution; name: string }) {
  const { t } = useTranslation("points");
  const curve = useMemo(
    () => [
      { xBps: 0n, yBps: 0n },
      ...spread.curve.map(({ holdersPercent, shareBps }) => ({
        xBps: BigInt(holdersPercent) * 100n,
        yBps: BigInt(shareBps),
      })),
    ],
    [spread.curve],
  );
  const sizes = useMemo(
    () => ({
      names: spread.sizes.map(
        ({ from, to }) => `${formatExact(from.amount, from.decimals)} – ${formatExact(to.amount, to.decimals)}`,
      ),
      series: [{ name: t("holders.count"), values: spread.sizes.map(({ holders }) => BigInt(holders)) }],
    }),
    [spread.sizes, t],
  );
  return (
    <div className="grid">
      <Panel title={t("holders.curve")}>
        <CurveChart
          label={t("holders.curveLabel", { name })}
          points={curve}
          xName={t("holders.curveX")}
          yName={t("holders.curveY")}
          evenName={t("holders.curveEven")}
        />
      </Panel>
      <Panel title={t("holders.sizes")}>
        <BarChart
          label={t("holders.sizesLabel", { name })}
          of={t("holders.size", { symbol: spread.circulating.symbol })}
          categories={sizes.names}
          series={sizes.series}
          unit={COUNT}
          isLying
          height={300}
        />
      </Panel>
    </div>
  );
}

function Holders({ token }: { token: string }) {
  const { t } = useTranslation("points");
  const list = useInfiniteQuery({
    ...listHoldersInfiniteOptions({ path: { token }, query: { limit: PAGE_ROWS } }),
    ...asPages,
    initialPageParam: { path: { token } },
  });
  const columns: TableColumnsType<Holder> = [
    { key: "account", title: t("holders.account"), render: (_, { account }) => <AddressLink address={account} /> },
    {
      key: "balance",
      title: t("holders.balance"),
      align: "right",
      width: 170,
      render: (_, { balance }) => <AmountText amount={balance} />,
    },
    {
      key: "share",
      title: t("holders.share"),
      align: "right",
      width: 100,
      render: (_, { shareBps }) => formatBps(shareBps),
    },
    {
      key: "debt",
      title: <abbr title={t("holders.debtWhat")}>{t("holders.debt")}</abbr>,
      align: "right",
      width: 140,
      render: (_, { debt }) => (debt.amount === "0" ? "–" : <AmountText amount={debt} />),
    },
    {
      key: "state",
      title: t("holders.state"),
      width: 110,
      render: (_, { isFrozen }) => (isFrozen ? <Tag color="red">{t("holders.frozen")}</Tag> : t("holders.free")),
    },
  ];
  return (
    <LongTable
      label={t("holders.top")}
      list={list}
      columns={columns}
      rowKey={({ account }) => account}
      empty={t("holders.none")}
      width={760}
      csv={`/v1/points/${token}/holders.csv`}
      detail={({ lots }) => <LotList lots={lots} />}
    />
  );
}
