/** What the explorer API answers. Every amount has one shape; every answer names the block it is true at. */
import { z } from "zod";
import { ACTIONS } from "../kernel/action-names.ts";
import type { Rooms } from "../commands/rooms.ts";
import type { Reading } from "../queries/at-block.ts";
import { addressIn, addressOut, hex32Out, pageQuery, timestampOut, orNull } from "./schemas.ts";

export function readingOf({ db, deployment }: Pick<Rooms, "db" | "deployment">): Reading {
  return { db, alp: deployment.contracts.allianceToken };
}

export const tokenParams = z.strictObject({ token: addressIn });
export const accountParams = z.strictObject({ address: addressIn });
export const page = z.strictObject(pageQuery);

export const amountOut = z
  .strictObject({
    amount: z
      .string()
      .regex(/^-?(0|[1-9][0-9]*)$/)
      .meta({ description: "Base units, as a decimal string." }),
    decimals: z.int().meta({ description: "Base units a whole: 10^decimals. 2 for points, 18 for ALP." }),
    token: addressOut,
    symbol: z.string(),
  })
  .meta({ id: "Amount", example: { amount: "123450", decimals: 2, token: `0x${"1".repeat(40)}`, symbol: "XCJ" } });

export const placeOut = { blockNumber: z.int(), transactionHash: hex32Out, timestamp: timestampOut };

export const lotOut = z
  .strictObject({ epoch: z.int(), points: amountOut, expiresAt: timestampOut.nullable() })
  .meta({ id: "Lot", description: "Points that expire together; expiresAt null = never." });

export const supplyOut = z
  .strictObject({
    issued: amountOut,
    circulating: amountOut,
    held: amountOut,
    pooled: amountOut,
    redeemed: amountOut,
    expired: amountOut,
    reversed: amountOut,
  })
  .meta({ id: "Supply", description: "issued = circulating + held + pooled + redeemed + expired + reversed, always." });

export const coverageOut = z
  .strictObject({
    outstanding: amountOut,
    deposited: amountOut,
    requested: amountOut,
    required: amountOut,
    ratioBps: z
      .string()
      .nullable()
      .meta({ description: "(deposited − requested) / required in basis points; null when nothing is required." }),
  })
  .meta({ id: "Coverage" });

export const pricesOut = z
  .strictObject({ accept: amountOut, release: amountOut })
  .meta({ id: "PriceView", description: "ALP for one base unit (0.01 point) coming in / going out." });

export const transferOut = z
  .strictObject({ ...placeOut, kind: z.string(), from: addressOut, to: addressOut, points: amountOut })
  .meta({ id: "Transfer" });

export const swapOut = z
  .strictObject({
    ...placeOut,
    account: addressOut,
    given: amountOut,
    hub: amountOut,
    bought: amountOut,
    epochBought: z.int(),
  })
  .meta({ id: "Swap" });

export const holdingOut = z
  .strictObject({
    account: addressOut,
    balance: amountOut,
    shareBps: z.string(),
    lots: z.array(lotOut),
    debt: amountOut,
    isFrozen: z.boolean(),
  })
  .meta({ id: "Holder" });

const sentenceOut = z.strictObject({ en: z.string(), zh: z.string() });

export const actionFields = {
  action: z.enum(ACTIONS),
  sentence: sentenceOut,
  parties: z.array(z.strictObject({ role: z.string(), address: addressOut })),
  amounts: z.array(z.strictObject({ name: z.string(), amount: amountOut })),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
};

const actionOut = z
  .strictObject(actionFields)
  .meta({ id: "Action", description: "One thing that a transaction did, in the words of the business." });

export const transactionOut = z
  .strictObject({
    hash: hex32Out,
    blockNumber: z.int(),
    timestamp: timestampOut,
    from: addressOut,
    to: addressOut.nullable(),
    succeeded: z.boolean(),
    gasUsed: z.string(),
    action: z.string(),
    sentence: sentenceOut,
    actionCount: z.int(),
    actions: z.array(actionOut),
  })
  .meta({ id: "Transaction" });

export const blockInfoOut = z
  .strictObject({
    number: z.int(),
    hash: hex32Out,
    parentHash: hex32Out,
    timestamp: timestampOut,
    miner: addressOut,
    gasUsed: z.string(),
    transactionCount: z.int(),
    eventCount: z.int(),
  })
  .meta({ id: "BlockInfo" });

export const issuerOut = z.strictObject({
  id: z.int(),
  legalName: z.string(),
  category: z.string(),
  status: z.string(),
  controller: addressOut,
  profileUri: z.string(),
  profileHash: hex32Out,
});

export const pointFields = {
  token: addressOut,
  name: z.string(),
  symbol: z.string(),
  decimals: z.int(),
  issuer: issuerOut,
  pointsPerYuan: z.int(),
  calendar: z.string(),
  utcOffsetSeconds: z.int(),
  currentEpoch: z.int(),
  createdAt: timestampOut,
  createdBlock: z.int(),
  isPaused: z.boolean(),
  pausedUntil: timestampOut.nullable().meta({ description: "A pause lapses then by itself; null: none, or for good." }),
  isIssueHalted: z.boolean(),
  supply: supplyOut,
  expiry: z.array(lotOut).meta({ description: "The circulating supply by age: what expires when." }),
  holderCount: z.int(),
  transferCount: z.int(),
  coverage: coverageOut,
  prices: orNull(pricesOut),
};

export const merchantFields = {
  id: z.int(),
  legalName: z.string(),
  category: z.string(),
  status: z.string(),
  controller: addressOut,
  proposedController: addressOut.nullable(),
  token: addressOut.nullable(),
  tokenName: z.string(),
  tokenSymbol: z.string(),
  pointsPerYuan: z.int(),
  calendar: z.string(),
  utcOffsetSeconds: z.int(),
  profileUri: z.string(),
  profileHash: hex32Out,
  appliedAt: timestampOut,
  approvedAt: timestampOut.nullable(),
};

export const poolFields = {
  token: addressOut,
  name: z.string(),
  symbol: z.string(),
  merchantId: z.int(),
  pointReserve: amountOut,
  alpReserve: amountOut,
  prices: pricesOut,
  nextPrices: z.strictObject({ accept: amountOut, release: amountOut, effectiveAt: timestampOut }).nullable(),
  poolDailyLimit: amountOut,
  accountDailyLimit: amountOut,
  takenToday: amountOut,
  isAcceptPaused: z.boolean(),
  isReleasePaused: z.boolean(),
  openedAt: timestampOut,
};
