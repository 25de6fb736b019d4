/** Sessions of browsers: found by the SHA-256 of their token, ended with the key they stand on. */
import type { Selectable } from "kysely";
import type { Caller } from "../kernel/caller.ts";
import type { Address } from "../kernel/ids.ts";
import { callerOfKey, isLive } from "./access-keys.ts";
import type { Tx } from "./database.ts";
import { newSecret, sha256 } from "./secrets.ts";
import type { WebSessionTable } from "./tables-access.ts";

export interface NewSession {
  readonly keyId?: string;
  readonly customerId?: string;
  readonly account?: Address;
  readonly organisation: string;
  readonly merchantId?: number;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly expiresAt: number;
}

export interface FoundSession {
  readonly caller: Caller;
  readonly usedAt: number;
  readonly expiresAt: number;
}

const iso = (ms: number): string => new Date(ms).toISOString();

/** Stores a session and gives its token. What has expired is swept out on the way: there are never many. */
export async function insertSession(db: Tx, session: NewSession): Promise<string> {
  const token = newSecret();
  await db.deleteFrom("web_session").where("expires_at", "<", new Date(session.now)).execute();
  await db
    .insertInto("web_session")
    .values({
      token_sha256: sha256(token),
      key_id: session.keyId ?? null,
      customer_id: session.customerId ?? null,
      account: session.account ?? null,
      organisation: session.organisation,
      merchant_id: session.merchantId ?? null,
      created_at: iso(session.now),
      used_at: iso(session.now),
      expires_at: iso(session.expiresAt),
    })
    .execute();
  return token;
}

/** The session of a token, if the key that it stands on is good now. Whether it has been idle too long is asked above. */
export async function findSession(db: Tx, token: string, now: number): Promise<FoundSession | undefined> {
  const session = await db
    .selectFrom("web_session")
    .selectAll()
    .where("token_sha256", "=", sha256(token))
    .where("expires_at", ">", new Date(now))
    .executeTakeFirst();
  if (session === undefined) return undefined;
  const caller = await callerOf(db, session, now);
  return caller && { caller, usedAt: session.used_at.getTime(), expiresAt: session.expires_at.getTime() };
}

async function callerOf(db: Tx, session: Selectable<WebSessionTable>, now: number): Promise<Caller | undefined> {
  const { key_id: keyId, account, customer_id: customerId, merchant_id: merchantId, organisation } = session;
  if (keyId !== null) {
    const key = await db.selectFrom("access_key").selectAll().where("id", "=", keyId).executeTakeFirst();
    if (key === undefined || !isLive(key, now)) return undefined;
    if (account === null) return callerOfKey(key);
  }
  if (account === null) return undefined;
  return {
    organisation,
    role: "consumer",
    keyId: `session-${session.token_sha256.slice(0, 12)}`,
    ...(merchantId === null ? {} : { merchantId }),
    self: { account: account as Address, ...(customerId === null ? {} : { customerId }) },
  };
}

export async function touchSession(db: Tx, token: string, now: number): Promise<void> {
  await db
    .updateTable("web_session")
    .set({ used_at: iso(now) })
    .where("token_sha256", "=", sha256(token))
    .execute();
}

export async function deleteSession(db: Tx, token: string): Promise<void> {
  await db.deleteFrom("web_session").where("token_sha256", "=", sha256(token)).execute();
}
