/**
 * Transactions of our keys that this store does not know: it was restored from a backup, or a key was used elsewhere.
 * They are read from the chain and taken over, before anything new is signed, so that nothing they issued is issued again.
 */
import type { ChainTransaction } from "../chain/client.ts";
import { decodeIssueBatch, formatWords, unpackWord } from "../chain/issue-words.ts";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "../store/database.ts";
import type { LeasedKey } from "../store/leases.ts";
import { hasFoundItems, matchFoundItems } from "../store/outbox-queue.ts";
import {
  insertFound,
  insertFoundBatch,
  matchFoundCall,
  readLastKnownBlock,
  setAdoptedNonce,
} from "../store/outbox-recover.ts";
import type { FoundTransaction } from "../store/outbox-recover.ts";
import { confirmSteps, readCommandsOf, requeueItems, requeueSteps, settleCommands } from "../store/outbox-settle.ts";
import { readOwnNextNonces } from "../store/outbox-transactions.ts";
import { ring } from "./bell.ts";
import type { Work } from "./rooms.ts";

/** Blocks read at once, with their transactions. */
const BLOCKS_PER_LOOK = 50;

/** Keys whose nonce on the chain is beyond everything this store has signed or looked at. */
export async function findStrangers(
  { db }: Work,
  keys: readonly LeasedKey[],
  chainNonces: ReadonlyMap<Address, number>,
): Promise<LeasedKey[]> {
  const own = await readOwnNextNonces(
    db,
    keys.map(({ address }) => address),
  );
  return keys.filter(({ address, adopted_nonce: adopted }) => {
    const known = Math.max(own.get(address) ?? 0, adopted);
    return (chainNonces.get(address) ?? 0) > known;
  });
}

/** Reads the chain from the last block known of these keys to `head` and takes over what the store does not have. */
export async function adopt(
  work: Work,
  keys: readonly { address: Address; chainNonce: number }[],
  head: number,
): Promise<number> {
  const addresses = keys.map(({ address }) => address);
  const wanted = new Set(addresses);
  const from = (await readLastKnownBlock(work.db, addresses)) ?? work.deployment.deployedAtBlock;
  work.log.warn({ signers: addresses, from, head }, "reading transactions of our keys that this store does not know");
  let adopted = 0;
  for (let first = from; first <= head; first += BLOCKS_PER_LOOK) {
    const last = Math.min(head, first + BLOCKS_PER_LOOK - 1);
    const seen = await work.chain.transactionsOf(first, last);
    const ours = seen.filter((transaction) => wanted.has(transaction.from));
    if (ours.length > 0) adopted += await takeOver(work, ours);
  }
  await work.db.transaction().execute(async (tx) => {
    for (const { address, chainNonce } of keys) await setAdoptedNonce(tx, address, chainNonce);
  });
  if (adopted > 0) ring(work.db, "settled");
  return adopted;
}

async function takeOver(work: Work, transactions: readonly ChainTransaction[]): Promise<number> {
  const receipts = await work.chain.receipts(transactions.map(({ hash }) => hash));
  let adopted = 0;
  await work.db.transaction().execute(async (tx) => {
    for (const transaction of transactions) {
      const succeeded = receipts.get(transaction.hash)?.succeeded ?? false;
      if (await takeOverOne(tx, transaction, succeeded)) adopted += 1;
    }
    await settleCommands(tx, await matchFoundItems(tx));
  });
  return adopted;
}

async function takeOverOne(tx: Tx, transaction: ChainTransaction, succeeded: boolean): Promise<boolean> {
  const found: FoundTransaction = {
    signer: transaction.from,
    nonce: transaction.nonce,
    hash: transaction.hash,
    succeeded,
    block: { number: transaction.blockNumber, hash: transaction.blockHash },
    to: transaction.to,
    data: transaction.data,
  };
  const inserted = await insertFound(tx, found);
  if (inserted === undefined) return false;
  const displaced = await readCommandsOf(tx, inserted.replaced);
  await requeueItems(tx, inserted.replaced);
  await requeueSteps(tx, inserted.replaced);
  const batch = decodeIssueBatch(transaction.data);
  if (succeeded && batch !== undefined && transaction.to !== undefined)
    await insertFoundBatch(tx, {
      transactionSeq: inserted.seq,
      token: transaction.to,
      ref: batch.ref,
      epoch: batch.epoch,
      items: formatWords(batch.words),
      words: batch.words.map(unpackWord),
    });
  else if (succeeded) {
    await matchFoundCall(tx, inserted.seq, found);
    await confirmSteps(tx, [inserted.seq]);
  }
  await settleCommands(tx, [...displaced, ...(await readCommandsOf(tx, [inserted.seq]))]);
  return true;
}

/** New items may be orders that an earlier life of this store issued: their customer asked again. */
export async function matchFound({ db }: Work): Promise<void> {
  if (!(await hasFoundItems(db))) return;
  const isSettled = await db.transaction().execute(async (tx) => settleCommands(tx, await matchFoundItems(tx)));
  if (isSettled) ring(db, "settled");
}
