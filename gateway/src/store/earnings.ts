/** What deeds earn: one row a source, what is due against what was asked of the chain. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Decision, EarningSource, EarningTables, StoredObjection, StoredRuleShare } from "./tables-earning.ts";

export type EarningRow = Selectable<EarningTables["earning"]>;

export interface NewEarning {
  readonly merchantId: number;
  readonly account: Address;
  readonly token: Address;
  readonly source: EarningSource;
  readonly subject: string;
  readonly chainRef: string;
  readonly contentHash?: string | undefined;
  readonly orderId?: string | undefined;
  readonly sku?: string | undefined;
  readonly rules?: { readonly version: number; readonly hash: string } | undefined;
  readonly byRule: readonly StoredRuleShare[];
  readonly reason?: string | undefined;
  readonly day: number;
  readonly now: number;
  readonly points: bigint;
  readonly maturesAt: number | undefined;
  readonly objections: readonly StoredObjection[];
  /** Milliseconds; undefined: nothing to do by itself. */
  readonly wakeMs: number | undefined;
}

/** Undefined when the chain's ref is taken. */
export async function insertEarning(tx: Tx, earning: NewEarning): Promise<EarningRow | undefined> {
  return tx
    .insertInto("earning")
    .values({
      merchant_id: earning.merchantId,
      account: earning.account,
      token: earning.token,
      source: earning.source,
      subject: earning.subject,
      chain_ref: earning.chainRef,
      content_hash: earning.contentHash ?? null,
      order_id: earning.orderId ?? null,
      sku: earning.sku ?? null,
      rules_version: earning.rules?.version ?? null,
      rules_hash: earning.rules?.hash ?? null,
      by_rule: JSON.stringify(earning.byRule),
      reason: earning.reason ?? null,
      day: earning.day,
      created_at: earning.now,
      points_first: earning.points.toString(),
      points_due: earning.points.toString(),
      matures_at: earning.maturesAt ?? null,
      objections: earning.objections.length === 0 ? null : JSON.stringify(earning.objections),
      wake_ms: earning.wakeMs ?? null,
    })
    .onConflict((conflict) => conflict.columns(["token", "chain_ref"]).doNothing())
    .returningAll()
    .executeTakeFirst();
}

export async function readEarning(db: Tx, merchantId: number, id: string): Promise<EarningRow | undefined> {
  return db
    .selectFrom("earning")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function readEarningByRef(db: Tx, token: Address, chainRef: string): Promise<EarningRow | undefined> {
  return db
    .selectFrom("earning")
    .selectAll()
    .where("token", "=", token)
    .where("chain_ref", "=", chainRef)
    .executeTakeFirst();
}

/** Held until the transaction ends. Always in the order of their ids, so that nobody deadlocks. */
export async function lockEarnings(tx: Tx, by: { orderId: string } | { id: string }): Promise<EarningRow[]> {
  const select = tx.selectFrom("earning").selectAll();
  const found = "id" in by ? select.where("id", "=", by.id) : select.where("order_id", "=", by.orderId);
  return found.orderBy("id").forUpdate().execute();
}

export async function readEarningsOfOrders(db: Tx, orderIds: readonly string[]): Promise<EarningRow[]> {
  if (orderIds.length === 0) return [];
  return db
    .selectFrom("earning")
    .selectAll()
    .where("order_id", "in", [...orderIds])
    .orderBy("id")
    .execute();
}

/** Newest first, from before `before`. */
export async function readEarnings(
  db: Tx,
  page: {
    merchantId: number;
    account?: Address | undefined;
    isObjected?: boolean;
    before?: string | undefined;
    limit: number;
  },
): Promise<EarningRow[]> {
  let select = db.selectFrom("earning").selectAll().where("merchant_id", "=", page.merchantId);
  if (page.account !== undefined) select = select.where("account", "=", page.account);
  if (page.isObjected === true) select = select.where("objections", "is not", null).where("decision", "is", null);
  if (page.before !== undefined) select = select.where("id", "<", page.before);
  return select.orderBy("id", "desc").limit(page.limit).execute();
}

export interface DueChange {
  readonly points: bigint;
  readonly byRule: readonly StoredRuleShare[];
  readonly maturesAt: number | undefined;
  readonly wakeMs: number | undefined;
}

export async function writeDue(tx: Tx, id: string, change: DueChange): Promise<void> {
  await tx
    .updateTable("earning")
    .set({
      points_due: change.points.toString(),
      by_rule: JSON.stringify(change.byRule),
      matures_at: change.maturesAt ?? null,
      wake_ms: change.wakeMs ?? null,
    })
    .where("id", "=", id)
    .execute();
}

export async function writeDecision(
  tx: Tx,
  id: string,
  made: { decision: Decision; reason: string; by: string; now: number },
): Promise<void> {
  await tx
    .updateTable("earning")
    .set({ decision: made.decision, decision_reason: made.reason, decided_by: made.by, decided_at: made.now })
    .where("id", "=", id)
    .execute();
}

/** How often a task was paid, or will be: on one local day, and ever. What was refused or taken back does not count. */
export async function countTaskPayments(
  db: Tx,
  of: { merchantId: number; account: Address; taskId: string; day: number },
): Promise<{ today: number; ever: number }> {
  const { rows } = await sql<{ today: string; ever: string }>`
    select count(*) filter (where day = ${of.day}) as today, count(*) as ever from earning
    where merchant_id = ${of.merchantId} and account = ${of.account} and source = 'task' and subject = ${of.taskId}
      and points_due > 0`.execute(db);
  return { today: Number(rows[0]?.today ?? 0), ever: Number(rows[0]?.ever ?? 0) };
}

/** Friends that this referrer is paid for, or will be, on these local days. */
export async function countFriends(
  db: Tx,
  of: { merchantId: number; referrer: Address; fromDay: number; untilDay: number },
): Promise<number> {
  const { rows } = await sql<{ count: string }>`
    select count(*) as count from earning
    where merchant_id = ${of.merchantId} and account = ${of.referrer} and source = 'referral' and subject <> account
      and points_due > 0 and day >= ${of.fromDay} and day < ${of.untilDay}`.execute(db);
  return Number(rows[0]?.count ?? 0);
}
