/** The cookie of a browser that is signed in, and the rule that no other site can use it. */
import type { Request } from "express";
import { LedgerError } from "../../kernel/errors.ts";

const NAME = "ledger_session";
/** Asked of browsers that do not say where a request comes from: no page of another site can send it unasked. */
const HEADER = "X-Ledger-Web";

export function readSessionCookie(req: Request): string | undefined {
  for (const part of (req.get("cookie") ?? "").split(";")) {
    const [name, value] = part.trim().split("=");
    if (name === NAME && value !== undefined && /^[0-9A-Za-z]{43}$/.test(value)) return value;
  }
  return undefined;
}

interface Lasting {
  readonly isSecure: boolean;
  /** Until the browser forgets it; the gateway decides by itself when the session ends. */
  readonly seconds: number;
}

/** Not readable by scripts, not sent along from other sites, and over TLS only where there is TLS. */
export function sessionCookie(token: string, { isSecure, seconds }: Lasting): string {
  return `${NAME}=${token}; Path=/; HttpOnly; SameSite=Strict; Max-Age=${seconds}${isSecure ? "; Secure" : ""}`;
}

/**
 * Whether the request comes from our own pages. SameSite=Strict keeps the cookie from other sites, but a port or a
 * sub-domain of this one counts as the same site; browsers of the last years say the difference by Sec-Fetch-Site.
 */
function isFromHere(req: Request): boolean {
  const from = req.get("sec-fetch-site");
  if (from !== undefined) return from === "same-origin" || from === "none";
  return req.method === "GET" || req.method === "HEAD" || req.get(HEADER) !== undefined;
}

/** The token to believe. Reads from elsewhere are answered as to anybody; writes from elsewhere are refused. */
export function sessionTokenOf(req: Request): string | undefined {
  const token = readSessionCookie(req);
  if (token === undefined || isFromHere(req)) return token;
  if (req.method === "GET" || req.method === "HEAD") return undefined;
  throw new LedgerError("cross_site", { header: HEADER });
}
