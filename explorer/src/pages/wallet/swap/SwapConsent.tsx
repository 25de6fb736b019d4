/** What the swap would do now, in exact numbers; the button does just that or nothing. */
import { Alert, Button, Result, Skeleton } from "antd";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { getQuoteOptions } from "../../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import { formatExact } from "../../../format/amount.ts";
import { ProblemNote } from "../../../parts/ProblemNote.tsx";
import { receiptUrl } from "../../../urls.ts";
import { useAct } from "../act.ts";
import { ActProblem } from "../ActProblem.tsx";
import type { SwapWish } from "../consent.ts";
import { swap } from "../consent.ts";
import { useHolder } from "../holder.ts";
import type { Shop } from "../shops.ts";

interface Props {
  readonly from: Shop;
  readonly to: Shop;
  /** Base units. */
  readonly amountIn: string;
  readonly onDone: () => void;
}

export function SwapConsent({ from, to, amountIn, onDone }: Props) {
  const { t, i18n } = useTranslation("purse");
  const holder = useHolder();
  const quote = useQuery(
    getQuoteOptions({ query: { tokenIn: from.token, tokenOut: to.token, amountIn, account: holder.account } }),
  );
  const act = useAct((wish: SwapWish, intent) => swap(holder, wish, intent));
  if (act.done !== undefined) {
    const hash = act.done.transactions.at(-1)?.hash;
    return (
      <Result
        status="success"
        title={t("swap.done", { shop: to.pointName })}
        extra={[
          ...(hash === undefined
            ? []
            : [
                <Link key="receipt" to={receiptUrl(hash)}>
                  {t("receipt.see")}
                </Link>,
              ]),
          <Button
            key="again"
            onClick={() => {
              act.reset();
              onDone();
            }}
          >
            {t("swap.again")}
          </Button>,
        ]}
      />
    );
  }
  if (quote.isError) return <ProblemNote error={quote.error} onRetry={() => void quote.refetch()} />;
  if (quote.data === undefined) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const { amountOut, refusal } = quote.data;
  if (refusal !== null)
    return <Alert type="warning" showIcon title={i18n.language === "en" ? refusal.en : refusal.zh} />;
  const wish = { tokenIn: from.token, tokenOut: to.token, amountIn, amountOut, exactOut: false };
  return (
    <section className="wallet-consent" aria-label={t("swap.consent")}>
      <p>
        {t("swap.youGive")} <strong>{`${formatExact(amountIn, from.decimals)} ${from.symbol}`}</strong>
      </p>
      <p>
        {t("swap.youGet")}{" "}
        <strong
          className="wallet-in"
          data-testid="swap-out"
        >{`${formatExact(amountOut, to.decimals)} ${to.symbol}`}</strong>
      </p>
      <p className="wallet-soft">{t("swap.terms")}</p>
      <ActProblem error={act.error} />
      <Button type="primary" size="large" loading={act.isBusy} onClick={() => void act.run(wish)}>
        {t(holder.customerId === undefined ? "swap.sign" : "swap.go")}
      </Button>
    </section>
  );
}
