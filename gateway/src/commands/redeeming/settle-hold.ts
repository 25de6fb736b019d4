/** A hold is captured, or released, once: by the shop's till, or by the gateway when its time is over. */
import { callOf, merchantPoint } from "../../chain/contracts.ts";
import { refOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Tx } from "../../store/database.ts";
import { waitForCommand } from "../../outbox/read.ts";
import type { HoldName, PointHold } from "../../store/point-holds.ts";
import { moveHold } from "../../store/point-holds.ts";
import { findReplay } from "../../store/replays.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { tillFor } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";
import { followChain, presentHold } from "./follow-hold.ts";
import { replayOf } from "./replay-of.ts";

/** A payment that is quicker than the chain waits so long for the hold: two blocks of the local chain, and some. */
const HOLD_WAIT_MS = 15_000;

export type Step = "capture" | "release";

const MOVES = {
  capture: { during: "capturing", after: "captured" },
  release: { during: "releasing", after: "released" },
} as const;

export interface SettleAsk {
  readonly name: HoldName;
  readonly step: Step;
  /** Checks, before anything is sent, that what stands behind the hold allows it. */
  readonly check?: (hold: PointHold) => Promise<void>;
  /** Writes what goes with it; what it throws undoes everything. */
  readonly beside?: (tx: Tx, hold: PointHold) => Promise<void>;
}

export async function settleHold(rooms: Rooms, asked: Asked, ask: SettleAsk): Promise<Accepted> {
  const { organisation } = asked.caller;
  const isKeyKnown = (await findReplay(rooms.db, { ...asked, organisation })) !== undefined;
  if (isKeyKnown) return accept(rooms, asked, () => Promise.reject(new LedgerError("idempotency_key_reused")));
  const hold = await readyHold(rooms, ask);
  const done = await replayOfStep(rooms, asked, hold, ask.step);
  if (done !== undefined) return done;
  await ask.check?.(hold);
  if (hold.state !== "held" || (ask.step === "capture" && hold.isReleaseWanted)) throw wrongState(hold, ask.step);
  try {
    return await carryOut(rooms, asked, hold, ask);
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    // Somebody may have settled it past this API: then it is shown as it is, not as it was until its time is over.
    if (error.code === "chain_refused") await followChain(rooms, hold);
    // A twin under another key may have been quicker.
    const twin = await replayOfStep(rooms, asked, await foundHold(rooms, ask.name), ask.step);
    if (twin === undefined) throw error;
    return twin;
  }
}

/** `not_found` for an order of another merchant, and for one that nobody knows. */
export async function foundHold(rooms: Rooms, name: HoldName): Promise<PointHold> {
  const hold = await presentHold(rooms, name);
  const what = `${name.kind === "goods" ? "redemption" : "checkout of order"} ${name.businessRef}`;
  if (hold === undefined) throw new LedgerError("not_found", { what });
  return hold;
}

async function readyHold(rooms: Rooms, { name }: SettleAsk): Promise<PointHold> {
  const hold = await foundHold(rooms, name);
  if (hold.state !== "holding") return hold;
  await waitForCommand(rooms.db, hold.holdCommand, HOLD_WAIT_MS);
  return foundHold(rooms, name);
}

async function replayOfStep(rooms: Rooms, asked: Asked, hold: PointHold, step: Step): Promise<Accepted | undefined> {
  const { during, after } = MOVES[step];
  if ((hold.state !== during && hold.state !== after) || hold.settleCommand === null) return undefined;
  return replayOf(rooms, hold.settleCommand, asked.waitMs);
}

function wrongState({ businessRef, state, isReleaseWanted }: PointHold, step: Step): LedgerError {
  const shown = state === "held" && isReleaseWanted ? "releasing" : state;
  return new LedgerError("redemption_state", { ref: businessRef, state: shown, wanted: MOVES[step].after });
}

/** `hold` is held. Throws what the chain refuses, and then nothing has changed. */
export async function carryOut(
  rooms: Rooms,
  asked: Asked,
  hold: PointHold,
  { step, beside }: Pick<SettleAsk, "step" | "beside">,
): Promise<Accepted> {
  const { token, account, merchantId, points } = hold;
  const ref = refOf(hold.chainRef);
  return accept(rooms, asked, async () => {
    const data =
      step === "capture"
        ? merchantPoint.encodeFunctionData("capture", [account, ref, points])
        : merchantPoint.encodeFunctionData("release", [account, ref]);
    const call = callOf(token, data);
    const signer = await tillFor(rooms, merchantId, account);
    return {
      kind: `${hold.kind === "goods" ? "goods" : "checkout"}.${step}`,
      merchantId,
      calls: [call],
      signer,
      trial: { ...call, from: signer },
      beside: async (tx, settleCommand) => {
        const move = { id: hold.id, from: ["held"], to: MOVES[step].during, settleCommand } as const;
        if (!(await moveHold(tx, { ...move, now: rooms.clock.now() }))) throw wrongState(hold, step);
        await beside?.(tx, hold);
      },
    };
  });
}
