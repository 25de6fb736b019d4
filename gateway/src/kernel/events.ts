/**
 * Everything our contracts say, typed. Field names are those of the interfaces (contracts/…/I….sol), where their
 * meaning and units are written once; whole numbers are bigint, enums are numbers.
 */
import type { GovernanceFields } from "./governance-events.ts";
import type { Address, Hex32 } from "./ids.ts";
import type { LotteryFields } from "./lottery-events.ts";
import type { SharingFields } from "./sharing-events.ts";

/** Where an event stands; events are applied in this order. */
export interface EventPlace {
  readonly blockNumber: number;
  readonly transactionHash: Hex32;
  readonly transactionIndex: number;
  readonly logIndex: number;
  /** The contract that said it. */
  readonly address: Address;
}

interface Ref {
  readonly ref: Hex32;
}
interface Moved {
  readonly from: Address;
  readonly to: Address;
  readonly value: bigint;
}
interface OfHolder extends Ref {
  readonly holder: Address;
}
export interface Cased {
  readonly caseNumber: Hex32;
}
export interface CasedAccount extends Cased {
  readonly account: Address;
}
export interface OfToken {
  readonly token: Address;
}
export interface OfMerchant {
  readonly merchantId: bigint;
}
export interface OfMember {
  readonly memberId: bigint;
}

