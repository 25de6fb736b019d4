/** A customer who is signed in asks for itself alone: checked here, once, for every operation there is. */
import type { Caller } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Route } from "./route.ts";

/** Where a request names whom it is about. */
const SUBJECTS = { customerId: "customerId", account: "account", voter: "account" } as const;

interface Asked {
  readonly params: unknown;
  readonly query: unknown;
  readonly body: unknown;
}

/**
 * Denied by default. An operation that names its subject must name this customer, and nobody else anywhere; what has
 * not declared itself (`customers` of a route) is not for customers.
 */
export function confine(described: Route, asked: Asked, { self }: Pick<Caller, "self">): void {
  if (self === undefined || described.roles === "public") return;
  if (described.customers === undefined) throw new LedgerError("forbidden", { needed: "a key of an organisation" });
  let named = 0;
  for (const part of [asked.params, asked.query, asked.body])
    for (const [field, own] of Object.entries(SUBJECTS)) {
      const given = (part as Record<string, unknown> | undefined)?.[field];
      if (given === undefined) continue;
      if (given !== self[own]) throw new LedgerError("not_found", { what: `${field} ${JSON.stringify(given)}` });
      named += 1;
    }
  if (described.customers === "named" && named === 0)
    throw new LedgerError("request_invalid", { field: "customerId", problem: "say that it is about yourself" });
}

/** Public operations do not ask who calls: a customer sees there what anybody sees. */
export function seenBy(described: Route, caller: Caller | undefined): Caller | undefined {
  return caller?.self !== undefined && described.roles === "public" && described.door !== true ? undefined : caller;
}
