/** Sentences in both languages, and amounts as people write them. */

export interface Words {
  readonly en: string;
  readonly zh: string;
}

const ALP_WEI = 10n ** 18n;

/** `1,250.5 ALP`: no trailing zeros, thousands apart. */
export function formatAlp(wei: bigint): string {
  const whole = (wei / ALP_WEI).toString().replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = (wei % ALP_WEI).toString().padStart(18, "0").replace(/0+$/, "");
  return `${whole}${rest === "" ? "" : `.${rest}`} ALP`;
}

/** Share points have 18 decimals, too: `498`. */
export function formatPoints(wei: bigint): string {
  return formatAlp(wei).slice(0, -" ALP".length);
}

/** 250 → `2.5 %`. */
export function formatBps(bps: number): string {
  return `${bps / 100} %`;
}

/** The largest unit that divides: 7200 → `2 h`. */
export function formatSeconds(seconds: number): string {
  const units = [
    [86_400, "d"],
    [3_600, "h"],
    [60, "min"],
  ] as const;
  for (const [size, unit] of units) if (seconds >= size && seconds % size === 0) return `${seconds / size} ${unit}`;
  return `${seconds} s`;
}
