/** Hands stored bytes to the node, as often as it takes. */
import { isSenderRefused } from "../chain/send-errors.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { setStalled } from "../store/leases.ts";
import {
  requeueItems,
  requeueSteps,
  settleCommands,
  readCommandsOf,
  settleTransactions,
} from "../store/outbox-settle.ts";
import { markTransactionsSent, readRaw } from "../store/outbox-transactions.ts";
import type { OpenTransaction } from "../store/outbox-transactions.ts";
import type { Seq } from "../store/tables-outbox.ts";
import type { Work } from "./rooms.ts";
import { step } from "./states.ts";

/** How long to wait before the same bytes go out again: 1 s, doubled up to 15 s. */
const RESEND_MS_MIN = 1_000;
const RESEND_MS_MAX = 15_000;

interface Sending {
  readonly times: number;
  readonly nextAt: number;
}

/** When each open transaction is due again. Lost with the process, and rightly: then everything is sent once more. */
const sendings = new WeakMap<Work, Map<Seq, Sending>>();

function sendingsOf(work: Work): Map<Seq, Sending> {
  const map = sendings.get(work) ?? new Map<Seq, Sending>();
  sendings.set(work, map);
  return map;
}

function note(work: Work, seq: Seq): void {
  const map = sendingsOf(work);
  const times = (map.get(seq)?.times ?? 0) + 1;
  const waitMs = Math.min(RESEND_MS_MAX, RESEND_MS_MIN * 2 ** (times - 1));
  map.set(seq, { times, nextAt: work.clock.now() + waitMs });
}

export interface Sendable {
  readonly seq: Seq;
  readonly signer: Address;
  readonly nonce: number;
  readonly raw: HexData;
}

/** True when the node has it now, as far as it says. */
export async function sendSigned(work: Work, { seq, signer, nonce, raw }: Sendable): Promise<boolean> {
  const outcome = await work.chain.send(raw);
  work.settings.onMoment("afterSend");
  note(work, seq);
  switch (outcome.kind) {
    case "accepted":
    case "known":
      return true;
    case "nonceUsed": // Mined perhaps, or lost to another: the receipts tell.
    case "nonceGap": // An earlier one is missing: all open ones are sent again in their order.
      return false;
    case "unknown":
      work.log.warn(
        { signer, nonce, message: outcome.message },
        "outcome of a send is unknown; the same bytes go again",
      );
      return false;
    case "refused":
      work.log.error({ signer, nonce, message: outcome.message }, "the node refuses a transaction");
      if (isSenderRefused(outcome.message)) await setStalled(work.db, signer, outcome.message);
      else await lose(work, seq);
      return false;
  }
}

/** The node will never take these bytes: what rode in them is queued again, and their nonce goes to the next one. */
async function lose({ db }: Work, seq: Seq): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const state = step("signed", "lose");
    const commands = await readCommandsOf(tx, [seq]);
    await settleTransactions(tx, [{ seq, state, blockNumber: undefined, blockHash: undefined }]);
    await requeueItems(tx, [seq]);
    await requeueSteps(tx, [seq]);
    await settleCommands(tx, commands);
  });
}

/** Sends what is due, each signer's in nonce order. `isNodeBehind` waits: the nonces it would judge by are old. */
export async function sendDue(work: Work, open: readonly OpenTransaction[]): Promise<void> {
  const map = sendingsOf(work);
  const alive = new Set(open.map(({ seq }) => seq));
  for (const seq of map.keys()) if (!alive.has(seq)) map.delete(seq);
  const now = work.clock.now();
  const due = open.filter(({ seq }) => (map.get(seq)?.nextAt ?? 0) <= now);
  const raw = await readRaw(
    work.db,
    due.map(({ seq }) => seq),
  );
  const bySigner = Map.groupBy(due, ({ signer }) => signer);
  await Promise.all(
    [...bySigner.values()].map(async (mine) => {
      for (const transaction of mine) {
        const bytes = raw.get(transaction.seq);
        if (bytes !== undefined) await sendSigned(work, { ...transaction, raw: bytes });
      }
    }),
  );
  const unmarked = open.filter(({ state, seq }) => state === "signed" && map.has(seq)).map(({ seq }) => seq);
  await markTransactionsSent(work.db, unmarked);
  if (unmarked.length > 0) work.settings.onMoment("afterMarkSent");
}

/** After the chain took blocks back everything is due at once. */
export function forgetSendings(work: Work): void {
  sendingsOf(work).clear();
}
