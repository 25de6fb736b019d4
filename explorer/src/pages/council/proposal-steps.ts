/** What can still be done with a proposal, by whom. The chain decides; this only keeps buttons away that it would refuse. */
import type { Council, Proposal } from "../../../../gateway/client/generated/types.gen.ts";

/** Who the reader is, by session or wallet, as far as the council is concerned. */
export interface Standing {
  /** The active member that the reader speaks for. */
  readonly memberId: number | undefined;
  readonly isGuardian: boolean;
}

export interface Steps {
  readonly canVote: boolean;
  /** The reader's member has. */
  readonly hasVoted: boolean;
  readonly canQueue: boolean;
  /** The delay may still run; then it is not ripe. */
  readonly canExecute: boolean;
  readonly canCancel: boolean;
}

const OVER: readonly Proposal["state"][] = ["executed", "canceled", "defeated", "expired"];

export const isOver = (state: Proposal["state"]): boolean => OVER.includes(state);

export function stepsOf(proposal: Proposal, { memberId, isGuardian }: Standing): Steps {
  const { state, votes, notVoted, proposerId } = proposal;
  const isOpen = state === "pending" || state === "active";
  return {
    canVote: isOpen && notVoted.some(({ id }) => id === memberId),
    hasVoted: votes.some((vote) => vote.memberId === memberId),
    canQueue: state === "succeeded",
    canExecute: state === "queued",
    // The veto, until execution; or the proposer's second thoughts while nobody can vote yet.
    canCancel:
      !isOver(state) && (isGuardian || (state === "pending" && memberId !== undefined && proposerId === memberId)),
  };
}

/** By wallet: whoever the account represents now. */
export function standingOf(account: string | undefined, { members, guardian }: Council): Standing {
  return {
    memberId: account === undefined ? undefined : members.find(({ representative }) => representative === account)?.id,
    isGuardian: account !== undefined && guardian === account,
  };
}
