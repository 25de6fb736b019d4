/** How every write becomes a command: known already? would the chain refuse it? then queue it once, and wait if asked. */
import { decodeRevert } from "../chain/decode-revert.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { LedgerError } from "../kernel/errors.ts";
import { describeFailure } from "../kernel/failures.ts";
import type { CallIntent, Command, IssueIntent, NewCommand } from "../outbox/command.ts";
import { enqueueOnce } from "../outbox/enqueue.ts";
import { readCommand, waitForCommand } from "../outbox/read.ts";
import { findReplay } from "../store/replays.ts";
import type { Asked } from "./asked.ts";
import type { Rooms } from "./rooms.ts";

export type { Command, CommandItem } from "../outbox/command.ts";

/** A call tried on the node before anything is stored. */
export interface Trial {
  readonly from: Address;
  readonly to: Address;
  readonly data: HexData;
}

export type Plan = Pick<NewCommand, "kind" | "merchantId" | "beside"> & { readonly trial?: Trial } & (
    CallIntent | IssueIntent
  );

export interface Accepted {
  readonly command: Command;
  readonly isReplay: boolean;
}

/** `makePlan` runs only for a new request: it may read the chain, make keys and sign. */
export async function accept(rooms: Rooms, asked: Asked, makePlan: () => Promise<Plan>): Promise<Accepted> {
  const accepted = (await replayOf(rooms, asked)) ?? (await acceptNew(rooms, asked, makePlan));
  if (asked.waitMs === 0) return accepted;
  const settled = await waitForCommand(rooms.db, accepted.command.id, asked.waitMs);
  return { command: settled ?? accepted.command, isReplay: accepted.isReplay };
}

async function replayOf({ db }: Rooms, asked: Asked): Promise<Accepted | undefined> {
  const id = await findReplay(db, { ...asked, organisation: asked.caller.organisation });
  const command = id === undefined ? undefined : await readCommand(db, id);
  return command === undefined ? undefined : { command, isReplay: true };
}

async function acceptNew(rooms: Rooms, asked: Asked, makePlan: () => Promise<Plan>): Promise<Accepted> {
  try {
    const { trial, ...plan } = await makePlan();
    if (trial !== undefined) await tryOnChain(rooms, trial);
    const { idempotencyKey, requestHash, caller } = asked;
    return await enqueueOnce(rooms.db, { ...plan, idempotencyKey, requestHash, organisation: caller.organisation });
  } catch (error) {
    // A twin of this request may have been carried out meanwhile: then the chain refuses what has already happened.
    const twin = error instanceof LedgerError ? await replayOf(rooms, asked) : undefined;
    if (twin === undefined) throw error;
    return twin;
  }
}

/** A named refusal at once instead of a failed command later. While no node answers, the command is queued untried. */
async function tryOnChain({ chain }: Rooms, trial: Trial): Promise<void> {
  try {
    const outcome = await chain.call(trial);
    if (!outcome.ok) throw refusal(outcome.data, outcome.message);
  } catch (error) {
    if (!(error instanceof LedgerError && error.code === "chain_unreachable")) throw error;
  }
}

export function refusal(data: HexData, message: string): LedgerError {
  const { name, facts } = decodeRevert(data, message);
  const { en, zh } = describeFailure(name, facts);
  // Whole sentences stand inside another one here, which brings a stop of its own.
  const within = { reason: en.replace(/\.$/, ""), reasonZh: zh.replace(/。$/, "") };
  return new LedgerError("chain_refused", { ...facts, error: name, ...within });
}
