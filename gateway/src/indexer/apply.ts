/** Applies a range of blocks: all of it or none of it, in one database transaction that also moves the cursor. */
import assert from "node:assert/strict";
import type { Block, ChainTransaction } from "../chain/client.ts";
import type { Action } from "../kernel/actions.ts";
import type { LedgerEvent } from "../kernel/events.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { Database, Tx } from "../store/database.ts";
import type { Cursor } from "../store/ledger-cursor.ts";
import { lockCursor, saveCursor } from "../store/ledger-cursor.ts";
import { readNextBorder } from "../store/ledger-sweep.ts";
import { positionOf } from "../kernel/position.ts";
import { saveConstants } from "../store/governance-constants.ts";
import { Books } from "./books.ts";
import type { Range } from "./fetch.ts";
import { loadFor } from "./keys.ts";
import { projectTransaction } from "./project.ts";
import { sweepExpired } from "./sweep.ts";

/** Raised when the range does not continue what is stored: another process was faster, or the chain is another one. */
export class RangeRefused extends Error {
  override readonly name = "RangeRefused";
}

/** `before` is the cursor the range was fetched for. */
export async function applyRange(db: Database, range: Range, before: Cursor): Promise<Cursor> {
  return db.transaction().execute(async (tx) => {
    const stored = await lockCursor(tx);
    if (stored !== undefined && stored.blockHash !== before.blockHash)
      throw new RangeRefused(`block ${stored.blockNumber} was applied by another process meanwhile`);
    assertContinues(range, before);
    const totals = { transactions: 0, transfers: 0, swaps: 0, accounts: 0 };
    const grouped = groupByBlock(range);
    if (range.announced.constants !== undefined) await saveConstants(tx, range.announced.constants);
    for (let start = 0; start < range.blocks.length;) {
      start = await applySegment(tx, { range, grouped, totals }, start);
    }
    const last = range.blocks.at(-1);
    assert(last !== undefined, "a range has at least one block");
    const after: Cursor = {
      ...before,
      blockNumber: last.number,
      blockHash: last.hash,
      timestamp: last.timestamp,
      transactionCount: before.transactionCount + totals.transactions,
      transferCount: before.transferCount + totals.transfers,
      swapCount: before.swapCount + totals.swaps,
      accountCount: before.accountCount + totals.accounts,
    };
    await saveCursor(tx, after);
    return after;
  });
}

function assertContinues({ blocks }: Range, before: Cursor): void {
  let { blockNumber, blockHash } = before;
  for (const block of blocks) {
    if (block.number !== blockNumber + 1 || block.parentHash !== blockHash)
      throw new RangeRefused(`block ${block.number} does not follow block ${blockNumber} ${blockHash}`);
    blockNumber = block.number;
    blockHash = block.hash;
  }
}

interface InBlock {
  readonly transactions: ChainTransaction[];
  readonly events: Map<Hex32, LedgerEvent[]>;
  eventCount: number;
}

function groupByBlock({ blocks, events, transactions }: Range): Map<number, InBlock> {
  const grouped = new Map<number, InBlock>();
  for (const { number } of blocks) grouped.set(number, { transactions: [], events: new Map(), eventCount: 0 });
  for (const transaction of transactions) grouped.get(transaction.blockNumber)?.transactions.push(transaction);
  for (const event of events) {
    const block = grouped.get(event.blockNumber);
    assert(block !== undefined, `an event of block ${event.blockNumber} lies outside the range`);
    block.eventCount += 1;
    const list = block.events.get(event.transactionHash);
    if (list === undefined) block.events.set(event.transactionHash, [event]);
    else list.push(event);
  }
  return grouped;
}

interface Work {
  readonly range: Range;
  readonly grouped: ReadonlyMap<number, InBlock>;
  readonly totals: { transactions: number; transfers: number; swaps: number; accounts: number };
}

/**
 * Applies blocks from `start` up to the next epoch border, or just past a block that announces a token (whose border
 * must be known before the next one). Answers where the next segment starts.
 */
async function applySegment(tx: Tx, { range, grouped, totals }: Work, start: number): Promise<number> {
  const { blocks, announced } = range;
  const first = blocks[start];
  assert(first !== undefined, "a segment starts inside the range");
  await sweepExpired(tx, announced, first.timestamp);
  const border = await readNextBorder(tx);
  const segment: Block[] = [];
  for (const block of blocks.slice(start)) {
    if (border !== undefined && block.timestamp >= border) break;
    segment.push(block);
    if (announcesToken(grouped.get(block.number))) break;
  }
  const books = new Books(announced);
  const timed = segment.flatMap((block) =>
    [...(grouped.get(block.number)?.events.values() ?? [])].flat().map((event) => ({ event, time: block.timestamp })),
  );
  await loadFor(tx, books, timed);
  for (const block of segment) {
    const inBlock = grouped.get(block.number);
    assert(inBlock !== undefined, "every block of the range is grouped");
    projectBlock(books, { block, inBlock, range });
  }
  totals.accounts += await books.save(tx);
  totals.transactions += books.transactions.length;
  totals.transfers += books.transfers.length;
  totals.swaps += books.swaps.length;
  return start + segment.length;
}

function announcesToken(block: InBlock | undefined): boolean {
  for (const events of block?.events.values() ?? [])
    if (events.some(({ type }) => type === "registry.MerchantApproved")) return true;
  return false;
}

interface BlockWork {
  readonly block: Block;
  readonly inBlock: InBlock;
  readonly range: Range;
}

function projectBlock(books: Books, { block, inBlock, range }: BlockWork): void {
  books.time = block.timestamp;
  for (const transaction of inBlock.transactions.sort((a, b) => a.transactionIndex - b.transactionIndex)) {
    const events = inBlock.events.get(transaction.hash) ?? [];
    const actions = projectTransaction(books, events);
    const receipt = range.receipts.get(transaction.hash);
    assert(receipt !== undefined, `the node has transaction ${transaction.hash} but no receipt of it`);
    books.transactions.push({
      position: positionOf(block.number, transaction.transactionIndex),
      hash: transaction.hash,
      time: String(block.timestamp),
      sender: transaction.from,
      receiver: transaction.to ?? null,
      succeeded: receipt.succeeded,
      gas_used: String(receipt.gasUsed),
      action: mainAction(actions, receipt.succeeded),
      actions,
    });
  }
  books.blocks.push({
    number: block.number,
    hash: block.hash,
    parent_hash: block.parentHash,
    time: String(block.timestamp),
    miner: block.miner,
    gas_used: String(block.gasUsed),
    transaction_count: inBlock.transactions.length,
    event_count: inBlock.eventCount,
  });
}

function mainAction(actions: readonly Action[], succeeded: boolean): string {
  return actions[0]?.action ?? (succeeded ? "other" : "reverted");
}
