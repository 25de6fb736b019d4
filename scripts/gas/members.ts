import type { Ledger, Signer } from "../../test/support/alliance.ts";
import type { MerchantPlan } from "../../test/support/merchants.ts";

import { ALP, createLedger } from "../../test/support/alliance.ts";
import { BURGER, COUNTRY_STYLE, admitMerchant } from "../../test/support/merchants.ts";

/** Limits are on, and wide enough that no measurement meets one. */
const ROOMY: Partial<MerchantPlan> = {
  collateral: 1_000_000n * ALP,
  tillDailyLimit: 10n ** 14n,
  limits: { poolDaily: 10n ** 13n, accountDaily: 10n ** 12n },
  reserves: { points: 10n ** 9n, alp: 100_000n * ALP },
};

export type Alliance = Awaited<ReturnType<typeof admitTwo>>;

/** The whole ledger, deployed as everywhere else, with two merchants. */
export async function admitTwo() {
  const ledger: Ledger = await createLedger();
  const country = await admitMerchant(ledger, 0, { ...COUNTRY_STYLE, ...ROOMY });
  const burger = await admitMerchant(ledger, 1, { ...BURGER, ...ROOMY });
  return { ...ledger, country, burger };
}

/** One item of a batch: who gets how many base units. */
export function itemOf(account: string, points: bigint): bigint {
  return (BigInt(account) << 96n) | (points << 40n);
}

/** Accounts without keys, the same in every run: `name` and a number make the address. */
export function accountOf({ ethers }: Alliance, name: string, index: number): string {
  return ethers.getAddress(ethers.dataSlice(ethers.id(`${name} ${index}`), 12));
}

/** A customer who can sign. */
export function customerOf({ actors }: Alliance, index: number): Signer {
  const customer = actors.customers[index];
  if (customer === undefined) throw new RangeError(`there is no customer ${index}`);
  return customer;
}

/** An hour from now, as a swap's deadline. */
export async function inAnHour({ networkHelpers }: Alliance): Promise<number> {
  return (await networkHelpers.time.latest()) + 3_600;
}
