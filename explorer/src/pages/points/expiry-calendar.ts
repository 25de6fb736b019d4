/** Expiries as days of a calendar. Pure. */
import type { PointExpiries } from "../../../../gateway/client/generated/types.gen.ts";
import type { CalendarDay } from "../../charts/CalendarChart.tsx";

/** The merchant's own day at an instant: `2026-12-01`. */
export const dayAt = (seconds: number, utcOffsetSeconds: number): string =>
  new Date((seconds + utcOffsetSeconds) * 1_000).toISOString().slice(0, 10);

export interface ExpiryCalendar {
  readonly days: readonly CalendarDay[];
  /** Months, `2026-11`. */
  readonly range: readonly [string, string];
}

const SECONDS_OF_YEAR = 366 * 86_400;

/**
 * What expired within the last year and what will: one calendar. Undefined when there is no day to show. Longer ago is
 * in the list below it.
 */
export function calendarOf({ items, past, block, utcOffsetSeconds }: PointExpiries): ExpiryCalendar | undefined {
  const today = dayAt(block.timestamp, utcOffsetSeconds);
  const first = dayAt(block.timestamp - SECONDS_OF_YEAR, utcOffsetSeconds);
  const days = [
    ...past.filter(({ day }) => day >= first).map(({ day, points }) => ({ day, value: BigInt(points.amount) })),
    ...items.flatMap(({ expiresAt, points }) =>
      expiresAt === null ? [] : [{ day: dayAt(expiresAt, utcOffsetSeconds), value: BigInt(points.amount) }],
    ),
  ].sort((a, b) => (a.day < b.day ? -1 : 1));
  const [earliest, latest] = [days[0]?.day, days.at(-1)?.day];
  if (earliest === undefined || latest === undefined) return undefined;
  const from = earliest < today ? earliest : today;
  return { days, range: [from.slice(0, 7), latest.slice(0, 7)] };
}
