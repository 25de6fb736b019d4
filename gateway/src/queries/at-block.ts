/** Reads that speak of one block: all rows of an answer come from one snapshot of the store. */
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Database, Tx } from "../store/database.ts";
import type { Cursor } from "../store/ledger-cursor.ts";
import { readCursor } from "../store/ledger-cursor.ts";

/** What every query needs to know. */
export interface Reading {
  readonly db: Database;
  /** The alliance token. */
  readonly alp: Address;
}

export interface BlockView {
  readonly number: number;
  readonly hash: Hex32;
  /** Unix seconds; the "now" of the answer. */
  readonly timestamp: number;
}

export interface Snapshot {
  readonly tx: Tx;
  readonly alp: Address;
  readonly cursor: Cursor;
  readonly block: BlockView;
}

/** Runs `read` in a snapshot and adds the block that the answer is true at. */
export async function atBlock<T extends object>(
  { db, alp }: Reading,
  read: (snapshot: Snapshot) => Promise<T>,
): Promise<T & { block: BlockView }> {
  return db
    .transaction()
    .setIsolationLevel("repeatable read")
    .setAccessMode("read only")
    .execute(async (tx) => {
      const cursor = await readCursor(tx);
      if (cursor === undefined) throw new LedgerError("not_ready", { detail: "no block has been read yet" });
      const block = { number: cursor.blockNumber, hash: cursor.blockHash, timestamp: cursor.timestamp };
      return { ...(await read({ tx, alp, cursor, block })), block };
    });
}

export interface PageQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface PageOf<T> {
  readonly items: T[];
  readonly nextCursor: string | null;
}

/** `rows` holds one more than the page shows when there is a next page. */
export function cutPage<Row, T>(
  rows: readonly Row[],
  limit: number,
  show: { item: (row: Row) => T; cursor: (row: Row) => string },
): PageOf<T> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    items: shown.map(show.item),
    nextCursor: rows.length > limit && last !== undefined ? show.cursor(last) : null,
  };
}

/** Refuses a cursor that was not made by this list. */
export function refuseCursor(): never {
  throw new LedgerError("request_invalid", { field: "cursor", problem: "must be a nextCursor of this list" });
}

/** A position: a whole number of at most 63 bits. */
export function positionCursor(cursor: string | undefined): string | undefined {
  if (cursor !== undefined && !/^[0-9]{1,18}$/.test(cursor)) refuseCursor();
  return cursor;
}

const INTEGER_MAX = 2_147_483_647;

/** An id, a day or a block number: a column of 31 bits, which PostgreSQL refuses to compare with more. */
export function integerCursor(cursor: string | undefined, first: number): number {
  const at = Number(positionCursor(cursor) ?? first);
  return at > INTEGER_MAX ? refuseCursor() : at;
}

export function found<T>(row: T | undefined, what: string): T {
  if (row === undefined) throw new LedgerError("not_found", { what });
  return row;
}
