/** API keys: `pk_<id>_<secret>`, the secret 32 random bytes in base 62, stored only as SHA-256. */
import { randomBytes, timingSafeEqual } from "node:crypto";
import type { Selectable } from "kysely";
import type { Caller, Role, Scope } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Tx } from "./database.ts";
import { newSecret, SECRET_LENGTH, sha256 } from "./secrets.ts";
import type { AccessKeyTable } from "./tables-access.ts";

export const KEY_LIFE_DAYS_MAX = 400;
const DAY_MS = 86_400_000;
const KEY_PATTERN = new RegExp(`^pk_([0-9a-f]{16})_([0-9A-Za-z]{${SECRET_LENGTH}})$`);

export interface NewApiKey {
  readonly organisation: string;
  readonly role: Role;
  readonly merchantId?: number;
  readonly memberId?: number;
  readonly label: string;
  /** Confines the key to these; absent: whatever its role may. */
  readonly scopes?: readonly Scope[];
  /** Milliseconds since 1970 the key is made at; the gateway's clock. */
  readonly now: number;
  /** At most 400. */
  readonly lifeDays?: number;
  /** The write that asked for it; absent for keys made by the seed. */
  readonly by?: { readonly organisation: string; readonly idempotencyKey: string; readonly requestHash: string };
}

export interface ApiKeyRecord {
  readonly id: string;
  readonly organisation: string;
  readonly role: Role;
  readonly merchantId: number | null;
  readonly memberId: number | null;
  readonly label: string;
  readonly scopes: Scope[] | null;
  readonly createdAt: number;
  readonly expiresAt: number;
  readonly revokedAt: number | null;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const iso = (ms: number): string => new Date(ms).toISOString();
const scopesOf = (text: string | null): Scope[] | undefined => text?.split(" ") as Scope[] | undefined;

function recordOf(row: Selectable<AccessKeyTable>): ApiKeyRecord {
  return {
    id: row.id,
    organisation: row.organisation,
    role: row.role as Role,
    merchantId: row.merchant_id,
    memberId: row.member_id,
    label: row.label,
    scopes: scopesOf(row.scopes) ?? null,
    createdAt: seconds(row.created_at),
    expiresAt: seconds(row.expires_at),
    revokedAt: row.revoked_at === null ? null : seconds(row.revoked_at),
  };
}

/** Makes a key. Its text is told here once and never again: a replay of the same write gets `secret: null`. */
export async function createApiKey(db: Tx, key: NewApiKey): Promise<{ secret: string | null; record: ApiKeyRecord }> {
  const days = Math.min(key.lifeDays ?? KEY_LIFE_DAYS_MAX, KEY_LIFE_DAYS_MAX);
  const id = randomBytes(8).toString("hex");
  const secret = newSecret();
  const row = await db
    .insertInto("access_key")
    .values({
      id,
      organisation: key.organisation,
      role: key.role,
      merchant_id: key.merchantId ?? null,
      member_id: key.memberId ?? null,
      label: key.label,
      scopes: key.scopes?.join(" ") ?? null,
      secret_sha256: sha256(secret),
      created_at: iso(key.now),
      expires_at: iso(key.now + days * DAY_MS),
      revoked_at: null,
      last_used_at: null,
      idempotency_key: key.by?.idempotencyKey ?? null,
      request_hash: key.by?.requestHash ?? null,
      created_by: key.by?.organisation ?? null,
    })
    .onConflict((conflict) => conflict.columns(["created_by", "idempotency_key"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row !== undefined) return { secret: `pk_${id}_${secret}`, record: recordOf(row) };
  const before = await db
    .selectFrom("access_key")
    .selectAll()
    .where("created_by", "=", key.by?.organisation ?? "")
    .where("idempotency_key", "=", key.by?.idempotencyKey ?? "")
    .executeTakeFirstOrThrow();
  if (before.request_hash !== key.by?.requestHash) throw new LedgerError("idempotency_key_reused");
  return { secret: null, record: recordOf(before) };
}

/** The caller a key text belongs to; undefined when it is unknown, expired or revoked. Takes the same time for a wrong secret as for a right one. */
export async function findCaller(db: Tx, keyText: string, now: number): Promise<Caller | undefined> {
  const [, id, secret] = KEY_PATTERN.exec(keyText) ?? [];
  if (id === undefined || secret === undefined) return undefined;
  const row = await db.selectFrom("access_key").selectAll().where("id", "=", id).executeTakeFirst();
  const given = Buffer.from(sha256(secret), "hex");
  const stored = Buffer.from(row?.secret_sha256 ?? "0".repeat(64), "hex");
  if (!timingSafeEqual(given, stored) || row === undefined) return undefined;
  return isLive(row, now) ? callerOfKey(row) : undefined;
}

/** Neither revoked nor expired. */
export function isLive(row: Pick<Selectable<AccessKeyTable>, "revoked_at" | "expires_at">, now: number): boolean {
  return row.revoked_at === null && row.expires_at.getTime() > now;
}

export function callerOfKey(row: Selectable<AccessKeyTable>): Caller {
  const scopes = scopesOf(row.scopes);
  return {
    organisation: row.organisation,
    role: row.role as Role,
    keyId: row.id,
    ...(scopes === undefined ? {} : { scopes }),
    ...(row.merchant_id === null ? {} : { merchantId: row.merchant_id }),
    ...(row.member_id === null ? {} : { memberId: row.member_id }),
  };
}

/** Takes effect with the next request. False when there is no such key (of this organisation, if given). */
export async function revokeApiKey(db: Tx, id: string, now: number, organisation?: string): Promise<boolean> {
  let update = db
    .updateTable("access_key")
    .set((fields) => ({ revoked_at: fields.fn.coalesce("revoked_at", fields.val(iso(now))) as never }))
    .where("id", "=", id);
  if (organisation !== undefined) update = update.where("organisation", "=", organisation);
  const result = await update.executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export async function listApiKeys(db: Tx, organisation: string | undefined): Promise<ApiKeyRecord[]> {
  let select = db.selectFrom("access_key").selectAll().orderBy("created_at", "desc").limit(200);
  if (organisation !== undefined) select = select.where("organisation", "=", organisation);
  return (await select.execute()).map(recordOf);
}
