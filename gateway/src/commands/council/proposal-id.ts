/** Which number the council gave to a proposal: the chain knows it by its calls and its description. */
import { callOf, council } from "../../chain/contracts.ts";
import { hashOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Command } from "../../outbox/command.ts";
import { readFirstStep } from "../../store/replays.ts";
import type { Rooms } from "../rooms.ts";

export type ProposalParts = readonly [targets: string[], values: bigint[], data: string[]];

/** The number of the proposal that a command made; undefined before it is confirmed, and for other commands. */
export async function proposalIdOf(rooms: Rooms, command: Command): Promise<bigint | undefined> {
  if (command.kind !== "council.propose" || command.state !== "confirmed") return undefined;
  const step = await readFirstStep(rooms.db, command.id);
  if (step === undefined) return undefined;
  const [targets, values, data, text] = council.decodeFunctionData("propose", step.data) as unknown as [
    string[],
    bigint[],
    string[],
    string,
  ];
  return whileReachable(() => findSame(rooms, [[...targets], [...values], [...data]], text));
}

/** Undefined when there is no proposal of these calls and this description. */
export async function findSame(
  { chain, deployment }: Rooms,
  parts: ProposalParts,
  text: string,
): Promise<bigint | undefined> {
  const data = council.encodeFunctionData("getProposalId", [...parts, hashOf(text)]);
  const outcome = await chain.call(callOf(deployment.contracts.council, data));
  return outcome.ok ? BigInt(outcome.data) : undefined;
}

/** A command is shown without what only the chain knows while no node answers. */
async function whileReachable<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof LedgerError && error.code === "chain_unreachable") return undefined;
    throw error;
  }
}
