/** One article: what it costs, how many are left, and one tap to have it set aside. */
import { Button, Popconfirm } from "antd";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";
import type { Goods } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../../format/amount.ts";
import { pickUpUrl, walletPaths, withQuery } from "../../../urls.ts";
import { useAct } from "../act.ts";
import { ActProblem } from "../ActProblem.tsx";
import { takeGoods } from "../consent.ts";
import { useHolder } from "../holder.ts";
import { newPayRef } from "../pay/pay-ref.ts";
import { ShopBadge } from "../ShopBadge.tsx";
import type { Shop } from "../shops.ts";

interface Props {
  readonly goods: Goods;
  readonly shop: Shop;
  /** What the customer has of the shop's points, in base units. */
  readonly held: bigint;
}

export function GoodsCard({ goods, shop, held }: Props) {
  const { t, i18n } = useTranslation("purse");
  const name = i18n.language === "en" ? goods.name.en : goods.name.zh;
  const price = `${formatExact(goods.points, shop.decimals)} ${shop.symbol}`;
  const missing = BigInt(goods.points) - held;
  return (
    <article className="wallet-card" aria-label={name}>
      <div className="wallet-card-head">
        <ShopBadge merchantId={shop.merchantId} name={shop.pointName} />
        <div>
          <h3>{name}</h3>
          <p className="wallet-soft">{shop.pointName}</p>
        </div>
      </div>
      <p>
        <strong>{price}</strong>
      </p>
      <p className="wallet-soft">
        {goods.stock === null ? t("goods.always") : t("goods.left", { count: goods.stock })}
      </p>
      <div className="wallet-card-foot">
        {missing > 0n ? (
          <Link to={withQuery(walletPaths.swap, { to: shop.token })}>
            {t("goods.missing", { points: `${formatExact(missing, shop.decimals)} ${shop.symbol}` })}
          </Link>
        ) : (
          <Take goods={goods} shop={shop} name={name} price={price} />
        )}
      </div>
    </article>
  );
}

function Take({ goods, shop, name, price }: Omit<Props, "held"> & { readonly name: string; readonly price: string }) {
  const { t } = useTranslation("purse");
  const holder = useHolder();
  const navigate = useNavigate();
  const { merchantId, sku, points, acceptWithinSeconds: seconds } = goods;
  const act = useAct(async (wish: { sku: string; points: string }, intent) => {
    const redemptionRef = await intent.once("ref", () => Promise.resolve(newPayRef().replace("PAY", "GET")));
    await takeGoods(holder, { ...wish, merchantId, token: shop.token, redemptionRef, seconds }, intent);
    await navigate(pickUpUrl(merchantId, redemptionRef));
    return redemptionRef;
  });
  return (
    <>
      <ActProblem error={act.error} />
      <Popconfirm
        title={t("goods.confirm", { name, price })}
        description={t("goods.terms")}
        okText={t("goods.yes")}
        cancelText={t("goods.no")}
        onConfirm={() => void act.run({ sku, points })}
      >
        <Button
          type="primary"
          loading={act.isBusy}
          disabled={goods.stock === 0}
          aria-label={`${t("goods.take")} ${name}`}
        >
          {t("goods.take")}
        </Button>
      </Popconfirm>
    </>
  );
}
