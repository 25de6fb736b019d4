/** Movements of one token, by kind, account and time: each page is a range of an index (migrations/0016-reads.sql). */
import { positionOf } from "../kernel/position.ts";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Page } from "./read-activity.ts";
import type { TransferRow } from "./tables-ledger.ts";

export interface TransfersOf {
  readonly token: Address;
  readonly kind?: string | undefined;
  /** That sent or received them. */
  readonly account?: Address | undefined;
  /** Unix seconds, both ends inclusive. */
  readonly from?: number | undefined;
  readonly to?: number | undefined;
}

const TOP = "9223372036854775807";

/** Positions between the two, both exclusive. */
interface Span {
  readonly after: string;
  readonly before: string;
}

export async function readTransfersOfToken(db: Tx, of: TransfersOf, page: Page): Promise<TransferRow[]> {
  const span = await spanOf(db, of, page);
  const { account } = of;
  if (account === undefined) return readSide(db, of, { span, limit: page.limit });
  // Two ranges, merged: an `or` would read all of the larger one.
  const sides = { span, limit: page.limit, account };
  const sent = await readSide(db, of, { ...sides, side: "from_account" });
  const received = await readSide(db, of, { ...sides, side: "to_account" });
  const all = new Map([...sent, ...received].map((row) => [row.position, row]));
  return [...all.values()].sort((a, b) => Number(BigInt(b.position) - BigInt(a.position))).slice(0, page.limit + 1);
}

interface Side {
  readonly span: Span;
  readonly limit: number;
  readonly side?: "from_account" | "to_account";
  readonly account?: Address;
}

async function readSide(db: Tx, { token, kind }: TransfersOf, { span, limit, side, account }: Side) {
  let query = db
    .selectFrom("transfer")
    .selectAll()
    .where("token", "=", token)
    .where("position", "<", span.before)
    .where("position", ">", span.after);
  if (kind !== undefined) query = query.where("kind", "=", kind);
  if (side !== undefined && account !== undefined) query = query.where(side, "=", account);
  return query
    .orderBy("position", "desc")
    .limit(limit + 1)
    .execute();
}

/** Times are those of blocks, and blocks are in the order of positions. */
async function spanOf(db: Tx, { from, to }: TransfersOf, page: Page): Promise<Span> {
  const first = from === undefined ? undefined : await readBlockNear(db, from, "first");
  const last = to === undefined ? undefined : await readBlockNear(db, to, "last");
  const after = from === undefined ? "-1" : first === undefined ? TOP : String(BigInt(positionOf(first, 0)) - 1n);
  const cursor = page.before ?? TOP;
  const end = to === undefined ? TOP : last === undefined ? "0" : positionOf(last + 1, 0);
  return { after, before: BigInt(end) < BigInt(cursor) ? end : cursor };
}

/** The first block at or after a second, or the last one at or before it. */
async function readBlockNear(db: Tx, time: number, which: "first" | "last"): Promise<number | undefined> {
  const direction = which === "first" ? "asc" : "desc";
  const row = await db
    .selectFrom("block")
    .select("number")
    .where("time", which === "first" ? ">=" : "<=", String(time))
    .orderBy("time", direction)
    .orderBy("number", direction)
    .limit(1)
    .executeTakeFirst();
  return row?.number;
}
