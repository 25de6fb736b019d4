/** Ready steps of commands → transactions. */
import { decodeRevert } from "../chain/decode-revert.ts";
import type { Address } from "../kernel/ids.ts";
import { failStep, settleCommands } from "../store/outbox-settle.ts";
import type { ReadyStep } from "../store/outbox-queue.ts";
import { attachStep } from "../store/outbox-transactions.ts";
import { ring } from "./bell.ts";
import type { Work } from "./rooms.ts";
import { sendSigned } from "./send.ts";
import { signAndStore } from "./sign.ts";

export interface FreeSigner {
  readonly address: Address;
  readonly chainNonce: number;
  slots: number;
  /** Something of it is on its way, so that a trial at the latest block judges by an old state. */
  inFlight: number;
}

/** A third more than the node's estimate: state that changes before mining (a new day, a new holder) costs more. */
const GAS_MARGIN_PERCENT = 133n;
const GAS_MARGIN = 40_000n;

/** Sends each signer's ready steps in the order they were accepted. Returns whether anything moved. */
export async function sendReadySteps(
  work: Work,
  steps: readonly ReadyStep[],
  signers: ReadonlyMap<Address, FreeSigner>,
): Promise<boolean> {
  const bySigner = Map.groupBy(steps, ({ signer }) => signer);
  const moved = await Promise.all(
    [...bySigner].map(async ([address, mine]) => {
      const signer = signers.get(address);
      let isMoved = false;
      for (const step of mine) {
        if (signer === undefined || signer.slots === 0) break;
        isMoved = (await sendStep(work, step, signer)) || isMoved;
      }
      return isMoved;
    }),
  );
  return moved.includes(true);
}

async function sendStep(work: Work, step: ReadyStep, signer: FreeSigner): Promise<boolean> {
  const { command_seq: commandSeq, step_index: stepIndex, to_address: to, data } = step;
  const estimate = await work.chain.estimateGas({ to, data, from: signer.address });
  if (!estimate.ok) {
    // It may only be early: judged when nothing of this signer is on its way any more.
    if (signer.inFlight > 0) return false;
    const revert = decodeRevert(estimate.data, estimate.message);
    await failCommandStep(work, { commandSeq, stepIndex }, { code: revert.name, facts: revert.facts });
    return true;
  }
  const gasLimit = (estimate.gas * GAS_MARGIN_PERCENT) / 100n + GAS_MARGIN;
  const signed = await signAndStore(
    work,
    { signer: signer.address, kind: "call", to, data, gasLimit },
    signer.chainNonce,
    (tx, transactionSeq) => attachStep(tx, { commandSeq, stepIndex, transactionSeq }),
  );
  if (signed === undefined) return false;
  signer.slots -= 1;
  signer.inFlight += 1;
  await sendSigned(work, signed);
  return true;
}

export async function failCommandStep(
  { db }: Work,
  step: { commandSeq: string; stepIndex: number },
  failure: Parameters<typeof failStep>[2],
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await failStep(tx, step, failure);
    await settleCommands(tx, [step.commandSeq]);
  });
  ring(db, "settled");
}
