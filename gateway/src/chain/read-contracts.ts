/** Contract calls that read, as plain values. Each can be pinned to a block, so that two answers speak of one state. */
import type { Interface, Result } from "ethers";
import type { Calendar } from "../kernel/calendar.ts";
import { calendarOf } from "../kernel/calendar.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { Lots } from "../kernel/lots.ts";
import { parseLots } from "../kernel/lots.ts";
import type { ChainClient } from "./client.ts";
import {
  alliance as members,
  council,
  exchangePool,
  merchantPoint,
  merchantRegistry,
  nodeRewards,
} from "./contracts.ts";

interface Read {
  readonly abi: Interface;
  readonly address: Address;
  readonly method: string;
  readonly args?: readonly unknown[];
  /** Undefined = head. */
  readonly block?: number | undefined;
}

/** Any view of any of our contracts. */
export async function readContract(chain: ChainClient, read: Read): Promise<Result> {
  const { abi } = read;
  const data = abi.encodeFunctionData(read.method, read.args ?? []) as HexData;
  const outcome = await chain.call({ to: read.address, data }, read.block);
  if (!outcome.ok) throw new LedgerError("chain_refused", { reason: `${read.method}: ${outcome.message}` });
  return abi.decodeFunctionResult(read.method, outcome.data);
}

export interface MerchantTerms {
  readonly legalName: string;
  readonly tokenName: string;
  readonly tokenSymbol: string;
  readonly category: string;
  readonly pointsPerYuan: number;
  readonly calendar: Calendar;
  readonly utcOffsetSeconds: number;
}

/** Terms never change, so the head may be asked about any merchant. */
export async function fetchTerms(chain: ChainClient, registry: Address, merchantId: bigint): Promise<MerchantTerms> {
  const [merchant] = await readContract(chain, {
    abi: merchantRegistry,
    address: registry,
    method: "merchantOf",
    args: [merchantId],
  });
  const { terms } = merchant as { terms: Record<string, string | bigint> };
  const text = (name: string): string => String(terms[name]);
  return {
    legalName: text("legalName"),
    tokenName: text("tokenName"),
    tokenSymbol: text("tokenSymbol"),
    category: text("category"),
    pointsPerYuan: Number(terms["pointsPerYuan"]),
    calendar: calendarOf(Number(terms["calendar"])),
    utcOffsetSeconds: Number(terms["utcOffsetSeconds"]),
  };
}

export interface MemberProfile {
  readonly profileUri: string;
  readonly profileHash: Hex32;
}

export async function fetchMemberProfile(chain: ChainClient, alliance: Address, id: bigint): Promise<MemberProfile> {
  const [member] = await readContract(chain, {
    abi: members,
    address: alliance,
    method: "memberOf",
    args: [id],
  });
  const { profileUri, profileHash } = member as { profileUri: string; profileHash: string };
  return { profileUri, profileHash: profileHash.toLowerCase() as Hex32 };
}

/** What was fixed when the council and node rewards were deployed. Seconds, but `windowsRequired`. */
export interface GovernanceConstants {
  readonly selfDelay: bigint;
  readonly grace: bigint;
  readonly startedAt: bigint;
  readonly epochSeconds: bigint;
  readonly windowSeconds: bigint;
  readonly windowsRequired: bigint;
}

export async function fetchGovernanceConstants(
  chain: ChainClient,
  contracts: { readonly council: Address; readonly nodeRewards: Address },
): Promise<GovernanceConstants> {
  const ask = async (abi: Interface, address: Address, method: string): Promise<bigint> =>
    (await readContract(chain, { abi, address, method }))[0] as bigint;
  const ofCouncil = (method: string): Promise<bigint> => ask(council, contracts.council, method);
  const ofRewards = (method: string): Promise<bigint> => ask(nodeRewards, contracts.nodeRewards, method);
  return {
    selfDelay: await ofCouncil("SELF_DELAY"),
    grace: await ofCouncil("GRACE_SECONDS"),
    startedAt: await ofRewards("startedAt"),
    epochSeconds: await ofRewards("EPOCH_SECONDS"),
    windowSeconds: await ofRewards("WINDOW_SECONDS"),
    windowsRequired: await ofRewards("WINDOWS_REQUIRED"),
  };
}

/** Live lots of an account, seen from the epoch of that block. */
export async function fetchLots(chain: ChainClient, token: Address, account: Address, block?: number): Promise<Lots> {
  const [word] = await readContract(chain, {
    abi: merchantPoint,
    address: token,
    method: "lotsOf",
    args: [account],
    block,
  });
  return parseLots(word as bigint);
}

export const SPLIT_PARTS = ["issued", "circulating", "held", "pooled", "redeemed", "expired", "reversed"] as const;
export type SupplySplit = Readonly<Record<(typeof SPLIT_PARTS)[number], bigint>>;

export async function fetchSupplySplit(chain: ChainClient, token: Address, block?: number): Promise<SupplySplit> {
  const [split] = await readContract(chain, {
    abi: merchantPoint,
    address: token,
    method: "supplySplit",
    block,
  });
  const parts = split as Record<string, bigint>;
  return Object.fromEntries(SPLIT_PARTS.map((part) => [part, parts[part] ?? 0n])) as unknown as SupplySplit;
}

/** Why the pool would refuse a swap, in the order of the contract's enum. */
export const REFUSALS = [
  "none",
  "sameToken",
  "poolClosed",
  "amountOutOfRange",
  "acceptPaused",
  "releasePaused",
  "tokenPaused",
  "accountFrozen",
  "balanceTooLow",
  "alpReserveTooLow",
  "pointReserveTooLow",
  "poolDailyLimit",
  "accountDailyLimit",
  "wouldOutlive",
  "slippage",
  "deadlinePassed",
] as const;
export type Refusal = (typeof REFUSALS)[number];

export interface SwapQuestion {
  readonly account: Address;
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  /** What goes in, or what comes out when `exactOut`. */
  readonly amount: bigint;
  readonly exactOut: boolean;
}

export interface Quote {
  readonly refusal: Refusal;
  readonly amountIn: bigint;
  readonly hub: bigint;
  readonly amountOut: bigint;
  readonly epochOut: bigint;
}

/** What the pool says at that block, or at the head. */
export async function fetchQuote(chain: ChainClient, pool: Address, ask: SwapQuestion, block?: number): Promise<Quote> {
  const [quote] = await readContract(chain, {
    abi: exchangePool,
    address: pool,
    method: "quote",
    args: [ask.account, ask.tokenIn, ask.tokenOut, ask.amount, ask.exactOut],
    block,
  });
  const { refusal, amountIn, hub, amountOut, epochOut } = quote as Record<keyof Quote, bigint>;
  const reason = REFUSALS[Number(refusal)];
  if (reason === undefined) throw new RangeError(`the pool names a refusal ${refusal} that this gateway does not know`);
  return { refusal: reason, amountIn, hub, amountOut, epochOut };
}
