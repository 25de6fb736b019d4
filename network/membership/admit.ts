/** Admissions by the council: one organisation's signed request, or all organisations of a new network at once. */
import { encodeActions } from "../../gateway/src/council/catalogue.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";
import type { AdmissionRequest } from "./admission-request.ts";
import { profileOf } from "./admission-request.ts";
import { activeOnes, carryThrough, propose } from "./council.ts";
import type { Ledger, Representative } from "./ledger.ts";
import { memberBy, readAlliance } from "./ledger.ts";
import { settleLeftovers } from "./outgoing.ts";
import { openProposals } from "./proposal.ts";

/** What the council is asked about one organisation. */
export type Candidate = Pick<AdmissionRequest, "name" | "profileUri" | "profileHash" | "representative" | "node">;

/** The contract takes 32 actions a proposal. */
const ADMISSIONS_MAX = 32;

/** Proposes the admission, votes with the keys here, and executes it when its time has come. */
export async function admit(ledger: Ledger, candidate: Candidate, here: readonly Representative[]): Promise<void> {
  await settleLeftovers(
    ledger,
    here.map(({ key }) => key),
  );
  if (await isMember(ledger, candidate)) {
    ledger.say(`${candidate.name} is a member already`);
    return;
  }
  const proposer = await proposerOf(ledger, here);
  const id = (await covering(ledger, [candidate]))[0] ?? (await proposeAll(ledger, proposer, [candidate]));
  await carryThrough(ledger, id, here);
}

/**
 * From the founding member to all organisations whose representatives' keys are here, by one proposal where the founder
 * is alone: one delay of two days instead of one for each. It does not touch who validates: they do so since block 1.
 */
export async function handOver(
  ledger: Ledger,
  network: NetworkFile,
  here: readonly Representative[],
): Promise<{ readonly admitted: readonly string[] }> {
  await settleLeftovers(
    ledger,
    here.map(({ key }) => key),
  );
  const candidates = here.map((one) => candidateOf(network, one));
  const open: Candidate[] = [];
  for (const candidate of candidates) if (!(await isMember(ledger, candidate))) open.push(candidate);
  if (open.length > 0) {
    const proposer = await proposerOf(ledger, here);
    for (const id of await covering(ledger, open)) await carryThrough(ledger, id, here);
    const left: Candidate[] = [];
    for (const candidate of open) if (!(await isMember(ledger, candidate))) left.push(candidate);
    for (let from = 0; from < left.length; from += ADMISSIONS_MAX) {
      const id = await proposeAll(ledger, proposer, left.slice(from, from + ADMISSIONS_MAX));
      await carryThrough(ledger, id, here);
    }
  }
  return { admitted: open.map(({ name }) => name) };
}

/** An organisation of the network with its first validator, which it had before there was an alliance. */
export function candidateOf(network: NetworkFile, { slug, key }: Representative): Candidate {
  const { name } = organisationOf(network, slug);
  return { name, ...profileOf(name), representative: key.address, node: validatorOf(network, slug).address };
}

export function organisationOf(network: NetworkFile, slug: string): NetworkFile["organisations"][number] {
  const found = network.organisations.find((organisation) => organisation.slug === slug);
  if (found === undefined) throw new NetworkError("input", `The network has no organisation ${slug}.`);
  return found;
}

/** A member has one validator: the organisation's first. */
export function validatorOf(network: NetworkFile, slug: string): NetworkNode {
  const found = network.nodes.find(({ organisation, role }) => organisation === slug && role === "validator");
  if (found === undefined)
    throw new NetworkError(
      "input",
      `${slug} has no validator in network.json: only organisations with one are members.`,
    );
  return found;
}

/** Throws when one of its addresses served another member before: the contract would refuse it two days later. */
async function isMember(ledger: Ledger, { name, representative, node }: Candidate): Promise<boolean> {
  const member = await memberBy(ledger, representative);
  if (member !== undefined) return true;
  for (const [what, account] of [
    ["representative", representative],
    ["node", node],
  ] as const)
    if ((await readAlliance(ledger, "isTaken", [account])) === true)
      throw new NetworkError(
        "refused",
        `The ${what} ${account} of ${name} serves or served a member of the alliance, and an address does so once only: it needs a new key.`,
      );
  return false;
}

async function proposerOf(ledger: Ledger, here: readonly Representative[]): Promise<Representative> {
  const [proposer] = await activeOnes(ledger, here);
  if (proposer !== undefined) return proposer;
  throw new NetworkError(
    "network",
    "None of the representatives whose keys are in this folder speaks for an active member: a member's command must propose the admission.",
  );
}

/** Open proposals that admit one of them. */
async function covering(ledger: Ledger, candidates: readonly Candidate[]): Promise<bigint[]> {
  const wanted = new Set<string>(callsOf(ledger, candidates).map(({ data }) => data));
  const open = await openProposals(ledger);
  return open.filter(({ calls }) => calls.some(({ data }) => wanted.has(data))).map(({ id }) => id);
}

async function proposeAll(ledger: Ledger, by: Representative, candidates: readonly Candidate[]): Promise<bigint> {
  const names = candidates.map(({ name }) => name).join("、");
  return propose(ledger, by, { calls: callsOf(ledger, candidates), words: `接纳为联盟方 Admit as members: ${names}` });
}

function callsOf({ deployment }: Ledger, candidates: readonly Candidate[]) {
  const actions = candidates.map(({ name, profileUri, profileHash, representative, node }) => ({
    action: "admit-member",
    values: { name, profileUri, profileHash, representative, node },
  }));
  return encodeActions(actions, deployment.contracts);
}
