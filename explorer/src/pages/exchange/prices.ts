/** Prices of the exchange in the units that people think in: ALP a whole point, points a point. Whole numbers throughout. */
import type { Pool } from "../../../../gateway/client/generated/types.gen.ts";
import type { Amount } from "../../format/amount.ts";

/** The pool counts ALP for a base unit of points (0.01 point); a whole point has 10^decimals of them. */
export function perPoint(price: Amount, pointDecimals: number): Amount {
  return { ...price, amount: (BigInt(price.amount) * 10n ** BigInt(pointDecimals)).toString() };
}

type Side = Pick<Pool, "prices" | "token" | "symbol" | "pointReserve">;

/** What the pool would give for one whole point: both steps rounded down, as the contract does. */
export function boughtByOnePoint(from: Side, to: Side): Amount {
  const { decimals } = from.pointReserve;
  const hub = 10n ** BigInt(decimals) * BigInt(from.prices.accept.amount);
  const out = hub / BigInt(to.prices.release.amount);
  return { ...to.pointReserve, amount: out.toString() };
}
