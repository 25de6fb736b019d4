/**
 * The ledger once more, in memory, from nothing but the chain's logs: what every account holds of every age, and where
 * every point ever issued is. It shares the arithmetic of lots and calendars with the gateway, and no projection.
 */
import type { MerchantTerms } from "../chain/read-contracts.ts";
import type { EpochRule } from "../kernel/calendar.ts";
import { epochAt } from "../kernel/calendar.ts";
import type { LedgerEvent, PointEvent } from "../kernel/events.ts";
import type { Address } from "../kernel/ids.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";
import type { Lots } from "../kernel/lots.ts";
import {
  addLots,
  emptyLots,
  lotsOfEpoch,
  parseLots,
  rollTo,
  takeLots,
  takeOldest,
  takeYoungest,
  totalOf,
} from "../kernel/lots.ts";
import type { Movement } from "../kernel/movements.ts";
import { readMovements } from "../kernel/movements.ts";
import { GovernanceModel } from "./governance-model.ts";

export interface RedemptionModel {
  readonly holder: Address;
  readonly ref: string;
  state: "held" | "captured" | "released";
  lots: Lots;
}

export interface TokenModel {
  readonly address: Address;
  readonly merchantId: bigint;
  readonly symbol: string;
  readonly pointsPerYuan: number;
  readonly rule: EpochRule;
  readonly accounts: Map<Address, Lots>;
  readonly debts: Map<Address, bigint>;
  readonly frozen: Set<Address>;
  readonly redemptions: Map<string, RedemptionModel>;
  supply: Lots;
  issued: bigint;
  held: bigint;
  pooled: bigint;
  redeemed: bigint;
  expired: bigint;
  reversed: bigint;
}

export interface PoolModel {
  points: bigint;
  alp: bigint;
}

export class LedgerModel {
  readonly tokens = new Map<Address, TokenModel>();
  readonly pools = new Map<Address, PoolModel>();
  readonly deposits = new Map<bigint, bigint>();
  readonly alp = new Map<Address, bigint>();
  readonly governance = new GovernanceModel();
  readonly #windingDown = new Set<bigint>();
  #now = 0;
  #lastBurned = new Map<string, Lots>();

  announce(address: Address, { merchantId, terms }: { merchantId: bigint; terms: MerchantTerms }, time: number): void {
    const rule = { calendar: terms.calendar, utcOffsetSeconds: terms.utcOffsetSeconds };
    this.tokens.set(address, {
      address,
      merchantId,
      symbol: terms.tokenSymbol,
      pointsPerYuan: terms.pointsPerYuan,
      rule,
      accounts: new Map(),
      debts: new Map(),
      frozen: new Set(),
      redemptions: new Map(),
      supply: emptyLots(epochAt(rule, time)),
      issued: 0n,
      held: 0n,
      pooled: 0n,
      redeemed: 0n,
      expired: 0n,
      reversed: 0n,
    });
  }

  /** Time passes: what has expired leaves every account and the supply. */
  advanceTo(time: number): void {
    this.#now = time;
    for (const token of this.tokens.values()) {
      const epoch = epochAt(token.rule, time);
      if (token.supply.touched === epoch) continue;
      const before = totalOf(token.supply);
      token.supply = rollTo(token.supply, epoch);
      token.expired += before - totalOf(token.supply);
      for (const [account, lots] of token.accounts) token.accounts.set(account, rollTo(lots, epoch));
    }
  }

  /** All events of one transaction, at the block time the model was advanced to. */
  apply(events: readonly LedgerEvent[]): void {
    const movements = readMovements(events);
    this.#lastBurned = new Map();
    for (const event of events) {
      this.governance.apply(event);
      if (event.type.startsWith("point.")) this.#applyPoint(event as PointEvent, movements);
      else this.#applyOther(event);
    }
  }

