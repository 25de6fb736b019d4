/** What the rules of the desk look at: ranges of indexes that end where the look ends, never whole tables. */
import { sql } from "kysely";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type * as rows from "./tables-ledger.ts";

/** Positions, the first included, the second not. */
export interface Span {
  readonly from: string;
  readonly to: string;
}

const ROWS_MAX = 20_000;

export async function readTransfersIn(tx: Tx, { from, to }: Span): Promise<rows.TransferRow[]> {
  return tx
    .selectFrom("transfer")
    .selectAll()
    .where("position", ">=", from)
    .where("position", "<", to)
    .orderBy("position")
    .execute();
}

export async function readSwapsIn(tx: Tx, { from, to }: Span): Promise<rows.SwapRow[]> {
  return tx
    .selectFrom("swap")
    .selectAll()
    .where("position", ">=", from)
    .where("position", "<", to)
    .orderBy("position")
    .execute();
}

export async function readPricePostsIn(tx: Tx, { from, to }: Span): Promise<rows.PricePostRow[]> {
  return tx
    .selectFrom("price_post")
    .selectAll()
    .where("position", ">=", from)
    .where("position", "<", to)
    .orderBy("position")
    .execute();
}

/** The price in force at `time`; undefined when the pool was not open yet. */
export async function readPriceAt(tx: Tx, token: Address, time: number): Promise<rows.PricePostRow | undefined> {
  return tx
    .selectFrom("price_post")
    .selectAll()
    .where("token", "=", token)
    .where("effective_at", "<=", String(time))
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
}

export interface IssueSlotRow {
  readonly token: Address;
  readonly slot: string;
  readonly points: string;
  readonly last_position: string;
  readonly last_time: string;
  readonly last_hash: Hex32;
}

/** Issues to accounts, summed by slots of time; what goes straight into the pool's reserve is no burst. */
export async function readIssueSlots(
  tx: Tx,
  tokens: readonly Address[],
  { from, to, slotSeconds }: Span & { slotSeconds: number },
): Promise<IssueSlotRow[]> {
  if (tokens.length === 0) return [];
  const found = await sql<IssueSlotRow>`
    select token, slot::text as slot, sum(points)::text as points,
      max(position)::text as last_position, max(time)::text as last_time,
      (array_agg(transaction_hash order by position desc))[1] as last_hash
    from (
      select token, floor(time / ${slotSeconds}::numeric)::bigint as slot, points, position, time, transaction_hash
      from issue
      where token = any(${[...tokens]}) and position >= ${from}::bigint and position < ${to}::bigint and not is_to_pool
    ) as issued
    group by token, slot
    order by max(position)`.execute(tx);
  return found.rows;
}

export async function readIssuedDays(
  tx: Tx,
  tokens: readonly Address[],
  days: { from: number; to: number },
): Promise<{ token: Address; day: number; issued: string }[]> {
  if (tokens.length === 0) return [];
  return tx
    .selectFrom("token_day")
    .select(["token", "day", "issued"])
    .where("token", "in", tokens)
    .where("day", ">=", days.from)
    .where("day", "<=", days.to)
    .execute();
}

/** The largest holders of a token. */
export async function readTopHoldings(
  tx: Tx,
  token: Address,
  limit: number,
): Promise<Pick<rows.HoldingRow, "account" | "balance">[]> {
  return tx
    .selectFrom("holding")
    .select(["account", "balance"])
    .where("token", "=", token)
    .where("balance", ">", "0")
    .orderBy("balance", "desc")
    .orderBy("account")
    .limit(limit)
    .execute();
}

export interface CoveredRow {
  readonly address: Address;
  readonly outstanding: string;
  readonly deposited: string;
  readonly requested: string;
}

/** Merchants that owe cover: one row each, whatever happened. */
export async function readCovered(tx: Tx): Promise<CoveredRow[]> {
  const found = await sql<CoveredRow>`
    select t.address, (t.circulating + t.held + t.pooled)::text as outstanding,
      coalesce(c.deposited, 0)::text as deposited, coalesce(c.requested, 0)::text as requested
    from point_token t
    join merchant m on m.id = t.merchant_id
    left join collateral c on c.merchant_id = t.merchant_id
    where m.status in ('active', 'issueHalted', 'suspended')
    order by t.merchant_id`.execute(tx);
  return found.rows;
}

/** Swaps of these accounts. */
export async function readSwapsOfAccounts(
  tx: Tx,
  accounts: readonly Address[],
  { from, to }: Span,
): Promise<rows.SwapRow[]> {
  if (accounts.length === 0) return [];
  return tx
    .selectFrom("swap")
    .selectAll()
    .where("account", "in", accounts)
    .where("position", ">=", from)
    .where("position", "<", to)
    .orderBy("position", "desc")
    .limit(ROWS_MAX)
    .execute();
}

/** What these accounts were sent by other accounts. */
export async function readTransfersTo(
  tx: Tx,
  accounts: readonly Address[],
  { from, to }: Span,
): Promise<rows.TransferRow[]> {
  if (accounts.length === 0) return [];
  return tx
    .selectFrom("transfer")
    .selectAll()
    .where("to_account", "in", accounts)
    .where("kind", "=", "transfer")
    .where("position", ">=", from)
    .where("position", "<", to)
    .orderBy("position", "desc")
    .limit(ROWS_MAX)
    .execute();
}

/** Of these accounts, what each sent of each token within the span. */
export async function readSentBy(
  tx: Tx,
  accounts: readonly Address[],
  { from, to }: Span,
): Promise<{ account: Address; token: Address; amount: string }[]> {
  if (accounts.length === 0) return [];
  return tx
    .selectFrom("transfer")
    .select((read) => ["from_account as account", "token", read.fn.sum<string>("amount").as("amount")])
    .where("from_account", "in", accounts)
    .where("position", ">=", from)
    .where("position", "<", to)
    .groupBy(["from_account", "token"])
    .execute();
}

/** Movements of points an account made or got within the span, and the last one before it, in order. */
export async function readMovementsOf(tx: Tx, account: Address, { from, to }: Span): Promise<rows.TransferRow[]> {
  const side = (column: "from_account" | "to_account") => ({
    within: tx
      .selectFrom("transfer")
      .selectAll()
      .where(column, "=", account)
      .where("position", ">=", from)
      .where("position", "<", to)
      .orderBy("position", "desc")
      .limit(ROWS_MAX)
      .execute(),
    before: tx
      .selectFrom("transfer")
      .selectAll()
      .where(column, "=", account)
      .where("position", "<", from)
      .orderBy("position", "desc")
      .limit(1)
      .execute(),
  });
  const [out, into] = [side("from_account"), side("to_account")];
  const within = new Map([...(await out.within), ...(await into.within)].map((row) => [row.position, row]));
  const before = [...(await out.before), ...(await into.before)].sort(byPosition).at(-1);
  return [...(before === undefined ? [] : [before]), ...[...within.values()].sort(byPosition)];
}

function byPosition(a: { position: string }, b: { position: string }): number {
  return Number(BigInt(a.position) - BigInt(b.position));
}
