/** Hours of a week, in the local time of the shop: as people give them, and as the ranges of minutes that the store asks. */

const DAY_MINUTES = 1_440;
export const WEEK_MINUTES = 7 * DAY_MINUTES;
/** 1 January 1970 was a Thursday. */
const DAYS_BEFORE_1970 = 3;

/** Minutes of the local day, [from, until); from > until goes over midnight into the next day. */
export interface Hours {
  /** 1 (Monday) to 7. */
  readonly weekdays: readonly number[];
  readonly minutesFrom: number;
  readonly minutesUntil: number;
}

type Range = readonly [from: number, until: number];

/** Minute of the week, Monday 0:00 = 0. */
export function weekMinute(unixSeconds: number, utcOffsetSeconds: number): number {
  const minute = Math.floor((unixSeconds + utcOffsetSeconds) / 60) + DAYS_BEFORE_1970 * DAY_MINUTES;
  return ((minute % WEEK_MINUTES) + WEEK_MINUTES) % WEEK_MINUTES;
}

function rangesOf({ weekdays, minutesFrom, minutesUntil }: Hours): Range[] {
  const length = minutesUntil > minutesFrom ? minutesUntil - minutesFrom : minutesUntil + DAY_MINUTES - minutesFrom;
  return weekdays.flatMap((weekday): Range[] => {
    const from = (weekday - 1) * DAY_MINUTES + minutesFrom;
    const until = from + length;
    // Sunday's night goes on on Monday.
    return until <= WEEK_MINUTES
      ? [[from, until]]
      : [
          [from, WEEK_MINUTES],
          [0, until - WEEK_MINUTES],
        ];
  });
}

/** As a multirange of PostgreSQL. No hours given: always. */
export function openMinutes(hours: readonly Hours[]): string {
  const ranges: Range[] = hours.length === 0 ? [[0, WEEK_MINUTES]] : hours.flatMap(rangesOf);
  return `{${ranges.map(([from, until]) => `[${from},${until})`).join(",")}}`;
}
