import { expect } from "chai";
import type { ContractTransactionResponse, TransactionReceipt } from "ethers";

import type { Lots } from "../../gateway/src/kernel/lots.ts";
import type { Ledger, Signer } from "../support/alliance.ts";
import type { Merchant } from "../support/merchants.ts";
import type { Replay } from "./replay.ts";

import { packLots, pointsOfEpoch, rollTo, takeOldest, takeYoungest, totalOf } from "../../gateway/src/kernel/lots.ts";
import { ALP, POINT, createLedger } from "../support/alliance.ts";
import { packItem } from "../support/lots.ts";
import { BURGER, COUNTRY_STYLE, admitMerchant } from "../support/merchants.ts";
import { randomOf } from "../support/random.ts";
import { Calendar, DAY } from "../support/time.ts";
import { createReplay } from "./replay.ts";

/** Printed with the test; LEDGER_FUZZ_SEED walks elsewhere, LEDGER_FUZZ_COMMANDS further. */
const SEED = Number(process.env["LEDGER_FUZZ_SEED"] ?? 20_261_122);
const COMMANDS = Number(process.env["LEDGER_FUZZ_COMMANDS"] ?? 2_000);
const COMPARE_EVERY = 20;
const KIND = 1n;

interface Redemption {
  readonly merchant: Merchant;
  readonly holder: Signer;
  readonly ref: string;
  isHeld: boolean;
  releaseAt: number;
  lots: Lots;
}

interface Issue {
  readonly merchant: Merchant;
  readonly ref: string;
  readonly epoch: bigint;
  readonly items: bigint[];
}

/** One walk: the contracts, the replay of their events, and what the walk needs to remember. */
interface Walk {
  readonly ledger: Ledger;
  readonly merchants: readonly Merchant[];
  readonly replay: Replay;
  readonly next: (below: number) => number;
  readonly redemptions: Redemption[];
  readonly issues: Issue[];
  /** Commands done and refused, by name. */
  readonly counts: Map<string, { done: number; refused: number }>;
}

/** A command: what it sends, whether the model expects it to work (undefined: the model has no opinion). */
interface Command {
  readonly name: string;
  readonly send: () => Promise<ContractTransactionResponse>;
  readonly isExpected?: boolean | undefined;
  readonly settle?: (moved: Lots[]) => void;
}

describe("invariants: the contracts and the gateway's arithmetic", () => {
  it(`agree on every lot of ${COMMANDS} random commands (seed ${SEED})`, async function () {
    this.timeout(600_000);
    const walk = await begin();
    for (let done = 1; done <= COMMANDS; done++) {
      if (walk.next(12) === 0) await wait(walk);
      await run(walk, await pick(walk));
      if (done % COMPARE_EVERY === 0) await compare(walk);
    }
    await compare(walk);
    // A walk in which something never works proves nothing about it.
    for (const [name, { done }] of walk.counts) expect(done, `${name} that worked`).to.be.greaterThan(COMMANDS / 200);
    expect(walk.counts.size).to.equal(11);
  });
});

async function begin(): Promise<Walk> {
  const ledger = await createLedger();
  const plan = { collateral: 100_000n * ALP, reserves: { points: 100_000n * POINT, alp: 500n * ALP } };
  const merchants = [
    await admitMerchant(ledger, 0, { ...COUNTRY_STYLE, ...plan }),
    await admitMerchant(ledger, 1, { ...BURGER, ...plan }),
    await admitMerchant(ledger, 2, { ...COUNTRY_STYLE, ...plan, name: "Forever", calendar: Calendar.Never }),
  ];
  const replay = await createReplay(ledger, merchants);
  return { ledger, merchants, replay, next: randomOf(SEED), redemptions: [], issues: [], counts: new Map() };
}

/** A minute, a day, or right around the border of an epoch. */
async function wait({ ledger, merchants, next }: Walk): Promise<void> {
  const { time } = ledger.networkHelpers;
  const now = await time.latest();
  const { token } = merchants[next(2)]!;
  const [, end] = await token.epochBounds(await token.currentEpoch());
  const target = [now + 60, now + DAY, Number(end) - 2, Number(end) - 1][next(20) < 17 ? next(2) : 2 + next(2)]!;
  if (target > now) await time.increaseTo(target);
}

async function run(walk: Walk, { name, send, isExpected, settle }: Command): Promise<void> {
  const count = walk.counts.get(name) ?? { done: 0, refused: 0 };
  walk.counts.set(name, count);
  let receipt: TransactionReceipt | null;
  try {
    receipt = await (await send()).wait();
  } catch (error) {
    if (isExpected === true) throw error;
    count.refused += 1;
    return;
  }
  expect(isExpected, `${name} worked`).not.to.equal(false);
  const { timestamp } = (await walk.ledger.ethers.provider.getBlock(receipt!.blockNumber))!;
  settle?.(walk.replay.apply(receipt!, timestamp));
  count.done += 1;
}

