/**
 * The council for programs: draft, propose, vote, sign off-line, relay, queue, execute, veto; and what a member does for
 * itself. Every write takes its own name (idempotency key): the same name gives the first result again.
 */
import { answerOf, writeAs } from "./answer.ts";
import type { Client } from "./generated/client/index.ts";
import * as api from "./generated/sdk.gen.ts";
import type { Command, CouncilAction, Draft, Proposed, ProposalSimulation, TypedData } from "./generated/types.gen.ts";

export type { CouncilAction } from "./generated/types.gen.ts";
export type Support = "against" | "for" | "abstain";

interface Motion {
  readonly actions: readonly CouncilAction[];
  /** Left out: the actions' own sentences. The same actions need another one each time. */
  readonly description?: string;
  /** Also vote for it. */
  readonly vote?: boolean;
}

interface SignedBallot {
  readonly voter: string;
  readonly support: Support;
  readonly signature: string;
}

export interface Council {
  /** Actions in words, their delays, and what they would change now. Nothing is stored. */
  draft(actions: readonly CouncilAction[]): Promise<Draft>;
  propose(name: string, motion: Motion): Promise<Proposed>;
  simulate(id: number): Promise<ProposalSimulation>;
  vote(name: string, id: number, vote: { support: Support; reason?: string }): Promise<Command>;
  /** What to sign; `signBallot` makes the same without asking anybody. */
  ballot(id: number, vote: { support: Support; voter?: string }): Promise<TypedData>;
  relayBallot(name: string, id: number, ballot: SignedBallot): Promise<Command>;
  queue(name: string, id: number): Promise<Command>;
  execute(name: string, id: number): Promise<Command>;
  cancel(name: string, id: number): Promise<Command>;
}

export interface Members {
  /** Without an address the gateway makes the new key and keeps it. */
  rotateRepresentative(name: string, representative?: string): Promise<Command>;
  rotateNode(name: string, node: string): Promise<Command>;
  leave(name: string): Promise<Command>;
  claimRewards(name: string, memberId: number, epochs: readonly number[]): Promise<Command>;
}

const pathOf = (id: number) => ({ path: { id: String(id) } });

export function councilOf(client: Client): Council {
  const write = (name: string) => ({ client, headers: writeAs(name) });
  return {
    draft: (actions) => answerOf(api.draftProposal({ client, body: { actions: [...actions] } })),
    propose: (name, { actions, ...rest }) =>
      answerOf(api.propose({ ...write(name), body: { actions: [...actions], ...rest } })),
    simulate: (id) => answerOf(api.simulateProposal({ client, ...pathOf(id) })),
    vote: (name, id, body) => answerOf(api.castVote({ ...write(name), ...pathOf(id), body })),
    ballot: (id, query) => answerOf(api.prepareBallot({ client, ...pathOf(id), query })),
    relayBallot: (name, id, body) => answerOf(api.relayBallot({ ...write(name), ...pathOf(id), body })),
    queue: (name, id) => answerOf(api.queueProposal({ ...write(name), ...pathOf(id) })),
    execute: (name, id) => answerOf(api.executeProposal({ ...write(name), ...pathOf(id) })),
    cancel: (name, id) => answerOf(api.cancelProposal({ ...write(name), ...pathOf(id) })),
  };
}

export function membersOf(client: Client): Members {
  const write = (name: string) => ({ client, headers: writeAs(name) });
  return {
    rotateRepresentative: (name, representative) =>
      answerOf(
        api.rotateRepresentative({ ...write(name), body: representative === undefined ? {} : { representative } }),
      ),
    rotateNode: (name, node) => answerOf(api.rotateNode({ ...write(name), body: { node } })),
    leave: (name) => answerOf(api.leaveAlliance(write(name))),
    claimRewards: (name, memberId, epochs) =>
      answerOf(api.claimRewards({ ...write(name), ...pathOf(memberId), body: { epochs: [...epochs] } })),
  };
}

/** An ethers signer, or anything that signs EIP-712 as one. */
export interface BallotSigner {
  getAddress(): Promise<string>;
  signTypedData(
    domain: Record<string, unknown>,
    types: Record<string, { name: string; type: string }[]>,
    value: Record<string, unknown>,
  ): Promise<string>;
}

interface Vote {
  readonly chainId: number;
  /** The address of AllianceCouncil. */
  readonly council: string;
  readonly proposalId: number;
  readonly support: Support;
}

const SUPPORTS: readonly Support[] = ["against", "for", "abstain"];
const BALLOT = {
  Ballot: [
    { name: "proposalId", type: "uint256" },
    { name: "support", type: "uint8" },
    { name: "voter", type: "address" },
    { name: "nonce", type: "uint256" },
  ],
};

/**
 * Signs a vote with no connection to anything; send the result with `relayBallot`. The nonce of a voter's only ballot on
 * a proposal is known beforehand: nonces are keyed by proposal, in the upper 192 bits, and a vote can not be changed.
 */
export async function signBallot(signer: BallotSigner, vote: Vote): Promise<SignedBallot> {
  const { chainId, council, proposalId, support } = vote;
  const voter = await signer.getAddress();
  const domain = { name: "AllianceCouncil", version: "1", chainId, verifyingContract: council };
  const nonce = BigInt(proposalId) << 64n;
  const ballot = { proposalId, support: SUPPORTS.indexOf(support), voter, nonce };
  return { voter, support, signature: await signer.signTypedData(domain, BALLOT, ballot) };
}
