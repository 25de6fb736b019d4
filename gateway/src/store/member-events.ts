/** What customers did besides buying, and how far they are in tasks. */
import type { Selectable } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { EarningTables, StoredObjection } from "./tables-earning.ts";

export type EventRow = Selectable<EarningTables["member_event"]>;
export type ProgressRow = Selectable<EarningTables["task_progress"]>;

export interface NewEvent {
  readonly merchantId: number;
  readonly eventRef: string;
  readonly account: Address;
  readonly name: string;
  readonly sku: string | undefined;
  readonly at: number;
  readonly deviceHash: string | undefined;
  readonly contentHash: string;
  readonly now: number;
}

/** False when the ref is taken. */
export async function insertMemberEvent(tx: Tx, event: NewEvent): Promise<boolean> {
  const result = await tx
    .insertInto("member_event")
    .values({
      merchant_id: event.merchantId,
      event_ref: event.eventRef,
      account: event.account,
      name: event.name,
      sku: event.sku ?? null,
      at: event.at,
      device_hash: event.deviceHash ?? null,
      content_hash: event.contentHash,
      received_at: event.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function readMemberEvent(db: Tx, merchantId: number, eventRef: string): Promise<EventRow | undefined> {
  return db
    .selectFrom("member_event")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("event_ref", "=", eventRef)
    .executeTakeFirst();
}

export async function readProgress(db: Tx, merchantId: number, account: Address): Promise<ProgressRow[]> {
  return db
    .selectFrom("task_progress")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("account", "=", account)
    .execute();
}

export interface NewProgress {
  readonly merchantId: number;
  readonly account: Address;
  readonly taskId: string;
  readonly subject: string;
  readonly stepsDone: number;
  readonly orderId: string | undefined;
  readonly objections: readonly StoredObjection[];
  readonly now: number;
}

/** 0 steps forget it. */
export async function writeProgress(tx: Tx, progress: NewProgress): Promise<void> {
  const key = {
    merchant_id: progress.merchantId,
    account: progress.account,
    task_id: progress.taskId,
    subject: progress.subject,
  };
  if (progress.stepsDone === 0) {
    await tx
      .deleteFrom("task_progress")
      .where("merchant_id", "=", key.merchant_id)
      .where("account", "=", key.account)
      .where("task_id", "=", key.task_id)
      .where("subject", "=", key.subject)
      .execute();
    return;
  }
  const state = {
    steps_done: progress.stepsDone,
    order_id: progress.orderId ?? null,
    objections: progress.objections.length === 0 ? null : JSON.stringify(progress.objections),
    updated_at: progress.now,
  };
  await tx
    .insertInto("task_progress")
    .values({ ...key, ...state })
    .onConflict((conflict) => conflict.columns(["merchant_id", "account", "task_id", "subject"]).doUpdateSet(state))
    .execute();
}

/** Steps that an order was one of, when nothing of it is kept. */
export async function forgetProgressOf(tx: Tx, orderId: string): Promise<void> {
  await tx.deleteFrom("task_progress").where("order_id", "=", orderId).execute();
}
