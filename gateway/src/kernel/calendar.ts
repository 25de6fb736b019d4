/**
 * Which epoch a second lies in, and when epochs begin and expire: the very arithmetic of CalendarLib.sol, so that both
 * agree to the second for every leap year and offset. Days are counted from 0000-03-01, which puts the leap day last.
 */
import { LANES } from "./lots.ts";

/** In the order of the contracts' enum. */
export const CALENDARS = ["never", "month", "quarter", "halfYear", "year"] as const;
export type Calendar = (typeof CALENDARS)[number];

/** How a merchant cuts time: fixed for the life of its token. */
export interface EpochRule {
  readonly calendar: Calendar;
  readonly utcOffsetSeconds: number;
}

/** The second at which points of a `never` calendar expire; larger than every time. */
export const NEVER = Number.POSITIVE_INFINITY;

const DAY_SECONDS = 86_400;
const DAYS_TO_1970 = 719_468;
/** Months from March 0000 to January 1970. */
const MONTHS_TO_1970 = 23_638;
const EPOCH_MONTHS: Readonly<Record<Calendar, number>> = { never: 0, month: 1, quarter: 3, halfYear: 6, year: 12 };

export function calendarOf(index: number): Calendar {
  const calendar = CALENDARS[index];
  if (calendar === undefined) throw new RangeError(`there is no calendar ${index}`);
  return calendar;
}

function originOf(rule: EpochRule): number {
  return DAYS_TO_1970 * DAY_SECONDS + rule.utcOffsetSeconds;
}

/** The epoch that the unix second `timestamp` lies in. */
export function epochAt(rule: EpochRule, timestamp: number): number {
  const epochMonths = EPOCH_MONTHS[rule.calendar];
  if (epochMonths === 0) return 0;
  const quarterDays = 4 * Math.floor((timestamp + originOf(rule)) / DAY_SECONDS) + 3;
  const century = Math.floor(quarterDays / 146_097);
  const inCentury = (quarterDays % 146_097) | 3;
  const year = 100 * century + Math.floor(inCentury / 1_461);
  const dayOfYear = Math.floor((inCentury % 1_461) / 4);
  const months = year * 12 + Math.floor((5 * dayOfYear + 2) / 153) - MONTHS_TO_1970;
  return Math.floor(months / epochMonths);
}

/** The first unix second of `epoch`; `NEVER` when it never begins. */
export function startOfEpoch(rule: EpochRule, epoch: number): number {
  const epochMonths = EPOCH_MONTHS[rule.calendar];
  if (epochMonths === 0) return epoch === 0 ? 0 : NEVER;
  const months = epoch * epochMonths + MONTHS_TO_1970;
  const year = Math.floor(months / 12);
  const leapDays = Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
  const day = 365 * year + leapDays + Math.floor((153 * (months % 12) + 2) / 5);
  return Math.max(0, day * DAY_SECONDS - originOf(rule));
}

/** The first second at which points of `epoch` are no longer live. */
export function expiryOf(rule: EpochRule, epoch: number): number {
  return rule.calendar === "never" ? NEVER : startOfEpoch(rule, epoch + LANES);
}

/** Days since 1970-01-01 in the merchant's own offset. */
export function dayAt(rule: EpochRule, timestamp: number): number {
  return Math.floor((timestamp + rule.utcOffsetSeconds) / DAY_SECONDS);
}

/** The alliance's own days, over all merchants: those of China Standard Time, which knows no summer time. */
export const ALLIANCE_OFFSET_SECONDS = 28_800;

/** Days since 1970-01-01 in the alliance's offset. */
export function allianceDayAt(timestamp: number): number {
  return Math.floor((timestamp + ALLIANCE_OFFSET_SECONDS) / DAY_SECONDS);
}
