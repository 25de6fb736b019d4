/**
 * The council's business by the representatives of this folder: proposing, voting, queueing, executing. Where a proposal
 * stands is always read from the chain, so every step can be repeated, by anybody and on any day.
 */
import { council as councilAbi } from "../../gateway/src/chain/contracts.ts";
import type { ContractAbi } from "../../gateway/src/chain/contracts.ts";
import type { CouncilCall } from "../../gateway/src/council/action.ts";
import type { LocalKey } from "../../gateway/src/chain/local-key.ts";
import { parseHexData } from "../../gateway/src/kernel/ids.ts";
import type { Support } from "../../gateway/src/kernel/statuses.ts";
import { SUPPORTS } from "../../gateway/src/kernel/statuses.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { Ledger, Representative } from "./ledger.ts";
import { chainTime, memberBy } from "./ledger.ts";
import { carryOut } from "./outgoing.ts";
import { moment, waitFor } from "./patience.ts";
import type { Proposal } from "./proposal.ts";
import { describeProposal, fetchProposal, fetchState, latestProposalId, openProposals } from "./proposal.ts";
import { votersLeft, votesNeeded } from "./proposal.ts";

/** Representatives of members that are active now: only they can propose. */
export async function activeOnes(ledger: Ledger, from: readonly Representative[]): Promise<Representative[]> {
  const active: Representative[] = [];
  for (const one of from) if ((await memberBy(ledger, one.key.address))?.status === "active") active.push(one);
  return active;
}

/** Proposes these calls, unless a proposal with exactly them is open. */
export async function propose(
  ledger: Ledger,
  proposer: Representative,
  { calls, words }: { readonly calls: readonly CouncilCall[]; readonly words: string },
): Promise<bigint> {
  const before = (await openProposals(ledger)).find((proposal) => isSame(proposal.calls, calls));
  if (before !== undefined) {
    ledger.say(`proposal ${before.id} asks for the same and is ${before.state}: going on with it`);
    return before.id;
  }
  const lists = [calls.map(({ target }) => target), calls.map(({ value }) => value), calls.map(({ data }) => data)];
  await act(ledger, proposer.key, {
    what: `propose: ${words}`,
    method: "propose(address[],uint256[],bytes[],string)",
    args: [...lists, words],
  });
  // Somebody may have proposed in the same moment: ours is the one with our calls.
  const latest = await latestProposalId(ledger);
  for (let id = latest; id >= 1n; id -= 1n) {
    if (!isSame((await fetchProposal(ledger, id)).calls, calls)) continue;
    ledger.say(`proposal ${id} was made by ${proposer.slug}: ${words}`);
    return id;
  }
  throw new NetworkError("network", "The proposal was taken into a block and can not be found: run the command again.");
}

export async function castVote(
  ledger: Ledger,
  { id }: Pick<Proposal, "id">,
  { slug, key }: Representative,
  support: Support = "for",
): Promise<void> {
  const what = support === "abstain" ? `abstain from proposal ${id}` : `vote ${support} proposal ${id}`;
  await act(ledger, key, { what, method: "castVote", args: [id, SUPPORTS.indexOf(support)] });
  ledger.say(`${slug} voted ${support} proposal ${id}`);
}

/** From wherever it stands to its effect, as far as the keys here and the chain's clock allow. */
export async function carryThrough(ledger: Ledger, id: bigint, here: readonly Representative[]): Promise<void> {
  for (const words of describeProposal(ledger, await fetchProposal(ledger, id))) ledger.say(`proposal ${id}: ${words}`);
  await votingOpen(ledger, id);
  const proposal = await fetchProposal(ledger, id);
  if (proposal.state === "active") await gatherVotes(ledger, proposal, here);
  await finish(ledger, id, here);
}

/** Votes count from the second after the proposal's block. */
export async function votingOpen(ledger: Ledger, id: bigint): Promise<void> {
  const awaited = { what: `the block after proposal ${id}`, otherwise: "The chain makes no blocks: run doctor." };
  await waitFor(ledger, awaited, async () => ((await fetchState(ledger, id)) === "pending" ? undefined : true));
}

/** Every vote that the keys here have, until it is decided. */
async function gatherVotes(ledger: Ledger, proposal: Proposal, here: readonly Representative[]): Promise<void> {
  for (const voter of await votersLeft(ledger, proposal, here)) {
    if ((await fetchState(ledger, proposal.id)) !== "active") return;
    await castVote(ledger, proposal, voter);
  }
}

/** Queues what was decided, and executes it when its delay is over. Anybody may; the keys here do. */
export async function finish(ledger: Ledger, id: bigint, here: readonly Representative[]): Promise<void> {
  const hand = here[0]?.key;
  if (hand === undefined)
    throw new NetworkError("input", "There is no representative's key in this folder to send with.");
  let proposal = await fetchProposal(ledger, id);
  if (proposal.state === "succeeded" && proposal.needsQueuing) {
    await act(ledger, hand, { what: `queue proposal ${id}`, method: "queue(uint256)", args: [id] });
    proposal = await fetchProposal(ledger, id);
    ledger.say(`proposal ${id} was decided and is queued`);
  }
  if (proposal.state === "executed") {
    ledger.say(`proposal ${id} is executed already`);
    return;
  }
  if (proposal.state !== "succeeded" && proposal.state !== "queued") throw await notDecided(ledger, proposal);
  await delayOver(ledger, proposal);
  await act(ledger, hand, { what: `execute proposal ${id}`, method: "execute(uint256)", args: [id] });
  ledger.say(`proposal ${id} is executed`);
}

async function delayOver(ledger: Ledger, { id, eta }: Proposal): Promise<void> {
  const now = await chainTime(ledger);
  const otherwise = `Proposal ${id} can be executed from ${moment(eta, now)}: run the same command again then; it goes on from there.`;
  if (eta - now > ledger.patienceSeconds) throw new NetworkError("network", `Not yet. ${otherwise}`);
  const awaited = { what: `proposal ${id}'s delay to pass: it can be executed from ${moment(eta, now)}`, otherwise };
  await waitFor({ ...ledger, patienceSeconds: ledger.patienceSeconds + 60 }, awaited, async () =>
    (await chainTime(ledger)) >= eta ? true : undefined,
  );
}

async function notDecided(ledger: Ledger, proposal: Proposal): Promise<NetworkError> {
  const { id, state, votesFor, deadline } = proposal;
  if (state !== "active")
    return new NetworkError("network", `Proposal ${id} is ${state}: nothing comes of it. Make a new one.`);
  const now = await chainTime(ledger);
  const needed = await votesNeeded(ledger, proposal);
  return new NetworkError(
    "network",
    `Proposal ${id} has ${votesFor} of the ${needed} votes that it needs, and no key here has another. Other members run: npm run network -- vote ${id}. Voting ends ${moment(deadline, now)}; then run the same command again.`,
  );
}

/** The generated types know each overload as a method of its own; here methods are named by their signature. */
const words: ContractAbi = councilAbi;

interface CouncilAct {
  readonly what: string;
  readonly method: string;
  readonly args: readonly unknown[];
}

async function act(ledger: Ledger, key: LocalKey, { what, method, args }: CouncilAct): Promise<void> {
  const to = ledger.deployment.contracts.council;
  await carryOut(ledger, key, { what, to, data: parseHexData(words.encodeFunctionData(method, args)) });
}

function isSame(one: readonly CouncilCall[], other: readonly CouncilCall[]): boolean {
  const text = (calls: readonly CouncilCall[]): string =>
    calls.map(({ target, value, data }) => `${target}/${value}/${data}`).join();
  return text(one) === text(other);
}
