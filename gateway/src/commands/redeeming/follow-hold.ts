/** Brings a hold's row in step with its commands and with the chain, and says so to whoever listens. */
import { fetchRedemptionState } from "../../chain/read-redemption.ts";
import { refOf } from "../../chain/text-ref.ts";
import { readCommandRow } from "../../store/commands.ts";
import { withDatabase } from "../../store/failures.ts";
import type { HoldName, PointHold } from "../../store/point-holds.ts";
import { findHold, moveHold, postponeHold } from "../../store/point-holds.ts";
import type { HoldState, Problem } from "../../store/tables-redeeming.ts";
import type { Rooms } from "../rooms.ts";
import { tellHold } from "./tell-hold.ts";

/** Between two looks at a command that is under way. */
const LOOK_MS = 400;
/** After something that the chain refused. */
const BACK_OFF_MS = 5_000;

const IN_MOTION: readonly HoldState[] = ["holding", "capturing", "releasing"];

/** As it stands now: what its command has done meanwhile is written down first. */
export async function presentHold(rooms: Rooms, name: HoldName): Promise<PointHold | undefined> {
  const hold = await withDatabase(() => findHold(rooms.db, name));
  if (hold === undefined || !IN_MOTION.includes(hold.state)) return hold;
  await followCommand(rooms, hold);
  return withDatabase(() => findHold(rooms.db, name));
}

/** Of a hold that is in motion: has its command settled? */
export async function followCommand(rooms: Rooms, hold: PointHold): Promise<void> {
  const commandId = hold.state === "holding" ? hold.holdCommand : hold.settleCommand;
  const command = commandId === null ? undefined : await withDatabase(() => readCommandRow(rooms.db, commandId));
  if (command?.state === "confirmed") return arrive(rooms, hold, nextOf(hold.state));
  if (command?.state !== "failed") return postponeHold(rooms.db, hold, { lookAt: rooms.clock.now() + LOOK_MS });
  const problem = { code: command.error_code ?? "internal", facts: command.error_facts ?? {} };
  if (hold.state === "holding") return arrive(rooms, hold, "failed", problem);
  return followChain(rooms, hold, problem);
}

function nextOf(state: HoldState): HoldState {
  if (state === "holding") return "held";
  return state === "capturing" ? "captured" : "released";
}

/** The chain has the last word: somebody else may have captured or released it, or nobody has. */
export async function followChain(rooms: Rooms, hold: PointHold, problem?: Problem): Promise<void> {
  const { token, account: holder, chainRef } = hold;
  const state = await fetchRedemptionState(rooms.chain, { token, holder, ref: refOf(chainRef) });
  if (state === "captured" || state === "released") return arrive(rooms, hold, state);
  if (state === "held" && hold.state !== "held") return arrive(rooms, hold, "held", problem);
  const lookAt = rooms.clock.now() + BACK_OFF_MS;
  return postponeHold(rooms.db, hold, { lookAt, problem });
}

/** The row, what stands behind it and the event change together, once. */
async function arrive(rooms: Rooms, hold: PointHold, to: HoldState, problem?: Problem): Promise<void> {
  const now = rooms.clock.now();
  // A capture or release that failed is thought over for a moment, so that a paused token is not asked without end.
  const lookAt = to === "held" && hold.state !== "holding" ? now + BACK_OFF_MS : now;
  await withDatabase(() =>
    rooms.db.transaction().execute(async (tx) => {
      const moved = await moveHold(tx, { id: hold.id, from: [hold.state], to, problem, now, lookAt });
      if (moved) await tellHold(tx, { ...hold, state: to, problem: problem ?? null }, { from: hold.state, now });
    }),
  );
}
