/** A proposal before it is made: its calls in words, whose power they need, how long they wait, what they would change. */
import type { CouncilCall } from "../../council/action.ts";
import type { DecodedAction, NamedAction } from "../../council/catalogue.ts";
import { decodeCalls, encodeActions } from "../../council/catalogue.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Rooms } from "../rooms.ts";
import type { Delays } from "./delays.ts";
import { readDelays } from "./delays.ts";
import { findProposal } from "./read-council.ts";
import type { Proposal } from "./read-council.ts";
import type { Simulation } from "./simulate.ts";
import { simulate } from "./simulate.ts";

/** As in AllianceCouncil: what does not fit people's heads is two proposals. */
export const ACTIONS_MAX = 32;
export const DESCRIPTION_BYTES_MAX = 4_096;

export interface Draft extends Delays {
  readonly actions: readonly DecodedAction[];
  readonly simulation: Simulation;
}

export function encodeDraft({ deployment }: Pick<Rooms, "deployment">, actions: readonly NamedAction[]): CouncilCall[] {
  const calls = encodeActions(actions, deployment.contracts);
  if (calls.length > ACTIONS_MAX)
    throw new LedgerError("request_invalid", {
      field: "actions",
      problem: `are ${calls.length} calls together; a proposal has at most ${ACTIONS_MAX}`,
    });
  return calls;
}

export async function draftProposal(rooms: Rooms, actions: readonly NamedAction[]): Promise<Draft> {
  return describe(rooms, encodeDraft(rooms, actions));
}

/** What an open proposal would do now: the chain may have moved since it was drafted. */
export async function simulateProposal(rooms: Rooms, id: bigint): Promise<Draft & { proposal: Proposal }> {
  const proposal = await findProposal(rooms, id);
  return { ...(await describe(rooms, proposal.calls)), proposal };
}

async function describe(rooms: Rooms, calls: readonly CouncilCall[]): Promise<Draft> {
  const [delays, simulation] = await Promise.all([readDelays(rooms, calls), simulate(rooms, calls)]);
  return { actions: decodeCalls(calls, rooms.deployment.contracts), ...delays, simulation };
}
