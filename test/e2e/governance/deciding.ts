/** The council at work through the API: one proposal from its draft to its effect. */
import { representativeOf } from "../../../scripts/demo/cast.ts";
import { signPrepared, type Answer, type RunningAlliance } from "./running-alliance.ts";
import type { BaseWallet, TypedDataDomain } from "ethers";

export interface NamedAction {
  readonly action: string;
  readonly [field: string]: unknown;
}

export interface Motion {
  readonly actions: readonly NamedAction[];
  readonly description: string;
  /** Members (ids) that say yes; the first one proposes. */
  readonly yes: readonly [proposer: number, ...others: number[]];
  /** Those of them that sign off-line; anybody relays it. */
  readonly byBallot?: readonly number[];
}

export const PROPOSALS = "/v1/council/proposals";

/** Asked for, and refused or standing open; nobody has voted. */
export async function proposeAs(
  alliance: RunningAlliance,
  memberId: number,
  body: Pick<Motion, "actions" | "description">,
): Promise<Answer> {
  const key = alliance.memberKey(memberId);
  const answer = await alliance.post(key, PROPOSALS, body);
  const { proposal } = answer.body;
  return proposal === undefined ? answer : { ...answer, body: await alliance.settled(key, proposal) };
}

/** A proposal that stands open; nobody has voted. */
export async function propose(alliance: RunningAlliance, { actions, description, yes }: Motion): Promise<string> {
  const { status, body } = await proposeAs(alliance, yes[0], { actions, description });
  if (body.state !== "confirmed") throw new Error(`proposing: ${status} ${JSON.stringify(body)}`);
  return String(body.proposalId);
}

export function vote(alliance: RunningAlliance, id: string, memberId: number, support = "for"): Promise<Answer> {
  return alliance.post(alliance.memberKey(memberId), `${PROPOSALS}/${id}/votes`, { support });
}

/** What the representative's own wallet signs, and who sends it. */
export async function ballot(
  alliance: RunningAlliance,
  id: string,
  voter: BaseWallet,
  domain: TypedDataDomain = {},
): Promise<Answer> {
  const asked = { voter: voter.address, support: "for" };
  const { body } = await alliance.get(`${PROPOSALS}/${id}/ballot?voter=${voter.address}&support=for`);
  const signature = await signPrepared(voter, body, { domain });
  return alliance.post(alliance.keys.keys.operator, `${PROPOSALS}/${id}/ballots`, { ...asked, signature });
}

/** Voted until decided; neither queued nor executed. */
export async function pass(alliance: RunningAlliance, motion: Motion): Promise<string> {
  const id = await propose(alliance, motion);
  for (const memberId of motion.yes) {
    const isBallot = motion.byBallot?.includes(memberId) === true;
    const { status, body } = await (isBallot
      ? ballot(alliance, id, representativeOf(memberId))
      : vote(alliance, id, memberId));
    if (body.state !== "confirmed") throw new Error(`vote of member ${memberId}: ${status} ${JSON.stringify(body)}`);
  }
  return id;
}

/** Executed when the delay is over: real seconds are waited for. */
export async function takeEffect(alliance: RunningAlliance, id: string): Promise<void> {
  await alliance.waitUntil(Number(await alliance.view("council", "proposalEta", id)));
  await alliance.carryOut(alliance.memberKey(1), `${PROPOSALS}/${id}/execute`);
}

/** Queued and executed. */
export async function carryThrough(alliance: RunningAlliance, id: string): Promise<void> {
  await alliance.carryOut(alliance.memberKey(1), `${PROPOSALS}/${id}/queue`);
  await takeEffect(alliance, id);
}

/** From the proposal to its effect. */
export async function decide(alliance: RunningAlliance, motion: Motion): Promise<string> {
  const id = await pass(alliance, motion);
  await carryThrough(alliance, id);
  return id;
}