/** What each event carries, by contract and name. */
export interface EventFields extends GovernanceFields, LotteryFields, SharingFields {
  "point.Transfer": Moved;
  "point.Issued": Ref & {
    readonly till: Address;
    readonly epoch: bigint;
    readonly count: bigint;
    readonly points: bigint;
  };
  "point.DebtSettled": { readonly account: Address; readonly points: bigint };
  "point.IssuedToPool": Ref & { readonly points: bigint };
  "point.RetiredFromPool": { readonly points: bigint };
  "point.TransferredAtEpoch": Moved & { readonly epoch: bigint };
  "point.Held": OfHolder & { readonly kind: number; readonly points: bigint; readonly releaseAt: bigint };
  "point.Redeemed": OfHolder & { readonly kind: number; readonly points: bigint };
  "point.Released": OfHolder & { readonly lots: bigint };
  "point.Refunded": OfHolder & { readonly requested: bigint; readonly lots: bigint };
  "point.Reversed": Ref & {
    readonly index: bigint;
    readonly account: Address;
    readonly lots: bigint;
    readonly debt: bigint;
  };
  "point.TillSet": { readonly till: Address; readonly dailyLimit: bigint };
  "point.AuthorizationUsed": { readonly authorizer: Address; readonly nonce: Hex32 };
  "point.AccountFrozen": CasedAccount;
  "point.AccountUnfrozen": CasedAccount;
  "point.ForcedTransfer": Cased & { readonly from: Address; readonly to: Address; readonly points: bigint };
  "point.Paused": Cased & { readonly until: bigint };
  "point.Unpaused": Cased;
  "point.IssueHaltSet": { readonly halted: boolean };
  "pool.PoolOpened": OfToken & { readonly accept: bigint; readonly release: bigint };
  "pool.PricesPosted": OfToken & { readonly accept: bigint; readonly release: bigint; readonly effectiveAt: bigint };
  "pool.LimitsSet": OfToken & { readonly poolDaily: bigint; readonly accountDaily: bigint };
  "pool.PauseSet": OfToken & { readonly acceptPaused: boolean; readonly releasePaused: boolean };
  "pool.PointsFunded": OfToken & Ref & { readonly points: bigint };
  "pool.PointsWithdrawn": OfToken & { readonly points: bigint };
  "pool.AlpFunded": OfToken & { readonly from: Address; readonly alp: bigint };
  "pool.AlpWithdrawn": OfToken & { readonly to: Address; readonly alp: bigint };
  "pool.Swapped": {
    readonly account: Address;
    readonly tokenIn: Address;
    readonly tokenOut: Address;
    readonly amountIn: bigint;
    readonly hub: bigint;
    readonly amountOut: bigint;
    readonly epochOut: bigint;
  };
  "registry.MerchantApplied": OfMerchant & { readonly controller: Address; readonly legalName: string };
  "registry.MerchantApproved": OfMerchant & OfToken;
  "registry.MerchantStatusChanged": OfMerchant & { readonly from: number; readonly to: number };
  "registry.ProfileUpdated": OfMerchant & { readonly profileUri: string; readonly profileHash: Hex32 };
  "rules.RulesPublished": OfMerchant & { readonly version: bigint; readonly rulesHash: Hex32; readonly uri: string };
  "registry.ControllerProposed": OfMerchant & { readonly controller: Address };
  "registry.ControllerChanged": OfMerchant & { readonly from: Address; readonly to: Address };
  "registry.ExitAnnounced": OfMerchant & { readonly windDownFrom: bigint };
  "registry.WindDownBegun": OfMerchant & { readonly closableFrom: bigint };
  "collateral.CollateralDeposited": OfMerchant & { readonly from: Address; readonly alp: bigint };
  "collateral.WithdrawalRequested": OfMerchant & { readonly alp: bigint; readonly availableAt: bigint };
  "collateral.WithdrawalCancelled": OfMerchant & { readonly alp: bigint };
  "collateral.CollateralWithdrawn": OfMerchant & { readonly to: Address; readonly alp: bigint };
  "collateral.CoverageChanged": { readonly alpPerYuan: bigint; readonly coverageBps: bigint };
  "collateral.LimitCutSet": OfMerchant & { readonly percent: number };
  "collateral.CollateralSeized": OfMerchant & Cased & { readonly alp: bigint };
  "collateral.PayoutsOpened": OfMerchant & {
    readonly pot: bigint;
    readonly points: bigint;
    readonly surplus: bigint;
  };
  "collateral.PaidOut": OfMerchant & OfHolder & { readonly points: bigint; readonly alp: bigint };
  "collateral.PayoutsClosed": OfMerchant & { readonly rest: bigint };
  "alliance.MemberAdmitted": OfMember & {
    readonly representative: Address;
    readonly node: Address;
    readonly name: string;
  };
  "alliance.MemberStatusChanged": OfMember & { readonly from: number; readonly to: number };
  "alliance.RepresentativeChanged": OfMember & { readonly from: Address; readonly to: Address };
  "alliance.NodeChanged": OfMember & { readonly from: Address; readonly to: Address };
  "alliance.ValidatorFloorChanged": { readonly from: bigint; readonly to: bigint };
  "alp.Transfer": Moved;
  "alp.HolderAdmitted": { readonly account: Address };
  "alp.HolderRemoved": { readonly account: Address };
  "alp.PayerSet": { readonly payer: Address; readonly isPayer: boolean };
  "alp.InflationChanged": { readonly bps: bigint };
  "alp.RewardEmitted": { readonly to: Address; readonly amount: bigint; readonly year: bigint };
}

export type EventType = keyof EventFields;

