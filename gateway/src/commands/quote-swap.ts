/** What a swap would do at the head: the pool contract is asked, and its refusal is told in words. */
import type { Quote, Refusal } from "../chain/read-contracts.ts";
import { fetchQuote } from "../chain/read-contracts.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";
import type { Rooms } from "./rooms.ts";

/** Why the pool would refuse, and what to do. */
const REASONS: Readonly<Record<Exclude<Refusal, "none">, { en: string; zh: string }>> = {
  sameToken: { en: "Both are the same token. Choose another one.", zh: "两种积分相同，请选择另一种。" },
  poolClosed: {
    en: "One of the merchants does not take part in the exchange.",
    zh: "其中一个商家未开通兑换。",
  },
  amountOutOfRange: { en: "The amount is too small or too large.", zh: "数量过小或过大。" },
  acceptPaused: { en: "The merchant takes in no points at present.", zh: "该商家暂停收入积分。" },
  releasePaused: { en: "The merchant gives out no points at present.", zh: "该商家暂停放出积分。" },
  tokenPaused: { en: "The regulator has paused one of the tokens.", zh: "监管方已暂停其中一种积分。" },
  accountFrozen: { en: "The account is frozen by the regulator.", zh: "账户已被监管方冻结。" },
  balanceTooLow: { en: "The account has too few points.", zh: "账户积分不足。" },
  alpReserveTooLow: {
    en: "The merchant whose points come in has too little ALP in its reserve. Try a smaller amount.",
    zh: "转入积分的商家联盟积分储备不足，请减少数量。",
  },
  pointReserveTooLow: {
    en: "The merchant whose points go out has too few in its reserve. Try a smaller amount.",
    zh: "转出积分的商家积分储备不足，请减少数量。",
  },
  poolDailyLimit: {
    en: "The merchant's daily limit is reached. Try tomorrow (UTC).",
    zh: "已达该商家当日限额，请明日（UTC）再试。",
  },
  accountDailyLimit: {
    en: "The account's daily limit is reached. Try tomorrow (UTC).",
    zh: "已达账户当日限额，请明日（UTC）再试。",
  },
  wouldOutlive: {
    en: "The points bought would expire later than those given. Give points that live longer.",
    zh: "换得的积分将比付出的积分更晚过期。请使用有效期更长的积分。",
  },
  slippage: { en: "The price is worse than what was asked for.", zh: "价格劣于所要求的价格。" },
  deadlinePassed: { en: "The order's time is over.", zh: "订单已过期。" },
};

export interface QuoteRequest {
  /** Absent: the quote leaves the account's balance, limits and lots out. */
  readonly account: Address | undefined;
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  readonly amount: bigint;
  readonly exactOut: boolean;
}

export interface QuoteAnswer {
  readonly quote: Quote;
  readonly refusal: { code: Refusal; en: string; zh: string } | null;
  /** The block it is true at: the chain's head. */
  readonly block: { number: number; hash: Hex32; timestamp: number };
}

export async function quoteSwap(rooms: Pick<Rooms, "chain" | "deployment">, ask: QuoteRequest): Promise<QuoteAnswer> {
  const { chain, deployment } = rooms;
  const head = await chain.block("latest");
  if (head === undefined) throw new LedgerError("not_ready", { detail: "the node has no block yet" });
  const account = ask.account ?? ZERO_ADDRESS;
  const quote = await fetchQuote(chain, deployment.contracts.exchangePool, { ...ask, account }, head.number);
  const isWithoutAccount = ask.account === undefined && quote.refusal === "balanceTooLow";
  const { refusal } = quote;
  const block = { number: head.number, hash: head.hash, timestamp: head.timestamp };
  if (refusal === "none" || isWithoutAccount) return { quote: { ...quote, refusal: "none" }, refusal: null, block };
  return { quote, refusal: { code: refusal, ...REASONS[refusal] }, block };
}
