/** What a quote is asked for, as it stands in the address of the page, so that a quote can be linked and bookmarked. */
import type { Pool } from "../../../../gateway/client/generated/types.gen.ts";
import { parseAmount } from "../../format/amount.ts";

export interface QuoteAsk {
  readonly tokenIn: string;
  readonly tokenOut: string;
  /** As typed. */
  readonly amount: string;
  /** Which of the two amounts was typed. */
  readonly side: "in" | "out";
  readonly account: string;
}

const FIRST_AMOUNT = "100";

/** What the address says, else the first two merchants and 100 points. */
export function askIn(search: URLSearchParams, pools: readonly Pool[]): QuoteAsk {
  const named = (name: string): string | undefined => {
    const token = search.get(name)?.toLowerCase();
    return pools.find((pool) => pool.token === token)?.token;
  };
  const tokenIn = named("in") ?? pools[0]?.token ?? "";
  const other = pools.find(({ token }) => token !== tokenIn)?.token ?? "";
  return {
    tokenIn,
    tokenOut: named("out") ?? other,
    amount: search.get("amount") ?? FIRST_AMOUNT,
    side: search.get("side") === "out" ? "out" : "in",
    account: search.get("account") ?? "",
  };
}

export function toSearch({ tokenIn, tokenOut, amount, side, account }: QuoteAsk): Record<string, string> {
  return { in: tokenIn, out: tokenOut, amount, side, ...(account === "" ? {} : { account }) };
}

const ADDRESS = /^0x[0-9a-fA-F]{40}$/;

export const isAccount = (text: string): boolean => text === "" || ADDRESS.test(text);

/** As the API takes it; undefined as long as something is missing or wrong. */
export function queryOf({ tokenIn, tokenOut, amount, side, account }: QuoteAsk, decimals: number) {
  const units = parseAmount(amount, decimals);
  if (tokenIn === "" || tokenOut === "" || units === undefined || units === 0n || !isAccount(account)) return undefined;
  return {
    tokenIn,
    tokenOut,
    [side === "in" ? "amountIn" : "amountOut"]: units.toString(),
    ...(account === "" ? {} : { account }),
  };
}
