/** Who calls, and may they? Deny by default: an operation names its roles or is public. */
import type { Request } from "express";
import type { Caller } from "../../kernel/caller.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Route } from "../route.ts";
import { scopeOf } from "../route.ts";
import { sessionTokenOf } from "./session-cookie.ts";

/** Looks up the caller a key belongs to. */
export type FindCaller = (keyText: string) => Promise<Caller | undefined>;

/** Looks up who is signed in under a token; undefined when that session has ended. */
export type FindSession = (token: string) => Promise<Caller | undefined>;

export interface Known {
  readonly caller: Caller | undefined;
  /** The token of a session that was, and is no more. */
  readonly ended?: string;
}

/** A key in the header, else the cookie of a session. */
export async function whoAsks(req: Request, find: { caller: FindCaller; session: FindSession }): Promise<Known> {
  if (req.get("authorization") !== undefined) return { caller: await authenticate(req, find.caller) };
  const token = sessionTokenOf(req);
  if (token === undefined) return { caller: undefined };
  const caller = await find.session(token);
  return caller === undefined ? { caller, ended: token } : { caller };
}

/** No header: anonymous. A header with a bad key is refused even where no key is needed, so that a typo is noticed. */
export async function authenticate(req: Request, findCaller: FindCaller): Promise<Caller | undefined> {
  const header = req.get("authorization");
  if (header === undefined) return undefined;
  const key = /^Bearer ([\w-]{1,100})$/i.exec(header)?.[1];
  const caller = key === undefined ? undefined : await findCaller(key);
  if (caller === undefined) throw new LedgerError("unauthenticated");
  return caller;
}

export function authorize(described: Route, { caller, ended }: Known, publicReads: boolean): void {
  if (described.door === true) return;
  const refused = ended === undefined ? "unauthenticated" : "session_ended";
  if (described.roles === "public") {
    if (caller === undefined && !publicReads) throw new LedgerError(refused);
    return;
  }
  if (caller === undefined) throw new LedgerError(refused);
  if (!described.roles.includes(caller.role))
    throw new LedgerError("forbidden", { needed: described.roles.join(" / ") });
  const scope = scopeOf(described);
  if (caller.scopes?.some((one) => one === scope) === false)
    throw new LedgerError("forbidden", { needed: `the scope ${scope}` });
}
