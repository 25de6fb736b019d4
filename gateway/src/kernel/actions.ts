/**
 * What a transaction did, in the words of the business. The indexer stores these beside the transaction, the explorer
 * turns them into sentences. Amounts are decimal strings in base units (points) or wei (alp).
 */
import type { ActionName } from "./action-names.ts";
import type { EventOf, EventPlace, LedgerEvent } from "./events.ts";
import type { Movement } from "./movements.ts";
import { roleName } from "./roles.ts";
import { MEASURES, MEMBER_STATUSES, MERCHANT_STATUSES, REDEMPTION_KINDS, SUPPORTS, wordOf } from "./statuses.ts";

/** One thing that happened; which fields there are depends on `action`. */
export interface Action {
  readonly action: ActionName;
  readonly [field: string]: string | number | boolean;
}

type Facts = Readonly<Record<string, string | number | boolean>>;

/** The word for each event that means something on its own. */
const WORDS: Readonly<Partial<Record<LedgerEvent["type"], ActionName>>> = {
  "point.Issued": "issue",
  "point.Reversed": "reverse",
  "point.Held": "hold",
  "point.Redeemed": "redeem",
  "point.Released": "release",
  "point.Refunded": "refund",
  "point.TillSet": "setTill",
  "point.AccountFrozen": "freeze",
  "point.AccountUnfrozen": "unfreeze",
  "point.Paused": "pause",
  "point.Unpaused": "unpause",
  "pool.PoolOpened": "openPool",
  "pool.PricesPosted": "postPrices",
  "pool.LimitsSet": "setPoolLimits",
  "pool.PauseSet": "setPoolPause",
  "pool.PointsFunded": "fundPoints",
  "pool.PointsWithdrawn": "withdrawPoints",
  "pool.AlpFunded": "fundAlp",
  "pool.AlpWithdrawn": "withdrawAlp",
  "pool.Swapped": "swap",
  "registry.MerchantApplied": "applyMerchant",
  "registry.MerchantApproved": "approveMerchant",
  "registry.MerchantStatusChanged": "changeMerchantStatus",
  "registry.ProfileUpdated": "updateProfile",
  "rules.RulesPublished": "publishRules",
  "registry.ControllerProposed": "proposeController",
  "registry.ControllerChanged": "changeController",
  "collateral.CollateralDeposited": "depositCollateral",
  "collateral.WithdrawalRequested": "requestWithdrawal",
  "collateral.WithdrawalCancelled": "cancelWithdrawal",
  "collateral.CollateralWithdrawn": "withdrawCollateral",
  "collateral.CoverageChanged": "setCoverage",
  "alliance.MemberAdmitted": "admitMember",
  "alliance.MemberStatusChanged": "changeMemberStatus",
  "alliance.RepresentativeChanged": "changeRepresentative",
  "alliance.NodeChanged": "changeNode",
  "alliance.ValidatorFloorChanged": "setValidatorFloor",
  "nodes.NodeAnnounced": "announceNode",
  "alp.Transfer": "transferAlp",
  "alp.HolderAdmitted": "admitHolder",
  "alp.HolderRemoved": "removeHolder",
  "alp.InflationChanged": "setInflation",
  "alp.PayerSet": "setPayer",
  "alp.RewardEmitted": "emitReward",
  "rewards.Attested": "attest",
  "rewards.RewardClaimed": "claimReward",
  "council.ProposalCreated": "propose",
  "council.MemberVoted": "vote",
  "council.ProposalQueued": "queueProposal",
  "council.ProposalExecuted": "executeProposal",
  "council.ProposalCanceled": "cancelProposal",
  "council.ProposalGuardianSet": "setGuardian",
  "council.VotingPeriodSet": "setVotingPeriod",
  "council.BaseDelaySet": "setBaseDelay",
  "access.RoleGranted": "grantRole",
  "access.RoleRevoked": "revokeRole",
  "desk.AccountFrozenEverywhere": "freezeEverywhere",
  "desk.AccountFreedEverywhere": "unfreezeEverywhere",
  "desk.MeasureTaken": "takeMeasure",
  "desk.TransferOrdered": "orderTransfer",
  "desk.TransferOrderWithdrawn": "withdrawOrder",
  "desk.TransferOrderExecuted": "executeOrder",
  "point.ForcedTransfer": "forceTransfer",
  "collateral.LimitCutSet": "cutLimit",
  "collateral.CollateralSeized": "seizeCollateral",
  "collateral.PayoutsOpened": "openPayouts",
  "collateral.PaidOut": "turnIn",
  "collateral.PayoutsClosed": "closePayouts",
  "registry.ExitAnnounced": "announceExit",
  "registry.WindDownBegun": "beginWindDown",
  "lottery.DrawAnnounced": "announceDraw",
  "lottery.DrawWitnessed": "witnessDraw",
  "lottery.TicketsBought": "buyTickets",
  "lottery.DrawClosed": "closeDraw",
  "lottery.EntropyKept": "keepEntropy",
  "lottery.SecretRevealed": "revealSecret",
  "lottery.DrawDrawn": "draw",
  "lottery.DrawVoided": "voidDraw",
  "lottery.TicketsSettled": "settleTickets",
  "lottery.PrizePaid": "payPrize",
  "sharing.SharingEnabled": "enableSharing",
  "sharing.ParametersChanged": "setSharingParameters",
  "sharing.SharingHalted": "haltSharing",
  "sharing.MerchantJoined": "joinSharing",
  "sharing.DepositAdded": "addSharingDeposit",
  "sharing.DepositWithdrawn": "withdrawSharingDeposit",
  "sharing.RebateSet": "setSharingRebate",
  "sharing.SaleShared": "shareSale",
  "sharing.SaleRefunded": "refundSharedSale",
  "sharing.DebtCollected": "collectSharingDebt",
  "sharing.DayGiven": "giveSharingDay",
  "sharing.PointsClaimed": "claimSharePoints",
  "sharing.PointsRedeemed": "redeemSharePoints",
};

