/** What a merchant's points became, epoch by epoch and month by month. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { TokenDayRow } from "./tables-ledger.ts";

/** Points of one epoch: what customers got of it, and what of that expired. */
export interface EpochSum {
  readonly epoch: number;
  /** Issued to customers and not reversed, and bought from the exchange pool. */
  readonly received: string;
  readonly expired: string;
}

/** From an epoch on. A merchant's own report: it adds up its issues, which no page of a list does. */
export async function readEpochSums(db: Tx, token: Address, fromEpoch: number): Promise<EpochSum[]> {
  const { rows } =
    await sql<EpochSum>`select epoch, sum(received)::text as received, sum(expired)::text as expired from (
      select epoch, points - reversed as received, 0 as expired from issue
        where token = ${token} and epoch >= ${fromEpoch} and not is_to_pool
      union all select epoch_out, amount_out, 0 from swap where token_out = ${token} and epoch_out >= ${fromEpoch}
      union all select epoch, 0, points from lapse where token = ${token} and epoch >= ${fromEpoch}
    ) as moved group by epoch order by epoch`.execute(db);
  return rows;
}

/** Days of the merchant from a day on, in order. */
export async function readDaysSince(db: Tx, token: Address, fromDay: number): Promise<TokenDayRow[]> {
  return db
    .selectFrom("token_day")
    .selectAll()
    .where("token", "=", token)
    .where("day", ">=", fromDay)
    .orderBy("day")
    .execute();
}
