/** Orders and what came back of them. */
import type { Selectable } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { EarningTables, OrderState, StoredFacts, StoredLine, StoredReturnLine } from "./tables-earning.ts";

export type OrderRow = Selectable<EarningTables["loyalty_order"]>;
export type ReturnRow = Selectable<EarningTables["loyalty_return"]>;

export interface NewOrder {
  readonly merchantId: number;
  readonly orderRef: string;
  readonly account: Address;
  readonly contentHash: string;
  readonly placedAt: number;
  readonly receivedAt: number;
  readonly deviceHash: string | undefined;
  readonly rulesVersion: number;
  readonly rulesHash: string;
  readonly facts: StoredFacts;
  readonly lines: readonly StoredLine[];
  readonly paidFen: bigint;
  readonly isFirst: boolean;
  readonly isGood: boolean;
  readonly maturesAt: number | undefined;
}

/** Undefined when the ref is taken. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<OrderRow | undefined> {
  return tx
    .insertInto("loyalty_order")
    .values({
      merchant_id: order.merchantId,
      order_ref: order.orderRef,
      account: order.account,
      content_hash: order.contentHash,
      placed_at: order.placedAt,
      received_at: order.receivedAt,
      device_hash: order.deviceHash ?? null,
      rules_version: order.rulesVersion,
      rules_hash: order.rulesHash,
      facts: JSON.stringify(order.facts),
      lines: JSON.stringify(order.lines),
      paid_fen: order.paidFen.toString(),
      kept_fen: order.paidFen.toString(),
      is_first: order.isFirst,
      is_good: order.isGood,
      state: "placed",
      matures_at: order.maturesAt ?? null,
    })
    .onConflict((conflict) => conflict.columns(["merchant_id", "order_ref"]).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function readOrder(db: Tx, merchantId: number, orderRef: string): Promise<OrderRow | undefined> {
  return db
    .selectFrom("loyalty_order")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("order_ref", "=", orderRef)
    .executeTakeFirst();
}

export async function readOrderById(db: Tx, id: string): Promise<OrderRow | undefined> {
  return db.selectFrom("loyalty_order").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Newest first, from before `before`. */
export async function readOrders(
  db: Tx,
  page: { merchantId: number; account?: Address | undefined; before?: string | undefined; limit: number },
): Promise<OrderRow[]> {
  let select = db.selectFrom("loyalty_order").selectAll().where("merchant_id", "=", page.merchantId);
  if (page.account !== undefined) select = select.where("account", "=", page.account);
  if (page.before !== undefined) select = select.where("id", "<", page.before);
  return select.orderBy("id", "desc").limit(page.limit).execute();
}

export interface OrderChange {
  readonly lines?: readonly StoredLine[];
  readonly keptFen?: bigint;
  readonly state?: OrderState;
  readonly isGood?: boolean;
  readonly confirmedAt?: number;
  readonly cancelledAt?: number;
  readonly maturesAt?: number;
}

export async function updateOrder(tx: Tx, id: string, change: OrderChange): Promise<void> {
  await tx
    .updateTable("loyalty_order")
    .set({
      ...(change.lines === undefined ? {} : { lines: JSON.stringify(change.lines) }),
      ...(change.keptFen === undefined ? {} : { kept_fen: change.keptFen.toString() }),
      ...(change.state === undefined ? {} : { state: change.state }),
      ...(change.isGood === undefined ? {} : { is_good: change.isGood }),
      ...(change.confirmedAt === undefined ? {} : { confirmed_at: change.confirmedAt }),
      ...(change.cancelledAt === undefined ? {} : { cancelled_at: change.cancelledAt }),
      ...(change.maturesAt === undefined ? {} : { matures_at: change.maturesAt }),
    })
    .where("id", "=", id)
    .execute();
}

export async function insertReturn(
  tx: Tx,
  back: {
    orderId: string;
    returnRef: string;
    contentHash: string;
    lines: readonly StoredReturnLine[];
    paidFen: bigint;
    now: number;
  },
): Promise<void> {
  await tx
    .insertInto("loyalty_return")
    .values({
      order_id: back.orderId,
      return_ref: back.returnRef,
      content_hash: back.contentHash,
      lines: JSON.stringify(back.lines),
      paid_fen: back.paidFen.toString(),
      received_at: back.now,
    })
    .execute();
}

export async function readReturns(db: Tx, orderIds: readonly string[]): Promise<ReturnRow[]> {
  if (orderIds.length === 0) return [];
  return db
    .selectFrom("loyalty_return")
    .selectAll()
    .where("order_id", "in", [...orderIds])
    .orderBy("received_at")
    .orderBy("return_ref")
    .execute();
}
