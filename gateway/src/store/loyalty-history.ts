/** What a shop's own rows show of its trade: grounds for a preview of its rules. */
import { sql } from "kysely";
import type { Tx } from "./database.ts";
import type { StoredLine } from "./tables-earning.ts";

export interface Trade {
  readonly orders: number;
  readonly firstOrders: number;
  readonly paidFen: bigint;
  /** Unix seconds of the first of them; null without any. */
  readonly firstAt: number | null;
}

const ORDERS_MAX = 200;

/** Orders placed since then, without those that were cancelled or that a person still has to decide on. */
export async function readTrade(db: Tx, merchantId: number, since: number): Promise<Trade> {
  const { rows } = await sql<{ orders: string; first_orders: string; paid_fen: string; first_at: string | null }>`
    select count(*) as orders, count(*) filter (where is_first) as first_orders,
      coalesce(sum(paid_fen), 0) as paid_fen, min(placed_at) as first_at
    from loyalty_order
    where merchant_id = ${merchantId} and placed_at >= ${since} and state <> 'cancelled' and is_good`.execute(db);
  const [row] = rows;
  return {
    orders: Number(row?.orders ?? 0),
    firstOrders: Number(row?.first_orders ?? 0),
    paidFen: BigInt(row?.paid_fen ?? 0),
    firstAt: row === undefined || row.first_at === null ? null : Number(row.first_at),
  };
}

/** The newest orders as they were bought. */
export async function readNewestOrders(
  db: Tx,
  merchantId: number,
): Promise<readonly { readonly placedAt: number; readonly lines: readonly StoredLine[] }[]> {
  const { rows } = await sql<{ placed_at: string; lines: readonly StoredLine[] }>`
    select placed_at, lines from loyalty_order
    where merchant_id = ${merchantId} and state <> 'cancelled' and is_good
    order by id desc limit ${ORDERS_MAX}`.execute(db);
  return rows.map(({ placed_at, lines }) => ({ placedAt: Number(placed_at), lines }));
}

/** What became of the merchant's points so far; undefined before it has a token. */
export async function readUse(
  db: Tx,
  merchantId: number,
): Promise<{ readonly issued: bigint; readonly redeemed: bigint; readonly expired: bigint } | undefined> {
  const row = await db
    .selectFrom("point_token")
    .select(["issued", "redeemed", "expired"])
    .where("merchant_id", "=", merchantId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  return { issued: BigInt(row.issued), redeemed: BigInt(row.redeemed), expired: BigInt(row.expired) };
}

const PRIZES_MAX = 100;

/** What the goods of its catalogue cost that can be had now, cheapest first. */
export async function readPrizes(db: Tx, merchantId: number): Promise<readonly bigint[]> {
  const rows = await db
    .selectFrom("goods")
    .select("points")
    .distinct()
    .where("merchant_id", "=", merchantId)
    .where("is_open", "=", true)
    .where((eb) => eb.or([eb("stock", "is", null), eb("stock", ">", 0)]))
    .orderBy("points")
    .limit(PRIZES_MAX)
    .execute();
  return rows.map(({ points }) => BigInt(points));
}
