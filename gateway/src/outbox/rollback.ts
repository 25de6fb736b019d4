/** When the chain takes blocks back (a node restarted from an older state): what was in them is open again. */
import type { Block } from "../chain/client.ts";
import { LedgerError } from "../kernel/errors.ts";
import { readSeenBlock, resetSeenBlock, settleCommands, advanceSeenBlock } from "../store/outbox-settle.ts";
import type { SeenBlock } from "../store/outbox-settle.ts";
import { readSettledBlocks, unsettleAbove } from "../store/outbox-recover.ts";
import type { Work } from "./rooms.ts";
import { forgetSendings } from "./send.ts";

const BLOCKS_PER_LOOK = 50;
/** The newest block seen is written down this often; settlements write it too. */
const SEEN_EVERY_MS = 2_000;

/** What one process remembers of the chain between two looks. */
export interface Watch {
  head?: Block;
  behindSince?: number;
  isBehindTold?: boolean;
  seenWrittenAt?: number;
}

export type Standing = "ready" | "behind";

/** Compares the node with what the store has seen, and opens again what the chain no longer holds. */
export async function lookAtChain(work: Work, watch: Watch): Promise<Standing> {
  const { chain, db, clock, log } = work;
  const head = await chain.block("latest");
  if (head === undefined) throw new LedgerError("not_ready", { detail: "the node has no block" });
  const isNew = watch.head?.hash !== head.hash;
  watch.head = head;
  if (!isNew && watch.behindSince === undefined) return "ready";

  const seen = await readSeenBlock(db);
  const isShorter = seen !== undefined && head.number < seen.number;
  const strayed = await findStrayed(work, head, seen);
  if (isShorter && strayed === undefined) {
    watch.behindSince ??= clock.now();
    const isLong = clock.now() - watch.behindSince >= work.settings.behindMsMax;
    if (!isLong || !(await chain.mayBeSetBack()) || (await chain.isSyncing())) {
      if (isLong) tellBehind(work, watch, { head: head.number, seen: seen.number });
      return "behind";
    }
  }
  // Another node may know better than this one; it is asked next.
  if (strayed !== undefined && (await chain.isHeldSomewhere(strayed.number, strayed.hash))) return "behind";
  if (isShorter || (seen !== undefined && strayed !== undefined)) {
    const fork = await findFork(work, Math.min(head.number, seen.number));
    log.warn({ fork, head: head.number, seen: seen.number }, "the chain took blocks back: sending again what it lost");
    await rollBackTo(work, fork);
  }
  // Back from behind or rolled back: start over from what the chain shows now.
  delete watch.behindSince;
  delete watch.isBehindTold;
  await writeSeen(work, watch, head);
  return "ready";
}

/** The newest block we know that a chain of this length should hold, when it holds another one in its place. */
async function findStrayed(work: Work, head: Block, seen: SeenBlock | undefined): Promise<SeenBlock | undefined> {
  if (seen === undefined) return undefined;
  const known = head.number < seen.number ? (await readSettledBlocks(work.db, head.number + 1, 1))[0] : seen;
  return known === undefined || (await isOnChain(work, head, known)) ? undefined : known;
}

/** Nothing is sent until a node has caught up: what this one says of nonces and receipts is old. */
function tellBehind({ log }: Work, watch: Watch, at: { head: number; seen: number }): void {
  if (watch.isBehindTold !== true) log.warn(at, "every node that answers is behind: nothing is sent until one is not");
  watch.isBehindTold = true;
}

async function writeSeen({ db, clock }: Work, watch: Watch, head: Block): Promise<void> {
  if (watch.seenWrittenAt !== undefined && clock.now() - watch.seenWrittenAt < SEEN_EVERY_MS) return;
  watch.seenWrittenAt = clock.now();
  await advanceSeenBlock(db, { number: head.number, hash: head.hash });
}

async function isOnChain({ chain }: Work, head: Block, seen: SeenBlock): Promise<boolean> {
  if (head.number === seen.number) return head.hash === seen.hash;
  return (await chain.block(seen.number))?.hash === seen.hash;
}

/** The newest block with a settled transaction that the chain still holds. */
async function findFork({ chain, db, deployment }: Work, from: number): Promise<number> {
  let before = from + 1;
  for (;;) {
    const known = await readSettledBlocks(db, before, BLOCKS_PER_LOOK);
    if (known.length === 0) return deployment.deployedAtBlock;
    for (const { number, hash } of known) {
      if ((await chain.block(number))?.hash === hash) return number;
      before = number;
      // Older than the contracts: this is another chain, where the old bytes would do other things.
      if (number <= deployment.deployedAtBlock)
        throw new LedgerError("chain_mismatch", { stored: hash, found: `another block ${number}` });
    }
  }
}

async function rollBackTo(work: Work, fork: number): Promise<void> {
  const block = await work.chain.block(fork);
  await work.db.transaction().execute(async (tx) => {
    await settleCommands(tx, await unsettleAbove(tx, fork));
    if (block !== undefined) await resetSeenBlock(tx, { number: block.number, hash: block.hash });
  });
  forgetSendings(work);
}
