/** Which of the gateway's keys signs a transaction. */
import { LedgerError } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import type { KeyPurpose } from "../signer/signers.ts";
import type { MerchantFacts } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";

/** Always the same key for the same account, so that what one account asks for is carried out in order. */
function pick(addresses: readonly Address[], account: string): Address | undefined {
  const sorted = [...addresses].sort();
  return sorted[Number(BigInt(account) % BigInt(Math.max(1, sorted.length)))];
}

async function pickOf(
  rooms: Rooms,
  key: { purpose: KeyPurpose; merchantId?: number },
  account: string,
): Promise<Address> {
  const found = pick(await rooms.signers.addressesOf(key.purpose, key.merchantId), account);
  if (found === undefined) throw new LedgerError("signer_missing", { purpose: key.purpose });
  return found;
}

/** Relays what the account signed; it pays nothing, the gas price is zero. */
export function relayerFor(rooms: Rooms, account: Address): Promise<Address> {
  return pickOf(rooms, { purpose: "relayer" }, account);
}

/** A till of the merchant that is settled on for this account's redemptions. */
export function tillFor(rooms: Rooms, merchantId: number, account: Address): Promise<Address> {
  return pickOf(rooms, { purpose: "till", merchantId }, account);
}

/** The regulator's key, if it is kept here. */
export function regulatorKey(rooms: Rooms): Promise<Address> {
  return pickOf(rooms, { purpose: "regulator" }, "0x0");
}

/** The merchant's controller, if its key is kept here; else the merchant must send this itself. */
export async function controllerKey(rooms: Rooms, { controller }: MerchantFacts): Promise<Address> {
  const ours = await rooms.signers.addressesOf("controller");
  if (!ours.includes(controller)) throw new LedgerError("signer_missing", { purpose: "controller" });
  return controller;
}

/** The key that this address signs with, if it is kept here; else its owner must send this itself, or sign off-line. */
export async function ownKey(
  rooms: Rooms,
  purpose: "representative" | "regulator",
  address: Address,
): Promise<Address> {
  const ours = await rooms.signers.addressesOf(purpose);
  if (!ours.includes(address)) throw new LedgerError("signer_missing", { purpose });
  return address;
}
