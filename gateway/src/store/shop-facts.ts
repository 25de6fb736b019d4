/** What rules need to know of a merchant: its token, how many points a yuan is, and what its day is. */
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

export interface ShopFacts {
  readonly merchantId: number;
  readonly token: Address;
  /** 100 or 1000. */
  readonly pointsPerYuan: number;
  readonly utcOffsetSeconds: number;
}

/** Undefined before the merchant is approved. */
export async function readShopFacts(db: Tx, merchantId: number): Promise<ShopFacts | undefined> {
  const row = await db
    .selectFrom("point_token")
    .select(["address", "points_per_yuan", "utc_offset_seconds"])
    .where("merchant_id", "=", merchantId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return {
    merchantId,
    token: row.address,
    pointsPerYuan: row.points_per_yuan,
    utcOffsetSeconds: row.utc_offset_seconds,
  };
}
