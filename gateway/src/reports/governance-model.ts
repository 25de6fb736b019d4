/** What the council decided, what was emitted, paid out and frozen, once more from nothing but the chain's logs. */
import type { LedgerEvent } from "../kernel/events.ts";
import type { Address } from "../kernel/ids.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";

export interface PayoutsModel {
  readonly pot: bigint;
  readonly points: bigint;
  paid: bigint;
  pointsPaid: bigint;
  surplus: bigint;
  isOpen: boolean;
}

export interface ProposalModel {
  /** Against, for, abstain: the contract's order. */
  readonly tally: [bigint, bigint, bigint];
  /** The contract's numbers of support, by member. */
  readonly votes: Map<bigint, number>;
  end: "executed" | "canceled" | undefined;
}

export class GovernanceModel {
  readonly payouts = new Map<bigint, PayoutsModel>();
  readonly limitCuts = new Map<bigint, number>();
  readonly proposals = new Map<bigint, ProposalModel>();
  readonly emitted = new Map<bigint, bigint>();
  readonly frozen = new Set<Address>();
  alpSupply = 0n;

  apply(event: LedgerEvent): void {
    switch (event.type) {
      case "alp.Transfer":
        if (event.from === ZERO_ADDRESS) this.alpSupply += event.value;
        if (event.to === ZERO_ADDRESS) this.alpSupply -= event.value;
        return;
      case "alp.RewardEmitted":
        this.emitted.set(event.year, (this.emitted.get(event.year) ?? 0n) + event.amount);
        return;
      case "desk.AccountFrozenEverywhere":
        this.frozen.add(event.account);
        return;
      case "desk.AccountFreedEverywhere":
        this.frozen.delete(event.account);
        return;
      default:
        this.#applyPayouts(event);
        this.#applyCouncil(event);
    }
  }

  #applyPayouts(event: LedgerEvent): void {
    if (event.type === "collateral.LimitCutSet") this.limitCuts.set(event.merchantId, event.percent);
    if (event.type === "collateral.PayoutsOpened") {
      const { pot, points, surplus } = event;
      this.payouts.set(event.merchantId, { pot, points, paid: 0n, pointsPaid: 0n, surplus, isOpen: true });
    }
    const payouts = "merchantId" in event ? this.payouts.get(event.merchantId) : undefined;
    if (payouts === undefined) return;
    if (event.type === "collateral.PaidOut") {
      payouts.paid += event.alp;
      payouts.pointsPaid += event.points;
    } else if (event.type === "collateral.CollateralWithdrawn") payouts.surplus -= event.alp;
    else if (event.type === "collateral.PayoutsClosed") payouts.isOpen = false;
  }

  #applyCouncil(event: LedgerEvent): void {
    if (event.type === "council.ProposalCreated")
      this.proposals.set(event.proposalId, { tally: [0n, 0n, 0n], votes: new Map(), end: undefined });
    const proposal = "proposalId" in event ? this.proposals.get(event.proposalId) : undefined;
    if (proposal === undefined) return;
    if (event.type === "council.MemberVoted") {
      proposal.votes.set(event.memberId, event.support);
      const counted = event.support as 0 | 1 | 2;
      proposal.tally[counted] += 1n;
    } else if (event.type === "council.ProposalExecuted") proposal.end = "executed";
    else if (event.type === "council.ProposalCanceled") proposal.end = "canceled";
  }

  /** ALP that lies in the collateral contract for holders and leaving merchants. */
  get owedToLeaving(): bigint {
    let owed = 0n;
    for (const { pot, paid, surplus, isOpen } of this.payouts.values()) owed += surplus + (isOpen ? pot - paid : 0n);
    return owed;
  }
}
