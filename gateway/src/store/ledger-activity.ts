/** Accounts that ever held points, when each moved some last, and how many were active on a day. */
import { sql } from "kysely";
import { ALLIANCE_OFFSET_SECONDS } from "../kernel/calendar.ts";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

/** An account as a run of blocks met it. */
export interface MetAccount {
  readonly address: Address;
  /** Unix seconds of the first block of the run that has it. */
  readonly firstAt: number;
  /** Of its last movement in the run; "0" and null when it moved nothing. */
  readonly lastPosition: string;
  readonly lastAt: number | null;
  /** Days of the alliance on which it moved something. */
  readonly days: ReadonlySet<number>;
}

/** Accounts of a day that were not counted before. */
export interface DayCount {
  readonly day: number;
  readonly active: number;
  readonly added: number;
}

export interface LedgerDay extends DayCount {
  active: number;
  added: number;
  transactions: number;
  transfers: number;
  swaps: number;
}

/** Adds accounts or moves their last movement on; answers how many were new, and newly active, on each day. */
export async function saveAccounts(tx: Tx, accounts: readonly MetAccount[]): Promise<DayCount[]> {
  if (accounts.length === 0) return [];
  const json = JSON.stringify(
    accounts.map(({ address, firstAt, lastPosition, lastAt, days }) => ({
      address,
      first_at: firstAt,
      last_position: lastPosition,
      last_at: lastAt,
      days: [...days],
    })),
  );
  // `before` reads the rows as they were: a statement does not see what its own parts write.
  const { rows } = await sql<DayCount>`with met as materialized (
      select * from jsonb_to_recordset(${json}::jsonb)
        as r(address text, first_at bigint, last_position bigint, last_at bigint, days jsonb)
    ), before as materialized (
      select account.address, ${dayOf("account.last_at")} as last_day from account join met using (address)
    ), saved as (
      insert into account (address, first_seen_at, last_position, last_at)
      select address, first_at, last_position, last_at from met
      on conflict (address) do update set last_position = greatest(account.last_position, excluded.last_position),
        last_at = greatest(account.last_at, excluded.last_at)
    ), active as (
      select day::integer as day, 1 as active, 0 as added
      from met left join before using (address), jsonb_array_elements_text(met.days) as d(day)
      where before.last_day is null or before.last_day < day::integer
    ), added as (
      select ${dayOf("met.first_at")} as day, 0 as active, 1 as added
      from met left join before using (address) where before.address is null
    )
    select day, sum(active)::integer as active, sum(added)::integer as added
    from (select * from active union all select * from added) as counted group by day order by day`.execute(tx);
  return rows;
}

function dayOf(column: string) {
  return sql`((${sql.ref(column)} + ${ALLIANCE_OFFSET_SECONDS}::integer) / 86400)::integer`;
}

/** Adds what a run counted to the days it touched. */
export async function saveLedgerDays(tx: Tx, days: readonly LedgerDay[]): Promise<void> {
  if (days.length === 0) return;
  await sql`insert into ledger_day (day, transactions, transfers, swaps, active_accounts, new_accounts)
    select day, transactions, transfers, swaps, active, added from json_to_recordset(${JSON.stringify(days)}::json)
      as r(day integer, transactions bigint, transfers bigint, swaps bigint, active integer, added integer)
    on conflict (day) do update set transactions = ledger_day.transactions + excluded.transactions,
      transfers = ledger_day.transfers + excluded.transfers, swaps = ledger_day.swaps + excluded.swaps,
      active_accounts = ledger_day.active_accounts + excluded.active_accounts,
      new_accounts = ledger_day.new_accounts + excluded.new_accounts`.execute(tx);
}
