/** Prices as a merchant thinks of them, ALP for one whole point, and as the chain keeps them, ALP wei for a base unit. */
import { parseAmount } from "../../format/amount.ts";
import { ALP_DECIMALS, POINT_DECIMALS, alpOf } from "./units.ts";

export interface PriceFields {
  readonly accept: string;
  readonly release: string;
}

const BASE_UNITS = 10n ** BigInt(POINT_DECIMALS);
/** The chain keeps prices in steps of a million wei; of a whole point that is a hundred times as much. */
export const PRICE_STEP = 1_000_000n * BASE_UNITS;

const perBaseUnit = (text: string): string => (BigInt(alpOf(text)) / BASE_UNITS).toString();

export const pricesIn = ({ accept, release }: PriceFields): PriceFields => ({
  accept: perBaseUnit(accept),
  release: perBaseUnit(release),
});

/** The pool never sells below what it pays. */
export function isSpread({ accept, release }: Partial<PriceFields>): boolean {
  const [low, high] = [parseAmount(accept ?? "", ALP_DECIMALS), parseAmount(release ?? "", ALP_DECIMALS)];
  return low === undefined || high === undefined || low <= high;
}
