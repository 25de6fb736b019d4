/** What an action is about: readers of the event stream choose by it. */
import type { ActionName } from "./action-names.ts";

export const TOPICS = [
  "council",
  "members",
  "rewards",
  "supervision",
  "exit",
  "merchants",
  "points",
  "exchange",
  "allianceToken",
] as const;
export type Topic = (typeof TOPICS)[number];

const OF: Readonly<Record<Exclude<Topic, "points">, readonly ActionName[]>> = {
  council: [
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
  members: ["admitMember", "changeMemberStatus", "changeRepresentative", "changeNode"],
  rewards: ["attest", "claimReward", "emitReward", "setInflation"],
  supervision: [
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
  exit: ["announceExit", "beginWindDown", "openPayouts", "turnIn", "closePayouts"],
  merchants: [
    "applyMerchant",
    "approveMerchant",
    "changeMerchantStatus",
    "updateProfile",
    "proposeController",
    "changeController",
    "depositCollateral",
    "requestWithdrawal",
    "cancelWithdrawal",
    "withdrawCollateral",
    "setCoverage",
  ],
  exchange: [
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
  allianceToken: ["transferAlp", "admitHolder", "removeHolder", "setPayer"],
};

const TOPIC_OF = new Map(
  (Object.entries(OF) as [Topic, readonly ActionName[]][]).flatMap(([topic, names]) =>
    names.map((name) => [name, topic] as const),
  ),
);

/** Points are what everything else is not. */
export function topicOf(action: ActionName): Topic {
  return TOPIC_OF.get(action) ?? "points";
}
