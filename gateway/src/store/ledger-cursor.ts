/** Where the read side stands, and who may move it. */
import { sql } from "kysely";
import type { Hex32 } from "../kernel/ids.ts";
import type { Database, Tx } from "./database.ts";
import type { CursorRow, LedgerTables } from "./tables-ledger.ts";

export interface Cursor {
  readonly chainId: number;
  readonly genesisHash: Hex32;
  readonly blockNumber: number;
  readonly blockHash: Hex32;
  /** Unix seconds of that block: the "now" of everything that is read. */
  readonly timestamp: number;
  readonly transactionCount: number;
  readonly transferCount: number;
  readonly swapCount: number;
  readonly accountCount: number;
}

/** Undefined before the first range was applied. */
export async function readCursor(db: Tx): Promise<Cursor | undefined> {
  const row = await db.selectFrom("ledger_cursor").selectAll().where("id", "=", 1).executeTakeFirst();
  return row === undefined ? undefined : parseCursor(row);
}

/**
 * Reads the cursor and keeps every other indexing process out until the transaction ends. No statement of it is cut off
 * by the pool's time limit: a border that expires points of a million holders must come through, or nothing ever would.
 */
export async function lockCursor(tx: Tx): Promise<Cursor | undefined> {
  await sql`set local statement_timeout = 0`.execute(tx);
  const row = await tx.selectFrom("ledger_cursor").selectAll().where("id", "=", 1).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : parseCursor(row);
}

export async function saveCursor(tx: Tx, cursor: Cursor): Promise<void> {
  const row: CursorRow = {
    id: 1,
    chain_id: String(cursor.chainId),
    genesis_hash: cursor.genesisHash,
    block_number: cursor.blockNumber,
    block_hash: cursor.blockHash,
    block_time: String(cursor.timestamp),
    transaction_count: String(cursor.transactionCount),
    transfer_count: String(cursor.transferCount),
    swap_count: String(cursor.swapCount),
    account_count: String(cursor.accountCount),
  };
  await tx
    .insertInto("ledger_cursor")
    .values(row)
    .onConflict((conflict) => conflict.column("id").doUpdateSet(row))
    .execute();
}

function parseCursor(row: CursorRow): Cursor {
  return {
    chainId: Number(row.chain_id),
    genesisHash: row.genesis_hash,
    blockNumber: row.block_number,
    blockHash: row.block_hash,
    timestamp: Number(row.block_time),
    transactionCount: Number(row.transaction_count),
    transferCount: Number(row.transfer_count),
    swapCount: Number(row.swap_count),
    accountCount: Number(row.account_count),
  };
}

/** All that the indexer writes; the lease is not part of it. */
export const LEDGER_TABLES = [
  "ledger_cursor",
  "block",
  "transaction",
  "transfer",
  "account",
  "merchant",
  "point_token",
  "holding",
  "issue",
  "redemption",
  "till",
  "pool",
  "price_post",
  "swap",
  "collateral",
  "coverage",
  "member",
  "alp_balance",
  "token_day",
  "flow_day",
  "ledger_day",
  "lapse",
  "member_change",
  "council_rules",
  "reward_schedule",
  "proposal",
  "vote",
  "role_grant",
  "role_function",
  "inflation_change",
  "alp_supply",
  "reward_year",
  "reward_record",
  "frozen_account",
  "pause_change",
  "measure",
  "transfer_order",
  "seizure",
  "merchant_exit",
  "payout",
  "business_event",
  "draw",
  "draw_prize",
  "draw_purchase",
  "sharing_program",
  "sharing_merchant",
  "sharing_account",
  "sharing_sale",
  "sharing_day",
] as const satisfies readonly (keyof LedgerTables)[];

/** Empties the read side; the chain fills it again. */
export async function clearLedger(db: Database): Promise<void> {
  await sql`truncate ${sql.join(LEDGER_TABLES.map((table) => sql.table(table)))}`.execute(db);
}

/** Takes or renews the right to index, by the database's own clock. */
export async function holdIndexerLease(db: Database, owner: string, leaseMs: number): Promise<boolean> {
  const taken = await sql`insert into indexer_lease (id, owner, lease_until)
    values (1, ${owner}, clock_timestamp() + ${leaseMs} * interval '1 millisecond')
    on conflict (id) do update set owner = excluded.owner, lease_until = excluded.lease_until
      where indexer_lease.owner = excluded.owner or indexer_lease.lease_until < clock_timestamp()
    returning owner`.execute(db);
  return taken.rows.length === 1;
}

/** Lets another process start at once instead of waiting for the lease to run out. */
export async function dropIndexerLease(db: Database, owner: string): Promise<void> {
  await db.deleteFrom("indexer_lease").where("owner", "=", owner).execute();
}
