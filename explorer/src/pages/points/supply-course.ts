/** How a supply came to be what it is: days as charts want them. Pure. */
import type { ListPointDaysResponse } from "../../../../gateway/client/generated/types.gen.ts";

type PointDay = ListPointDaysResponse["items"][number];

/** Where a point that was issued can be: they add up to all that was ever issued. */
export const STAGES = ["circulating", "held", "pooled", "redeemed", "expired", "reversed"] as const;
export type Stage = (typeof STAGES)[number];

/** What happens within a day. */
export const DEEDS = ["issued", "redeemed", "expired", "reversed", "swappedIn", "swappedOut"] as const;
type Deed = (typeof DEEDS)[number];

export interface SupplyCourse {
  /** Unix seconds. */
  readonly times: readonly number[];
  readonly stages: Readonly<Record<Stage, readonly bigint[]>>;
  readonly deeds: Readonly<Record<Deed, readonly bigint[]>>;
}

const HALF_DAY = 43_200;

/** Noon of the merchant's own day: the same date for readers from UTC−4 to UTC+20 when it is UTC+8. */
const noonOf = (day: string, utcOffsetSeconds: number): number =>
  Date.parse(`${day}T00:00:00Z`) / 1_000 - utcOffsetSeconds + HALF_DAY;

/** `days` newest first, as the API lists them; days on which nothing happened are left out there, and here. */
export function supplyCourse(days: readonly PointDay[], utcOffsetSeconds: number): SupplyCourse {
  const sums = { redeemed: 0n, expired: 0n, reversed: 0n };
  const stages: Record<Stage, bigint[]> = {
    circulating: [],
    held: [],
    pooled: [],
    redeemed: [],
    expired: [],
    reversed: [],
  };
  const deeds: Record<Deed, bigint[]> = {
    issued: [],
    redeemed: [],
    expired: [],
    reversed: [],
    swappedIn: [],
    swappedOut: [],
  };
  const oldestFirst = [...days].reverse();
  for (const day of oldestFirst) {
    // What was redeemed and then given back is in somebody's hands again.
    sums.redeemed += BigInt(day.redeemed.amount) - BigInt(day.refunded.amount);
    sums.expired += BigInt(day.expired.amount);
    sums.reversed += BigInt(day.reversed.amount);
    for (const stage of ["circulating", "held", "pooled"] as const) stages[stage].push(BigInt(day[stage].amount));
    for (const stage of ["redeemed", "expired", "reversed"] as const) stages[stage].push(sums[stage]);
    for (const deed of DEEDS) deeds[deed].push(BigInt(day[deed].amount));
  }
  return { times: oldestFirst.map(({ day }) => noonOf(day, utcOffsetSeconds)), stages, deeds };
}
