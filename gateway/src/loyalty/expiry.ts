/** When holders are told that points expire: 30, 7 and 1 days before, in the merchant's own calendar and time zone. */
import { LANES } from "../kernel/lots.ts";

const DAY_SECONDS = 86_400;

/** The first notice first. */
export const NOTICE_DAYS = [30, 7, 1] as const;

/** An epoch ends at midnight of the merchant's time zone, and so a notice is due at a midnight there. */
export function noticeAt(expiresAt: number, days: number): number {
  return expiresAt - days * DAY_SECONDS;
}

/**
 * The notice that is due at `now`: the nearest to the end. One that was missed (the gateway was down) is not made up for
 * when the next is due: nobody is told three times in one minute. Undefined before the first and from the end on.
 */
export function dueNotice(expiresAt: number, now: number): number | undefined {
  if (now >= expiresAt) return undefined;
  return NOTICE_DAYS.findLast((days) => noticeAt(expiresAt, days) <= now);
}

/** Borders that reinstated points live through at most. */
export const LIVES_MAX = LANES;

/** The epoch that points which are to live through `lives` borders are issued into, in epoch `present`. */
export function epochOfLives(present: number, lives: number): number {
  return present - (LANES - lives);
}
