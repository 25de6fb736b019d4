/**
 * What an account can do about a price in points: pay it with what it holds, swap what is missing out of one other token,
 * or neither. The swap follows the pool's own arithmetic and refusals (SwapPlan.sol, ExchangePool.quote), on the rows of
 * one block, so that an offer can be told without asking the chain fifty times.
 */
import type { EpochRule } from "../kernel/calendar.ts";
import { epochAt, expiryOf, NEVER } from "../kernel/calendar.ts";
import type { Address } from "../kernel/ids.ts";
import type { Lots } from "../kernel/lots.ts";
import { LANES, rollTo, totalOf } from "../kernel/lots.ts";

/** A merchant's side of the pool, prices and limits in force now. */
export interface PoolSide {
  readonly pointReserve: bigint;
  readonly alpReserve: bigint;
  /** ALP wei a base unit. */
  readonly accept: bigint;
  readonly release: bigint;
  readonly poolDaily: bigint;
  readonly accountDaily: bigint;
  readonly takenToday: bigint;
  readonly isAcceptPaused: boolean;
  readonly isReleasePaused: boolean;
}

export interface PointSide {
  readonly token: Address;
  readonly name: string;
  readonly symbol: string;
  readonly rule: EpochRule;
  readonly isPaused: boolean;
  /** Absent: the merchant takes no part in the exchange. */
  readonly pool: PoolSide | undefined;
}

export interface Held extends PointSide {
  readonly lots: Lots;
  /** What the account has given of it to the pool today (UTC). */
  readonly givenToday: bigint;
}

export interface Purse {
  readonly isFrozen: boolean;
  readonly held: ReadonlyMap<Address, Held>;
}

export interface SwapStep {
  readonly from: Held;
  readonly amountIn: bigint;
  readonly amountOut: bigint;
}

export type Reach =
  /** Its own points of the merchant are enough. */
  | { readonly kind: "held" }
  /** One swap brings what is missing. */
  | { readonly kind: "swap"; readonly own: bigint; readonly swap: SwapStep }
  /** Too little, however swapped. */
  | { readonly kind: "short"; readonly own: bigint; readonly missing: bigint };

const DAY_SECONDS = 86_400;
const MOVE_MAX = (1n << 56n) - 1n;

/** What is live now. */
function balanceAt({ lots, rule }: Held, now: number): bigint {
  return totalOf(rollTo(lots, Math.max(lots.touched, epochAt(rule, now))));
}

function firstExpiry({ lots, rule }: Held, now: number): number {
  const live = rollTo(lots, Math.max(lots.touched, epochAt(rule, now)));
  for (let age = LANES - 1; age >= 0; age -= 1) if (live.lanes[age] !== 0n) return expiryOf(rule, live.touched - age);
  return NEVER;
}

/** Points bought never outlive the points given: is there a lane of the bought ones that ends in time? */
function hasLaneBy(side: PointSide, expiresAt: number, now: number): boolean {
  const current = epochAt(side.rule, now);
  for (let age = 0; age < LANES && age <= current; age += 1)
    if (expiryOf(side.rule, current - age) <= expiresAt) return true;
  return false;
}

/** What `from` would have to give for `amountOut` of `to`; undefined when the pool would refuse. */
export function swapFor(from: Held, to: PointSide, amountOut: bigint, now: number): SwapStep | undefined {
  const [giver, taker] = [from.pool, to.pool];
  if (giver === undefined || taker === undefined || from.token === to.token) return undefined;
  if (from.isPaused || to.isPaused || giver.isAcceptPaused || taker.isReleasePaused) return undefined;
  if (giver.accept === 0n || amountOut > MOVE_MAX) return undefined;
  const hub = amountOut * taker.release;
  const amountIn = (hub + giver.accept - 1n) / giver.accept;
  if (amountIn > balanceAt(from, now) || giver.alpReserve < hub || taker.pointReserve < amountOut) return undefined;
  if (giver.takenToday + amountIn > giver.poolDaily || from.givenToday + amountIn > giver.accountDaily)
    return undefined;
  return hasLaneBy(to, firstExpiry(from, now), now) ? { from, amountIn, amountOut } : undefined;
}

/** Of several tokens the one whose points would expire first gives: all cost its owner the same ALP. */
export function reachOf(purse: Purse, to: PointSide, price: bigint, now: number): Reach {
  const mine = purse.held.get(to.token);
  const own = mine === undefined || purse.isFrozen || to.isPaused ? 0n : balanceAt(mine, now);
  if (own >= price) return { kind: "held" };
  const missing = price - own;
  const swaps = purse.isFrozen ? [] : [...purse.held.values()].flatMap((from) => swapFor(from, to, missing, now) ?? []);
  const [swap] = swaps.sort(
    (a, b) => firstExpiry(a.from, now) - firstExpiry(b.from, now) || (a.from.token < b.from.token ? -1 : 1),
  );
  return swap === undefined ? { kind: "short", own, missing } : { kind: "swap", own, swap };
}

/** The UTC day that the pool's daily limits count in. */
export function utcDayStart(now: number): number {
  return now - (now % DAY_SECONDS);
}
