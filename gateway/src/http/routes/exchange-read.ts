/** The exchange: pools, swaps, flows, and quotes from the contract itself. */
import { z } from "zod";
import { quoteSwap } from "../../commands/quote-swap.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { listPools, showPool } from "../../queries/pools.ts";
import { listFlows, listSwaps } from "../../queries/swaps.ts";
import { amountOut, page, placeOut, poolFields, readingOf, swapOut, tokenParams } from "../read-schemas.ts";
import { route } from "../route.ts";
import { addressIn, addressOut, blockOut, pageOut, pageQuery, pointsIn, timestampOut } from "../schemas.ts";

const tag = "Exchange";
const roles = "public";

const quoteOut = z
  .strictObject({
    tokenIn: addressOut,
    tokenOut: addressOut,
    amountIn: z.string(),
    hub: z.string().meta({ description: "ALP wei that pass from one merchant's reserve to the other's." }),
    amountOut: z.string(),
    epochOut: z.int(),
    refusal: z
      .strictObject({ code: z.string(), en: z.string(), zh: z.string() })
      .nullable()
      .meta({ description: "Why the pool would refuse this swap now; null when it would carry it out." }),
    block: blockOut,
  })
  .meta({ id: "Quote" });

const quoteQuery = z.strictObject({
  tokenIn: addressIn,
  tokenOut: addressIn,
  amountIn: pointsIn.optional(),
  amountOut: pointsIn.optional(),
  account: addressIn.optional(),
});

const postOut = z.strictObject({ ...placeOut, accept: amountOut, release: amountOut, effectiveAt: timestampOut });

const flowOut = z
  .strictObject({ swaps: z.int(), given: amountOut, hub: amountOut, bought: amountOut })
  .meta({ id: "Flow" });

export const exchangeReadRoutes = [
  route({
    method: "get",
    path: "/v1/exchange/pools",
    operationId: "listPools",
    summary: "Every merchant's side of the exchange",
    tag,
    roles,
    query: page,
    output: pageOut(z.strictObject(poolFields).meta({ id: "Pool" })),
    run: ({ query }, rooms) => listPools(readingOf(rooms), query),
  }),
  route({
    method: "get",
    path: "/v1/exchange/pools/:token",
    operationId: "getPool",
    summary: "One merchant's side with its last 100 prices",
    tag,
    roles,
    params: tokenParams,
    output: z
      .strictObject({ ...poolFields, priceHistory: z.array(postOut), block: blockOut })
      .meta({ id: "PoolDetail" }),
    run: ({ params }, rooms) => showPool(readingOf(rooms), params.token),
  }),
  route({
    method: "get",
    path: "/v1/exchange/swaps",
    operationId: "listSwaps",
    summary: "Swaps, newest first",
    tag,
    roles,
    query: z.strictObject({ ...pageQuery, token: addressIn.optional() }),
    output: pageOut(swapOut),
    run: ({ query }, rooms) => listSwaps(readingOf(rooms), { token: query.token }, query),
  }),
  route({
    method: "get",
    path: "/v1/exchange/flows",
    operationId: "listFlows",
    summary: "What flowed between merchants in the last days (UTC)",
    tag,
    roles,
    query: z.strictObject({ days: z.coerce.number<string>().int().min(1).max(3_660).default(30) }),
    output: z.strictObject({ items: z.array(flowOut), block: blockOut }).meta({ id: "Flows" }),
    run: ({ query }, rooms) => listFlows(readingOf(rooms), query.days),
  }),
  route({
    method: "get",
    path: "/v1/exchange/quote",
    operationId: "getQuote",
    summary: "What a swap would do now, or why the pool would refuse it",
    description: "Give amountIn or amountOut. With an account its balance, limits and lots are considered too.",
    tag,
    roles,
    query: quoteQuery,
    output: quoteOut,
    run: async ({ query }, rooms) => {
      const { tokenIn, tokenOut, amountIn, amountOut, account } = query;
      const amount = amountIn ?? amountOut;
      if (amount === undefined || (amountIn !== undefined && amountOut !== undefined))
        throw new LedgerError("request_invalid", { field: "amountIn", problem: "give either amountIn or amountOut" });
      const ask = { account, tokenIn, tokenOut, amount, exactOut: amountIn === undefined };
      const { quote, refusal, block } = await quoteSwap(rooms, ask);
      return {
        tokenIn,
        tokenOut,
        amountIn: String(quote.amountIn),
        hub: String(quote.hub),
        amountOut: String(quote.amountOut),
        epochOut: Number(quote.epochOut),
        refusal,
        block,
      };
    },
  }),
];
