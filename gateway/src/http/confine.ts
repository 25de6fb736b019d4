/** A customer who is signed in asks for itself alone: checked here, once, for every operation there is. */
import type { Caller, Self } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Route } from "./route.ts";

/** Where a request names whom it is about, at whatever depth. */
const SUBJECTS = new Map<string, "customerId" | "account">([
  ["customerId", "customerId"],
  ["account", "account"],
  ["holder", "account"],
  ["voter", "account"],
]);

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
  const named = countOwn(asked, self);
  if (described.customers === "named" && named === 0)
    throw new LedgerError("request_invalid", { field: "customerId", problem: "say that it is about yourself" });
}

/** How often it names the customer; throws where it names another. */
function countOwn(value: unknown, self: Self): number {
  if (typeof value !== "object" || value === null) return 0;
  let count = 0;
  for (const [field, given] of Object.entries(value)) {
    const own = SUBJECTS.get(field);
    if (own === undefined || given === undefined) count += countOwn(given, self);
    else if (given === self[own]) count += 1;
    else throw new LedgerError("not_found", { what: `${field} ${JSON.stringify(given)}` });
  }
  return count;
}

/** Public operations do not ask who calls: a customer sees there what anybody sees. */
export function seenBy(described: Route, caller: Caller | undefined): Caller | undefined {
  return caller?.self !== undefined && described.roles === "public" && described.door !== true ? undefined : caller;
}
