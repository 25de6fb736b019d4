/** What points may pay of an order: the merchant's terms, what the customer holds, and what a swap would add. */
import { fetchBalance } from "../../chain/read-redemption.ts";
import type { Caller } from "../../kernel/caller.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, Fen, Hex32, Points } from "../../kernel/ids.ts";
import type { DeductionLimits, DeductionObstacle, SplitLine } from "../../loyalty/deduction.ts";
import { bestPoints, fenOf, limitsOf, obstacleTo, splitLines } from "../../loyalty/deduction.ts";
import type { OrderLine } from "../../loyalty/evaluate.ts";
import type { DeductionTerms } from "../../loyalty/rule-book.ts";
import { findCustomer } from "../../store/customers.ts";
import { withDatabase } from "../../store/failures.ts";
import { findMerchant, findMerchantTerms } from "../find-merchant.ts";
import type { MerchantFacts } from "../find-merchant.ts";
import type { QuoteAnswer } from "../quote-swap.ts";
import { quoteSwap } from "../quote-swap.ts";
import type { Rooms } from "../rooms.ts";
import { findRules } from "./find-rules.ts";

/** What holds for this merchant's orders now. */
export interface Offer {
  readonly merchant: MerchantFacts & { readonly token: Address };
  readonly pointsPerYuan: number;
  readonly rulesVersion: number;
  readonly rulesHash: Hex32;
  readonly terms: DeductionTerms;
  readonly limits: DeductionLimits;
}

export interface CheckoutQuoteRequest {
  readonly merchantId: number;
  readonly lines: readonly OrderLine[];
  /** Whose balance is looked at; neither: the terms alone are told. */
  readonly customerId?: string | undefined;
  readonly account?: Address | undefined;
  /** Base units; absent: the most that is possible. */
  readonly points?: Points | undefined;
  /** The token of another merchant that may fill up what is missing. */
  readonly tokenIn?: Address | undefined;
}

export interface CheckoutQuote extends Offer {
  readonly balance: bigint | undefined;
  readonly points: Points;
  readonly deductionFen: Fen;
  readonly cashFen: Fen;
  readonly lines: readonly SplitLine[];
  readonly swap: (QuoteAnswer & { readonly tokenIn: Address; readonly amountOut: Points }) | undefined;
  readonly obstacle: { readonly code: DeductionObstacle; readonly en: string; readonly zh: string } | undefined;
}

export async function readOffer(rooms: Rooms, merchantId: number, lines: readonly OrderLine[]): Promise<Offer> {
  const merchant = await findMerchant(rooms, merchantId);
  const { token } = merchant;
  if (token === undefined) throw new LedgerError("not_found", { what: `token of merchant ${merchantId}` });
  const { pointsPerYuan } = await findMerchantTerms(rooms, merchantId);
  const { version, rulesHash, book } = await findRules(rooms.db, merchantId);
  const terms = book.deduction;
  const limits = limitsOf(terms, pointsPerYuan, lines);
  return { merchant: { ...merchant, token }, pointsPerYuan, rulesVersion: version, rulesHash, terms, limits };
}

export async function quoteCheckout(
  rooms: Rooms,
  caller: Caller,
  { customerId, ...request }: CheckoutQuoteRequest,
): Promise<CheckoutQuote> {
  const account = customerId === undefined ? request.account : await customerAccount(rooms, caller, customerId);
  const ask = { ...request, account };
  const offer = await readOffer(rooms, ask.merchantId, ask.lines);
  const { limits, pointsPerYuan, merchant } = offer;
  const balance = ask.account && (await fetchBalance(rooms.chain, merchant.token, ask.account));
  // With a swap to fill up the rest, the balance bounds nothing.
  const reach = ask.tokenIn === undefined ? (balance ?? limits.maxPoints) : limits.maxPoints;
  const points = ask.points ?? bestPoints(limits, reach);
  const code = limits.obstacle ?? (ask.points === undefined ? undefined : obstacleTo(limits, ask.points));
  const paid = code === undefined ? points : (0n as Points);
  const deductionFen = fenOf(paid, pointsPerYuan);
  return {
    ...offer,
    balance,
    points: paid,
    deductionFen,
    cashFen: (limits.totalFen - deductionFen) as Fen,
    lines: splitLines(offer.terms, ask.lines, deductionFen),
    swap: await quoteMissing(rooms, ask, { points: paid, balance, token: merchant.token }),
    obstacle: code && { code, ...obstacleWords(code, offer) },
  };
}

async function customerAccount({ db }: Rooms, { organisation }: Caller, id: string): Promise<Address> {
  const customer = await withDatabase(() => findCustomer(db, organisation, { id }));
  if (customer === undefined) throw new LedgerError("not_found", { what: `customer ${id}` });
  return customer.address;
}

async function quoteMissing(
  rooms: Rooms,
  { account, tokenIn }: Pick<CheckoutQuoteRequest, "account" | "tokenIn">,
  { points, balance, token }: { points: Points; balance: bigint | undefined; token: Address },
): Promise<CheckoutQuote["swap"]> {
  const amountOut = (points - (balance ?? 0n)) as Points;
  if (tokenIn === undefined || amountOut <= 0n) return undefined;
  const answer = await quoteSwap(rooms, { account, tokenIn, tokenOut: token, amount: amountOut, exactOut: true });
  return { ...answer, tokenIn, amountOut };
}

/** Why not, and what would do. */
export function obstacleWords(code: DeductionObstacle, { limits, terms }: Offer): { en: string; zh: string } {
  const { minimumPoints, stepPoints, maxPoints } = limits;
  const words: Record<DeductionObstacle, { en: string; zh: string }> = {
    closed: { en: "the merchant takes no points for orders at present.", zh: "商家目前不接受积分抵现。" },
    orderTooSmall: {
      en: `goods must cost at least ${terms.minimumOrderFen} fen.`,
      zh: `商品金额至少为 ${terms.minimumOrderFen} 分。`,
    },
    nothingDeductible: {
      en: "nothing in it may be paid with points (freight and excluded goods may not).",
      zh: "订单中没有可用积分抵扣的商品（运费和排除商品不可抵扣）。",
    },
    belowMinimum: { en: `at least ${minimumPoints} must be used.`, zh: `至少使用 ${minimumPoints}。` },
    notInSteps: { en: `only whole multiples of ${stepPoints} can be used.`, zh: `只能使用 ${stepPoints} 的整数倍。` },
    aboveLimit: { en: `at most ${maxPoints} can be used.`, zh: `最多使用 ${maxPoints}。` },
  };
  return words[code];
}

/** Throws `deduction_refused` unless just so many points may be used. */
export function assertDeductible(offer: Offer, points: Points): void {
  const code = obstacleTo(offer.limits, points);
  if (code === undefined) return;
  const { en: reason, zh: reasonZh } = obstacleWords(code, offer);
  const { merchantId } = offer.merchant;
  throw new LedgerError("deduction_refused", {
    points: points.toString(),
    obstacle: code,
    maxPoints: offer.limits.maxPoints.toString(),
    minimumPoints: offer.limits.minimumPoints.toString(),
    stepPoints: offer.limits.stepPoints.toString(),
    reason,
    reasonZh,
    merchantId,
  });
}
