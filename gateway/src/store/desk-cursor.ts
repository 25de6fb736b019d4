/** How far the rules of the desk have looked, and which blocks a look may take in at once. */
import { sql } from "kysely";
import type { Hex32 } from "../kernel/ids.ts";
import { positionOf } from "../kernel/position.ts";
import type { Tx } from "./database.ts";

export interface DeskCursor {
  readonly blockNumber: number;
  readonly blockHash: Hex32;
}

/** Reads it and keeps every other process out until the transaction ends. Undefined before the first look. */
export async function lockDeskCursor(tx: Tx): Promise<DeskCursor | undefined> {
  await sql`insert into desk_cursor (id, block_number, block_hash) values (1, -1, '') on conflict (id) do nothing`.execute(
    tx,
  );
  const row = await tx.selectFrom("desk_cursor").selectAll().where("id", "=", 1).forUpdate().executeTakeFirstOrThrow();
  return row.block_number < 0 ? undefined : { blockNumber: row.block_number, blockHash: row.block_hash };
}

export async function saveDeskCursor(tx: Tx, cursor: DeskCursor): Promise<void> {
  const { blockNumber, blockHash } = cursor;
  await tx.updateTable("desk_cursor").set({ block_number: blockNumber, block_hash: blockHash }).execute();
}

export interface LookRange {
  readonly from: number;
  readonly to: number;
  readonly toHash: Hex32;
  readonly firstTime: number;
  readonly lastTime: number;
}

/** The blocks after `after` up to `head`, as many as hold about `eventsMax` events; undefined when there are none. */
export async function readLookRange(
  tx: Tx,
  after: number,
  limits: { head: number; blocksMax: number; eventsMax: number },
): Promise<LookRange | undefined> {
  const rows = await tx
    .selectFrom("block")
    .select(["number", "hash", "time", "event_count"])
    .where("number", ">", after)
    .where("number", "<=", limits.head)
    .orderBy("number")
    .limit(limits.blocksMax)
    .execute();
  const [first] = rows;
  if (first === undefined) return undefined;
  let last = first;
  let events = 0;
  for (const row of rows) {
    events += row.event_count;
    if (events > limits.eventsMax && row !== first) break;
    last = row;
  }
  return {
    from: first.number,
    to: last.number,
    toHash: last.hash,
    firstTime: Number(first.time),
    lastTime: Number(last.time),
  };
}

/** The position from which on everything happened at or after `time`: some twenty look-ups, whatever the chain's length. */
export async function positionAtTime(tx: Tx, time: number): Promise<string> {
  const edge = async (order: "asc" | "desc"): Promise<number> =>
    (await tx.selectFrom("block").select("number").orderBy("number", order).limit(1).executeTakeFirst())?.number ?? 0;
  let [low, high] = [await edge("asc"), (await edge("desc")) + 1];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = await tx.selectFrom("block").select("time").where("number", "=", middle).executeTakeFirst();
    if (row === undefined || Number(row.time) < time) low = middle + 1;
    else high = middle;
  }
  return positionOf(low, 0);
}