/** The same list while the program runs; other events of our contracts (`Approval`, `FactoryChanged`) nobody needs. */
export const EVENT_TYPES: Readonly<Record<EventType, true>> = {
  "point.Transfer": true,
  "point.Issued": true,
  "point.DebtSettled": true,
  "point.IssuedToPool": true,
  "point.RetiredFromPool": true,
  "point.TransferredAtEpoch": true,
  "point.Held": true,
  "point.Redeemed": true,
  "point.Released": true,
  "point.Refunded": true,
  "point.Reversed": true,
  "point.TillSet": true,
  "point.AuthorizationUsed": true,
  "point.AccountFrozen": true,
  "point.AccountUnfrozen": true,
  "point.ForcedTransfer": true,
  "point.Paused": true,
  "point.Unpaused": true,
  "point.IssueHaltSet": true,
  "pool.PoolOpened": true,
  "pool.PricesPosted": true,
  "pool.LimitsSet": true,
  "pool.PauseSet": true,
  "pool.PointsFunded": true,
  "pool.PointsWithdrawn": true,
  "pool.AlpFunded": true,
  "pool.AlpWithdrawn": true,
  "pool.Swapped": true,
  "registry.MerchantApplied": true,
  "registry.MerchantApproved": true,
  "registry.MerchantStatusChanged": true,
  "registry.ProfileUpdated": true,
  "rules.RulesPublished": true,
  "registry.ControllerProposed": true,
  "registry.ControllerChanged": true,
  "registry.ExitAnnounced": true,
  "registry.WindDownBegun": true,
  "collateral.CollateralDeposited": true,
  "collateral.WithdrawalRequested": true,
  "collateral.WithdrawalCancelled": true,
  "collateral.CollateralWithdrawn": true,
  "collateral.CoverageChanged": true,
  "collateral.LimitCutSet": true,
  "collateral.CollateralSeized": true,
  "collateral.PayoutsOpened": true,
  "collateral.PaidOut": true,
  "collateral.PayoutsClosed": true,
  "alliance.MemberAdmitted": true,
  "alliance.MemberStatusChanged": true,
  "alliance.RepresentativeChanged": true,
  "alliance.NodeChanged": true,
  "alliance.ValidatorFloorChanged": true,
  "alp.Transfer": true,
  "alp.HolderAdmitted": true,
  "alp.HolderRemoved": true,
  "alp.PayerSet": true,
  "alp.InflationChanged": true,
  "alp.RewardEmitted": true,
  "nodes.NodeAnnounced": true,
  "rewards.Attested": true,
  "rewards.RewardClaimed": true,
  "council.ProposalCreated": true,
  "council.ProposalQueued": true,
  "council.ProposalExecuted": true,
  "council.ProposalCanceled": true,
  "council.MemberVoted": true,
  "council.VoteCast": true,
  "council.VoteCastWithParams": true,
  "council.ProposalGuardianSet": true,
  "council.VotingPeriodSet": true,
  "council.BaseDelaySet": true,
  "access.RoleGranted": true,
  "access.RoleRevoked": true,
  "access.TargetFunctionRoleUpdated": true,
  "desk.AccountFrozenEverywhere": true,
  "desk.AccountFreedEverywhere": true,
  "desk.TokenPaused": true,
  "desk.TokenUnpaused": true,
  "desk.MeasureTaken": true,
  "desk.TransferOrdered": true,
  "desk.TransferOrderWithdrawn": true,
  "desk.TransferOrderExecuted": true,
  "lottery.DrawAnnounced": true,
  "lottery.DrawWitnessed": true,
  "lottery.TicketsBought": true,
  "lottery.DrawClosed": true,
  "lottery.EntropyKept": true,
  "lottery.SecretRevealed": true,
  "lottery.DrawDrawn": true,
  "lottery.DrawVoided": true,
  "lottery.TicketsSettled": true,
  "lottery.PrizePaid": true,
  "sharing.SharingEnabled": true,
  "sharing.ParametersChanged": true,
  "sharing.SharingHalted": true,
  "sharing.MerchantJoined": true,
  "sharing.DepositAdded": true,
  "sharing.DepositWithdrawn": true,
  "sharing.RebateSet": true,
  "sharing.SaleShared": true,
  "sharing.SaleRefunded": true,
  "sharing.DebtCollected": true,
  "sharing.DayGiven": true,
  "sharing.PointsClaimed": true,
  "sharing.PointsRedeemed": true,
};

export type EventOf<T extends EventType> = EventPlace & { readonly type: T } & EventFields[T];
export type LedgerEvent = { [T in EventType]: EventOf<T> }[EventType];
export type PointEvent = EventsOf<"point">;
/** Everything that one contract says. */
export type EventsOf<Speaker extends string> = Extract<LedgerEvent, { type: `${Speaker}.${string}` }>;
