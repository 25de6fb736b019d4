/** Sealed signer keys. Nothing here can open them. */
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { KeyPurpose } from "./tables-outbox.ts";

export interface Vault {
  readonly salt: Uint8Array;
  readonly checkValue: Uint8Array;
}

export async function readVault(db: Tx): Promise<Vault | undefined> {
  const row = await db.selectFrom("signer_vault").selectAll().executeTakeFirst();
  return row && { salt: row.salt, checkValue: row.check_value };
}

/** The vault that stands afterwards: of two processes that begin at once, the first one's. */
export async function insertVault(db: Tx, vault: Vault): Promise<Vault> {
  await db
    .insertInto("signer_vault")
    .values({ salt: vault.salt, check_value: vault.checkValue })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return (await readVault(db)) ?? vault;
}

export async function insertKey(
  db: Tx,
  key: { address: Address; purpose: KeyPurpose; merchantId?: number; memberId?: number; sealed: Uint8Array },
): Promise<void> {
  await db
    .insertInto("signer_key")
    .values({
      address: key.address,
      purpose: key.purpose,
      merchant_id: key.merchantId ?? null,
      member_id: key.memberId ?? null,
      sealed: key.sealed,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

export async function readSealedKey(db: Tx, address: Address): Promise<Uint8Array | undefined> {
  const row = await db.selectFrom("signer_key").select("sealed").where("address", "=", address).executeTakeFirst();
  return row?.sealed;
}

export async function readKeyAddresses(db: Tx, purpose: KeyPurpose, merchantId?: number): Promise<Address[]> {
  const rows = await db
    .selectFrom("signer_key")
    .select("address")
    .where("purpose", "=", purpose)
    .$if(merchantId !== undefined, (query) => query.where("merchant_id", "=", merchantId ?? null))
    .orderBy("created_at")
    .orderBy("address")
    .execute();
  return rows.map(({ address }) => address);
}