/** Side effects: told only when nothing else happened in the transaction. */
const MINOR: ReadonlySet<ActionName> = new Set<ActionName>([
  "transferAlp",
  "admitHolder",
  "changeMerchantStatus",
  "updateProfile",
  "setPoolLimits",
  "haltIssue",
  "resumeIssue",
  "freeze",
  "unfreeze",
  "cutLimit",
  "executeOrder",
  "executeProposal",
  "emitReward",
  "giveSharingDay",
  "claimSharePoints",
  "keepEntropy",
  "openPayouts",
  "closePayouts",
  "withdrawPoints",
  "setPoolPause",
]);

const PLACE: ReadonlySet<string> = new Set<keyof EventPlace | "type">([
  "type",
  "blockNumber",
  "transactionHash",
  "transactionIndex",
  "logIndex",
  "address",
]);

/** Packed lots and indexes mean nothing to a reader of sentences; a proposal's calls are read with the proposal. */
const LEFT_OUT: ReadonlySet<string> = new Set(["lots", "index", "targets", "values", "calldatas"]);

/** Numbers of the contracts that are words for readers. */
const WORDED: Readonly<Record<string, readonly string[]>> = {
  "desk.MeasureTaken.measure": MEASURES,
  "council.MemberVoted.support": SUPPORTS,
  "registry.MerchantStatusChanged.from": MERCHANT_STATUSES,
  "registry.MerchantStatusChanged.to": MERCHANT_STATUSES,
  "alliance.MemberStatusChanged.from": MEMBER_STATUSES,
  "alliance.MemberStatusChanged.to": MEMBER_STATUSES,
};

/** What else is known of the transaction at hand. */
interface Context {
  readonly events: readonly LedgerEvent[];
  readonly movements: ReadonlyMap<number, Movement>;
}

/** One event in the words of the business, with the place of the event that said it. */
export interface Said {
  readonly event: LedgerEvent;
  readonly action: Action;
}

/** Everything of one transaction that means something on its own, in the order of the log. */
export function readSaid(events: readonly LedgerEvent[], movements: ReadonlyMap<number, Movement>): Said[] {
  const said: Said[] = [];
  for (const event of events) {
    const action = actionOf(event, { events, movements });
    if (action !== undefined) said.push({ event, action });
  }
  return said;
}

