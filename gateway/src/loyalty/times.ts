/** When a rule holds, in the merchant's own local time. */
import type { Times } from "./rule-book.ts";

const DAY_SECONDS = 86_400;
const DAY_MINUTES = 1_440;
/** 1970-01-01 was a Thursday, the fourth day of the week. */
const WEEKDAY_OF_1970 = 4;

/** 1 (Monday) to 7, of the local day that the unix second lies in. */
export function weekdayAt(at: number, utcOffsetSeconds: number): number {
  const days = Math.floor((at + utcOffsetSeconds) / DAY_SECONDS);
  return ((((days + WEEKDAY_OF_1970 - 1) % 7) + 7) % 7) + 1;
}

/** 0 to 1,439, of the local day. */
export function minuteAt(at: number, utcOffsetSeconds: number): number {
  const seconds = (((at + utcOffsetSeconds) % DAY_SECONDS) + DAY_SECONDS) % DAY_SECONDS;
  return Math.floor(seconds / 60);
}

/** Every field that is given must hold. A window over midnight belongs to the weekday that it is at the moment. */
export function holdsAt(times: Times, at: number, utcOffsetSeconds: number): boolean {
  if (times.from !== undefined && at < times.from) return false;
  if (times.until !== undefined && at >= times.until) return false;
  if (times.weekdays?.includes(weekdayAt(at, utcOffsetSeconds)) === false) return false;
  const { minutesFrom = 0, minutesUntil = DAY_MINUTES } = times;
  const minute = minuteAt(at, utcOffsetSeconds);
  return minutesFrom <= minutesUntil
    ? minute >= minutesFrom && minute < minutesUntil
    : minute >= minutesFrom || minute < minutesUntil;
}

/** Hours of a week in which weekdays and minutes let the rule hold: 168 without any bound. */
export function hoursAWeek({ weekdays, minutesFrom = 0, minutesUntil = DAY_MINUTES }: Times): number {
  const minutes = (minutesUntil - minutesFrom + DAY_MINUTES) % DAY_MINUTES || DAY_MINUTES;
  return ((weekdays?.length ?? 7) * minutes) / 60;
}
