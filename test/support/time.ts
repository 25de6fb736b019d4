/** Times of the contract tests. All of them are fixed dates: nothing depends on the day the tests run. */

export const HOUR = 3_600;
export const DAY = 86_400;

/** China's offset, and one west of Greenwich (New York in winter). */
export const UTC_PLUS_8 = 8 * HOUR;
export const UTC_MINUS_5 = -5 * HOUR;

/** The order of contracts/types/Calendar.sol. */
export const Calendar = { Never: 0n, Month: 1n, Quarter: 2n, HalfYear: 3n, Year: 4n } as const;

/** `at("2027-03-01", "00:00:00", 8 * HOUR)`: the unix second of a wall clock in an offset. */
export function at(date: string, time = "00:00:00", utcOffsetSeconds = UTC_PLUS_8): number {
  return Date.parse(`${date}T${time}Z`) / 1_000 - utcOffsetSeconds;
}

/** Number of a calendar month since January 1970, counted by hand: the tests' own measure of month epochs. */
export function monthEpoch(year: number, month: number): bigint {
  return BigInt((year - 1970) * 12 + month - 1);
}
