/** What the sharing program says of itself, of an account, of a merchant: asked of the contract at one block. */
import { collateral, sharingProgram } from "../../chain/contracts.ts";
import { readContract } from "../../chain/read-contracts.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, Hex32 } from "../../kernel/ids.ts";
import { readConcentration } from "../../store/read-sharing.ts";
import type { Rooms } from "../rooms.ts";

const STATES = ["off", "on", "halted"] as const;
const UINT256_MAX = (1n << 256n) - 1n;
const YUAN = 10n ** 18n;

type ChainRooms = Pick<Rooms, "chain" | "deployment">;

export interface BlockOf {
  readonly number: number;
  readonly hash: Hex32;
  readonly timestamp: number;
}

async function headOf({ chain }: ChainRooms): Promise<BlockOf> {
  const head = await chain.block("latest");
  if (head === undefined) throw new LedgerError("not_ready", { detail: "the node has no block yet" });
  return { number: head.number, hash: head.hash, timestamp: head.timestamp };
}

/** Answers of view functions of the program, all at one block. */
function asker({ chain, deployment }: ChainRooms, block: number) {
  return async <T>(method: string, args: readonly unknown[] = []): Promise<T> => {
    const at = { abi: sharingProgram, address: deployment.contracts.sharingProgram, block };
    return (await readContract(chain, { ...at, method, args }))[0] as T;
  };
}

interface Figures {
  readonly state: bigint;
  readonly vault: bigint;
  readonly supply: bigint;
  readonly nav: bigint;
  readonly shareValue: bigint;
  readonly coverageBps: bigint;
  readonly daysToClear: bigint;
  readonly daysGiven: bigint;
}

interface ParametersOf {
  readonly consumerMultiple: bigint;
  readonly merchantMultiple: bigint;
  readonly dailyPoints: bigint;
  readonly rebateMinBps: bigint;
  readonly rebateMaxBps: bigint;
}

/** Said with every figure of the program, word for word. */
const NOTICE = {
  en: "A share point is worth its part of the vault, no more and no less. The days to come may lower that value, and nobody promises that it rises; share value is no claim on the vault.",
  zh: "共享积分的价值等于其在资金池中所占的份额。后续发放可能使其净值下降，任何人均不承诺其上涨；共享值不构成对资金池的债权。",
} as const;

const orNull = (value: bigint): string | null => (value === UINT256_MAX ? null : String(value));

export async function readSharing(rooms: Rooms) {
  const block = await headOf(rooms);
  const ask = asker(rooms, block.number);
  const [figures, parameters, due, enabledAt, seedAlp, alpPerYuan, concentration] = await Promise.all([
    ask<Figures>("disclosure"),
    ask<ParametersOf>("parameters"),
    ask<bigint>("daysDue"),
    ask<bigint>("enabledAt"),
    ask<bigint>("SEED_ALP"),
    readAlpPerYuan(rooms, block.number),
    readConcentration(rooms.db),
  ]);
  return {
    state: STATES[Number(figures.state)] ?? "off",
    enabledAt: enabledAt === 0n ? null : Number(enabledAt),
    seedAlp: String(seedAlp),
    fundedAlp: String(figures.vault),
    claims: {
      sharePoints: String(figures.supply),
      sharePointsAlp: String(figures.vault),
      shareValueYuan: String(figures.shareValue),
      shareValueAlp: String((figures.shareValue * alpPerYuan) / YUAN),
    },
    navAlp: String(figures.nav),
    coverageBps: orNull(figures.coverageBps),
    daysToClear: orNull(figures.daysToClear),
    daysGiven: Number(figures.daysGiven),
    daysDue: Number(due),
    concentration: { ...concentration, accountsCounted: 10 },
    parameters: {
      consumerMultiple: Number(parameters.consumerMultiple),
      merchantMultiple: Number(parameters.merchantMultiple),
      dailyPoints: String(parameters.dailyPoints),
      rebateMinBps: Number(parameters.rebateMinBps),
      rebateMaxBps: Number(parameters.rebateMaxBps),
    },
    notice: NOTICE,
    block,
  };
}

async function readAlpPerYuan({ chain, deployment }: ChainRooms, block: number): Promise<bigint> {
  const at = { abi: collateral, address: deployment.contracts.collateral, block };
  return (await readContract(chain, { ...at, method: "coverage" }))[0] as bigint;
}

/** As redeeming reckons it: from the whole vault, not from the rounded price of one point. */
function worthOf(points: bigint, { vault, supply }: Figures): bigint {
  return supply === 0n ? 0n : (points * vault) / supply;
}

export async function readSharingAccount(rooms: Rooms, account: Address) {
  const block = await headOf(rooms);
  const ask = asker(rooms, block.number);
  const [shareValue, earned, debt, balance, figures] = await Promise.all([
    ask<bigint>("shareValueOf", [account]),
    ask<bigint>("earnedOf", [account]),
    ask<bigint>("debtOf", [account]),
    ask<bigint>("balanceOf", [account]),
    ask<Figures>("disclosure"),
  ]);
  return {
    account,
    shareValueYuan: String(shareValue),
    earnedPoints: String(earned),
    balancePoints: String(balance),
    debtPoints: String(debt),
    /** Rounded down, as redeeming is. */
    worthAlp: String(worthOf(earned + balance, figures)),
    navAlp: String(figures.nav),
    notice: NOTICE,
    block,
  };
}

export async function readSharingMerchant(rooms: Rooms, merchantId: number) {
  const block = await headOf(rooms);
  const ask = asker(rooms, block.number);
  const [participant, figures] = await Promise.all([
    ask<{ depositPoints: bigint; rebateBps: bigint; isJoined: boolean; lockedPoints: bigint }>("participantOf", [
      merchantId,
    ]),
    ask<Figures>("disclosure"),
  ]);
  return {
    merchantId,
    isJoined: participant.isJoined,
    rebateBps: Number(participant.rebateBps),
    depositPoints: String(participant.depositPoints),
    depositAlp: String(worthOf(participant.depositPoints, figures)),
    lockedPoints: String(participant.lockedPoints),
    block,
  };
}

/** Days that are over: given out, and due; none while the program is off. */
export async function readDays(rooms: ChainRooms): Promise<{ given: number; due: number }> {
  const block = await headOf(rooms);
  const ask = asker(rooms, block.number);
  const [{ daysGiven }, due] = await Promise.all([ask<Figures>("disclosure"), ask<bigint>("daysDue")]);
  return { given: Number(daysGiven), due: Number(due) };
}

/** The next nonce of an account's signatures. */
export async function shareNonceOf(rooms: ChainRooms, account: Address): Promise<bigint> {
  const block = await headOf(rooms);
  return asker(rooms, block.number)<bigint>("nonces", [account]);
}
