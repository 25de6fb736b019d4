/** What one rule gives for goods by itself: its rate, once for the tier, under its own caps. */
import { least } from "./caps.ts";
import type { Terms } from "./evaluate.ts";
import type { EarnRule, Rate } from "./rule-book.ts";

const BPS = 10_000n;

/** Goods as all rates see them. */
export interface Basket {
  readonly paidFen: bigint;
  readonly pieces: bigint;
}

export const EMPTY: Basket = { paidFen: 0n, pieces: 0n };

export function together(one: Basket, other: Basket): Basket {
  return { paidFen: one.paidFen + other.paidFen, pieces: one.pieces + other.pieces };
}

/** Rates that give for each line by itself; the others look at the order as a whole. */
export function isLineRate({ kind }: Rate): boolean {
  return kind === "percent" || kind === "perPiece";
}

/** Exact, in 1/10,000 of a base unit; nothing for goods that no money was paid for. */
export function exactOf(rate: Rate, { paidFen, pieces }: Basket, pointsPerYuan: number): bigint {
  if (paidFen === 0n) return 0n;
  switch (rate.kind) {
    case "percent":
      return paidFen * BigInt(pointsPerYuan) * BigInt(rate.bps);
    case "perPiece":
      return rate.points * pieces * BPS;
    case "perUnit":
      return (paidFen / rate.unitFen) * rate.points * BPS;
    case "fixed":
      return rate.points * BPS;
  }
}

/** Whole base units of an exact sum for a customer's tier: rounded down after the rate and after the multiplier. */
export function wholeOf(exact: bigint, multiplier: bigint): bigint {
  return ((exact / BPS) * multiplier) / BPS;
}

/** What the rule gives for the goods, after its own caps. */
export function amountOf({ id, rate, caps }: EarnRule, basket: Basket, terms: Terms): bigint {
  const points = wholeOf(exactOf(rate, basket, terms.pointsPerYuan), terms.multiplier);
  return least(points, caps.perOrder, hasCaps(caps) ? terms.room.get(id) : undefined);
}

export function hasCaps({ perOrder, perCustomerDay, perCustomerMonth, budget }: EarnRule["caps"]): boolean {
  return [perOrder, perCustomerDay, perCustomerMonth, budget].some((cap) => cap !== undefined);
}
