/** The few facts of a merchant that a write needs, as the indexer knows them: at hand even while no node answers. */
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

export interface MerchantFacts {
  readonly merchantId: number;
  readonly controller: Address;
  /** Undefined before it is approved. */
  readonly token: Address | undefined;
  readonly tokenName: string;
}

export async function readMerchantFacts(db: Tx, merchantId: number): Promise<MerchantFacts | undefined> {
  const row = await db
    .selectFrom("merchant")
    .select(["id", "controller", "token", "token_name"])
    .where("id", "=", merchantId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { merchantId: row.id, controller: row.controller, token: row.token ?? undefined, tokenName: row.token_name };
}

export async function readMerchantIdOfToken(db: Tx, token: Address): Promise<number | undefined> {
  const row = await db.selectFrom("point_token").select("merchant_id").where("address", "=", token).executeTakeFirst();
  return row?.merchant_id;
}

/** What its points are worth at its till, and where its day begins: fixed when it applied. */
export interface MerchantTerms {
  /** 100 or 1000. */
  readonly pointsPerYuan: number;
  readonly utcOffsetSeconds: number;
}

export async function readMerchantTerms(db: Tx, merchantId: number): Promise<MerchantTerms | undefined> {
  const row = await db
    .selectFrom("merchant")
    .select(["points_per_yuan", "utc_offset_seconds"])
    .where("id", "=", merchantId)
    .executeTakeFirst();
  return row === undefined
    ? undefined
    : { pointsPerYuan: row.points_per_yuan, utcOffsetSeconds: row.utc_offset_seconds };
}
