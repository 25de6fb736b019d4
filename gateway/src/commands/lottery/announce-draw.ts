/**
 * A merchant announces a draw: the lottery becomes its till, may take the prizes, and takes them. The merchant's secret
 * is made here and sealed; only its commitment leaves the gateway.
 */
import { callOf, lottery, merchantPoint } from "../../chain/contracts.ts";
import { hashOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, Points } from "../../kernel/ids.ts";
import type { ContractCall } from "../../outbox/command.ts";
import { readCommand } from "../../outbox/read.ts";
import { deleteDrawPlan, insertDrawPlan, readDrawPlan } from "../../store/draw-plans.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { chainNow } from "../chain-time.ts";
import type { MerchantFacts } from "../find-merchant.ts";
import { findMerchant } from "../find-merchant.ts";
import { controllerKey } from "../find-signer.ts";
import type { Rooms } from "../rooms.ts";
import { currentEpochOf, isLotteryTill, readDrawMargins, readStake } from "./read-lottery.ts";
import { makeSecret } from "./secrets.ts";

/** A till is who may settle holds; the lottery has no way to issue, so the smallest limit will do. */
const TILL_LIMIT = 1n;
const UINT256_MAX = (1n << 256n) - 1n;

export interface PrizeTier {
  /** Whose points are won; the merchant's own when left out. */
  readonly token?: Address | undefined;
  readonly points: Points;
  /** Which of the token's epochs the points are of; the current one when left out. */
  readonly epoch?: number | undefined;
  readonly count: number;
}

export interface DrawRequest {
  readonly merchantId: number;
  /** The merchant's own name of it, once for ever. */
  readonly drawRef: string;
  readonly title: string;
  /** What buyers read; its hash goes on the chain. */
  readonly terms: string;
  readonly ticketPoints: Points;
  readonly ticketsMax: number;
  readonly ticketsPerAccount: number;
  /** Unix seconds. Those left out are as early as the contract allows. */
  readonly salesEnd: number;
  readonly revealEnd?: number | undefined;
  readonly releaseAt?: number | undefined;
  readonly claimEnd?: number | undefined;
  readonly prizes: readonly PrizeTier[];
}

export async function announceDraw(rooms: Rooms, asked: Asked, request: DrawRequest): Promise<Accepted> {
  const known = await findKnown(rooms, asked, request);
  if (known !== undefined) return known;
  return accept(rooms, asked, async () => {
    const merchant = await findMerchant(rooms, request.merchantId);
    if (merchant.token === undefined)
      throw new LedgerError("not_found", { what: `token of merchant ${request.merchantId}` });
    const signer = await controllerKey(rooms, merchant);
    const times = await timesOf(rooms, request);
    const tiers = await tiersOf(rooms, merchant.token, request.prizes);
    const first = await preparation(rooms, { ...merchant, token: merchant.token }, tiers);
    const secret = makeSecret(rooms);
    const terms = {
      token: merchant.token,
      ticketPoints: request.ticketPoints,
      ticketsMax: request.ticketsMax,
      accountMax: request.ticketsPerAccount,
      ...times,
      commitment: secret.commitment,
      termsHash: hashOf(request.terms),
    };
    const call = callOf(rooms.deployment.contracts.lottery, lottery.encodeFunctionData("announce", [terms, tiers]));
    // What must come first can not be tried together with what follows it.
    const trial = { ...(first[0] ?? call), from: signer };
    return {
      kind: "lottery.announce",
      merchantId: request.merchantId,
      calls: [...first, call],
      signer,
      trial,
      beside: async (tx, commandId) => {
        await secret.keep(tx);
        const plan = { ...request, commitment: secret.commitment, contentHash: asked.requestHash, commandId };
        const isNew = await insertDrawPlan(tx, { ...plan, now: rooms.clock.now() });
        if (!isNew) throw new LedgerError("draw_exists", { drawRef: request.drawRef });
      },
    };
  });
}

/** The same draw again gives its command; one whose announcement failed may be announced anew. */
async function findKnown(rooms: Rooms, asked: Asked, request: DrawRequest): Promise<Accepted | undefined> {
  const { merchantId, drawRef } = request;
  const plan = await readDrawPlan(rooms.db, merchantId, drawRef);
  if (plan === undefined) return undefined;
  const command = await readCommand(rooms.db, plan.command_id);
  if (command === undefined || command.state === "failed") {
    await deleteDrawPlan(rooms.db, plan.commitment);
    return undefined;
  }
  if (plan.content_hash !== asked.requestHash) throw new LedgerError("draw_exists", { drawRef });
  return { command, isReplay: true };
}

async function timesOf(rooms: Rooms, request: DrawRequest) {
  const { salesEnd } = request;
  const now = await chainNow(rooms);
  if (salesEnd <= now) throw new LedgerError("request_invalid", { field: "salesEnd", problem: "is not in the future" });
  const margins = await readDrawMargins(rooms);
  const revealEnd = request.revealEnd ?? salesEnd + margins.reveal;
  const releaseAt = request.releaseAt ?? revealEnd + margins.settle;
  return { salesEnd, revealEnd, releaseAt, claimEnd: request.claimEnd ?? releaseAt };
}

interface ChainTier {
  readonly token: Address;
  readonly points: bigint;
  readonly epoch: number;
  readonly count: number;
}

function tiersOf(rooms: Rooms, own: Address, prizes: readonly PrizeTier[]): Promise<ChainTier[]> {
  return Promise.all(
    prizes.map(async ({ token = own, points, epoch, count }) => ({
      token,
      points,
      epoch: epoch ?? Number(await currentEpochOf(rooms, token)),
      count,
    })),
  );
}

/** Throws `draw_prizes_missing` when the controller has not got them: then nothing is sent. */
async function preparation(
  rooms: Rooms,
  { controller, token: own }: MerchantFacts & { token: Address },
  tiers: readonly ChainTier[],
): Promise<ContractCall[]> {
  const to = rooms.deployment.contracts.lottery;
  const calls: ContractCall[] = [];
  if (!(await isLotteryTill(rooms, own)))
    calls.push(callOf(own, merchantPoint.encodeFunctionData("setTill", [to, TILL_LIMIT])));
  const needed = new Map<string, ChainTier & { sum: bigint }>();
  for (const tier of tiers) {
    const key = `${tier.token}/${tier.epoch}`;
    needed.set(key, { ...tier, sum: (needed.get(key)?.sum ?? 0n) + tier.points * BigInt(tier.count) });
  }
  const approved = new Set<Address>();
  for (const { token, epoch, sum } of needed.values()) {
    const { held, allowed } = await readStake(rooms, { token, holder: controller, epoch });
    if (held < sum)
      throw new LedgerError("draw_prizes_missing", { token, epoch, controller, needed: `${sum}`, held: `${held}` });
    const all = [...needed.values()].filter((one) => one.token === token).reduce((total, one) => total + one.sum, 0n);
    if (allowed >= all || approved.has(token)) continue;
    approved.add(token);
    // Without a limit: two draws announced side by side would undo each other's exact one. The lottery takes nothing but
    // the prizes of a draw that the controller itself announces.
    calls.push(callOf(token, merchantPoint.encodeFunctionData("approve", [to, UINT256_MAX])));
  }
  return calls;
}
