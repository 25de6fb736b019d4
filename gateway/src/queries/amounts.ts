/** The one shape of every amount of the API: base units as a decimal string, with what they are units of. */
import type { Address } from "../kernel/ids.ts";
import { readTokensOf } from "../store/read-issuers.ts";
import type { Snapshot } from "./at-block.ts";

export interface Amount {
  /** A whole number of base units. */
  readonly amount: string;
  /** Base units a whole: 10^decimals. */
  readonly decimals: number;
  readonly token: Address;
  readonly symbol: string;
}

export const POINT_DECIMALS = 2;
const ALP_DECIMALS = 18;

type AmountOf = (token: Address, amount: string | bigint) => Amount;

/** Looks the symbols of these tokens up once; unknown tokens keep an empty symbol. */
export async function labelAmounts({ tx, alp }: Snapshot, tokens: Iterable<Address>): Promise<AmountOf> {
  const rows = await readTokensOf(
    tx,
    [...new Set(tokens)].filter((token) => token !== alp),
  );
  const symbols = new Map(rows.map(({ address, symbol }) => [address, symbol]));
  return (token, amount) =>
    token === alp ? alpAmount(alp, amount) : pointAmount({ address: token, symbol: symbols.get(token) ?? "" }, amount);
}

export function pointAmount(token: { address: Address; symbol: string }, amount: string | bigint): Amount {
  return { amount: String(amount), decimals: POINT_DECIMALS, token: token.address, symbol: token.symbol };
}

export function alpAmount(alp: Address, amount: string | bigint): Amount {
  return { amount: String(amount), decimals: ALP_DECIMALS, token: alp, symbol: "ALP" };
}

/** `1,234.5` for people: no trailing zeros, thousands apart. */
export function formatAmount({ amount, decimals }: Amount): string {
  const digits = amount.padStart(decimals + 1, "0");
  const whole = digits.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, ",");
  const rest = digits.slice(-decimals).replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}
