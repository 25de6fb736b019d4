/** What points buy: the catalogues of all merchants, what is within reach first. */
import { Segmented } from "antd";
import { useQueries } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { listGoodsOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { Goods } from "../../../../../gateway/client/generated/types.gen.ts";
import { NothingThere } from "../../../parts/NothingThere.tsx";
import { Page } from "../../../parts/Page.tsx";
import { PageSkeleton } from "../../../parts/PageSkeleton.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { useBalances } from "../balances.ts";
import type { Shop } from "../shops.ts";
import { useShops } from "../shops.ts";
import { GoodsCard } from "./GoodsCard.tsx";

const MOST_GOODS = 100;

export default function GoodsPage() {
  const { t } = useTranslation("purse");
  const shops = useShops();
  return (
    <Page title={t("goods.title")} lead={t("goods.lead")}>
      <QueryView query={shops}>{(all) => <Catalogue shops={all} />}</QueryView>
    </Page>
  );
}

function useCatalogue(shops: readonly Shop[]) {
  return useQueries({
    queries: shops.map(({ merchantId }) =>
      listGoodsOptions({ path: { id: String(merchantId) }, query: { limit: MOST_GOODS } }),
    ),
    combine: (answers) => ({
      isLoading: answers.some(({ data, isError }) => data === undefined && !isError),
      goods: answers.flatMap(({ data }) => data?.items.filter(({ isOpen }) => isOpen) ?? []),
    }),
  });
}

const ALL = "all";

function Catalogue({ shops }: { shops: readonly Shop[] }) {
  const { t } = useTranslation("purse");
  const [query, setQuery] = useSearchParams();
  const chosen = shops.find(({ token }) => token === query.get("token")?.toLowerCase());
  const { isLoading, goods } = useCatalogue(chosen === undefined ? shops : [chosen]);
  const balances = useBalances();
  const shopOf = (one: Goods): Shop | undefined => shops.find(({ merchantId }) => merchantId === one.merchantId);
  const heldFor = (one: Goods): bigint => BigInt(balances.get(shopOf(one)?.token ?? "") ?? 0);
  const missing = (one: Goods): bigint => BigInt(one.points) - heldFor(one);
  const sorted = [...goods].sort((a, b) => Number(missing(a) - missing(b)));
  return (
    <Panel
      title={t("goods.panel")}
      tools={
        <div className="scroll" tabIndex={0}>
          <Segmented
            aria-label={t("goods.shop")}
            value={chosen?.token ?? ALL}
            onChange={(token) => setQuery(token === ALL ? {} : { token }, { replace: true })}
            options={[
              { value: ALL, label: t("goods.all") },
              ...shops.map(({ token, symbol, pointName }) => ({ value: token, label: symbol, title: pointName })),
            ]}
          />
        </div>
      }
    >
      {isLoading ? <PageSkeleton /> : null}
      {!isLoading && sorted.length === 0 ? <NothingThere text={t("goods.none")} /> : null}
      <div className="wallet-cards">
        {sorted.map((one) => {
          const shop = shopOf(one);
          return shop === undefined ? null : (
            <GoodsCard key={`${one.merchantId}-${one.sku}`} goods={one} shop={shop} held={heldFor(one)} />
          );
        })}
      </div>
    </Panel>
  );
}
