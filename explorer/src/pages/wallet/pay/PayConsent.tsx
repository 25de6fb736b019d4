/** What will leave the wallet, exactly; then the swap, if one is needed, and the hold. One consent for both. */
import { Alert, Button, Skeleton } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { getQuoteOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { formatExact } from "../../../format/amount.ts";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { payCodeUrl } from "../../../urls.ts";
import type { Intent } from "../act.ts";
import { useAct } from "../act.ts";
import { ActProblem } from "../ActProblem.tsx";
import type { SwapWish } from "../consent.ts";
import { pay } from "../consent.ts";
import { useHolder } from "../holder.ts";
import type { Shop } from "../shops.ts";
import { newPayRef } from "./pay-ref.ts";

/** A queue at a till is shorter than this; afterwards the points can be fetched back. */
const HOLD_SECONDS = 900;

interface Props {
  readonly shop: Shop;
  /** Base units of the shop's points. */
  readonly points: bigint;
  /** So many of them are to be swapped into first. */
  readonly missing: bigint;
  readonly from: Shop | undefined;
}

export function PayConsent({ shop, points, missing, from }: Props) {
  const { t } = useTranslation("purse");
  if (missing === 0n) return <Consent shop={shop} points={points} from={undefined} swap={undefined} />;
  if (from === undefined) return <Alert type="warning" showIcon title={t("pay.tooFew")} />;
  return <WithSwap shop={shop} points={points} missing={missing} from={from} />;
}

function WithSwap({ shop, points, missing, from }: Props & { readonly from: Shop }) {
  const { i18n } = useTranslation("purse");
  const { account } = useHolder();
  const wanted = { tokenIn: from.token, tokenOut: shop.token };
  const quote = useQuery(getQuoteOptions({ query: { ...wanted, amountOut: missing.toString(), account } }));
  if (quote.isError) return <ProblemNote error={quote.error} onRetry={() => void quote.refetch()} />;
  if (quote.data === undefined) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const { refusal, amountIn } = quote.data;
  if (refusal !== null)
    return <Alert type="warning" showIcon title={i18n.language === "en" ? refusal.en : refusal.zh} />;
  // Never more than what is shown: at another price the chain refuses.
  const swap = { ...wanted, amountIn, amountOut: missing.toString(), exactOut: true };
  return <Consent shop={shop} points={points} from={from} swap={swap} />;
}

interface ConsentProps {
  readonly shop: Shop;
  readonly points: bigint;
  readonly from: Shop | undefined;
  readonly swap: SwapWish | undefined;
}

function Consent({ shop, points, from, swap }: ConsentProps) {
  const { t } = useTranslation("purse");
  const holder = useHolder();
  const navigate = useNavigate();
  const [step, setStep] = useState<"swap" | "hold">();
  const wish = { token: shop.token, points: points.toString(), seconds: HOLD_SECONDS, swap };
  const act = useAct(async (asked: typeof wish, intent: Intent) => {
    const ref = await intent.once("ref", () => Promise.resolve(newPayRef()));
    await pay(holder, { ...asked, ref, onStep: setStep }, intent);
    await navigate(payCodeUrl(shop.token, ref));
    return ref;
  });
  const isOwn = holder.customerId === undefined;
  return (
    <section className="wallet-consent" aria-label={t("pay.consent")}>
      {swap === undefined || from === undefined ? null : (
        <p data-testid="pay-swap">
          {t("pay.swapFirst", {
            give: `${formatExact(swap.amountIn, from.decimals)} ${from.symbol}`,
            get: `${formatExact(swap.amountOut, shop.decimals)} ${shop.symbol}`,
          })}
        </p>
      )}
      <p>
        {t("pay.hold")} <strong>{`${formatExact(points, shop.decimals)} ${shop.symbol}`}</strong>
      </p>
      <p className="wallet-soft">{t("pay.terms", { minutes: HOLD_SECONDS / 60 })}</p>
      <ActProblem error={act.error} />
      <Button type="primary" size="large" loading={act.isBusy} onClick={() => void act.run(wish)}>
        {act.isBusy && step !== undefined ? t(`pay.step.${step}`) : t(isOwn ? "pay.sign" : "pay.go")}
      </Button>
    </section>
  );
}
