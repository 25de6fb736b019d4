/**
 * The words for what a transaction can do, by what it is about: readers of the event stream choose by the topic. Released
 * words are never renamed: the read side has stored them.
 */
export const ACTIONS_BY_TOPIC = {
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
  members: [
    "admitMember",
    "changeMemberStatus",
    "changeRepresentative",
    "changeNode",
    "setValidatorFloor",
    "announceNode",
  ],
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
    "publishRules",
    "proposeController",
    "changeController",
    "depositCollateral",
    "requestWithdrawal",
    "cancelWithdrawal",
    "withdrawCollateral",
    "setCoverage",
  ],
  points: ["issue", "reverse", "transfer", "hold", "redeem", "capture", "release", "refund", "setTill"],
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
  lottery: [
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
  sharing: [
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
  allianceToken: ["transferAlp", "admitHolder", "removeHolder", "setPayer"],
} as const;

export type Topic = keyof typeof ACTIONS_BY_TOPIC;
export type ActionName = (typeof ACTIONS_BY_TOPIC)[Topic][number];

export const TOPICS = Object.keys(ACTIONS_BY_TOPIC) as Topic[];
export const ACTIONS: readonly ActionName[] = Object.values(ACTIONS_BY_TOPIC).flat();

const TOPIC_OF = new Map<ActionName, Topic>(
  TOPICS.flatMap((topic) => ACTIONS_BY_TOPIC[topic].map((name) => [name, topic] as const)),
);

export function topicOf(action: ActionName): Topic {
  const topic = TOPIC_OF.get(action);
  if (topic === undefined) throw new RangeError(`no topic has the action ${action}`);
  return topic;
}
