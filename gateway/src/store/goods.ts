/** What points buy besides deductions, and the outside catalogues that some of it comes from. */
import { sql } from "kysely";
import type { Points } from "../kernel/ids.ts";
import { parsePoints } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

export interface Goods {
  readonly merchantId: number;
  readonly sku: string;
  readonly name: { readonly zh: string; readonly en: string };
  /** Base units a piece. */
  readonly points: Points;
  /** Pieces left; null: an outside catalogue knows. */
  readonly stock: number | null;
  readonly perCustomer: { readonly max: number; readonly seconds: number } | null;
  readonly isOpen: boolean;
  readonly acceptWithinSeconds: number;
  readonly connectorRef: string | null;
}

interface Row {
  merchant_id: number;
  sku: string;
  name_zh: string;
  name_en: string;
  points: string;
  stock: number | null;
  per_customer_max: number | null;
  per_customer_seconds: number | null;
  is_open: boolean;
  accept_within_seconds: number;
  connector_ref: string | null;
}

const time = (ms: number): string => new Date(ms).toISOString();

function goodsOf(row: Row): Goods {
  const { per_customer_max: max, per_customer_seconds: seconds } = row;
  return {
    merchantId: row.merchant_id,
    sku: row.sku,
    name: { zh: row.name_zh, en: row.name_en },
    points: parsePoints(row.points),
    stock: row.stock,
    perCustomer: max === null || seconds === null ? null : { max, seconds },
    isOpen: row.is_open,
    acceptWithinSeconds: row.accept_within_seconds,
    connectorRef: row.connector_ref,
  };
}

export async function saveGoods(db: Tx, goods: Goods, now: number): Promise<Goods> {
  const values = {
    merchant_id: goods.merchantId,
    sku: goods.sku,
    name_zh: goods.name.zh,
    name_en: goods.name.en,
    points: goods.points.toString(),
    stock: goods.stock,
    per_customer_max: goods.perCustomer?.max ?? null,
    per_customer_seconds: goods.perCustomer?.seconds ?? null,
    is_open: goods.isOpen,
    accept_within_seconds: goods.acceptWithinSeconds,
    connector_ref: goods.connectorRef,
    updated_at: time(now),
  };
  const row = await db
    .insertInto("goods")
    .values(values)
    .onConflict((conflict) => conflict.columns(["merchant_id", "sku"]).doUpdateSet(values))
    .returningAll()
    .executeTakeFirstOrThrow();
  return goodsOf(row);
}

export async function findGoods(db: Tx, merchantId: number, sku: string): Promise<Goods | undefined> {
  const row = await db
    .selectFrom("goods")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("sku", "=", sku)
    .executeTakeFirst();
  return row === undefined ? undefined : goodsOf(row);
}

/** After that SKU, in their order. */
export async function listGoods(db: Tx, page: { merchantId: number; after: string; limit: number }): Promise<Goods[]> {
  const rows = await db
    .selectFrom("goods")
    .selectAll()
    .where("merchant_id", "=", page.merchantId)
    .where("sku", ">", page.after)
    .orderBy("sku")
    .limit(page.limit)
    .execute();
  return rows.map(goodsOf);
}

/**
 * Takes pieces from the stock, and keeps every other buyer of this SKU waiting until the transaction ends: what is
 * counted afterwards (a customer's limit) is counted by one at a time. Undefined when there are too few.
 */
export async function takeStock(
  tx: Tx,
  { merchantId, sku, quantity }: { merchantId: number; sku: string; quantity: number },
): Promise<Goods | undefined> {
  const { rows } = await sql<Row>`
    update goods set stock = stock - ${quantity}::integer
    where merchant_id = ${merchantId} and sku = ${sku} and (stock is null or stock >= ${quantity}::integer)
    returning *`.execute(tx);
  return rows[0] === undefined ? undefined : goodsOf(rows[0]);
}

export async function putStockBack(
  tx: Tx,
  { merchantId, sku, quantity }: { merchantId: number; sku: string; quantity: number },
): Promise<void> {
  await sql`update goods set stock = stock + ${quantity}::integer
    where merchant_id = ${merchantId} and sku = ${sku}`.execute(tx);
}

/** Pieces that this account has had, or may still get, since `since` (milliseconds). */
export async function countTaken(
  db: Tx,
  by: { merchantId: number; sku: string; account: string; since: number },
): Promise<number> {
  const { rows } = await sql<{ taken: number }>`
    select coalesce(sum(quantity), 0)::integer as taken from goods_redemption
    where merchant_id = ${by.merchantId} and sku = ${by.sku} and account = ${by.account}
      and created_at >= ${time(by.since)}::timestamptz and state not in ('cancelled', 'failed')`.execute(db);
  return rows[0]?.taken ?? 0;
}
