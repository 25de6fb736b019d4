/** What one rule gives for lines by itself: its rate, once for the tier, under its own caps. */
import { least } from "./caps.ts";
import type { Applied, OrderLine, Terms } from "./evaluate.ts";
import type { EarnRule, Rate } from "./rule-book.ts";

const BPS = 10_000n;

/** Rates that give for each line by itself; the others look at the order as a whole. */
export type LineRate = Extract<Rate, { kind: "percent" | "perPiece" }>;

export function isLineRate(rate: Rate): rate is LineRate {
  return rate.kind === "percent" || rate.kind === "perPiece";
}

/** Exact, in 1/10,000 of a base unit. */
export function exactOf(rate: LineRate, line: OrderLine, pointsPerYuan: number): bigint {
  return rate.kind === "percent"
    ? line.paidFen * BigInt(pointsPerYuan) * BigInt(rate.bps)
    : rate.points * BigInt(line.quantity) * BPS;
}

/** Whole base units of an exact sum for a customer's tier: rounded down after the rate and after the multiplier. */
export function wholeOf(exact: bigint, multiplier: bigint): bigint {
  return ((exact / BPS) * multiplier) / BPS;
}

/** What the rule gives for the lines, after its own caps. */
export function amountOf({ rule, lines }: Applied, { pointsPerYuan, multiplier, room }: Terms): bigint {
  if (lines.length === 0) return 0n;
  return capped(rule, wholeOf(exactSum(rule.rate, lines, pointsPerYuan), multiplier), room);
}

function exactSum(rate: Rate, lines: readonly OrderLine[], pointsPerYuan: number): bigint {
  if (isLineRate(rate)) return lines.reduce((sum, line) => sum + exactOf(rate, line, pointsPerYuan), 0n);
  if (rate.kind === "fixed") return rate.points * BPS;
  const paid = lines.reduce((sum, { paidFen }) => sum + paidFen, 0n);
  return (paid / rate.unitFen) * rate.points * BPS;
}

function capped({ id, caps }: EarnRule, points: bigint, room: Terms["room"]): bigint {
  return least(points, caps.perOrder, hasCaps(caps) ? room.get(id) : undefined);
}

export function hasCaps(caps: EarnRule["caps"]): boolean {
  return Object.values(caps).some((cap) => cap !== undefined);
}
