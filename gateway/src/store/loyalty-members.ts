/** A merchant's customers, who brought them, and what they have spent. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { EarningTables, StoredObjection } from "./tables-earning.ts";

export type MemberRow = Selectable<EarningTables["loyalty_member"]>;

export interface NewMember {
  readonly merchantId: number;
  readonly account: Address;
  readonly referrer?: Address | undefined;
  readonly objections?: readonly StoredObjection[];
  readonly now: number;
}

/** False when there was one. */
export async function insertMember(tx: Tx, member: NewMember): Promise<boolean> {
  const { objections = [] } = member;
  const result = await tx
    .insertInto("loyalty_member")
    .values({
      merchant_id: member.merchantId,
      account: member.account,
      referrer: member.referrer ?? null,
      objections: objections.length === 0 ? null : JSON.stringify(objections),
      joined_at: member.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

export async function readMember(db: Tx, merchantId: number, account: Address): Promise<MemberRow | undefined> {
  return db
    .selectFrom("loyalty_member")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("account", "=", account)
    .executeTakeFirst();
}

/** Held until the transaction ends: what these customers do happens one after another. Sorted, so that nobody deadlocks. */
export async function lockMembers(tx: Tx, merchantId: number, accounts: readonly Address[]): Promise<void> {
  await tx
    .selectFrom("loyalty_member")
    .select("account")
    .where("merchant_id", "=", merchantId)
    .where("account", "in", [...accounts])
    .orderBy("account")
    .forUpdate()
    .execute();
}

/** Goods kept of matured orders that were placed in this time and that nobody objects to. */
export async function readSpent(
  db: Tx,
  of: { merchantId: number; account: Address; from: number; now: number },
): Promise<bigint> {
  const { rows } = await sql<{ spent: string }>`
    select coalesce(sum(kept_fen), 0)::bigint as spent from loyalty_order
    where merchant_id = ${of.merchantId} and account = ${of.account} and placed_at >= ${of.from}
      and is_good and state <> 'cancelled' and matures_at <= ${of.now}`.execute(db);
  return BigInt(rows[0]?.spent ?? 0);
}

/** Whether another order of this customer still stands with something kept. */
export async function hasBought(db: Tx, merchantId: number, account: Address): Promise<boolean> {
  const row = await db
    .selectFrom("loyalty_order")
    .select("id")
    .where("merchant_id", "=", merchantId)
    .where("account", "=", account)
    .where("state", "<>", "cancelled")
    .where("kept_fen", ">", "0")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Members that this one brought. */
export async function countReferred(db: Tx, merchantId: number, referrer: Address): Promise<number> {
  const row = await db
    .selectFrom("loyalty_member")
    .select(({ fn }) => fn.countAll<string>().as("count"))
    .where("merchant_id", "=", merchantId)
    .where("referrer", "=", referrer)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}
