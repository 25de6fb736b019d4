/** Times as people read them. The API gives unix seconds; the viewer's own time zone is used and named on hover. */

const localeOf = (language: string): string => (language === "en" ? "en-GB" : "zh-CN");

export const formatTime = (seconds: number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: "medium", timeStyle: "medium" }).format(seconds * 1_000);

export const formatDay = (seconds: number, language: string): string =>
  new Intl.DateTimeFormat(localeOf(language), { dateStyle: "medium" }).format(seconds * 1_000);

/** The same instant for everybody: `2026-11-23T10:00:00Z`. */
export const formatIso = (seconds: number): string => new Date(seconds * 1_000).toISOString().replace(".000Z", "Z");

const STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** `3 minutes ago`, `in 2 days`. */
export function formatAge(seconds: number, nowSeconds: number, language: string): string {
  const difference = seconds - nowSeconds;
  const [unit, length] = STEPS.find(([, size]) => Math.abs(difference) >= size) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(localeOf(language), { numeric: "auto" }).format(
    Math.trunc(difference / length),
    unit,
  );
}
