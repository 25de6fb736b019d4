/** A seeded random walk on the chain: every kind of movement there is, over months of block time. */
import * as abi from "../../src/chain/contracts.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { parseHexData } from "../../src/kernel/ids.ts";
import type { ChainLab, MerchantInLab } from "./chain-lab.ts";

const DAY = 86_400;
const FAR = 2n ** 40n;

/** mulberry32: small, seeded, the same on every machine. */
export function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

interface Issued {
  readonly token: Address;
  readonly ref: Hex32;
  readonly epoch: bigint;
  readonly items: readonly bigint[];
}

export interface WalkOptions {
  readonly seed: number;
  readonly steps: number;
  readonly merchants: readonly MerchantInLab[];
  readonly customers: readonly Address[];
}

export class Walk {
  readonly #lab: ChainLab;
  readonly #options: WalkOptions;
  readonly #random: (below: number) => number;
  readonly #issued: Issued[] = [];
  readonly #holds: { token: Address; till: Address; holder: Address; ref: Hex32 }[] = [];
  #refs = 0;

  constructor(lab: ChainLab, options: WalkOptions) {
    this.#lab = lab;
    this.#options = options;
    this.#random = seeded(options.seed);
  }

  async run(): Promise<void> {
    for (let step = 0; step < this.#options.steps; step += 1) {
      const merchant = this.#pick(this.#options.merchants);
      await this.#play(merchant);
      if (this.#random(3) > 0) continue;
      // Mostly seconds; now and then a week, rarely more than a whole epoch.
      const kind = this.#random(12);
      await this.#lab.mine(kind === 0 ? this.#random(45) * DAY + 1 : kind < 4 ? this.#random(9) * DAY + 1 : 1);
    }
    await this.#lab.mine();
  }

  async #play(merchant: MerchantInLab): Promise<void> {
    const plays = [
      () => this.#issue(merchant),
      () => this.#issueBatch(merchant),
      () => this.#issueBatch(merchant),
      () => this.#transfer(merchant),
      () => this.#transfer(merchant),
      () => this.#transferAtEpoch(merchant),
      () => this.#swap(merchant),
      () => this.#swap(merchant),
      () => this.#redeem(merchant),
      () => this.#hold(merchant),
      () => this.#settleHold(),
      () => this.#settleHold(),
      () => this.#reverse(merchant),
      () => this.#rare(merchant),
    ];
    await this.#pick(plays)();
  }

  #pick<T>(from: readonly T[]): T {
    return from[this.#random(from.length)] as T;
  }

