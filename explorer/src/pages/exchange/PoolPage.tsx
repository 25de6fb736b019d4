/** One merchant's side of the exchange: prices now and to come, their history, reserves, limits, swaps. */
import { useQuery } from "@tanstack/react-query";
import { Progress } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useParams } from "react-router";
import { getPoolOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { PoolDetail } from "../../../../gateway/client/generated/types.gen.ts";
import { AmountText } from "../../parts/AmountText.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Page } from "../../parts/Page.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { QueryView } from "../../parts/QueryView.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { paths, pointUrl, quoteUrl } from "../../urls.ts";
import { PoolState } from "./PoolTable.tsx";
import { PriceHistory } from "./PriceHistory.tsx";
import { perPoint } from "./prices.ts";
import { SwapList } from "./SwapList.tsx";
import "./exchange.css";

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export default function PoolPage() {
  const { t } = useTranslation("exchange");
  const { token = "" } = useParams();
  const isAddress = ADDRESS.test(token);
  const pool = useQuery({ ...getPoolOptions({ path: { token } }), enabled: isAddress });
  const title = pool.data === undefined ? t("pool.title") : t("pool.titleOf", { name: pool.data.name });
  const missing = (
    <NothingThere text={t("pool.missing")}>
      <Link to={paths.exchange}>{t("pool.toExchange")}</Link>
    </NothingThere>
  );
  return (
    <Page title={title} lead={t("pool.lead")}>
      {isAddress ? (
        <QueryView query={pool} missing={missing} rows={12}>
          {(data) => <PoolView pool={data} />}
        </QueryView>
      ) : (
        missing
      )}
    </Page>
  );
}

function PoolView({ pool }: { pool: PoolDetail }) {
  const { t } = useTranslation("exchange");
  return (
    <>
      <p>
        <PoolState pool={pool} /> <Link to={pointUrl(pool.token)}>{t("pool.toPoints", { symbol: pool.symbol })}</Link>
        {" · "}
        <Link to={quoteUrl(pool.token)}>{t("pool.toQuote")}</Link>
      </p>
      <div className="grid">
        <Panel title={t("pool.prices")}>
          <Prices pool={pool} />
        </Panel>
        <Panel title={t("pool.reserves")}>
          <Reserves pool={pool} />
        </Panel>
      </div>
      <PriceHistory pool={pool} />
      <SwapList token={pool.token} />
    </>
  );
}

function Prices({ pool: { prices, nextPrices, pointReserve } }: { pool: PoolDetail }) {
  const { t } = useTranslation("exchange");
  const { decimals } = pointReserve;
  return (
    <dl className="facts">
      <dt>{t("pools.acceptWhat")}</dt>
      <dd>
        <AmountText amount={perPoint(prices.accept, decimals)} />
      </dd>
      <dt>{t("pools.releaseWhat")}</dt>
      <dd>
        <AmountText amount={perPoint(prices.release, decimals)} />
      </dd>
      {nextPrices === null ? null : (
        <>
          <dt>
            {t("pool.from")} <TimeText seconds={nextPrices.effectiveAt} as="time" />
          </dt>
          <dd>
            <AmountText amount={perPoint(nextPrices.accept, decimals)} /> /{" "}
            <AmountText amount={perPoint(nextPrices.release, decimals)} />
          </dd>
        </>
      )}
    </dl>
  );
}

function Reserves({ pool }: { pool: PoolDetail }) {
  const { t } = useTranslation("exchange");
  const { pointReserve, alpReserve, poolDailyLimit, accountDailyLimit, takenToday, openedAt } = pool;
  const limit = BigInt(poolDailyLimit.amount);
  const taken = limit === 0n ? 0 : Number((BigInt(takenToday.amount) * 1_000n) / limit) / 10;
  return (
    <>
      <dl className="facts">
        <dt>{t("pools.pointReserve")}</dt>
        <dd>
          <AmountText amount={pointReserve} />
        </dd>
        <dt>{t("pools.alpReserve")}</dt>
        <dd>
          <AmountText amount={alpReserve} />
        </dd>
        <dt>{t("pool.accountLimit")}</dt>
        <dd>
          <AmountText amount={accountDailyLimit} />
        </dd>
        <dt>{t("pool.opened")}</dt>
        <dd>
          <TimeText seconds={openedAt} as="time" />
        </dd>
        <dt>{t("pool.poolLimit")}</dt>
        <dd>
          <AmountText amount={takenToday} /> / <AmountText amount={poolDailyLimit} />
        </dd>
      </dl>
      <Progress percent={taken} aria-label={t("pool.poolLimit")} />
    </>
  );
}
