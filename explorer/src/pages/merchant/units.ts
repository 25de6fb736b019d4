/** The two units of the console. */
import { parseAmount } from "../../format/amount.ts";

/** Every merchant's points have two decimals. */
export const POINT_DECIMALS = 2;
export const ALP_DECIMALS = 18;

/** What a field's validator let pass, as base units in text. */
export function baseUnits(text: string, decimals: number): string {
  const amount = parseAmount(text, decimals);
  if (amount === undefined) throw new Error(`no amount: ${text}`);
  return amount.toString();
}

export const pointsOf = (text: string): string => baseUnits(text, POINT_DECIMALS);
export const alpOf = (text: string): string => baseUnits(text, ALP_DECIMALS);