  #customer(): Address {
    return this.#pick(this.#options.customers);
  }

  #ref(): Hex32 {
    this.#refs += 1;
    return `0x${(this.#options.seed * 1_000_000 + this.#refs).toString(16).padStart(64, "0")}` as Hex32;
  }

  async #point(from: Address, token: Address, method: string, args: readonly unknown[]): Promise<void> {
    await this.#lab.send(from, token, abi.merchantPoint.encodeFunctionData(method as "issue", args as never));
  }

  /** The epoch of the block to come, near enough: a border in between makes the chain refuse, which is fine. */
  async #epoch(token: Address): Promise<bigint> {
    const data = parseHexData(abi.merchantPoint.encodeFunctionData("currentEpoch"));
    return BigInt((await this.#lab.chain.call({ to: token, data })).data);
  }

  async #issue({ token, till }: MerchantInLab): Promise<void> {
    const ref = this.#ref();
    const to = this.#customer();
    const points = BigInt(this.#random(50_000) + 1);
    const epoch = await this.#epoch(token);
    this.#issued.push({ token, ref, epoch, items: [(BigInt(to) << 96n) | (points << 40n)] });
    await this.#point(till, token, "issue", [to, points, ref]);
  }

  async #issueBatch({ token, till }: MerchantInLab): Promise<void> {
    const ref = this.#ref();
    const current = await this.#epoch(token);
    const back = BigInt(this.#random(4));
    const epoch = current > back ? current - back : current;
    const items = Array.from({ length: this.#random(6) + 1 }, (_, k) => {
      const points = BigInt(this.#random(30_000) + 1);
      return (BigInt(this.#customer()) << 96n) | (points << 40n) | BigInt(k);
    });
    this.#issued.push({ token, ref, epoch, items });
    await this.#point(till, token, "issueBatch", [ref, epoch, items]);
  }

  async #transfer({ token }: MerchantInLab): Promise<void> {
    await this.#point(this.#customer(), token, "transfer", [this.#customer(), this.#random(20_000)]);
  }

  async #transferAtEpoch({ token }: MerchantInLab): Promise<void> {
    const epoch = (await this.#epoch(token)) - BigInt(this.#random(4));
    await this.#point(this.#customer(), token, "transferAtEpoch", [epoch, this.#customer(), this.#random(5_000)]);
  }

  async #swap({ token }: MerchantInLab): Promise<void> {
    const out = this.#pick(this.#options.merchants).token;
    const data = abi.exchangePool.encodeFunctionData("swapExactIn", [token, out, this.#random(20_000) + 1, 0, FAR]);
    await this.#lab.send(this.#customer(), this.#lab.deployment.contracts.exchangePool, data);
  }

  async #redeem({ token, till }: MerchantInLab): Promise<void> {
    const ref = this.#ref();
    const holder = this.#customer();
    this.#holds.push({ token, till, holder, ref });
    await this.#point(holder, token, "redeem", [this.#random(10_000) + 1, this.#random(3), ref]);
  }

  async #hold({ token, till }: MerchantInLab): Promise<void> {
    const ref = this.#ref();
    const holder = this.#customer();
    const last = await this.#lab.chain.block("latest");
    const releaseAt = (last?.timestamp ?? 0) + (this.#random(28) + 1) * DAY;
    this.#holds.push({ token, till, holder, ref });
    await this.#point(holder, token, "hold", [this.#random(10_000) + 1, this.#random(3), ref, releaseAt]);
  }

  async #settleHold(): Promise<void> {
    if (this.#holds.length === 0) return;
    const { token, till, holder, ref } = this.#pick(this.#holds);
    const kind = this.#random(3);
    if (kind === 0) await this.#point(till, token, "release", [holder, ref]);
    else await this.#point(till, token, kind === 1 ? "capture" : "refund", [holder, ref, this.#random(6_000) + 1]);
  }

  async #reverse({ till }: MerchantInLab): Promise<void> {
    if (this.#issued.length === 0) return;
    const { token, ref, epoch, items } = this.#pick(this.#issued.slice(-20));
    const its = this.#options.merchants.find((merchant) => merchant.token === token)?.till ?? till;
    const index = this.#random(items.length);
    await this.#point(its, token, "reverse", [ref, epoch, items, index, this.#random(30_000) + 1]);
  }

  async #desk(method: string, args: readonly unknown[]): Promise<void> {
    const { regulatorDesk } = this.#lab.deployment.contracts;
    const data = abi.regulatorDesk.encodeFunctionData(method as "freeze", args as never);
    await this.#lab.send(this.#lab.regulator, regulatorDesk, data);
  }

  /** Ordered by the regulator, carried out by the council. */
  async #forceTransfer(token: Address, caseNumber: Hex32): Promise<void> {
    const { council, regulatorDesk } = this.#lab.deployment.contracts;
    const points = this.#random(5_000) + 1;
    await this.#desk("orderTransfer", [token, this.#customer(), this.#customer(), points, caseNumber]);
    await this.#lab.mine();
    const data = parseHexData(abi.regulatorDesk.encodeFunctionData("orderCount"));
    const orders = BigInt((await this.#lab.chain.call({ to: regulatorDesk, data })).data);
    const execute = abi.regulatorDesk.encodeFunctionData("executeOrder", [orders]);
    await this.#lab.send(council, regulatorDesk, execute);
  }

  async #rare({ token, controller, id }: MerchantInLab): Promise<void> {
    const { exchangePool, collateral } = this.#lab.deployment.contracts;
    const caseNumber = this.#ref();
    const pool = (method: string, args: readonly unknown[]): Promise<unknown> =>
      this.#lab.send(controller, exchangePool, abi.exchangePool.encodeFunctionData(method as "open", args as never));
    const drift = BigInt(this.#random(5));
    const plays = [
      () => this.#desk("freeze", [this.#customer(), caseNumber]),
      () => this.#desk("unfreeze", [this.#customer(), caseNumber]),
      () => this.#desk("unfreeze", [this.#customer(), caseNumber]),
      () =>
        this.#desk("pause", [token, caseNumber])
          .then(() => this.#lab.mine())
          .then(() => (this.#random(2) === 0 ? this.#desk("unpause", [token, caseNumber]) : this.#lab.mine(7 * DAY))),
      () => this.#forceTransfer(token, caseNumber),
      () => pool("postPrices", [token, { accept: (90n + drift) * 10n ** 12n, release: (100n + drift) * 10n ** 12n }]),
      () => pool("fundPoints", [token, caseNumber, 10_000 + this.#random(10_000)]),
      () => pool("withdrawPoints", [token, this.#random(10_000) + 1]),
      () => pool("withdrawAlp", [token, 10n ** 15n]),
      () =>
        this.#lab.send(
          controller,
          collateral,
          abi.collateral.encodeFunctionData("requestWithdrawal", [id, 10n ** 18n]),
        ),
      () => this.#lab.send(controller, collateral, abi.collateral.encodeFunctionData("withdraw", [id])),
    ];
    await this.#pick<() => Promise<unknown>>(plays)();
  }
}
