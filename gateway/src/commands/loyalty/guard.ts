/** Is this order or event one that should earn? Velocity, self-dealing, rings, devices and accounts. */
import type { Address } from "../../kernel/ids.ts";
import type { RuleBook } from "../../loyalty/rule-book.ts";
import type { Tx } from "../../store/database.ts";

export interface Deed {
  readonly merchantId: number;
  readonly account: Address;
  readonly at: number;
  readonly kind: "order" | "event" | "referral";
  /** A salted hash made by the shop; never a device's own number. */
  readonly deviceHash?: string | undefined;
  readonly referrer?: Address | undefined;
}

/** Why it earns nothing: a stable word and the numbers behind it. */
export interface Objection {
  readonly code: "self_dealing" | "velocity" | "device_shared" | "account_devices" | "ring" | "frozen";
  readonly facts: Readonly<Record<string, string | number>>;
}

/**
 * Asked once for a new deed, before its own rows are written and in the same transaction: it counts what is there, and the
 * deed besides.
 */
export function findObjections(_db: Tx, _book: RuleBook, _deed: Deed): Promise<readonly Objection[]> {
  return Promise.resolve([]);
}
