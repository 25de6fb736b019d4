/** Merchants, their tokens, pools, collateral and tills; members of the alliance. */
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { FlowDayRow } from "./tables-days.ts";
import type * as rows from "./tables-ledger.ts";

/** In the order of merchants, which is the order of admission. `after` is a merchant id. */
export async function readTokensPage(db: Tx, limit: number, after: number): Promise<rows.PointTokenRow[]> {
  return db
    .selectFrom("point_token")
    .selectAll()
    .where("merchant_id", ">", after)
    .orderBy("merchant_id")
    .limit(limit + 1)
    .execute();
}

export async function readToken(db: Tx, address: Address): Promise<rows.PointTokenRow | undefined> {
  return db.selectFrom("point_token").selectAll().where("address", "=", address).executeTakeFirst();
}

/** Undefined before the merchant is approved, and while the indexer has not come so far. */
export async function readTokenOfMerchant(db: Tx, merchantId: number): Promise<rows.PointTokenRow | undefined> {
  return db.selectFrom("point_token").selectAll().where("merchant_id", "=", merchantId).executeTakeFirst();
}

export async function readTokensOf(db: Tx, addresses: readonly Address[]): Promise<rows.PointTokenRow[]> {
  if (addresses.length === 0) return [];
  return db.selectFrom("point_token").selectAll().where("address", "in", addresses).execute();
}

export async function readMerchantsPage(db: Tx, limit: number, after: number): Promise<rows.MerchantRow[]> {
  return db
    .selectFrom("merchant")
    .selectAll()
    .where("id", ">", after)
    .orderBy("id")
    .limit(limit + 1)
    .execute();
}

/** All that ever applied, and those that may issue and redeem now. */
export async function countMerchants(db: Tx): Promise<{ all: number; active: number }> {
  const rows = await db
    .selectFrom("merchant")
    .select(["status"])
    .select((read) => read.fn.countAll<string>().as("count"))
    .groupBy("status")
    .execute();
  const active = rows.find(({ status }) => status === "active");
  return { all: rows.reduce((sum, { count }) => sum + Number(count), 0), active: Number(active?.count ?? 0) };
}

export async function readMerchants(db: Tx, ids: readonly number[]): Promise<rows.MerchantRow[]> {
  if (ids.length === 0) return [];
  return db.selectFrom("merchant").selectAll().where("id", "in", ids).execute();
}

export async function readPools(db: Tx, tokens: readonly Address[]): Promise<rows.PoolRow[]> {
  if (tokens.length === 0) return [];
  return db.selectFrom("pool").selectAll().where("token", "in", tokens).execute();
}

/** By token address. */
export async function readPoolsPage(db: Tx, limit: number, after: string): Promise<rows.PoolRow[]> {
  return db
    .selectFrom("pool")
    .selectAll()
    .where("token", ">", after as Address)
    .orderBy("token")
    .limit(limit + 1)
    .execute();
}

export async function readCollaterals(db: Tx, merchantIds: readonly number[]): Promise<rows.CollateralRow[]> {
  if (merchantIds.length === 0) return [];
  return db.selectFrom("collateral").selectAll().where("merchant_id", "in", merchantIds).execute();
}

export async function readCoverage(db: Tx): Promise<rows.CoverageRow | undefined> {
  return db.selectFrom("coverage").selectAll().executeTakeFirst();
}

export async function readTills(db: Tx, token: Address): Promise<rows.TillRow[]> {
  return db.selectFrom("till").selectAll().where("token", "=", token).orderBy("address").limit(1_000).execute();
}

export async function readMembers(db: Tx): Promise<rows.MemberRow[]> {
  return db.selectFrom("member").selectAll().orderBy("id").limit(1_000).execute();
}

/** Days of a token, newest first; `before` is a day number. */
export async function readTokenDays(
  db: Tx,
  token: Address,
  page: { limit: number; before: number },
): Promise<rows.TokenDayRow[]> {
  return db
    .selectFrom("token_day")
    .selectAll()
    .where("token", "=", token)
    .where("day", "<", page.before)
    .orderBy("day", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** Flows between tokens from a UTC day on, summed over the days. */
export async function readFlows(
  db: Tx,
  fromDay: number,
): Promise<(Omit<FlowDayRow, "day" | "swaps"> & { swaps: string })[]> {
  return db
    .selectFrom("flow_day")
    .select(["token_in", "token_out"])
    .select((read) => [
      read.fn.sum<string>("swaps").as("swaps"),
      read.fn.sum<string>("amount_in").as("amount_in"),
      read.fn.sum<string>("hub").as("hub"),
      read.fn.sum<string>("amount_out").as("amount_out"),
    ])
    .where("day", ">=", fromDay)
    .groupBy(["token_in", "token_out"])
    .orderBy("hub", "desc")
    .limit(200)
    .execute();
}
