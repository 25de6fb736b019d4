/** Every price that was ever posted: as a line that holds until the next, and as a table of all of them. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import { listPricesInfiniteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { PoolDetail, PostedPrice } from "../../../../gateway/client/generated/types.gen.ts";
import { allRows, asPages } from "../../api/pages.ts";
import { TimeChart } from "../../charts/TimeChart.tsx";
import { AmountText } from "../../parts/AmountText.tsx";
import { CsvLink } from "../../parts/CsvLink.tsx";
import { MoreButton } from "../../parts/MoreButton.tsx";
import { NothingThere } from "../../parts/NothingThere.tsx";
import { Panel } from "../../parts/Panel.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";
import { TimeText } from "../../parts/TimeText.tsx";
import { ToneTag } from "../../parts/ToneTag.tsx";
import { TransactionLink } from "../../parts/links.tsx";
import { perPoint } from "./prices.ts";

const PAGE = 100;

export function PriceHistory({ pool }: { pool: PoolDetail }) {
  const { t } = useTranslation("exchange");
  const list = useInfiniteQuery({
    ...listPricesInfiniteOptions({ path: { token: pool.token }, query: { limit: PAGE } }),
    ...asPages,
    initialPageParam: { path: { token: pool.token } },
  });
  const posts = allRows(list.data);
  return (
    <Panel title={t("history.title")} tools={<CsvLink path={`/v1/exchange/pools/${pool.token}/prices.csv`} />}>
      {list.isError ? <ProblemNote error={list.error} onRetry={() => void list.refetch()} /> : null}
      {list.isPending ? <div aria-busy="true" style={{ minHeight: "16rem" }} /> : null}
      {list.isSuccess && posts.length === 0 ? <NothingThere text={t("history.none")} /> : null}
      {posts.length === 0 ? null : (
        <>
          <PriceChart posts={posts} pool={pool} />
          <PostTable posts={posts} decimals={pool.pointReserve.decimals} />
        </>
      )}
      <MoreButton list={list} />
    </Panel>
  );
}

function PriceChart({ posts, pool }: { posts: readonly PostedPrice[]; pool: PoolDetail }) {
  const { t } = useTranslation("exchange");
  const { decimals } = pool.pointReserve;
  const now = pool.block.timestamp;
  const { times, accept, release } = useMemo(() => {
    // Oldest first; what was replaced before its time never held. The last price holds until now.
    const held = posts.filter(({ state }) => state !== "replaced").reverse();
    const last = held.at(-1);
    const points = last !== undefined && last.effectiveAt < now ? [...held, { ...last, effectiveAt: now }] : held;
    const values = (side: "accept" | "release"): bigint[] =>
      points.map((post) => BigInt(perPoint(post[side], decimals).amount));
    return {
      times: points.map(({ effectiveAt }) => effectiveAt),
      accept: values("accept"),
      release: values("release"),
    };
  }, [posts, decimals, now]);
  const { decimals: alpDecimals, symbol } = pool.alpReserve;
  return (
    <TimeChart
      label={t("history.title")}
      shape="step"
      withClock
      times={times}
      unit={{ decimals: alpDecimals, symbol }}
      series={[
        { name: t("pools.accept"), values: accept },
        { name: t("pools.release"), values: release },
      ]}
    />
  );
}

function PostTable({ posts, decimals }: { posts: readonly PostedPrice[]; decimals: number }) {
  const { t } = useTranslation("exchange");
  return (
    <div className="scroll" tabIndex={0} role="region" aria-label={t("history.posts")}>
      <table className="plain">
        <thead>
          <tr>
            <th scope="col">{t("history.effective")}</th>
            <th scope="col" className="number">
              {t("pools.accept")}
            </th>
            <th scope="col" className="number">
              {t("pools.release")}
            </th>
            <th scope="col">{t("history.state")}</th>
            <th scope="col">{t("history.posted")}</th>
            <th scope="col">{t("swaps.transaction")}</th>
          </tr>
        </thead>
        <tbody>
          {posts.map((post, at) => (
            // A list that only grows at its ends keeps its order.
            <tr key={`${post.transactionHash} ${at}`}>
              <td>
                <TimeText seconds={post.effectiveAt} as="time" />
              </td>
              <td className="number">
                <AmountText amount={perPoint(post.accept, decimals)} />
              </td>
              <td className="number">
                <AmountText amount={perPoint(post.release, decimals)} />
              </td>
              <td>
                <ToneTag tone={post.state === "inForce" ? "good" : "plain"}>
                  {t(`history.states.${post.state}`)}
                </ToneTag>
              </td>
              <td>
                <TimeText seconds={post.timestamp} />
              </td>
              <td>
                <TransactionLink hash={post.transactionHash} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