/** What the transaction did: side effects are told only when nothing else happened. */
export function readActions(said: readonly Said[]): Action[] {
  const actions = said.map(({ action }) => action);
  const major = actions.filter(({ action }) => !MINOR.has(action));
  return major.length > 0 ? major : actions;
}

function actionOf(event: LedgerEvent, { events, movements }: Context): Action | undefined {
  const word = WORDS[event.type];
  switch (event.type) {
    case "point.Transfer":
      if (movements.get(event.logIndex)?.kind !== "transfer") return undefined;
      return tell("transfer", event, { token: event.address, points: String(event.value) });
    case "point.IssueHaltSet":
      return tell(event.halted ? "haltIssue" : "resumeIssue", event, { token: event.address });
    case "point.Redeemed":
      // Turned in: told by the `PaidOut` that follows, with what was paid.
      if (wordOf(REDEMPTION_KINDS, event.kind) === "windDown") return undefined;
      return tell(isCapture(event, movements) ? "capture" : "redeem", event, { token: event.address });
    case "point.Issued":
      return tell("issue", event, { token: event.address, ...receiverOf(event, movements) });
    case "collateral.PaidOut":
      return tell("turnIn", event, tokenTurnedIn(event, events));
    case "council.ProposalCreated":
      return tell("propose", event, { actionCount: event.targets.length });
    case "council.MemberVoted":
      return tell("vote", event, ballotOf(event, events));
    case "access.RoleGranted":
    case "access.RoleRevoked":
      return tell(word ?? "grantRole", event, { role: roleName(event.roleId) });
    default:
      if (word === undefined) return undefined;
      return tell(word, event, event.type.startsWith("point.") ? { token: event.address } : {});
  }
}

/** The token's own `Redeemed` stands before what the collateral paid for it. */
function tokenTurnedIn(event: EventOf<"collateral.PaidOut">, events: readonly LedgerEvent[]): Facts {
  const redeemed = events.find(
    (one) => one.type === "point.Redeemed" && one.ref === event.ref && one.holder === event.holder,
  );
  return redeemed === undefined ? {} : { token: redeemed.address };
}

/** Governor's `VoteCast`, which names the voter and its reason, follows the `MemberVoted`. */
function ballotOf(event: EventOf<"council.MemberVoted">, events: readonly LedgerEvent[]): Facts {
  for (const one of events) {
    if (one.type !== "council.VoteCast" && one.type !== "council.VoteCastWithParams") continue;
    if (one.logIndex > event.logIndex && one.proposalId === event.proposalId)
      return { voter: one.voter, reason: one.reason };
  }
  return {};
}

/** A redemption without a burn of its own consumes what a hold took before. */
function isCapture(event: EventOf<"point.Redeemed">, movements: ReadonlyMap<number, Movement>): boolean {
  for (const { kind, transfer } of movements.values())
    if (kind === "redeem" && transfer.address === event.address && transfer.from === event.holder) return false;
  return true;
}

/** A single issue names its receiver; a batch only counts. */
function receiverOf(event: EventOf<"point.Issued">, movements: ReadonlyMap<number, Movement>): Facts {
  if (event.count !== 1n) return {};
  for (const { kind, transfer } of movements.values())
    if (kind === "issue" && transfer.address === event.address && transfer.logIndex === event.logIndex - 1)
      return { to: transfer.to };
  return {};
}

function tell(action: ActionName, event: LedgerEvent, more: Facts): Action {
  const facts: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(event) as [string, string | number | bigint | boolean | object][]) {
    // Lists, as the calls of a proposal, are not facts of one line.
    if (PLACE.has(name) || LEFT_OUT.has(name) || typeof value === "object") continue;
    const words = WORDED[`${event.type}.${name}`];
    facts[name] =
      words !== undefined ? wordOf(words, Number(value)) : typeof value === "bigint" ? String(value) : value;
  }
  return { action, ...facts, ...more };
}