async function pick(walk: Walk): Promise<Command> {
  const { ledger, merchants, next, redemptions } = walk;
  const merchant = merchants[next(merchants.length)]!;
  const [one, two] = [ledger.actors.customers[next(6)]!, ledger.actors.customers[next(6)]!];
  const now = (await ledger.networkHelpers.time.latest()) + 1;
  const address = await merchant.token.getAddress();
  const lots = walk.replay.lotsOf(address, one.address, now);
  const points = BigInt(next(Number(totalOf(lots)) + 2));
  const ref = ledger.ethers.id(`${walk.counts.size} ${now} ${next(1e9)}`);
  const token = merchant.token.connect(one);
  const enough = points <= totalOf(lots);

  const keep = (isHeld: boolean, releaseAt: number) => (moved: Lots[]) =>
    void redemptions.push({ merchant, holder: one, ref, isHeld, releaseAt, lots: moved[0]! });
  switch (next(10)) {
    case 0:
    case 1:
      return issue(walk, merchant, ref, [one, two].slice(next(2)));
    case 2:
      return { name: "transfer", isExpected: enough, settle: () => undefined, send: () => token.transfer(two, points) };
    case 3: {
      const epoch = lots.touched - (lots.touched === 0 ? 0 : next(5));
      const value = BigInt(next(Number(pointsOfEpoch(lots, epoch)) + 2));
      const isExpected = lots.touched - epoch < 4 && value <= pointsOfEpoch(lots, epoch);
      return {
        name: "transferAtEpoch",
        isExpected,
        settle: () => undefined,
        send: () => token.transferAtEpoch(epoch, two, value),
      };
    }
    case 4:
      return {
        name: "redeem",
        isExpected: enough && points > 0n,
        send: () => token.redeem(points, KIND, ref),
        settle: keep(false, 0),
      };
    case 5: {
      const releaseAt = now + 1 + next(20 * DAY);
      const isExpected = enough && points > 0n;
      return {
        name: "hold",
        isExpected,
        send: () => token.hold(points, KIND, ref, releaseAt),
        settle: keep(true, releaseAt),
      };
    }
    case 6:
      return swap(walk, merchant, one);
    case 7:
      return reverse(walk);
    default:
      return finish(walk, now);
  }
}

function issue({ next, issues, replay, ledger }: Walk, merchant: Merchant, ref: string, to: Signer[]): Command {
  const items = to.map(({ address }) => packItem(address, BigInt(1 + next(9_000))));
  const age = merchant.plan.calendar === Calendar.Never ? 0 : next(4);
  const token = merchant.token.connect(merchant.till);
  return {
    name: "issueBatch",
    async send() {
      const epoch = BigInt(
        replay.epochOf(await token.getAddress(), (await ledger.networkHelpers.time.latest()) + 1) - age,
      );
      issues.push({ merchant, ref, epoch, items });
      return token.issueBatch(ref, epoch, items);
    },
    settle: () => undefined,
  };
}

function swap({ next, merchants, ledger }: Walk, merchant: Merchant, account: Signer): Command {
  const other = merchants[next(merchants.length)]!;
  const pool = ledger.exchangePool.connect(account);
  const amount = BigInt(next(3_000));
  const isOut = next(2) === 0;
  const max = ledger.ethers.MaxUint256;
  return {
    name: isOut ? "swapExactOut" : "swapExactIn",
    isExpected: merchant === other || amount === 0n ? false : undefined,
    settle: () => undefined,
    send: () =>
      isOut
        ? pool.swapExactOut(merchant.token, other.token, amount, max, max)
        : pool.swapExactIn(merchant.token, other.token, amount, 0n, max),
  };
}

function reverse({ next, issues }: Walk): Command {
  const issue = issues[next(Math.max(issues.length, 1))];
  if (issue === undefined) return { name: "reverse", send: () => Promise.reject(new Error("nothing issued yet")) };
  const { merchant, ref, epoch, items } = issue;
  const index = next(items.length);
  const points = BigInt(next(9_000));
  const token = merchant.token.connect(merchant.till);
  return { name: "reverse", send: () => token.reverse(ref, epoch, items, index, points), settle: () => undefined };
}

/** Captures, releases or refunds one of the redemptions there are. */
function finish({ next, redemptions }: Walk, now: number): Command {
  const redemption = redemptions.at(-1 - next(Math.max(Math.min(redemptions.length, 12), 1)));
  if (redemption === undefined)
    return { name: "refund", send: () => Promise.reject(new Error("nothing redeemed yet")) };
  const { holder, ref, isHeld, releaseAt, lots } = redemption;
  const token = redemption.merchant.token.connect(redemption.merchant.till);
  const total = totalOf(lots);
  const points = BigInt(next(Number(total) + 2));
  const fits = points > 0n && points <= total;
  if (!isHeld) {
    const settle = () => void (redemption.lots = takeYoungest(lots, points).left);
    return {
      name: "refund",
      isExpected: fits,
      send: () => token.refund(holder, ref, points),
      settle,
    };
  }
  if (next(3) === 0) {
    const settle = () => {
      redemption.isHeld = false;
      redemption.lots = takeOldest(lots, 0n).taken;
    };
    return { name: "release", isExpected: true, send: () => token.release(holder, ref), settle };
  }
  const settle = () => {
    redemption.isHeld = false;
    redemption.lots = takeOldest(lots, points).taken;
  };
  return {
    name: "capture",
    isExpected: fits && now < releaseAt,
    send: () => token.capture(holder, ref, points),
    settle,
  };
}

/** Every account's slot, every balance, the supply, and the lots under the latest redemptions. */
async function compare({ ledger, merchants, replay, redemptions }: Walk): Promise<void> {
  const now = await ledger.networkHelpers.time.latest();
  for (const { token } of merchants) {
    const address = await token.getAddress();
    const epoch = replay.epochOf(address, now);
    expect(await token.currentEpoch()).to.equal(epoch);
    let supply = 0n;
    for (const { address: account } of ledger.actors.customers) {
      const lots = replay.lotsOf(address, account, now);
      expect(await token.lotsOf(account)).to.equal(packLots(rollTo(lots, epoch)));
      expect(await token.balanceOf(account)).to.equal(totalOf(lots));
      supply += totalOf(lots);
    }
    expect(await token.totalSupply()).to.equal(supply);
  }
  for (const { merchant, holder, ref, lots } of redemptions.slice(-12)) {
    expect((await merchant.token.redemptionOf(holder, ref)).lots).to.equal(packLots(lots));
  }
}
