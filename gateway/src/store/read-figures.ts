/** Sums for charts: how a token is spread over its holders, what flows in and out of it, and the alliance day by day. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { FlowDayRow, LedgerDayRow } from "./tables-days.ts";
import type { PricePostRow } from "./tables-ledger.ts";

/** Holders of one hundredth of all, from the largest down, whose balances have the same number of digits. */
export interface SpreadRow {
  readonly percent: number;
  readonly digits: number;
  readonly holders: number;
  readonly points: string;
  /** Sum of rank · balance, the largest having rank 1. */
  readonly ranked: string;
  /** Of those needed, from the largest down, to have half of all. */
  readonly to_half: number;
}

/** One pass over the holders in the order of an index. `holders` and `total` are those of the token's row. */
export async function readSpread(
  db: Tx,
  token: Address,
  { holders, total }: { holders: number; total: string },
): Promise<SpreadRow[]> {
  const { rows } = await sql<SpreadRow>`select
      least(100, (rank * 100 + ${holders}::bigint - 1) / ${holders}::bigint)::integer as percent,
      length(balance::text) as digits, count(*)::integer as holders, sum(balance)::text as points,
      sum(rank::numeric * balance)::text as ranked,
      (count(*) filter (where (running - balance) * 2 < ${total}::numeric))::integer as to_half
    from (
      select balance, row_number() over (order by balance desc, account) as rank,
        sum(balance) over (order by balance desc, account rows unbounded preceding) as running
      from holding where token = ${token} and balance > 0
    ) as spread group by 1, 2 order by 1, 2 desc`.execute(db);
  return rows;
}

type FlowSum = Omit<FlowDayRow, "day" | "swaps"> & { swaps: string };

/** What was swapped out of and into a token since a UTC day, by the other token. */
export async function readFlowsOf(db: Tx, token: Address, fromDay: number): Promise<FlowSum[]> {
  const side = (column: "token_in" | "token_out") =>
    db
      .selectFrom("flow_day")
      .select(["token_in", "token_out"])
      .select((read) => [
        read.fn.sum<string>("swaps").as("swaps"),
        read.fn.sum<string>("amount_in").as("amount_in"),
        read.fn.sum<string>("hub").as("hub"),
        read.fn.sum<string>("amount_out").as("amount_out"),
      ])
      .where(column, "=", token)
      .where("day", ">=", fromDay)
      .groupBy(["token_in", "token_out"])
      .execute();
  return [...(await side("token_in")), ...(await side("token_out"))];
}

/** A posted price, with the second at which the next one was posted. */
export type PriceRow = PricePostRow & { readonly replaced_at: string | null };

export async function readPrices(
  db: Tx,
  token: Address,
  page: { limit: number; before?: string | undefined },
): Promise<PriceRow[]> {
  const { rows } = await sql<PriceRow>`select post.*, (select time from price_post next
      where next.token = post.token and next.position > post.position order by next.position limit 1) as replaced_at
    from price_post post where token = ${token} and position < ${page.before ?? "9223372036854775807"}
    order by position desc limit ${page.limit + 1}`.execute(db);
  return rows;
}

/** From a day of the alliance on, in order. */
export async function readLedgerDays(db: Tx, fromDay: number): Promise<LedgerDayRow[]> {
  return db.selectFrom("ledger_day").selectAll().where("day", ">=", fromDay).orderBy("day").execute();
}

export interface TokenDaySum {
  readonly token: Address;
  readonly day: number;
  readonly issued: string;
  readonly redeemed: string;
  readonly expired: string;
  /** circulating + held + pooled as the day ended. */
  readonly outstanding: string;
}

/** Days of all tokens from a day on, and before those the last day of each, from which its figures go on. */
export async function readTokenDaysFrom(db: Tx, fromDay: number): Promise<TokenDaySum[]> {
  const { rows } = await sql<TokenDaySum>`select token, day, issued, redeemed, expired,
      circulating + held + pooled as outstanding from token_day where day >= ${fromDay}
    union all (
      select t.address, d.day, 0, 0, 0, d.outstanding from point_token t cross join lateral (
        select day, circulating + held + pooled as outstanding from token_day
        where token = t.address and day < ${fromDay} order by day desc limit 1) as d
    ) order by 2, 1`.execute(db);
  return rows;
}

/** Days on which points of a token expired, newest first. */
export async function readExpiredDays(
  db: Tx,
  token: Address,
  limit: number,
): Promise<{ day: number; expired: string }[]> {
  return db
    .selectFrom("token_day")
    .select(["day", "expired"])
    .where("token", "=", token)
    .where("expired", ">", "0")
    .orderBy("day", "desc")
    .limit(limit)
    .execute();
}
