/** What the reads of council, members, rewards, supervision and exits answer. */
import { z } from "zod";
import { MEASURES, PROPOSAL_STATES, SUPPORTS } from "../kernel/statuses.ts";
import { amountOut, placeOut } from "./read-schemas.ts";
import { addressOut, hex32Out, timestampOut } from "./schemas.ts";

const named = z.strictObject({ id: z.int(), name: z.string() });
const hexOut = z.string().regex(/^0x[0-9a-f]*$/);

const callOut = z.strictObject({ target: addressOut, value: z.string(), data: hexOut }).meta({ id: "ProposalCall" });

const decodedOut = z
  .strictObject({
    action: z.string().meta({ description: "A name of /v1/council/actions, or unknown-call." }),
    values: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    calls: z.int().meta({ description: "How many of the proposal's calls it is." }),
    en: z.string(),
    zh: z.string(),
  })
  .meta({ id: "ProposedAction", description: "What a part of the proposal's calls does, in words." });

const voteOut = z
  .strictObject({
    memberId: z.int(),
    memberName: z.string(),
    support: z.enum(SUPPORTS),
    voter: addressOut,
    reason: z.string(),
    ...placeOut,
  })
  .meta({ id: "Vote" });

export const proposalFields = {
  id: z.int(),
  state: z.enum(PROPOSAL_STATES).meta({ description: "At the time of the answer's block." }),
  description: z.string(),
  proposer: addressOut,
  proposerId: z.int().nullable(),
  proposerName: z.string(),
  proposedAt: timestampOut,
  blockNumber: z.int(),
  transactionHash: hex32Out,
  snapshot: timestampOut.meta({ description: "Unix seconds: members that were active then have a vote." }),
  deadline: timestampOut.meta({ description: "Unix seconds: the last one to vote." }),
  eta: timestampOut.nullable().meta({ description: "From when it can be executed; null as long as it is not queued." }),
  expiresAt: timestampOut,
  executedAt: timestampOut.nullable(),
  canceledAt: timestampOut.nullable(),
  endedBy: hex32Out.nullable(),
  threshold: z.int().meta({ description: "Votes for it that decide it at once." }),
  voters: z.int(),
  tally: z.strictObject({ for: z.int(), against: z.int(), abstain: z.int() }),
  votes: z.array(voteOut),
  notVoted: z.array(named),
  calls: z.array(callOut),
  actions: z.array(decodedOut),
};

export const councilFields = {
  address: addressOut,
  threshold: z.int().meta({ description: "⌊2n/3⌋ + 1 of the n active members." }),
  members: z.array(z.strictObject({ id: z.int(), name: z.string(), representative: addressOut })),
  guardian: addressOut.nullable().meta({ description: "Who may veto: the regulator." }),
  votingPeriodSeconds: z.int(),
  baseDelaySeconds: z.int(),
  selfDelaySeconds: z.int(),
  graceSeconds: z.int(),
  delays: z.array(z.strictObject({ role: z.string(), delaySeconds: z.int() })),
  lastProposalId: z.int(),
};

export const memberFields = {
  id: z.int(),
  name: z.string(),
  representative: addressOut,
  node: addressOut,
  status: z.string(),
  profileUri: z.string(),
  profileHash: hex32Out,
  since: timestampOut,
};

export const scheduleOut = z
  .strictObject({
    startedAt: timestampOut,
    epochSeconds: z.int(),
    windowSeconds: z.int(),
    windowsRequired: z.int(),
    currentEpoch: z.int(),
  })
  .meta({ id: "RewardSchedule" });

const standing = {
  windowsAttested: z.int(),
  lastAttestedAt: timestampOut.nullable(),
  isEligible: z.boolean().meta({ description: "It was active when the epoch began." }),
  isEarned: z.boolean().meta({ description: "Eligible, and its node attested in enough windows." }),
  isClaimed: z.boolean(),
  claimable: amountOut,
  claimed: amountOut,
  claimedAt: timestampOut.nullable(),
};

export const rewardsFields = {
  schedule: scheduleOut,
  claimed: amountOut,
  epochsClaimed: z.int(),
  claimable: amountOut.meta({ description: "Of the epochs shown." }),
  epochs: z.array(z.strictObject({ epoch: z.int(), ...standing })).meta({ description: "The latest 50." }),
};

