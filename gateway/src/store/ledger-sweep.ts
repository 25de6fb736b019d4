/** Expiry: points whose epoch is over leave the balances, though no event says so. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import { LANES } from "../kernel/lots.ts";
import type { Tx } from "./database.ts";
import type { LapseRow } from "./tables-expiry.ts";
import type { PointTokenRow } from "./tables-ledger.ts";

/** The second of the next border of any token; undefined when no token's points ever expire. */
export async function readNextBorder(tx: Tx): Promise<number | undefined> {
  const row = await tx
    .selectFrom("point_token")
    .select((read) => read.fn.min("border_at").as("at"))
    .executeTakeFirst();
  return row?.at ? Number(row.at) : undefined;
}

/** Tokens whose next epoch has begun by `time`. */
export async function readTokensDue(tx: Tx, time: number): Promise<PointTokenRow[]> {
  return tx
    .selectFrom("point_token")
    .selectAll()
    .where("border_at", "<=", String(time))
    .orderBy("border_at")
    .orderBy("address")
    .execute();
}

export interface Swept {
  readonly points: bigint;
  /** Accounts that have nothing left. */
  readonly holders: number;
}

export interface Border {
  /** The epoch that begins. */
  readonly epoch: number;
  /** Its first second. */
  readonly at: number;
}

/**
 * Removes the points of `epoch − 4` as `epoch` begins. Rows that lose nothing are not touched: their lanes are read
 * relative to their own `touched`, so a border of a million holders writes only those who lose points. What each lost is
 * kept: it is what may be given back.
 */
export async function sweepHoldings(tx: Tx, token: Address, { epoch, at }: Border): Promise<Swept> {
  const dying = sql`case touched when ${epoch - 1}::integer then lane3 when ${epoch - 2}::integer then lane2
    when ${epoch - 3}::integer then lane1 when ${epoch - 4}::integer then lane0 else 0 end`;
  const losing = sql`token = ${token} and balance > 0 and ${dying} > 0`;
  const sums = await sql<{ points: string | null; holders: number }>`
    select sum(${dying})::text as points, (count(*) filter (where balance = ${dying}))::integer as holders
    from holding where ${losing}`.execute(tx);
  await sql`insert into lapse (token, account, epoch, points, expired_at)
    select token, account, ${epoch - LANES}::integer, ${dying}, ${at}::bigint from holding where ${losing}`.execute(tx);
  await sql`update holding set balance = balance - ${dying},
    lane3 = case when touched = ${epoch - 1} then 0 else lane3 end,
    lane2 = case when touched = ${epoch - 2} then 0 else lane2 end,
    lane1 = case when touched = ${epoch - 3} then 0 else lane1 end,
    lane0 = case when touched = ${epoch - 4} then 0 else lane0 end
    where ${losing}`.execute(tx);
  const row = sums.rows[0];
  return { points: BigInt(row?.points ?? "0"), holders: row?.holders ?? 0 };
}

/** Points that expired while they were held or redeemed, beside what the sweep took: an account may have both. */
export async function addLapses(tx: Tx, rows: readonly LapseRow[]): Promise<void> {
  if (rows.length === 0) return;
  await sql`insert into lapse (token, account, epoch, points, expired_at)
    select token, account, epoch, sum(points), min(expired_at)
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(token text, account text, epoch integer, points bigint, expired_at bigint)
    group by token, account, epoch
    on conflict (token, account, epoch) do update set points = lapse.points + excluded.points`.execute(tx);
}
