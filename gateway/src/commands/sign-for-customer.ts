/** The holder's consent: its own signature, or the one its managed key makes here. */
import type { Caller } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { findCustomer } from "../store/customers.ts";
import type { TypedData } from "./typed-data.ts";
import type { Rooms } from "./rooms.ts";

/** Either an account with its signature, or a managed customer of the caller's organisation. */
export interface Consent {
  readonly account?: Address | undefined;
  readonly signature?: HexData | undefined;
  readonly customerId?: string | undefined;
}

/** A managed signature is good for a day: longer than any outage should last, short enough to be forgotten. */
export const MANAGED_SIGNATURE_SECONDS = 86_400;

export async function managedAccount(rooms: Rooms, caller: Caller, customerId: string): Promise<Address> {
  const customer = await findCustomer(rooms.db, caller.organisation, { id: customerId });
  if (customer === undefined) throw new LedgerError("not_found", { what: `customer ${customerId}` });
  if (!customer.isManaged)
    throw new LedgerError("request_invalid", {
      field: "customerId",
      problem: "has a wallet of its own: send its signature",
    });
  return customer.address;
}

/** The account that consents. */
export async function consentingAccount(rooms: Rooms, caller: Caller, consent: Consent): Promise<Address> {
  if (consent.customerId !== undefined && consent.account === undefined && consent.signature === undefined)
    return managedAccount(rooms, caller, consent.customerId);
  if (consent.account !== undefined && consent.signature !== undefined && consent.customerId === undefined)
    return consent.account;
  throw new LedgerError("request_invalid", {
    field: "customerId",
    problem: "give either customerId, or an account with its signature",
  });
}

export async function signatureOf(
  rooms: Rooms,
  account: Address,
  consent: Consent,
  typed: TypedData,
): Promise<HexData> {
  return consent.signature ?? (await rooms.signers.signTypedData(account, typed));
}
