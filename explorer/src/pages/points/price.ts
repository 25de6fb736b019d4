/** Prices are posted for a base unit (0.01 point); people think in whole points. */
import type { Amount } from "../../format/amount.ts";

const BASE_UNITS = 100n;

export const wholePointPrice = (price: Amount): Amount => ({
  ...price,
  amount: (BigInt(price.amount) * BASE_UNITS).toString(),
});
