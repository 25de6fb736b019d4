/** A ledger with very many rows, written by the database itself: what pages are measured on. */
import { sql } from "kysely";
import type { Address } from "../../src/kernel/ids.ts";
import type { Database } from "../../src/store/database.ts";
import { HistoryRows } from "./history-rows.ts";

/** Seconds between two blocks; each has ten movements. */
const BLOCK_SECONDS = 5;
const PER_BLOCK = 10;
const STARTS_AT = 1_750_000_000;

export interface ManyRows {
  readonly token: Address;
  /** An account with about a tenth of all movements; one with five. */
  readonly busy: Address;
  readonly quiet: Address;
  /** Seconds of a block in the middle. */
  readonly middle: number;
}

const addressOf = (n: string) => sql.raw(`('0x' || lpad(to_hex(${n}), 40, '0'))`);

/**
 * `rows` accounts that hold something, and as many movements of one token: every tenth of them of one account, every
 * thousandth of a rare kind.
 */
export async function fillRows(db: Database, rows: number): Promise<ManyRows> {
  const history = new HistoryRows(db, { startsAt: STARTS_AT });
  const token = await history.merchant(1);
  const blocks = Math.ceil(rows / PER_BLOCK);
  await db.transaction().execute(async (tx) => {
    // A million rows take longer than any question of the gateway may.
    await sql`set local statement_timeout = 0`.execute(tx);
    await sql`insert into block (number, hash, parent_hash, time, miner, gas_used, transaction_count, event_count)
    select b, 'h' || b, 'h' || (b - 1), ${STARTS_AT}::bigint + b * ${BLOCK_SECONDS}::integer, '0x', 0, 1, ${PER_BLOCK}::integer
    from generate_series(2, ${blocks}::integer) b`.execute(tx);
    await sql`insert into transfer (position, token, from_account, to_account, amount, kind, transaction_hash, time)
    select (i / ${PER_BLOCK}::integer + 1)::bigint * 1000000 + i % ${PER_BLOCK}::integer, ${token},
      case when i % 10 = 0 then ${addressOf("1")} else ${addressOf("i / 5 + 2")} end, ${addressOf("i / 5 + 3")},
      100 + i, case when i % 1000 = 7 then 'reverse' else 'transfer' end, '0x' || lpad(to_hex(i), 64, '0'),
      ${STARTS_AT}::bigint + (i / ${PER_BLOCK}::integer + 1) * ${BLOCK_SECONDS}::integer
    from generate_series(0, ${rows - 1}::integer) i`.execute(tx);
    await sql`insert into account (address, first_seen_at, last_position, last_at)
    select ${addressOf("i")}, ${STARTS_AT}::bigint, (i / ${PER_BLOCK}::integer + 1)::bigint * 1000000 + i % 10, ${STARTS_AT}::bigint
    from generate_series(1, ${rows}::integer) i`.execute(tx);
    await sql`insert into holding (token, account, touched, lane0, lane1, lane2, lane3, balance, debt, is_frozen, last_position)
    select ${token}, ${addressOf("i")}, 0, 100 + i, 0, 0, 0, 100 + i, 0, false,
      (i / ${PER_BLOCK}::integer + 1)::bigint * 1000000 + i % 10
    from generate_series(1, ${rows}::integer) i`.execute(tx);
    await sql`update point_token set holder_count = ${rows}::integer,
    circulating = (select sum(balance) from holding), lane0 = (select sum(balance) from holding)`.execute(tx);
    await sql`analyze`.execute(tx);
  });
  await history.block(blocks * BLOCK_SECONDS);
  const account = (n: number) => `0x${n.toString(16).padStart(40, "0")}` as Address;
  return {
    token,
    busy: account(1),
    quiet: account(Math.floor(rows / 10) + 2),
    middle: STARTS_AT + Math.floor(blocks / 2) * BLOCK_SECONDS,
  };
}

/** Every page whose time must not depend on what stands behind it. */
export function pagesOf({ token, busy, quiet, middle }: ManyRows): Readonly<Record<string, string>> {
  const transfers = `/v1/points/${token}/transfers?limit=50`;
  return {
    accounts: "/v1/accounts?limit=50",
    "accounts of customers": "/v1/accounts?limit=50&kind=customer",
    "accounts of a token": `/v1/accounts?limit=50&token=${token}`,
    holders: `/v1/points/${token}/holders?limit=50`,
    transfers: transfers,
    "transfers of a rare kind": `${transfers}&kind=reverse`,
    "transfers of a busy account": `${transfers}&account=${busy}`,
    "transfers of a quiet account": `${transfers}&account=${quiet}`,
    "transfers before a time": `${transfers}&to=${middle}`,
    "transfers after a time": `${transfers}&from=${middle}`,
    "an account's transfers": `/v1/accounts/${busy}/transfers?limit=50`,
  };
}
