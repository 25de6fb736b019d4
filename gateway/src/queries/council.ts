/** The council: how it works, what it was asked, how its members voted. */
import type { Address, HexData } from "../kernel/ids.ts";
import { roleName } from "../kernel/roles.ts";
import type { ProposalState } from "../kernel/statuses.ts";
import {
  readCouncilRules,
  readLastProposalId,
  readProposal,
  readProposals,
  readRepresentatives,
  readRoleFunctions,
  readRoleGrants,
  readStandings,
  readVotesOn,
} from "../store/read-council.ts";
import { readMembers } from "../store/read-issuers.ts";
import type { CouncilRulesRow, MemberChangeRow, ProposalRow, VoteRow } from "../store/tables-governance.ts";
import type { MemberRow } from "../store/tables-ledger.ts";
import type { PageQuery, PageOf, Reading, Snapshot } from "./at-block.ts";
import { atBlock, found, integerCursor } from "./at-block.ts";
import { blockOf } from "../kernel/position.ts";
import { activeAt, expiresAt, stateAt, thresholdOf } from "./proposal-state.ts";

/** As the chain has it; what the calls mean is said above this room. */
export interface Call {
  readonly target: Address;
  readonly value: string;
  readonly data: HexData;
}

/** What is needed to judge any proposal. */
interface Chamber {
  readonly rules: CouncilRulesRow;
  readonly standings: readonly MemberChangeRow[];
  readonly members: ReadonlyMap<number, MemberRow>;
  readonly memberIdOf: ReadonlyMap<string, number>;
  readonly now: number;
}

async function readChamber({ tx, block }: Snapshot): Promise<Chamber> {
  const rules = found(await readCouncilRules(tx), "council");
  const standings = await readStandings(tx);
  const members = new Map((await readMembers(tx)).map((row) => [row.id, row]));
  const memberIdOf = new Map((await readRepresentatives(tx)).map((row) => [row.becomes, row.member_id]));
  return { rules, standings, members, memberIdOf, now: block.timestamp };
}

export function showCouncil(reading: Reading, at: { readonly council: Address }) {
  return atBlock(reading, async (snapshot) => {
    const { rules, members } = await readChamber(snapshot);
    const active = [...members.values()].filter(({ status }) => status === "active");
    const grants = await readRoleGrants(snapshot.tx);
    return {
      address: at.council,
      threshold: thresholdOf(active.length),
      members: active.map(({ id, name, representative }) => ({ id, name, representative })),
      guardian: rules.guardian,
      votingPeriodSeconds: Number(rules.voting_period),
      baseDelaySeconds: Number(rules.base_delay),
      selfDelaySeconds: Number(rules.self_delay),
      graceSeconds: Number(rules.grace),
      delays: grants
        .filter(({ account }) => account === at.council)
        .map((grant) => ({ role: roleName(grant.role_id), delaySeconds: Number(grant.delay) })),
      lastProposalId: await readLastProposalId(snapshot.tx),
    };
  });
}

function voteView(row: VoteRow, members: Chamber["members"]) {
  return {
    memberId: row.member_id,
    memberName: members.get(row.member_id)?.name ?? "",
    support: row.support,
    voter: row.voter,
    reason: row.reason,
    blockNumber: blockOf(row.position),
    transactionHash: row.transaction_hash,
    timestamp: Number(row.time),
  };
}

