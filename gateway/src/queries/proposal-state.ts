/** Where a proposal stands at a block's time, by the rules of AllianceCouncil; and who had a vote on it. */
import type { ProposalState } from "../kernel/statuses.ts";
import type { MemberChangeRow, ProposalRow } from "../store/tables-governance.ts";

/** ⌊2n/3⌋ + 1 of n. */
export function thresholdOf(members: number): number {
  return Math.floor((2 * members) / 3) + 1;
}

/** Members that were active at the end of a second, from all changes of standing in order. */
export function activeAt(standings: readonly MemberChangeRow[], time: bigint): number[] {
  const active = new Set<number>();
  for (const change of standings) {
    if (BigInt(change.time) > time) break;
    if (change.becomes === "active") active.add(change.member_id);
    else active.delete(change.member_id);
  }
  return [...active].sort((a, b) => a - b);
}

export interface Standing {
  /** Unix seconds. */
  readonly now: number;
  /** Votes for it that decide. */
  readonly threshold: number;
  /** Seconds after which what was decided, or whose delay is over, expires. */
  readonly grace: number;
}

type Decided = Pick<
  ProposalRow,
  "snapshot" | "deadline" | "eta" | "votes_for" | "votes_against" | "executed_at" | "canceled_at"
>;

export function stateAt(proposal: Decided, { now, threshold, grace }: Standing): ProposalState {
  if (proposal.executed_at !== null) return "executed";
  if (proposal.canceled_at !== null) return "canceled";
  if (Number(proposal.snapshot) >= now) return "pending";
  const isDecided = proposal.votes_for >= threshold && proposal.votes_for > proposal.votes_against;
  if (!isDecided) return Number(proposal.deadline) >= now ? "active" : "defeated";
  if (now >= expiresAt(proposal, grace)) return "expired";
  return proposal.eta === null ? "succeeded" : "queued";
}

/** When a proposal that was decided can no longer be queued, or one that was queued no longer be executed. */
export function expiresAt(proposal: Pick<ProposalRow, "deadline" | "eta">, grace: number): number {
  return Number(proposal.eta ?? proposal.deadline) + grace;
}
