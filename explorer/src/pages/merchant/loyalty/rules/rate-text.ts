/** How a rule pays, as a number that can be changed and the unit that stands behind it. */
import type { EarnRule } from "../../../../../../gateway/client/generated/types.gen.ts";
import { formatExact, parseAmount } from "../../../../format/amount.ts";

type Rate = EarnRule["rate"];

/** Basis points and points both have two decimals. */
const DECIMALS = 2;

export const rateText = (rate: Rate): string =>
  formatExact(rate.kind === "percent" ? String(rate.bps) : rate.points, DECIMALS).replaceAll(",", "");

/** Undefined when the text is no such number. */
export function withRate(rate: Rate, text: string): Rate | undefined {
  const amount = parseAmount(text, DECIMALS);
  if (amount === undefined) return undefined;
  return rate.kind === "percent" ? { ...rate, bps: Number(amount) } : { ...rate, points: amount.toString() };
}
