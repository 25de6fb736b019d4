/** What the regulator did, newest first, and how merchants leave. */
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Page } from "./read-activity.ts";
import type * as rows from "./tables-governance.ts";

const TOP = "9223372036854775807";

/** Accounts that stand frozen in all tokens. */
export async function readFrozenAccounts(db: Tx, page: Page): Promise<rows.FrozenAccountRow[]> {
  return db
    .selectFrom("frozen_account")
    .selectAll()
    .where("is_frozen", "=", true)
    .where("position", "<", page.before ?? TOP)
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function readPauseChanges(db: Tx, page: Page): Promise<rows.PauseChangeRow[]> {
  return db
    .selectFrom("pause_change")
    .selectAll()
    .where("position", "<", page.before ?? TOP)
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** The last change of each of these tokens: the one that counts now. */
export async function readLastPauseChanges(db: Tx, tokens: readonly Address[]): Promise<ReadonlySet<string>> {
  if (tokens.length === 0) return new Set();
  const found = await db
    .selectFrom("pause_change")
    .select((read) => read.fn.max("position").as("position"))
    .where("token", "in", tokens)
    .groupBy("token")
    .execute();
  return new Set(found.map(({ position }) => position));
}

/** Of one merchant, or of all. */
export async function readMeasures(db: Tx, merchantId: number | undefined, page: Page): Promise<rows.MeasureRow[]> {
  let query = db
    .selectFrom("measure")
    .selectAll()
    .where("position", "<", page.before ?? TOP);
  if (merchantId !== undefined) query = query.where("merchant_id", "=", merchantId);
  return query
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** Forced transfers, the last ordered first. */
export async function readOrders(db: Tx, page: Page): Promise<rows.TransferOrderRow[]> {
  return db
    .selectFrom("transfer_order")
    .selectAll()
    .where("position", "<", page.before ?? TOP)
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function readExit(db: Tx, merchantId: number): Promise<rows.MerchantExitRow | undefined> {
  return db.selectFrom("merchant_exit").selectAll().where("merchant_id", "=", merchantId).executeTakeFirst();
}

export async function readPayouts(db: Tx, merchantId: number, page: Page): Promise<rows.PayoutRow[]> {
  return db
    .selectFrom("payout")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("position", "<", page.before ?? TOP)
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** What was seized of a merchant's collateral in all. */
export async function readSeized(db: Tx, merchantId: number): Promise<bigint> {
  const row = await db
    .selectFrom("seizure")
    .select((read) => read.fn.sum<string | null>("alp").as("alp"))
    .where("merchant_id", "=", merchantId)
    .executeTakeFirst();
  return BigInt(row?.alp ?? 0);
}
