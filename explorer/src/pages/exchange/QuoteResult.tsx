/** The pool's answer: both amounts, what passes between the merchants, the rate; or why it would refuse. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import { getQuoteOptions } from "../../../../gateway/client/generated/@tanstack/react-query.gen.ts";
import type { GetQuoteData, Pool, Quote } from "../../../../gateway/client/generated/types.gen.ts";
import { formatExact } from "../../format/amount.ts";
import { useSay } from "../../i18n/say.ts";
import { BlockLink } from "../../parts/links.tsx";
import { ProblemNote } from "../../parts/ProblemNote.tsx";

interface Props {
  readonly query: GetQuoteData["query"];
  readonly pools: readonly Pool[];
}

export function QuoteResult({ query, pools }: Props) {
  const { t } = useTranslation("exchange");
  const quote = useQuery({ ...getQuoteOptions({ query }), placeholderData: keepPreviousData });
  if (quote.isError) return <ProblemNote error={quote.error} onRetry={() => void quote.refetch()} />;
  const from = pools.find(({ token }) => token === quote.data?.tokenIn);
  const to = pools.find(({ token }) => token === quote.data?.tokenOut);
  const isOld = quote.isPlaceholderData;
  if (quote.data === undefined || from === undefined || to === undefined)
    return <p aria-busy="true">{t("quote.asking")}</p>;
  return (
    <div className="quote-result" role="status" aria-busy={isOld} data-quote={isOld ? "asking" : "there"}>
      <Amounts quote={quote.data} from={from} to={to} />
      <p className="soft">
        {t("quote.at")} <BlockLink number={quote.data.block.number} />
      </p>
    </div>
  );
}

function Amounts({ quote, from, to }: { quote: Quote; from: Pool; to: Pool }) {
  const { t } = useTranslation("exchange");
  const say = useSay();
  const { amountIn, amountOut, hub, refusal } = quote;
  const given = `${formatExact(amountIn, from.pointReserve.decimals)} ${from.symbol}`;
  const bought = `${formatExact(amountOut, to.pointReserve.decimals)} ${to.symbol}`;
  const between = `${formatExact(hub, from.alpReserve.decimals)} ${from.alpReserve.symbol}`;
  return (
    <>
      {refusal === null ? null : (
        <Alert type="warning" showIcon title={say(refusal)} description={t("quote.refused", { code: refusal.code })} />
      )}
      <p className="quote-headline" data-refused={refusal !== null}>
        <span data-amount="in">{given}</span> <span aria-hidden="true">→</span>{" "}
        <strong data-amount="out">{bought}</strong>
      </p>
      <dl className="facts">
        <dt>{t("quote.hub")}</dt>
        <dd className="amount">{between}</dd>
        <dt>{t("quote.fee")}</dt>
        <dd>{t("quote.noFee")}</dd>
        {quote.epochOut === 0 ? null : (
          <>
            <dt>{t("quote.epoch")}</dt>
            <dd>{quote.epochOut}</dd>
          </>
        )}
      </dl>
    </>
  );
}
