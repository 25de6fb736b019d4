/** Lists in windows of blocks, in either order, as tools of other explorers page them: row 1 to 10,000 of an account. */
import type { Address } from "../kernel/ids.ts";
import { positionOf } from "../kernel/position.ts";
import type { Tx } from "./database.ts";
import type { TransactionRow, TransferRow } from "./tables-ledger.ts";

export interface Window {
  /** Blocks, both ends inclusive. */
  readonly from: number;
  readonly to: number;
  readonly order: "asc" | "desc";
  readonly skip: number;
  readonly limit: number;
}

/** Rows of two index ranges in one order, without those that stand in both. */
function merge<Row extends { position: string }>(parts: readonly Row[][], { order, skip, limit }: Window): Row[] {
  const rows = [...new Map(parts.flat().map((row) => [row.position, row])).values()];
  const sign = order === "asc" ? 1 : -1;
  rows.sort((a, b) => sign * Number(BigInt(a.position) - BigInt(b.position)));
  return rows.slice(skip, skip + limit);
}

const bounds = ({ from, to }: Window): [string, string] => [positionOf(from, 0), positionOf(to + 1, 0)];

/** Two ranges of two indexes: an `or` would read all of the larger one. */
export async function readTransactionWindow(db: Tx, account: Address, window: Window): Promise<TransactionRow[]> {
  const [first, end] = bounds(window);
  const of = (side: "sender" | "receiver"): Promise<TransactionRow[]> =>
    db
      .selectFrom("transaction")
      .selectAll()
      .where(side, "=", account)
      .where("position", ">=", first)
      .where("position", "<", end)
      .orderBy("position", window.order)
      .limit(window.skip + window.limit)
      .execute();
  return merge([await of("sender"), await of("receiver")], window);
}

export interface TransfersOf {
  readonly account?: Address | undefined;
  readonly token?: Address | undefined;
}

export async function readTransferWindow(
  db: Tx,
  { account, token }: TransfersOf,
  window: Window,
): Promise<TransferRow[]> {
  const [first, end] = bounds(window);
  const of = (side?: "from_account" | "to_account"): Promise<TransferRow[]> => {
    let query = db.selectFrom("transfer").selectAll().where("position", ">=", first).where("position", "<", end);
    if (token !== undefined) query = query.where("token", "=", token);
    if (side !== undefined && account !== undefined) query = query.where(side, "=", account);
    return query
      .orderBy("position", window.order)
      .limit(window.skip + window.limit)
      .execute();
  };
  if (account === undefined) return merge([await of()], window);
  return merge([await of("from_account"), await of("to_account")], window);
}

/** Transactions that deployed something, newest first. */
export async function readDeployments(db: Tx, limit: number): Promise<TransactionRow[]> {
  return db
    .selectFrom("transaction")
    .selectAll()
    .where("receiver", "is", null)
    .orderBy("position", "desc")
    .limit(limit)
    .execute();
}

export async function readBlockTimes(db: Tx, numbers: readonly number[]): Promise<Map<number, string>> {
  if (numbers.length === 0) return new Map();
  const rows = await db.selectFrom("block").select(["number", "time"]).where("number", "in", numbers).execute();
  return new Map(rows.map(({ number, time }) => [number, time]));
}

/** The last block until a second, or the first from it on. */
export async function findBlockAt(db: Tx, time: number, closest: "before" | "after"): Promise<number | undefined> {
  const [side, order] = closest === "before" ? (["<=", "desc"] as const) : ([">=", "asc"] as const);
  const row = await db
    .selectFrom("block")
    .select("number")
    .where("time", side, String(time))
    .orderBy("time", order)
    .orderBy("number", order)
    .limit(1)
    .executeTakeFirst();
  return row?.number;
}

/** The largest first. ALP is kept apart from points. */
export async function readHoldersPage(
  db: Tx,
  { token, alp }: { token: Address; alp: Address },
  { skip, limit }: { skip: number; limit: number },
): Promise<{ account: Address; balance: string }[]> {
  if (token === alp)
    return db
      .selectFrom("alp_balance")
      .select(["account", "balance"])
      .where("balance", ">", "0")
      .orderBy("balance", "desc")
      .orderBy("account")
      .limit(limit)
      .offset(skip)
      .execute();
  return db
    .selectFrom("holding")
    .select(["account", "balance"])
    .where("token", "=", token)
    .where("balance", ">", "0")
    .orderBy("balance", "desc")
    .orderBy("account")
    .limit(limit)
    .offset(skip)
    .execute();
}
