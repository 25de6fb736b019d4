/** Proposals of the council as the commands see them: what they ask for, where they stand, who can still vote. */
import { council as councilAbi } from "../../gateway/src/chain/contracts.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import type { CouncilCall } from "../../gateway/src/council/action.ts";
import { decodeCalls } from "../../gateway/src/council/catalogue.ts";
import { parseAddress, parseHexData } from "../../gateway/src/kernel/ids.ts";
import type { ProposalState } from "../../gateway/src/kernel/statuses.ts";
import { PROPOSAL_STATES, wordOf } from "../../gateway/src/kernel/statuses.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { Ledger, Representative } from "./ledger.ts";

export interface Proposal {
  readonly id: bigint;
  readonly state: ProposalState;
  readonly calls: readonly CouncilCall[];
  readonly votesFor: bigint;
  /** Unix seconds of the chain. */
  readonly deadline: number;
  /** When it can be executed; 0 before it is queued. */
  readonly eta: number;
  readonly needsQueuing: boolean;
}

/** Those of whom something may still come. */
const OPEN: readonly ProposalState[] = ["pending", "active", "succeeded", "queued"];
/** Proposals are looked through from the newest: an alliance has a handful open at once. */
const LOOK_BACK = 200n;

async function readCouncil(ledger: Ledger, method: string, args: readonly unknown[] = []): Promise<readonly unknown[]> {
  const address = ledger.deployment.contracts.council;
  return await readContract(ledger.chain, { abi: councilAbi, address, method, args });
}

export async function latestProposalId(ledger: Ledger): Promise<bigint> {
  const [id] = await readCouncil(ledger, "latestProposalId");
  return id as bigint;
}

export async function fetchState(ledger: Ledger, id: bigint): Promise<ProposalState> {
  const [state] = await readCouncil(ledger, "state", [id]);
  return wordOf(PROPOSAL_STATES, Number(state));
}

export async function fetchProposal(ledger: Ledger, id: bigint): Promise<Proposal> {
  const latest = await latestProposalId(ledger);
  if (id < 1n || id > latest)
    throw new NetworkError("input", `There is no proposal ${id}: the council has had ${latest} so far.`);
  const [targets, values, calldatas] = (await readCouncil(ledger, "proposalDetails", [id])) as [
    string[],
    bigint[],
    string[],
  ];
  const number = async (method: string): Promise<bigint> => (await readCouncil(ledger, method, [id]))[0] as bigint;
  const [, votesFor] = await readCouncil(ledger, "proposalVotes", [id]);
  const [needsQueuing] = await readCouncil(ledger, "proposalNeedsQueuing", [id]);
  return {
    id,
    state: await fetchState(ledger, id),
    calls: targets.map((target, index) => ({
      target: parseAddress(target),
      value: values[index] ?? 0n,
      data: parseHexData(calldatas[index] ?? "0x"),
    })),
    votesFor: votesFor as bigint,
    deadline: Number(await number("proposalDeadline")),
    eta: Number(await number("proposalEta")),
    needsQueuing: needsQueuing as boolean,
  };
}

export async function openProposals(ledger: Ledger): Promise<Proposal[]> {
  const latest = await latestProposalId(ledger);
  const open: Proposal[] = [];
  for (let id = latest; id >= 1n && id > latest - LOOK_BACK; id -= 1n)
    if (OPEN.includes(await fetchState(ledger, id))) open.push(await fetchProposal(ledger, id));
  return open;
}

/** Votes that decide it: of the members at its snapshot; before that of those of now. */
export async function votesNeeded(ledger: Ledger, { id, state }: Proposal): Promise<bigint> {
  if (state === "pending") return (await readCouncil(ledger, "threshold"))[0] as bigint;
  const [snapshot] = await readCouncil(ledger, "proposalSnapshot", [id]);
  return (await readCouncil(ledger, "quorum", [snapshot]))[0] as bigint;
}

/** Of `from`, those whose member may vote on it and has not. */
export async function votersLeft(
  ledger: Ledger,
  { id }: Pick<Proposal, "id">,
  from: readonly Representative[],
): Promise<Representative[]> {
  const [snapshot] = await readCouncil(ledger, "proposalSnapshot", [id]);
  const left: Representative[] = [];
  for (const one of from) {
    const account = one.key.address;
    const [hasVoted] = await readCouncil(ledger, "hasVoted", [id, account]);
    const [weight] = await readCouncil(ledger, "getVotes", [account, snapshot]);
    if (hasVoted !== true && (weight as bigint) > 0n) left.push(one);
  }
  return left;
}

/** What it would do, one sentence an action, in both languages. */
export function describeProposal(ledger: Ledger, { calls }: Proposal): string[] {
  return decodeCalls(calls, ledger.deployment.contracts).map(({ en, zh }) => `${en} ${zh}`);
}
