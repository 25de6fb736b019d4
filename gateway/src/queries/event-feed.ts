/** The stream of business events: what follows a place, told in words, from the store alone. */
import type { Action } from "../kernel/actions.ts";
import type { Hex32 } from "../kernel/ids.ts";
import { blockOf, positionOf } from "../kernel/position.ts";
import type { Topic } from "../kernel/action-names.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import { readBlockHash } from "../store/ledger-read.ts";
import { readEventsAfter } from "../store/read-events.ts";
import type { BusinessEventRow } from "../store/tables-governance.ts";
import { labelAmounts } from "./amounts.ts";
import type { Reading, Snapshot } from "./at-block.ts";
import { atBlock } from "./at-block.ts";
import { placeOf } from "./places.ts";
import type { AmountOf } from "./sentences.ts";
import { actionView, tokensOf } from "./sentences.ts";

export interface FeedFilter {
  readonly topics?: readonly Topic[] | undefined;
  readonly merchantId?: number | undefined;
}

/** Events read at once: a reader that comes back after a year is served in pages like everybody else. */
const PAGE = 200;

export type EventView = ReturnType<typeof eventView>;

function eventView(row: BusinessEventRow, amountOf: AmountOf, snapshot: Snapshot) {
  const merchants = [row.merchant_id, row.other_merchant_id].filter((id) => id !== null);
  return {
    position: row.position,
    topic: row.topic as Topic,
    merchantIds: merchants,
    ...placeOf(row),
    ...actionView(row.action as Action, amountOf, snapshot.alp),
  };
}

/** With the symbols of their tokens, which are read once for all of them. */
export async function eventViews(snapshot: Snapshot, rows: readonly BusinessEventRow[]): Promise<EventView[]> {
  const amountOf = await labelAmounts(
    snapshot,
    rows.flatMap((row) => tokensOf([row.action as Action])),
  );
  return rows.map((row) => eventView(row, amountOf, snapshot));
}

/** The block that a reader has come to: when it is another one later, the chain was set back. */
export interface Stand {
  readonly number: number;
  readonly hash: Hex32;
}

export interface FeedPage {
  readonly events: readonly EventView[];
  /** Where the reader stands now: nothing that it asked for lies before it. */
  readonly reached: string;
  readonly isMore: boolean;
  /** Undefined before the first block is read. */
  readonly stand: Stand | undefined;
  /** The block the store stands at: what to wait for a change of. */
  readonly seen: string;
  /** The chain was set back below what the reader has seen: what it knows is no longer so. */
  readonly isReset: boolean;
}

/** Where "from now on" begins. */
export async function feedEnd(reading: Reading): Promise<string> {
  const { end } = await atBlock(reading, ({ block }) => Promise.resolve({ end: endOf(block.number) }));
  return end;
}

/** The place after everything in a block. */
function endOf(blockNumber: number): string {
  return String(BigInt(positionOf(blockNumber + 1, 0)) - 1n);
}

export async function readFeed(
  reading: Reading,
  filter: FeedFilter,
  { after, stood }: { readonly after: string; readonly stood: Stand | undefined },
): Promise<FeedPage> {
  const isReady = (await readCursor(reading.db)) !== undefined;
  if (!isReady) return { events: [], reached: after, isMore: false, stand: stood, seen: "", isReset: false };
  return atBlock(reading, async (snapshot) => {
    const { tx, block } = snapshot;
    const stand = { number: block.number, hash: block.hash };
    const nothing = { events: [], reached: after, isMore: false, stand, seen: block.hash, isReset: false };
    // The read side is being built again: what the reader has seen comes first.
    if (blockOf(after) > block.number) return { ...nothing, stand: stood ?? stand };
    if (stood !== undefined && stood.number <= block.number) {
      const hash = await readBlockHash(tx, stood.number);
      if (hash !== undefined && hash !== stood.hash) return { ...nothing, isReset: true };
    }
    const rows = await readEventsAfter(tx, filter, { after, limit: PAGE });
    const isMore = rows.length === PAGE;
    const last = rows.at(-1)?.position ?? after;
    const end = endOf(block.number);
    return {
      events: await eventViews(snapshot, rows),
      reached: isMore || BigInt(last) > BigInt(end) ? last : end,
      isMore,
      stand,
      seen: block.hash,
      isReset: false,
    };
  });
}

/** The block the store stands at; undefined before the first. Cheap: asked several times a second by each process. */
export async function standOf({ db }: Reading): Promise<Hex32 | undefined> {
  return (await readCursor(db))?.blockHash;
}
