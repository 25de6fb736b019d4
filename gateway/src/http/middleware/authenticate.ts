/** Who calls, and may they? Deny by default: an operation names its roles or is public. */
import type { Request } from "express";
import type { Caller } from "../../kernel/caller.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Route } from "../route.ts";
import { scopeOf } from "../route.ts";

/** Looks up the caller a key belongs to. */
export type FindCaller = (keyText: string) => Promise<Caller | undefined>;

/** No header: anonymous. A header with a bad key is refused even where no key is needed, so that a typo is noticed. */
export async function authenticate(req: Request, findCaller: FindCaller): Promise<Caller | undefined> {
  const header = req.get("authorization");
  if (header === undefined) return undefined;
  const key = /^Bearer ([\w-]{1,100})$/i.exec(header)?.[1];
  const caller = key === undefined ? undefined : await findCaller(key);
  if (caller === undefined) throw new LedgerError("unauthenticated");
  return caller;
}

export function authorize(described: Route, caller: Caller | undefined, publicReads: boolean): void {
  if (described.roles === "public") {
    if (caller === undefined && !publicReads) throw new LedgerError("unauthenticated");
    return;
  }
  if (caller === undefined) throw new LedgerError("unauthenticated");
  if (!described.roles.includes(caller.role))
    throw new LedgerError("forbidden", { needed: described.roles.join(" / ") });
  const scope = scopeOf(described);
  if (caller.scopes?.some((one) => one === scope) === false)
    throw new LedgerError("forbidden", { needed: `the scope ${scope}` });
}