export const epochOut = z
  .strictObject({
    epoch: z.int(),
    startsAt: timestampOut,
    endsAt: timestampOut,
    isOver: z.boolean(),
    emission: amountOut,
    members: z.int(),
    share: amountOut,
    claimed: amountOut,
    records: z.array(z.strictObject({ memberId: z.int(), ...standing })),
  })
  .meta({ id: "RewardEpoch" });

export const memberDetailFields = {
  ...memberFields,
  changes: z.array(z.strictObject({ what: z.string(), was: z.string(), becomes: z.string(), ...placeOut })),
  votes: z.array(
    z.strictObject({
      proposalId: z.int(),
      support: z.enum(SUPPORTS),
      voter: addressOut,
      reason: z.string(),
      transactionHash: hex32Out,
      timestamp: timestampOut,
    }),
  ),
  rewards: z.strictObject(rewardsFields),
};

export const frozenOut = z
  .strictObject({ ...placeOut, account: addressOut, caseNumber: hex32Out })
  .meta({ id: "FrozenAccount" });

export const pauseOut = z
  .strictObject({
    ...placeOut,
    token: addressOut,
    symbol: z.string(),
    caseNumber: hex32Out,
    change: z.enum(["paused", "lifted"]),
    until: timestampOut.nullable().meta({ description: "It lapses then by itself; null: for good, or lifted." }),
    isForGood: z.boolean(),
    isInForce: z.boolean(),
  })
  .meta({ id: "Pause" });

export const measureOut = z
  .strictObject({
    ...placeOut,
    merchantId: z.int(),
    merchantName: z.string(),
    measure: z.enum(MEASURES),
    caseNumber: hex32Out,
    value: z.int().meta({ description: "Percent cut by a limitCut; 0 otherwise." }),
  })
  .meta({ id: "Measure" });

export const orderOut = z
  .strictObject({
    ...placeOut,
    id: z.int(),
    state: z.enum(["ordered", "withdrawn", "executed", "expired"]),
    token: addressOut,
    from: addressOut,
    to: addressOut,
    points: amountOut,
    caseNumber: hex32Out,
    expiresAt: timestampOut,
    executedBy: addressOut.nullable(),
    endedAt: timestampOut.nullable(),
    endedBy: hex32Out.nullable(),
  })
  .meta({ id: "TransferOrder" });

export const exitFields = {
  merchantId: z.int(),
  status: z.string(),
  stage: z
    .enum(["none", "notice", "noticeOver", "windingDown", "closable", "closed"])
    .meta({ description: "At the time of the answer's block." }),
  announcedAt: timestampOut.nullable(),
  windDownFrom: timestampOut.nullable(),
  begunAt: timestampOut.nullable(),
  closableFrom: timestampOut.nullable(),
  closedAt: timestampOut.nullable(),
  outstanding: amountOut,
  payouts: z
    .strictObject({
      pot: amountOut,
      points: amountOut,
      paid: amountOut,
      pointsPaid: amountOut,
      count: z.int(),
      perThousandPoints: amountOut.meta({ description: "Rounded down; n points are paid ⌊pot · n / points⌋." }),
      surplusLeft: amountOut,
      rest: amountOut.nullable().meta({ description: "What nobody claimed: it went to the treasury." }),
    })
    .nullable(),
  items: z
    .array(z.strictObject({ ...placeOut, holder: addressOut, ref: hex32Out, points: amountOut, alp: amountOut }))
    .meta({ description: "Payouts, newest first." }),
  nextCursor: z.string().nullable(),
};

export const roleOut = z
  .strictObject({
    id: z.string(),
    name: z.string(),
    holders: z.array(
      z.strictObject({
        account: addressOut,
        contract: z.string().nullable(),
        delaySeconds: z.int(),
        since: timestampOut,
        grantedAt: timestampOut,
        transactionHash: hex32Out,
      }),
    ),
    functions: z.array(z.strictObject({ target: addressOut, contract: z.string().nullable(), selector: hexOut })),
  })
  .meta({ id: "Role" });
