/** Small reads that the indexer needs of what it wrote. */
import { sql } from "kysely";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { HoldingRow, PointTokenRow } from "./tables-ledger.ts";

export async function readBlockHash(db: Tx, number: number): Promise<Hex32 | undefined> {
  const row = await db.selectFrom("block").select("hash").where("number", "=", number).executeTakeFirst();
  return row?.hash;
}

export async function readTokenAddresses(db: Tx): Promise<Address[]> {
  const rows = await db.selectFrom("point_token").select("address").orderBy("address").execute();
  return rows.map(({ address }) => address);
}

/** The next `limit` holdings after a key, in key order: a rolling sample for the reconciler. */
export async function readHoldingsAfter(
  db: Tx,
  after: { token: string; account: string },
  limit: number,
): Promise<HoldingRow[]> {
  return db
    .selectFrom("holding")
    .selectAll()
    .where(sql<boolean>`(token, account) > (${after.token}, ${after.account})`)
    .orderBy("token")
    .orderBy("account")
    .limit(limit)
    .execute();
}

export async function readTokens(db: Tx): Promise<PointTokenRow[]> {
  return db.selectFrom("point_token").selectAll().orderBy("merchant_id").execute();
}

/** ALP in existence after the last second that changed it. */
export async function readAlpSupply(db: Tx): Promise<bigint> {
  const row = await db.selectFrom("alp_supply").select("supply").orderBy("time", "desc").limit(1).executeTakeFirst();
  return BigInt(row?.supply ?? 0);
}
