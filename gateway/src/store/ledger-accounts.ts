/** Accounts that ever held points. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

/** Adds accounts with the second they were first seen; answers how many were not known. */
export async function saveAccounts(tx: Tx, accounts: ReadonlyMap<Address, number>): Promise<number> {
  if (accounts.size === 0) return 0;
  const json = JSON.stringify([...accounts].map(([address, time]) => ({ address, time })));
  const added = await sql<{ count: number }>`with added as (
      insert into account (address, first_seen_at)
      select address, time from json_to_recordset(${json}::json) as r(address text, time bigint)
      on conflict do nothing returning 1)
    select count(*)::integer as count from added`.execute(tx);
  return added.rows[0]?.count ?? 0;
}
