/** What a proposal would change if it were carried out now, in the words of its actions. Nothing is sent or stored. */
import { decodeRevert } from "../../chain/decode-revert.ts";
import type { Reply } from "../../chain/preview.ts";
import { previewCalls } from "../../chain/preview.ts";
import type { CouncilCall, Probe } from "../../council/action.ts";
import type { NamedAction } from "../../council/catalogue.ts";
import { decodeCalls, nameCalls, specOf } from "../../council/catalogue.ts";
import type { Words } from "../../council/words.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Hex32 } from "../../kernel/ids.ts";
import type { Rooms } from "../rooms.ts";
import type { Explained } from "../show-command.ts";
import { explain } from "../show-command.ts";

export interface Change extends Words {
  /** Null where the view has no answer: before the merchant exists, for example. */
  readonly before: string | null;
  /** Null too when the proposal would fail. */
  readonly after: string | null;
}

export interface Simulation {
  readonly block: { readonly number: number; readonly hash: Hex32; readonly timestamp: number };
  readonly isOk: boolean;
  readonly changes: readonly Change[];
  /** The first call that fails (from 0), the action it belongs to, and why. */
  readonly failure: { readonly call: number; readonly action: string; readonly error: Explained } | undefined;
}

type ChainRooms = Pick<Rooms, "chain" | "deployment">;

export async function simulate(rooms: ChainRooms, calls: readonly CouncilCall[]): Promise<Simulation> {
  const { contracts } = rooms.deployment;
  const named = nameCalls(calls, contracts) ?? [];
  return simulateNamed(rooms, calls, named);
}

export async function simulateNamed(
  rooms: ChainRooms,
  calls: readonly CouncilCall[],
  named: readonly NamedAction[],
): Promise<Simulation> {
  const probes = probesOf(rooms, named);
  const head = await rooms.chain.block("latest");
  if (head === undefined) throw new LedgerError("not_ready", { detail: "the node has no block" });
  const { earlier, results, later } = await previewCalls(rooms, { calls, probes }, head.number);
  const last = results.at(-1);
  const isOk = last?.isOk !== false;
  const { number, hash, timestamp } = head;
  return {
    block: { number, hash, timestamp },
    isOk,
    changes: probes.map((probe, index) => ({
      ...probe.what,
      before: answerOf(probe, earlier[index]),
      after: answerOf(probe, later[index]),
    })),
    failure:
      last === undefined || isOk
        ? undefined
        : { ...placeOf(calls, results.length - 1, rooms), error: explainRevert(last.data) },
  };
}

/** Two actions may change the same view: it is asked once. */
function probesOf({ deployment }: ChainRooms, named: readonly NamedAction[]): Probe[] {
  const all = named.flatMap(({ action, values }) => specOf(action)?.probes(values, deployment.contracts) ?? []);
  return [...new Map(all.map((probe) => [`${probe.target} ${probe.data} ${probe.what.en}`, probe])).values()];
}

function answerOf(probe: Probe, reply: Reply | undefined): string | null {
  return reply?.isOk === true ? probe.read(reply.data) : null;
}

function placeOf(
  calls: readonly CouncilCall[],
  call: number,
  { deployment }: ChainRooms,
): { call: number; action: string } {
  let first = 0;
  for (const { action, calls: count } of decodeCalls(calls, deployment.contracts)) {
    if (call < first + count) return { call, action };
    first += count;
  }
  return { call, action: "unknown-call" };
}

function explainRevert(data: Parameters<typeof decodeRevert>[0]): Explained {
  const { name, facts } = decodeRevert(data);
  return explain({ code: name, facts });
}
