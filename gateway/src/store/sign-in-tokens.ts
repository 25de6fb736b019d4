/** What opens a session once: links to a customer's wallet, and the numbers that wallets sign. */
import { randomBytes } from "node:crypto";
import type { Address } from "../kernel/ids.ts";
import { isLive } from "./access-keys.ts";
import type { Tx } from "./database.ts";
import { newSecret, sha256 } from "./secrets.ts";

const iso = (ms: number): string => new Date(ms).toISOString();

interface NewLink {
  readonly customerId: string;
  readonly keyId: string;
  readonly now: number;
  readonly expiresAt: number;
}

export async function insertWalletLink(db: Tx, link: NewLink): Promise<string> {
  const token = newSecret();
  await db.deleteFrom("wallet_link").where("expires_at", "<", new Date(link.now)).execute();
  await db
    .insertInto("wallet_link")
    .values({
      token_sha256: sha256(token),
      key_id: link.keyId,
      customer_id: link.customerId,
      expires_at: iso(link.expiresAt),
      used_at: null,
    })
    .execute();
  return token;
}

export interface LinkedCustomer {
  readonly keyId: string;
  readonly customerId: string;
  readonly account: Address;
  readonly organisation: string;
  readonly merchantId: number | null;
}

/** Spends a link: of two that come at once, one gets its customer. Undefined when it is unknown, spent or over. */
export async function spendWalletLink(db: Tx, token: string, now: number): Promise<LinkedCustomer | undefined> {
  const link = await db
    .updateTable("wallet_link")
    .set({ used_at: iso(now) })
    .where("token_sha256", "=", sha256(token))
    .where("used_at", "is", null)
    .where("expires_at", ">", new Date(now))
    .returning(["key_id", "customer_id"])
    .executeTakeFirst();
  if (link === undefined) return undefined;
  const row = await db
    .selectFrom("customer")
    .innerJoin("access_key", (join) => join.on("access_key.id", "=", link.key_id))
    .select(["customer.id", "customer.address", "customer.organisation", "customer.merchant_id"])
    .select(["access_key.revoked_at", "access_key.expires_at"])
    .where("customer.id", "=", link.customer_id)
    .executeTakeFirst();
  if (row === undefined || !isLive(row, now)) return undefined;
  return {
    keyId: link.key_id,
    customerId: row.id,
    account: row.address as Address,
    organisation: row.organisation,
    merchantId: row.merchant_id,
  };
}

/** 128 random bits, letters and digits only, as EIP-4361 asks. */
export async function insertNonce(db: Tx, now: number, expiresAt: number): Promise<string> {
  const nonce = randomBytes(16).toString("hex");
  await db.deleteFrom("sign_in_nonce").where("expires_at", "<", new Date(now)).execute();
  await db
    .insertInto("sign_in_nonce")
    .values({ nonce, expires_at: iso(expiresAt) })
    .execute();
  return nonce;
}

/** True once for each nonce, while it is good. */
export async function spendNonce(db: Tx, nonce: string, now: number): Promise<boolean> {
  const row = await db
    .deleteFrom("sign_in_nonce")
    .where("nonce", "=", nonce)
    .returning("expires_at")
    .executeTakeFirst();
  return row !== undefined && row.expires_at.getTime() > now;
}
