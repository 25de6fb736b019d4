/** Lists of what happened, newest first: each page is one range of an index, and reads one row more than it shows. */
import { positionOf } from "../kernel/position.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type * as rows from "./tables-ledger.ts";

export interface Page {
  readonly limit: number;
  /** The position after which the page begins: smaller ones follow. */
  readonly before?: string | undefined;
}

const TOP = "9223372036854775807";

const top = ({ before }: Page): string => before ?? TOP;

/** Of one token, or of all. */
export async function readTransfers(db: Tx, token: Address | undefined, page: Page): Promise<rows.TransferRow[]> {
  let query = db.selectFrom("transfer").selectAll().where("position", "<", top(page));
  if (token !== undefined) query = query.where("token", "=", token);
  return query
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** What an account sent or received. Two index ranges, merged: an `or` would read all of the larger one. */
export async function readTransfersOf(db: Tx, account: Address, page: Page): Promise<rows.TransferRow[]> {
  const of = (side: "from_account" | "to_account") =>
    db
      .selectFrom("transfer")
      .selectAll()
      .where(side, "=", account)
      .where("position", "<", top(page))
      .orderBy("position", "desc")
      .limit(page.limit + 1)
      .execute();
  const [sent, received] = [await of("from_account"), await of("to_account")];
  const all = new Map([...sent, ...received].map((row) => [row.position, row]));
  return [...all.values()].sort((a, b) => Number(BigInt(b.position) - BigInt(a.position))).slice(0, page.limit + 1);
}

export async function readIssues(db: Tx, token: Address, page: Page): Promise<rows.IssueRow[]> {
  return db
    .selectFrom("issue")
    .selectAll()
    .where("token", "=", token)
    .where("position", "<", top(page))
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

export interface RedemptionsOf {
  readonly token: Address;
  readonly holder?: Address | undefined;
  readonly ref?: Hex32 | undefined;
}

export async function readRedemptions(db: Tx, of: RedemptionsOf, page: Page): Promise<rows.RedemptionRow[]> {
  const { token, holder, ref } = of;
  let query = db.selectFrom("redemption").selectAll().where("token", "=", token).where("position", "<", top(page));
  if (holder !== undefined) query = query.where("holder", "=", holder);
  if (ref !== undefined) query = query.where("ref", "=", ref);
  return query
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

export interface SwapsOf {
  readonly account?: Address | undefined;
  /** Given or bought. */
  readonly token?: Address | undefined;
}

export async function readSwaps(db: Tx, of: SwapsOf, page: Page): Promise<rows.SwapRow[]> {
  if (of.token === undefined)
    return readSwapsBy(db, of.account === undefined ? undefined : ["account", of.account], page);
  const given = await readSwapsBy(db, ["token_in", of.token], page);
  const bought = await readSwapsBy(db, ["token_out", of.token], page);
  return [...given, ...bought].sort((a, b) => Number(BigInt(b.position) - BigInt(a.position))).slice(0, page.limit + 1);
}

type SwapSide = readonly ["account" | "token_in" | "token_out", Address];

async function readSwapsBy(db: Tx, by: SwapSide | undefined, page: Page): Promise<rows.SwapRow[]> {
  let query = db.selectFrom("swap").selectAll().where("position", "<", top(page));
  if (by !== undefined) query = query.where(by[0], "=", by[1]);
  return query
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function readBlocks(db: Tx, page: { limit: number; before: number }): Promise<rows.BlockRow[]> {
  return db
    .selectFrom("block")
    .selectAll()
    .where("number", "<", page.before)
    .orderBy("number", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function readBlock(db: Tx, by: number | Hex32): Promise<rows.BlockRow | undefined> {
  const query = db.selectFrom("block").selectAll();
  return (typeof by === "number" ? query.where("number", "=", by) : query.where("hash", "=", by)).executeTakeFirst();
}

export async function readTransactions(db: Tx, action: string | undefined, page: Page): Promise<rows.TransactionRow[]> {
  let query = db.selectFrom("transaction").selectAll().where("position", "<", top(page));
  if (action !== undefined) query = query.where("action", "=", action);
  return query
    .orderBy("position", "desc")
    .limit(page.limit + 1)
    .execute();
}

/** In the order of the block. */
export async function readTransactionsOfBlock(db: Tx, number: number): Promise<rows.TransactionRow[]> {
  return db
    .selectFrom("transaction")
    .selectAll()
    .where("position", ">=", positionOf(number, 0))
    .where("position", "<", positionOf(number + 1, 0))
    .orderBy("position")
    .limit(200)
    .execute();
}

export async function readTransaction(db: Tx, hash: Hex32): Promise<rows.TransactionRow | undefined> {
  return db.selectFrom("transaction").selectAll().where("hash", "=", hash).executeTakeFirst();
}

export async function readPricePosts(db: Tx, token: Address, limit: number): Promise<rows.PricePostRow[]> {
  return db
    .selectFrom("price_post")
    .selectAll()
    .where("token", "=", token)
    .orderBy("position", "desc")
    .limit(limit)
    .execute();
}
