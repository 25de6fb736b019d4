/** Goods that were set aside: the code for the counter, and how far the shop is. */
import { Result, Steps } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import {
  getGoodsOptions,
  getGoodsRedemptionOptions,
} from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { GoodsRedemption } from "../../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../../format/amount.ts";
import { Page } from "../../../parts/Page.tsx";
import { Panel } from "../../../parts/Panel.tsx";
import { QueryView } from "../../../parts/QueryView.tsx";
import { tillGoodsUrl } from "../../../urls.ts";
import { CodePicture } from "../CodePicture.tsx";
import { useShops } from "../shops.ts";

const STEPS = ["reserved", "accepted", "shipped", "delivered"] as const;
const STEP_OF: Readonly<Partial<Record<GoodsRedemption["state"], number>>> = {
  holding: 0,
  reserved: 0,
  accepting: 1,
  accepted: 1,
  shipped: 2,
  delivered: 3,
};
const LOOK_EVERY_MS = 5_000;

export default function PickUpPage() {
  const { t } = useTranslation("purse");
  const { merchantId = "", ref = "" } = useParams();
  const query = useQuery({
    ...getGoodsRedemptionOptions({ path: { id: merchantId, redemptionRef: ref } }),
    refetchInterval: LOOK_EVERY_MS,
  });
  return (
    <Page title={t("pickUp.title")}>
      <Panel title={t("pickUp.panel")}>
        <QueryView query={query}>
          {(redemption) => <PickUp redemption={redemption} merchantId={merchantId} />}
        </QueryView>
      </Panel>
    </Page>
  );
}

function PickUp({ redemption, merchantId }: { redemption: GoodsRedemption; merchantId: string }) {
  const { t, i18n } = useTranslation("purse");
  const { redemptionRef, sku, quantity, points, state, reason, tracking } = redemption;
  const goods = useQuery(getGoodsOptions({ path: { id: merchantId, sku } }));
  const shop = useShops().data?.find((one) => String(one.merchantId) === merchantId);
  const name = goods.data === undefined ? sku : i18n.language === "en" ? goods.data.name.en : goods.data.name.zh;
  const step = STEP_OF[state];
  if (step === undefined)
    return <Result status="info" title={t("pickUp.cancelled")} subTitle={reason ?? t("pickUp.back")} />;
  const url = new URL(tillGoodsUrl(redemptionRef), location.origin).href;
  return (
    <div className="wallet-code" role="status">
      <p className="wallet-code-amount">
        {name}
        {quantity > 1 ? ` × ${quantity}` : ""}
      </p>
      <p className="wallet-soft">
        {shop === undefined ? "" : `${shop.name} · ${formatExact(points, shop.decimals)} ${shop.symbol}`}
      </p>
      {step < 2 ? <CodePicture value={url} label={t("code.qr", { code: redemptionRef })} /> : null}
      <p className="wallet-code-text" data-testid="pick-up-code">
        {redemptionRef}
      </p>
      {tracking === null ? null : <p>{t("pickUp.tracking", { number: tracking })}</p>}
      <Steps size="small" current={step} items={STEPS.map((one) => ({ title: t(`pickUp.step.${one}`) }))} responsive />
    </div>
  );
}
