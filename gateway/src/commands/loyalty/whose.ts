/** Whom a request is about, and whether its times and refs can be believed. */
import { createHash } from "node:crypto";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address } from "../../kernel/ids.ts";
import { ZERO_ADDRESS } from "../../kernel/ids.ts";
import { jsonOf } from "../../loyalty/canonical.ts";
import { findCustomer } from "../../store/customers.ts";
import type { Tx } from "../../store/database.ts";
import type { ShopFacts } from "../../store/shop-facts.ts";
import { readShopFacts } from "../../store/shop-facts.ts";
import type { Caller } from "../../kernel/caller.ts";
import type { Rooms } from "../rooms.ts";

/** A customer of the caller's organisation, or any account. */
export interface Whose {
  readonly customerId?: string | undefined;
  readonly account?: Address | undefined;
}

export async function accountOf({ db }: Rooms, caller: Caller, { customerId, account }: Whose): Promise<Address> {
  if ((customerId === undefined) === (account === undefined))
    throw new LedgerError("request_invalid", { field: "account", problem: "give either customerId or account" });
  if (account === ZERO_ADDRESS)
    throw new LedgerError("request_invalid", { field: "account", problem: "must not be the zero address" });
  if (account !== undefined) return account;
  const customer = await findCustomer(db, caller.organisation, { id: customerId ?? "" });
  if (customer === undefined) throw new LedgerError("not_found", { what: `customer ${customerId ?? ""}` });
  return customer.address;
}

/** Clocks of tills differ by so much at most. */
const AHEAD_SECONDS_MAX = 300;

/** `at` may be a little ahead, and at most `agoMax` seconds ago. */
export function assertTime({ clock }: Rooms, field: string, { at, agoMax }: { at: number; agoMax: number }): void {
  const seconds = at - Math.floor(clock.now() / 1000);
  if (seconds > AHEAD_SECONDS_MAX) throw new LedgerError("clock_skew", { field, seconds, max: AHEAD_SECONDS_MAX });
  if (-seconds > agoMax) throw new LedgerError("too_old", { field, seconds: -seconds, max: agoMax });
}

export async function findShop(db: Tx, merchantId: number): Promise<ShopFacts> {
  const shop = await readShopFacts(db, merchantId);
  if (shop === undefined) throw new LedgerError("not_found", { what: `merchant ${merchantId} with a point token` });
  return shop;
}

/** Of what was sent: the same thing sent again is recognised by it. */
export function contentHash(content: object): string {
  return createHash("sha256")
    .update(JSON.stringify(jsonOf(content)))
    .digest("hex");
}

/** A key of an app that keeps customers sees its own; another's is answered like one that does not exist. */
export async function assertOwnCustomer({ db }: Rooms, caller: Caller, account: Address): Promise<void> {
  if (caller.role !== "consumer" || caller.self?.account === account) return;
  const customer = await findCustomer(db, caller.organisation, { address: account });
  if (customer === undefined) throw new LedgerError("not_found", { what: `customer ${account}` });
}
