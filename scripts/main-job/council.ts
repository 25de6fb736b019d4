/** The council decides: draft, proposal, votes by key and by ballot, delay, effect. Every number beside the chain's. */
import * as api from "../../gateway/client/generated/sdk.gen.ts";
import type { CouncilAction } from "../../gateway/client/generated/types.gen.ts";
import { answerOf } from "../../gateway/client/ledger-client.ts";
import { representativeOf } from "../demo/cast.ts";
import type { Member, Stage } from "./stage.ts";
import { carryOut, DemoError, finish, nextWrite } from "./stage.ts";

/** Number of IGovernor.ProposalState. */
const EXECUTED = 7n;

export interface Motion {
  readonly description: string;
  readonly actions: CouncilAction[];
}

/** Carries a proposal from its draft to its effect. The last vote that it needs is signed off-line and relayed. */
export async function decide(stage: Stage, motion: Motion): Promise<void> {
  const { narrator, eye } = stage;
  await draft(stage, motion);
  const needed = Number(await eye.threshold());
  const voters = stage.members.slice(0, needed);
  if (voters.length < needed)
    throw new DemoError(`The council needs ${needed} votes, demo-keys.json has keys of ${voters.length} members only.`);
  const [proposer, ...others] = voters as [Member, ...Member[]];
  const proposalId = await propose(stage, proposer, motion);
  for (const [index, member] of others.entries()) {
    const isLast = index === others.length - 1;
    await (isLast ? voteByBallot(stage, proposalId, member) : voteByKey(stage, proposalId, member));
  }
  narrator.same(`votes for proposal ${proposalId}`, needed, await eye.votesFor(proposalId));
  await takeEffect(stage, proposalId);
}

/** What anybody can look at before a vote: the actions in words, their delay, and what they would change. */
async function draft({ narrator, auditor }: Stage, { actions }: Motion): Promise<void> {
  const {
    actions: named,
    delaySeconds,
    simulation,
  } = await answerOf(api.draftProposal({ client: auditor, body: { actions } }));
  for (const { en, zh } of named) narrator.note(`${en} · ${zh}`);
  narrator.note(`waits ${delaySeconds} s after the vote · 表决后等待 ${delaySeconds} 秒`);
  for (const { en, before, after } of simulation.changes)
    narrator.note(`would change: ${en}: ${before ?? "–"} → ${after ?? "–"}`);
  narrator.same("it would succeed now", simulation.isOk, true);
}

/** The proposer's own vote for it comes with it. */
async function propose(stage: Stage, { client }: Member, body: Motion): Promise<number> {
  const asked = api.propose({ client, headers: nextWrite(stage), body: { ...body, vote: true } });
  const { proposal, vote } = await answerOf(asked);
  const { proposalId } = await finish(client, proposal);
  if (proposalId === null || vote === null) throw new Error("the proposal was not confirmed within the time");
  await finish(client, vote);
  stage.narrator.note(`proposal ${proposalId} stands, its proposer voted for it`);
  return proposalId;
}

async function voteByKey(stage: Stage, id: number, { client, name }: Member): Promise<void> {
  const path = { id: String(id) } as never;
  await carryOut(client, api.castVote({ client, headers: nextWrite(stage), path, body: { support: "for" } }));
  stage.narrator.note(`${name} votes for it`);
}

/** The representative's own wallet signs what the API prepares; whoever sends it has no vote. */
async function voteByBallot(stage: Stage, id: number, { memberId, name }: Member): Promise<void> {
  const { operator } = stage;
  const wallet = representativeOf(memberId);
  const path = { id: String(id) } as never;
  const query = { voter: wallet.address, support: "for" as const };
  const { domain, types, message } = await answerOf(api.prepareBallot({ client: operator, path, query }));
  const body = { ...query, signature: await wallet.signTypedData(domain, types, message) };
  await carryOut(operator, api.relayBallot({ client: operator, headers: nextWrite(stage), path, body }));
  stage.narrator.note(`${name} votes for it by a ballot signed off-line`);
}

/** The delay begins; executing waits until it is over. */
async function takeEffect(stage: Stage, proposalId: number): Promise<void> {
  const { narrator, eye, operator } = stage;
  const path = { id: String(proposalId) } as never;
  const asked = () => ({ client: operator, headers: nextWrite(stage), path });
  await carryOut(operator, api.queueProposal(asked()));
  narrator.note("queued: the delay begins · 已排期，开始等待");
  await carryOut(operator, api.executeProposal(asked()));
  narrator.same(`state of proposal ${proposalId} (7 = executed)`, EXECUTED, await eye.proposalState(proposalId));
}
