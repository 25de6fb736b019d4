/** Looks what the chain made of the open transactions. */
import type { Receipt } from "../chain/client.ts";
import { decodeRevert } from "../chain/decode-revert.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import {
  advanceSeenBlock,
  confirmSteps,
  failStep,
  readCommandsOf,
  replaceBeaten,
  requeueItems,
  requeueSteps,
  settleCommands,
  settleTransactions,
} from "../store/outbox-settle.ts";
import type { Settlement } from "../store/outbox-settle.ts";
import { readStepsOf } from "../store/outbox-queue.ts";
import type { SentStep } from "../store/outbox-queue.ts";
import type { Seq } from "../store/tables-outbox.ts";
import type { OpenTransaction } from "../store/outbox-transactions.ts";
import { ring } from "./bell.ts";
import type { Failure } from "./command.ts";
import type { Work } from "./rooms.ts";
import { step } from "./states.ts";

/** Receipts fetched at once: one of a batch of 500 is about 400 kB of JSON. */
const RECEIPTS_MAX = 8;

export interface Looked {
  /** Keys of which something was mined. */
  readonly moved: ReadonlySet<Address>;
  /** Their nonce is used up, but no receipt is there: another transaction took it, or the node is slow to tell. */
  readonly missing: readonly OpenTransaction[];
}

/** Nonces first, so that a poll with nothing mined costs no receipt. */
export async function settleMined(
  work: Work,
  open: readonly OpenTransaction[],
  chainNonces: ReadonlyMap<Address, number>,
): Promise<Looked> {
  const used = open.filter(({ signer, nonce }) => nonce < (chainNonces.get(signer) ?? 0));
  const missing: OpenTransaction[] = [];
  const moved = new Set<Address>();
  for (let from = 0; from < used.length; from += RECEIPTS_MAX) {
    const part = used.slice(from, from + RECEIPTS_MAX);
    const receipts = await work.chain.receipts(part.map(({ hash }) => hash));
    missing.push(...part.filter(({ hash }) => !receipts.has(hash)));
    for (const signer of await settle(work, part, receipts)) moved.add(signer);
  }
  const beaten = await dropBeaten(work, missing);
  return { moved, missing: missing.filter(({ seq }) => !beaten.has(seq)) };
}

/** A fill and what it replaces share a nonce: when one of them was mined, the other is lost. */
async function dropBeaten(work: Work, missing: readonly OpenTransaction[]): Promise<ReadonlySet<Seq>> {
  if (missing.length === 0) return new Set();
  return work.db.transaction().execute(async (tx) => {
    const beaten = await replaceBeaten(
      tx,
      missing.map(({ seq }) => seq),
    );
    const commands = await readCommandsOf(tx, beaten);
    await requeueItems(tx, beaten);
    await requeueSteps(tx, beaten);
    await settleCommands(tx, commands);
    return new Set(beaten);
  });
}

async function settle(
  work: Work,
  open: readonly OpenTransaction[],
  receipts: ReadonlyMap<Hex32, Receipt>,
): Promise<Address[]> {
  const mined = open.flatMap((transaction) => {
    const receipt = receipts.get(transaction.hash);
    return receipt === undefined ? [] : [{ transaction, receipt }];
  });
  if (mined.length === 0) return [];
  const reverted = mined.filter(({ receipt }) => !receipt.succeeded);
  const failedSteps = await explain(work, reverted);
  work.settings.onMoment("beforeSettle");
  const settlements = mined.map(({ transaction, receipt }) => settlementOf(transaction, receipt));
  const newest = mined.reduce((one, other) => (other.receipt.blockNumber > one.receipt.blockNumber ? other : one));
  const isSettled = await work.db.transaction().execute(async (tx) => {
    const seqs = new Set(await settleTransactions(tx, settlements));
    const commands = await readCommandsOf(tx, [...seqs]);
    const done = mined.filter(({ transaction, receipt }) => receipt.succeeded && seqs.has(transaction.seq));
    const undone = reverted.filter(({ transaction }) => seqs.has(transaction.seq));
    await confirmSteps(
      tx,
      done.map(({ transaction }) => transaction.seq),
    );
    await requeueItems(
      tx,
      undone.map(({ transaction }) => transaction.seq),
    );
    for (const { sent, failure } of failedSteps)
      if (seqs.has(sent.transaction_seq))
        await failStep(tx, { commandSeq: sent.command_seq, stepIndex: sent.step_index }, failure);
    await advanceSeenBlock(tx, { number: newest.receipt.blockNumber, hash: newest.receipt.blockHash });
    work.settings.onMoment("insideSettle");
    return settleCommands(tx, commands);
  });
  work.settings.onMoment("afterSettle");
  if (isSettled) ring(work.db, "settled");
  ring(work.db, "work");
  return mined.map(({ transaction }) => transaction.signer);
}

function settlementOf(transaction: OpenTransaction, receipt: Receipt): Settlement {
  return {
    seq: transaction.seq,
    state: step(transaction.state, receipt.succeeded ? "confirm" : "revert"),
    blockNumber: receipt.blockNumber,
    blockHash: receipt.blockHash,
  };
}

/** Why steps reverted: the receipt of some nodes says so, or the same call on the state of their block, nearly always. */
async function explain(
  work: Work,
  reverted: readonly { transaction: OpenTransaction; receipt: Receipt }[],
): Promise<{ sent: SentStep; failure: Failure }[]> {
  const steps = await readStepsOf(
    work.db,
    reverted.map(({ transaction }) => transaction.seq),
  );
  return Promise.all(
    steps.map(async (sent) => {
      const receipt = reverted.find(({ transaction }) => transaction.seq === sent.transaction_seq)?.receipt;
      if (receipt?.revertData !== undefined) {
        const { name, facts } = decodeRevert(receipt.revertData);
        return { sent, failure: { code: name, facts } };
      }
      const { to_address: to, data, signer: from } = sent;
      const trial = await work.chain.call({ to, data, from }, receipt?.blockNumber);
      if (trial.ok) return { sent, failure: { code: "chain_refused", facts: { reason: "reverted in its block" } } };
      const { name, facts } = decodeRevert(trial.data, trial.message);
      return { sent, failure: { code: name, facts } };
    }),
  );
}
