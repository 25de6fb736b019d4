/** The sharing program's rows: sales, days, and how much of the share value few accounts have. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { SharingDayRow, SharingSaleRow } from "./tables-sharing.ts";

export interface Concentration {
  /** Part of all share value that the ten largest accounts have; null while there is none. */
  readonly topTenBps: number | null;
  /** Accounts with share value. */
  readonly holders: number;
}

export async function readConcentration(db: Tx): Promise<Concentration> {
  const { rows } = await sql<{ bps: number | null; holders: number }>`
    select (select count(*)::integer from sharing_account where units > 0) as holders,
      (select floor(sum(units) * 10000 / nullif((select units_total from sharing_program), 0))::integer
        from (select units from sharing_account where units > 0 order by units desc limit 10) as largest) as bps`.execute(
    db,
  );
  return { topTenBps: rows[0]?.bps ?? null, holders: rows[0]?.holders ?? 0 };
}

export interface SalesOf {
  readonly consumer?: Address | undefined;
  readonly merchantId?: number | undefined;
}

/** Newest first; one more than the page shows when there is a next one. */
export async function readSharingSales(
  db: Tx,
  of: SalesOf,
  page: { limit: number; before: string | undefined },
): Promise<SharingSaleRow[]> {
  let query = db.selectFrom("sharing_sale").selectAll();
  if (page.before !== undefined) query = query.where("position", "<", page.before);
  if (of.consumer !== undefined) query = query.where("consumer", "=", of.consumer);
  if (of.merchantId !== undefined) query = query.where("merchant_id", "=", of.merchantId);
  return query
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** Newest first. */
export async function readSharingDays(db: Tx, limit: number): Promise<SharingDayRow[]> {
  return db.selectFrom("sharing_day").selectAll().orderBy("day", "desc").limit(limit).execute();
}
