/** When a message is tried again: soon at first, in the end once a day; three days and a half in all. */
const [SECOND, MINUTE, HOUR] = [1_000, 60_000, 3_600_000];

/** Pauses after each failed try (the schedule that Standard Webhooks recommends); after the tenth try it is dead. */
export const PAUSES_MS: readonly number[] = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** A tenth more at most, by chance: receivers that fell together are not all called in the same second. */
const SPREAD = 0.1;

/** Undefined after the last try. */
export function pauseAfter(tries: number, chance: number, pauses = PAUSES_MS): number | undefined {
  const pause = pauses[tries - 1];
  return pause === undefined ? undefined : Math.round(pause * (1 + SPREAD * chance));
}
