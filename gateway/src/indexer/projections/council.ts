/** What the council decides: proposals, votes, its own rules, and who holds which role. */
import assert from "node:assert/strict";
import type { EventOf, EventsOf } from "../../kernel/events.ts";
import { SUPPORTS, wordOf } from "../../kernel/statuses.ts";
import type { ProposalRow, RoleGrantRow, VoteRow } from "../../store/tables-governance.ts";
import type { Books } from "../books.ts";
import { positionOfEvent } from "../books.ts";

export function projectCouncil(books: Books, event: EventsOf<"council">): void {
  switch (event.type) {
    case "council.ProposalCreated":
      propose(books, event);
      return;
    case "council.ProposalQueued":
      changed(books, event).eta = String(event.etaSeconds);
      return;
    case "council.ProposalExecuted":
      end(books, event).executed_at = String(books.time);
      return;
    case "council.ProposalCanceled":
      end(books, event).canceled_at = String(books.time);
      return;
    case "council.MemberVoted":
      vote(books, event);
      return;
    case "council.VoteCast":
    case "council.VoteCastWithParams":
      sign(books, event);
      return;
    default:
      projectRules(books, event);
  }
}

function propose(books: Books, event: EventOf<"council.ProposalCreated">): void {
  books.proposals.add({
    id: Number(event.proposalId),
    position: positionOfEvent(event),
    proposer: event.proposer,
    calls: event.targets.map((target, k) => ({
      target,
      value: String(event.values[k] ?? 0n),
      data: event.calldatas[k] ?? "0x",
    })),
    description: event.description,
    snapshot: String(event.voteStart),
    deadline: String(event.voteEnd),
    eta: null,
    votes_for: 0,
    votes_against: 0,
    votes_abstain: 0,
    executed_at: null,
    canceled_at: null,
    ended_hash: null,
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

const TALLY = { for: "votes_for", against: "votes_against", abstain: "votes_abstain" } as const;

function vote(books: Books, event: EventOf<"council.MemberVoted">): void {
  const support = wordOf(SUPPORTS, event.support);
  changed(books, event)[TALLY[support]] += 1;
  const row: VoteRow = {
    proposal_id: Number(event.proposalId),
    member_id: Number(event.memberId),
    support,
    // The `VoteCast` that follows names the address and its reason.
    voter: event.address,
    reason: "",
    position: positionOfEvent(event),
    transaction_hash: event.transactionHash,
    time: String(books.time),
  };
  books.votes.push(row);
  books.unsigned.set(event.proposalId, row);
}

function sign(books: Books, event: EventOf<"council.VoteCast"> | EventOf<"council.VoteCastWithParams">): void {
  const row = books.unsigned.get(event.proposalId);
  assert(row !== undefined, `${event.type} in ${event.transactionHash} follows no vote of a member`);
  row.voter = event.voter;
  row.reason = event.reason;
  books.unsigned.delete(event.proposalId);
}

function changed(books: Books, { proposalId }: { readonly proposalId: bigint }): ProposalRow {
  const proposal = books.proposals.need(Number(proposalId));
  books.proposals.change(proposal);
  return proposal;
}

function end(
  books: Books,
  event: EventOf<"council.ProposalExecuted"> | EventOf<"council.ProposalCanceled">,
): ProposalRow {
  const proposal = changed(books, event);
  proposal.ended_hash = event.transactionHash;
  return proposal;
}

type RulesEvent =
  EventOf<"council.ProposalGuardianSet"> | EventOf<"council.VotingPeriodSet"> | EventOf<"council.BaseDelaySet">;

function projectRules(books: Books, event: RulesEvent): void {
  const rules = books.councilRules.need(1);
  books.councilRules.change(rules);
  if (event.type === "council.ProposalGuardianSet") {
    const guardian = event.newProposalGuardian;
    rules.guardian = /^0x0+$/.test(guardian) ? null : guardian;
  } else if (event.type === "council.VotingPeriodSet") rules.voting_period = event.newVotingPeriod;
  else rules.base_delay = event.newBaseDelaySeconds;
}

export function projectRole(books: Books, event: EventsOf<"access">): void {
  if (event.type === "access.TargetFunctionRoleUpdated") {
    books.roleFunctions.add({
      target: event.target,
      selector: event.selector,
      role_id: String(event.roleId),
      position: positionOfEvent(event),
    });
    return;
  }
  const found = books.roleGrants.find(String(event.roleId), event.account);
  if (event.type === "access.RoleGranted") {
    grant(books, event, found);
    return;
  }
  if (found === undefined) return;
  Object.assign(found, { is_active: false, ...placed(books, event) });
  books.roleGrants.change(found);
}

/** A role given again changes its delay only: a shorter one takes effect later, at `since`. */
function grant(books: Books, event: EventOf<"access.RoleGranted">, found: RoleGrantRow<bigint> | undefined): void {
  const before = found?.is_active === true ? delayAt(found, books.time) : null;
  books.roleGrants.add({
    role_id: event.roleId,
    account: event.account,
    is_active: true,
    delay: event.delay,
    delay_before: before,
    since: event.since,
    ...placed(books, event),
  });
}

function delayAt(grant: RoleGrantRow<bigint>, time: number): bigint | null {
  return BigInt(time) >= grant.since ? grant.delay : grant.delay_before;
}

function placed(books: Books, event: EventsOf<"access">) {
  return {
    position: BigInt(positionOfEvent(event)),
    transaction_hash: event.transactionHash,
    time: BigInt(books.time),
  };
}
