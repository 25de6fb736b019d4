/** What a transaction can be, by what it is about: the choices of the filter. The compiler compares them with the API's. */
import type { ListTransactionsData } from "../../../../gateway/client/generated/types.gen.ts";

export type KnownAction = NonNullable<NonNullable<ListTransactionsData["query"]>["action"]>;

export const GROUPS = [
  {
    topic: "council",
    actions: [
      "propose",
      "vote",
      "queueProposal",
      "executeProposal",
      "cancelProposal",
      "setGuardian",
      "setVotingPeriod",
      "setBaseDelay",
      "grantRole",
      "revokeRole",
    ],
  },
  {
    topic: "members",
    actions: [
      "admitMember",
      "changeMemberStatus",
      "changeRepresentative",
      "changeNode",
      "setValidatorFloor",
      "announceNode",
    ],
  },
  { topic: "rewards", actions: ["attest", "claimReward", "emitReward", "setInflation"] },
  {
    topic: "supervision",
    actions: [
      "freeze",
      "unfreeze",
      "freezeEverywhere",
      "unfreezeEverywhere",
      "pause",
      "unpause",
      "haltIssue",
      "resumeIssue",
      "takeMeasure",
      "cutLimit",
      "orderTransfer",
      "withdrawOrder",
      "executeOrder",
      "forceTransfer",
      "seizeCollateral",
    ],
  },
  { topic: "exit", actions: ["announceExit", "beginWindDown", "openPayouts", "turnIn", "closePayouts"] },
  {
    topic: "merchants",
    actions: [
      "applyMerchant",
      "approveMerchant",
      "changeMerchantStatus",
      "updateProfile",
      "publishRules",
      "proposeController",
      "changeController",
      "depositCollateral",
      "requestWithdrawal",
      "cancelWithdrawal",
      "withdrawCollateral",
      "setCoverage",
    ],
  },
  {
    topic: "points",
    actions: ["issue", "reverse", "transfer", "hold", "redeem", "capture", "release", "refund", "setTill"],
  },
  {
    topic: "exchange",
    actions: [
      "swap",
      "openPool",
      "postPrices",
      "setPoolLimits",
      "setPoolPause",
      "fundPoints",
      "withdrawPoints",
      "fundAlp",
      "withdrawAlp",
    ],
  },
  {
    topic: "lottery",
    actions: [
      "announceDraw",
      "witnessDraw",
      "buyTickets",
      "closeDraw",
      "keepEntropy",
      "revealSecret",
      "draw",
      "voidDraw",
      "settleTickets",
      "payPrize",
    ],
  },
  {
    topic: "sharing",
    actions: [
      "enableSharing",
      "setSharingParameters",
      "haltSharing",
      "joinSharing",
      "addSharingDeposit",
      "withdrawSharingDeposit",
      "setSharingRebate",
      "shareSale",
      "refundSharedSale",
      "collectSharingDebt",
      "giveSharingDay",
      "claimSharePoints",
      "redeemSharePoints",
    ],
  },
  { topic: "allianceToken", actions: ["transferAlp", "admitHolder", "removeHolder", "setPayer"] },
  { topic: "none", actions: ["other", "reverted"] },
] as const satisfies readonly { readonly topic: string; readonly actions: readonly KnownAction[] }[];

const ALL: ReadonlySet<string> = new Set(GROUPS.flatMap(({ actions }) => actions));

export const isKnownAction = (text: string | null): text is KnownAction => text !== null && ALL.has(text);