function proposalView(row: ProposalRow, votes: readonly VoteRow[], chamber: Chamber) {
  const { members, memberIdOf, rules, now } = chamber;
  const voters = activeAt(chamber.standings, BigInt(row.snapshot));
  const threshold = thresholdOf(voters.length);
  const grace = Number(rules.grace);
  const proposerId = memberIdOf.get(row.proposer) ?? null;
  const voted = new Set(votes.map(({ member_id }) => member_id));
  return {
    id: row.id,
    state: stateAt(row, { now, threshold, grace }),
    description: row.description,
    proposer: row.proposer,
    proposerId,
    proposerName: proposerId === null ? "" : (members.get(proposerId)?.name ?? ""),
    proposedAt: Number(row.time),
    blockNumber: blockOf(row.position),
    transactionHash: row.transaction_hash,
    snapshot: Number(row.snapshot),
    deadline: Number(row.deadline),
    eta: row.eta === null ? null : Number(row.eta),
    expiresAt: expiresAt(row, grace),
    executedAt: row.executed_at === null ? null : Number(row.executed_at),
    canceledAt: row.canceled_at === null ? null : Number(row.canceled_at),
    endedBy: row.ended_hash,
    threshold,
    voters: voters.length,
    tally: { for: row.votes_for, against: row.votes_against, abstain: row.votes_abstain },
    votes: votes.map((vote) => voteView(vote, members)),
    /** Active at the snapshot, and not heard yet. */
    notVoted: voters.filter((id) => !voted.has(id)).map((id) => ({ id, name: members.get(id)?.name ?? "" })),
    calls: row.calls as readonly Call[],
  };
}

export type ProposalView = ReturnType<typeof proposalView>;

async function proposalViews(snapshot: Snapshot, rows: readonly ProposalRow[], chamber: Chamber) {
  const votes = await readVotesOn(
    snapshot.tx,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    proposalView(
      row,
      votes.filter(({ proposal_id }) => proposal_id === row.id),
      chamber,
    ),
  );
}

/** A page that looks for a state reads on until it is full, but not for ever: the cursor goes on from there. */
const ROWS_READ_MAX = 1_000;

/** Newest first; a state depends on the block's time, so it is judged, not looked up. */
export function listProposals(reading: Reading, state: ProposalState | undefined, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot): Promise<PageOf<ProposalView>> => {
    const chamber = await readChamber(snapshot);
    const items: ProposalView[] = [];
    let before = String(integerCursor(cursor, 2_147_483_647));
    for (let read = 0; read < ROWS_READ_MAX;) {
      const rows = await readProposals(snapshot.tx, { limit, before });
      const views = await proposalViews(snapshot, rows.slice(0, limit), chamber);
      for (const view of views) {
        if (state === undefined || view.state === state) items.push(view);
        before = String(view.id);
        if (items.length === limit) break;
      }
      if (items.length === limit) return { items, nextCursor: Number(before) > 1 ? before : null };
      if (rows.length <= limit) return { items, nextCursor: null };
      read += limit;
    }
    return { items, nextCursor: before };
  });
}

export function showProposal(reading: Reading, id: number) {
  return atBlock(reading, async (snapshot) => {
    const row = found(await readProposal(snapshot.tx, id), `proposal ${id}`);
    const [view] = await proposalViews(snapshot, [row], await readChamber(snapshot));
    return found(view, `proposal ${id}`);
  });
}

export interface RoleNames {
  /** Contract names by address. */
  readonly contracts: ReadonlyMap<Address, string>;
}

/** Who holds which role with which delay, and which functions ask for it. */
export function listRoles(reading: Reading, { contracts }: RoleNames) {
  return atBlock(reading, async ({ tx, block }) => {
    const functions = await readRoleFunctions(tx);
    const grants = await readRoleGrants(tx);
    const ids = new Set([...grants, ...functions].map(({ role_id }) => BigInt(role_id)));
    return {
      items: [...ids]
        .sort((a, b) => (a < b ? -1 : 1))
        .map((id) => ({
          id: String(id),
          name: roleName(id),
          holders: grants
            .filter(({ role_id }) => BigInt(role_id) === id)
            .map((grant) => ({
              account: grant.account,
              contract: contracts.get(grant.account) ?? null,
              delaySeconds: Number(
                block.timestamp >= Number(grant.since) ? grant.delay : (grant.delay_before ?? grant.delay),
              ),
              since: Number(grant.since),
              grantedAt: Number(grant.time),
              transactionHash: grant.transaction_hash,
            })),
          functions: functions
            .filter(({ role_id }) => BigInt(role_id) === id)
            .map(({ target, selector }) => ({ target, contract: contracts.get(target) ?? null, selector })),
        })),
    };
  });
}
