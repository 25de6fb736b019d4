/** A council at work, for tests: proposals of real calls, voted on by real members, with the delays of the real thing. */
import type { BaseContract } from "ethers";

import type { BareLedger, Signer } from "./alliance.ts";
import { PROFILE_HASH, PROFILE_URI } from "./merchants.ts";

export const Vote = { Against: 0n, For: 1n, Abstain: 2n } as const;
export const State = {
  Pending: 0n,
  Active: 1n,
  Canceled: 2n,
  Defeated: 3n,
  Succeeded: 4n,
  Queued: 5n,
  Expired: 6n,
  Executed: 7n,
} as const;

/** One call of a proposal. */
export interface Action {
  readonly target: string;
  readonly data: string;
}

export async function actionOf(contract: BaseContract, name: string, args: readonly unknown[]): Promise<Action> {
  return { target: await contract.getAddress(), data: contract.interface.encodeFunctionData(name, args) };
}

/** @returns The proposal's id. A description serves once, so that one is made up when none is given. */
export async function propose(ledger: BareLedger, actions: readonly Action[], by = ledger.actors.founder, text = "") {
  const { council } = ledger;
  const id = (await council.latestProposalId()) + 1n;
  const [targets, datas] = [actions.map(({ target }) => target), actions.map(({ data }) => data)];
  await council.connect(by).propose(
    targets,
    actions.map(() => 0n),
    datas,
    text === "" ? `proposal ${id}` : text,
  );
  return id;
}

export async function vote({ council }: BareLedger, id: bigint, voters: readonly Signer[], support: bigint = Vote.For) {
  for (const voter of voters) await council.connect(voter).castVote(id, support);
}

/** Queues a proposal that has succeeded, waits for its time, and executes it; anyone may. */
export async function carryOut(ledger: BareLedger, id: bigint) {
  const { council, actors, networkHelpers } = ledger;
  const any = council.connect(actors.outsider);
  if (await council.proposalNeedsQueuing(id)) {
    await any["queue(uint256)"](id);
    await networkHelpers.time.increaseTo(await council.proposalEta(id));
  }
  return await any["execute(uint256)"](id);
}

/** A proposal from its first word to its effect. */
export async function decide(ledger: BareLedger, voters: readonly Signer[], actions: readonly Action[]) {
  const id = await propose(ledger, actions, voters[0]);
  await vote(ledger, id, voters);
  await carryOut(ledger, id);
  return id;
}

/** Lets the founder, and whoever it has admitted, admit members by proposals until there are `count`. */
export async function growTo(ledger: BareLedger, count: number): Promise<Signer[]> {
  const { alliance, actors } = ledger;
  const members = [actors.founder];
  while (members.length < count) {
    const seat = members.length - 1;
    const [representative, node] = [actors.representatives[seat]!, actors.nodes[seat]!];
    const member = [`Member ${seat + 2}`, PROFILE_URI, PROFILE_HASH, representative.address, node.address];
    const needed = Math.floor((2 * members.length) / 3) + 1;
    await decide(ledger, members.slice(0, needed), [await actionOf(alliance, "admit", member)]);
    members.push(representative);
  }
  return members;
}
