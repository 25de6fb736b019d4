/** Lots and supply as readers see them. */
import type { EpochRule } from "../kernel/calendar.ts";
import { expiryOf, NEVER } from "../kernel/calendar.ts";
import type { Lots } from "../kernel/lots.ts";
import type { LanesColumns, PointTokenRow, SplitColumns } from "../store/tables-ledger.ts";
import type { Amount } from "./amounts.ts";
import { pointAmount } from "./amounts.ts";

const SPLIT = ["issued", "circulating", "held", "pooled", "redeemed", "expired", "reversed"] as const;

/** issued = circulating + held + pooled + redeemed + expired + reversed. */
export function splitView(token: PointTokenRow): Record<keyof SplitColumns, Amount> {
  return Object.fromEntries(SPLIT.map((part) => [part, pointAmount(token, token[part])])) as Record<
    keyof SplitColumns,
    Amount
  >;
}

export function ruleOf(token: Pick<PointTokenRow, "calendar" | "utc_offset_seconds">): EpochRule {
  return { calendar: token.calendar as EpochRule["calendar"], utcOffsetSeconds: token.utc_offset_seconds };
}

export function lotsOf(row: LanesColumns): Lots {
  return {
    touched: row.touched,
    lanes: [BigInt(row.lane0), BigInt(row.lane1), BigInt(row.lane2), BigInt(row.lane3)],
  };
}

export interface LotView {
  readonly epoch: number;
  readonly points: Amount;
  /** Unix seconds; null = never. */
  readonly expiresAt: number | null;
}

/** Lots that are not empty, the first to expire first. */
export function lotsView(token: PointTokenRow, lots: Lots): LotView[] {
  return lots.lanes
    .map((points, age) => ({ points, epoch: lots.touched - age }))
    .filter(({ points }) => points > 0n)
    .reverse()
    .map(({ points, epoch }) => ({ epoch, points: pointAmount(token, points), expiresAt: expiryView(token, epoch) }));
}

export function expiryView(token: PointTokenRow, epoch: number): number | null {
  const at = expiryOf(ruleOf(token), epoch);
  return at === NEVER ? null : at;
}
