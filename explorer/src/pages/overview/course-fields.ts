/** What is drawn of a day, and how its value is said. Face values are in fen: points of different merchants add up only so. */
import { formatExact } from "../../format/amount.ts";
import { formatCount } from "../../format/number.ts";
import { numberForPicture } from "../../format/picture.ts";
import type { OverviewDay } from "./Courses.tsx";

export const FIELDS = [
  "outstandingFen",
  "issuedFen",
  "redeemedFen",
  "expiredFen",
  "swaps",
  "transfers",
  "activeAccounts",
] as const;
export type CourseField = (typeof FIELDS)[number];

export const isMoney = (field: CourseField): boolean => field.endsWith("Fen");

export const textOf = (field: CourseField, value: string | number | bigint): string =>
  isMoney(field) ? `¥${formatExact(BigInt(value), 2, 2)}` : formatCount(Number(value));

export const heightOf = (field: CourseField, day: OverviewDay): number => numberForPicture(String(day[field]), 0);

/** What a span comes to: its last day for a level, its sum for what flows; accounts of several days are not added up. */
export function summaryOf(field: CourseField, days: readonly OverviewDay[]): string {
  const values = days.map((day) => BigInt(day[field]));
  const last = values.at(-1) ?? 0n;
  if (field === "outstandingFen") return textOf(field, last);
  if (field === "activeAccounts")
    return textOf(
      field,
      values.reduce((most, one) => (one > most ? one : most), 0n),
    );
  return textOf(
    field,
    values.reduce((sum, one) => sum + one, 0n),
  );
}
