/** Amounts as people read them. Digits are never rounded away silently: what is shortened says so and gives all of them. */

/** As every answer of the API gives an amount. */
export interface Amount {
  readonly amount: string;
  readonly decimals: number;
  readonly symbol: string;
  readonly token: string;
}

/** `1,234.50`: every digit, grouped by thousands; trailing zeros of the fraction are left out down to `decimalsMin`. */
export function formatExact(base: string | bigint, decimals: number, decimalsMin = 0): string {
  const value = BigInt(base);
  const digits = (value < 0n ? -value : value).toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const fraction = digits.slice(digits.length - decimals);
  const shown = fraction.replace(/0+$/, "").padEnd(Math.min(decimalsMin, decimals), "0");
  return `${value < 0n ? "-" : ""}${whole}${shown === "" ? "" : `.${shown}`}`;
}

export const formatAmount = ({ amount, decimals, symbol }: Amount): string =>
  `${formatExact(amount, decimals)} ${symbol}`;

/** Decimals shown of a fine-grained amount (ALP has 18) where there is little room; more are cut, never rounded up. */
const SHORT_DECIMALS = 4;

/** Cut to four decimals; `isCut` when digits were left out, then the exact amount must be at hand. */
export function formatShort({ amount, decimals }: Amount): { text: string; isCut: boolean } {
  if (decimals <= SHORT_DECIMALS) return { text: formatExact(amount, decimals), isCut: false };
  const unit = 10n ** BigInt(decimals - SHORT_DECIMALS);
  const value = BigInt(amount);
  const text = formatExact(value / unit, SHORT_DECIMALS);
  if (value % unit === 0n) return { text, isCut: false };
  return { text: value / unit === 0n ? `${value < 0n ? "-" : ""}<0.0001` : `${text}…`, isCut: true };
}

/** What a person typed (`1,250.5`) as base units; undefined when it is no amount or has too many decimals. */
export function parseAmount(text: string, decimals: number): bigint | undefined {
  const match = /^(\d{1,40})(?:\.(\d+))?$/.exec(text.trim().replaceAll(/[,，\s]/g, ""));
  const [, whole, fraction = ""] = match ?? [];
  if (whole === undefined || fraction.length > decimals) return undefined;
  return BigInt(whole + fraction.padEnd(decimals, "0"));
}

/** Basis points as a percentage with two decimals: `12.34%`. */
export const formatBps = (bps: string | bigint): string => `${formatExact(bps, 2, 2)}%`;
