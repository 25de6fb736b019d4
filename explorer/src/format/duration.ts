/** Lengths of time as people say them: `2 days`, `1 h 30 min`; at most two units, the small rest is cut. */

const UNITS = [
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
] as const;

export function formatDuration(seconds: number, language: string): string {
  const first = UNITS.findIndex(([, size]) => seconds >= size);
  if (first < 0) return partOf(0, "second", language);
  const [unit, size] = UNITS[first] ?? UNITS[3];
  const next = UNITS[first + 1];
  const whole = partOf(Math.floor(seconds / size), unit, language);
  const rest = next === undefined ? 0 : Math.floor((seconds % size) / next[1]);
  return rest === 0 || next === undefined ? whole : `${whole} ${partOf(rest, next[0], language)}`;
}

function partOf(count: number, unit: (typeof UNITS)[number][0], language: string): string {
  return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(count);
}