  #applyPoint(event: PointEvent, movements: ReadonlyMap<number, Movement>): void {
    const token = this.#token(event.address);
    switch (event.type) {
      case "point.Transfer":
        this.#move(token, movements.get(event.logIndex));
        return;
      case "point.Issued":
      case "point.IssuedToPool":
        token.issued += event.points;
        return;
      case "point.DebtSettled":
        token.debts.set(event.account, (token.debts.get(event.account) ?? 0n) - event.points);
        token.reversed += event.points;
        return;
      case "point.Reversed":
        token.debts.set(event.account, (token.debts.get(event.account) ?? 0n) + event.debt);
        token.reversed += totalOf(parseLots(event.lots));
        return;
      case "point.RetiredFromPool":
        token.reversed += event.points;
        return;
      case "point.AccountFrozen":
        token.frozen.add(event.account);
        return;
      case "point.AccountUnfrozen":
        token.frozen.delete(event.account);
        return;
      default:
        this.#redeem(token, event);
    }
  }

  #move(token: TokenModel, movement: Movement | undefined): void {
    if (movement === undefined) throw new Error("a transfer has no movement");
    const { from, to, value } = movement.transfer;
    const epoch = epochAt(token.rule, this.#now);
    let moved: Lots;
    if (from === ZERO_ADDRESS) {
      moved = named(movement, value, epoch);
      token.supply = addLots(token.supply, moved);
    } else {
      const lots = token.accounts.get(from) ?? emptyLots(epoch);
      const { taken, left } =
        movement.order.by === "oldest" ? takeOldest(lots, value) : takeLots(lots, named(movement, value, epoch));
      token.accounts.set(from, left);
      moved = taken;
    }
    if (to === ZERO_ADDRESS) {
      token.supply = takeLots(token.supply, moved).left;
      this.#lastBurned.set(`${token.address}/${from}`, moved);
    } else token.accounts.set(to, addLots(token.accounts.get(to) ?? emptyLots(epoch), moved));
  }

  #redeem(token: TokenModel, event: PointEvent): void {
    if (event.type === "point.Held" || event.type === "point.Redeemed") {
      const id = `${event.holder}/${event.ref}`;
      const held = token.redemptions.get(id);
      if (event.type === "point.Held") token.held += event.points;
      else token.redeemed += event.points;
      if (held === undefined) {
        const lots = this.#lastBurned.get(`${token.address}/${event.holder}`) ?? emptyLots(0);
        const state = event.type === "point.Held" ? "held" : "captured";
        token.redemptions.set(id, { holder: event.holder, ref: event.ref, state, lots });
        return;
      }
      // A capture: what it leaves is given back by a `Released` of the same transaction, less what has expired.
      const total = totalOf(held.lots);
      token.held -= total;
      token.expired += total - event.points;
      held.lots = takeOldest(held.lots, event.points).taken;
      held.state = "captured";
      return;
    }
    if (event.type !== "point.Released" && event.type !== "point.Refunded") return;
    const redemption = token.redemptions.get(`${event.holder}/${event.ref}`);
    if (redemption === undefined) throw new Error(`${event.type} of an unknown redemption ${event.ref}`);
    // Given back late, points count as expired until the very lots that come back are known.
    token.expired -= totalOf(parseLots(event.lots));
    if (event.type === "point.Refunded") {
      token.redeemed -= event.requested;
      token.expired += event.requested;
      redemption.lots = takeYoungest(redemption.lots, event.requested).left;
    } else if (redemption.state === "held") {
      const total = totalOf(redemption.lots);
      token.held -= total;
      token.expired += total;
      redemption.state = "released";
      redemption.lots = emptyLots(redemption.lots.touched);
    }
  }

  #applyOther(event: LedgerEvent): void {
    switch (event.type) {
      case "pool.PoolOpened":
        this.pools.set(event.token, { points: 0n, alp: 0n });
        return;
      case "pool.PointsFunded":
        this.#pool(event.token, event.points, 0n);
        return;
      case "pool.PointsWithdrawn":
        this.#pool(event.token, -event.points, 0n);
        return;
      case "pool.AlpFunded":
        this.#pool(event.token, 0n, event.alp);
        return;
      case "pool.AlpWithdrawn":
        this.#pool(event.token, 0n, -event.alp);
        return;
      case "pool.Swapped":
        this.#pool(event.tokenIn, event.amountIn, -event.hub);
        this.#pool(event.tokenOut, -event.amountOut, event.hub);
        return;
      case "collateral.CollateralDeposited":
        this.#deposit(event.merchantId, event.alp);
        return;
      case "collateral.CollateralSeized":
        this.#deposit(event.merchantId, -event.alp);
        return;
      case "collateral.CollateralWithdrawn":
        // Of a merchant that winds down it is the surplus, which is no deposit any more.
        if (!this.#windingDown.has(event.merchantId)) this.#deposit(event.merchantId, -event.alp);
        return;
      case "collateral.PayoutsOpened":
        this.#windingDown.add(event.merchantId);
        this.deposits.set(event.merchantId, 0n);
        return;
      case "alp.Transfer":
        this.#addAlp(event.from, -event.value);
        this.#addAlp(event.to, event.value);
        return;
      default:
        return;
    }
  }

  #pool(address: Address, points: bigint, alp: bigint): void {
    const pool = this.pools.get(address);
    if (pool === undefined) throw new Error(`the pool speaks of ${address}, which was never opened`);
    pool.points += points;
    pool.alp += alp;
    this.#token(address).pooled += points;
  }

  #deposit(merchantId: bigint, alp: bigint): void {
    this.deposits.set(merchantId, (this.deposits.get(merchantId) ?? 0n) + alp);
  }

  #addAlp(account: Address, alp: bigint): void {
    if (account !== ZERO_ADDRESS) this.alp.set(account, (this.alp.get(account) ?? 0n) + alp);
  }

  #token(address: Address): TokenModel {
    const token = this.tokens.get(address);
    if (token === undefined) throw new Error(`the log speaks of the token ${address}, which was never announced`);
    return token;
  }
}

function named({ order, kind }: Movement, value: bigint, epoch: number): Lots {
  if (order.by === "epoch") return lotsOfEpoch(order.epoch, value, epoch);
  if (order.by === "lots") return rollTo(order.lots, epoch);
  throw new Error(`a ${kind} out of nothing names no lots`);
}
