import { expect } from "chai";

import { POINT } from "../support/alliance.ts";
import { announce, buy, commitmentOf, createStage, escrowOf, plain, Redemption, State } from "../support/lottery.ts";
import type { Draw, Stage } from "../support/lottery.ts";
import { randomOf } from "../support/random.ts";
import { HOUR } from "../support/time.ts";

/** Fixed, and printed: a walk that fails can be walked again. */
const SEED = 20_270_115;
const STEPS = 700;
const DRAWS_MAX = 16;

/** What makes sense in each state, as often as it should be tried; one try in five is anything at all. */
const LIKELY: readonly (readonly string[])[] = [
  [],
  ["witness", "witness", "witness", "witness", "callOff", "voidDraw", "wait"],
  Array.from({ length: 8 }, () => "buy").concat("captureItself", "releaseItself", "wait", "wait", "close", "close"),
  ["reveal", "revealNext", "revealNext", "revealNext", "wait", "voidDraw", "captureItself"],
  ["claim", "claim", "claim", "settle", "settle", "settle", "sweep", "wait"],
  ["settle", "settle", "settle", "sweep", "releaseItself", "wait"],
];

/**
 * Everybody acts at random, most of it refused: whatever happens,
 * - what the lottery holds is the sum of the prizes that are not paid, for every token and epoch;
 * - every prize is paid at most once, to the owner of its number or to the merchant, and winning numbers are distinct;
 * - every number that was sold has one owner, and numbers are sold without gaps and within the limits;
 * - every purchase has its hold, until it is captured (only of a draw that took place) or let go;
 * - issued = circulating + held + in the pool + redeemed + expired + reversed, for both tokens.
 */
describe("Lottery walk", function () {
  let stage: Stage;
  const draws: Draw[] = [];
  const below = randomOf(SEED);
  const done = new Map<string, number>();

  before(async () => {
    stage = await createStage();
  });

  const one = <T>(list: readonly T[]): T => list[below(list.length)]!;
  /** The draw that the act at hand is about. */
  let draw: Draw;

  const acts: Readonly<Record<string, () => Promise<unknown>>> = {
    announce: async () => {
      if (draws.length >= DRAWS_MAX) throw new Error("enough");
      const ticketsMax = one([5n, 20n, 60n]);
      const salesEnd = BigInt((await stage.ledger.networkHelpers.time.latest()) + one([1, 2]) * HOUR);
      const [revealEnd, releaseAt] = [salesEnd + BigInt(2 * HOUR), salesEnd + BigInt(4 * HOUR)];
      const times = { salesEnd, revealEnd, releaseAt, claimEnd: releaseAt + BigInt(HOUR) };
      draws.push(await announce(stage, { ...times, ticketsMax, accountMax: ticketsMax / 2n + 1n }));
    },
    witness: async () => {
      await stage.lottery.connect(stage.witness).witness(draw.drawId, await commitmentOf(stage, draw.secrets.witness));
    },
    buy: async () => buy(stage, draw, one(stage.customers), 1 + below(12)),
    close: async () => stage.lottery.close(draw.drawId),
    reveal: async () => {
      await stage.lottery.reveal(draw.drawId, one([draw.secrets.merchant, draw.secrets.witness]));
    },
    revealNext: async () => {
      const { drawId, secrets } = draw;
      const { merchantSecret } = await stage.lottery.drawOf(drawId);
      await stage.lottery.reveal(drawId, BigInt(merchantSecret) === 0n ? secrets.merchant : secrets.witness);
    },
    voidDraw: async () => stage.lottery.voidDraw(draw.drawId),
    callOff: async () => {
      await stage.lottery.connect(stage.merchant.controller).callOff(draw.drawId);
    },
    claim: async () => stage.lottery.claim(draw.drawId, below(4)),
    settle: async () => {
      await stage.lottery.settle(draw.drawId, [below(6), below(6)]);
    },
    sweep: async () => stage.lottery.sweep(draw.drawId, [below(4), below(4)]),
    captureItself: async () => {
      const { buyer, ref } = await anyPurchase();
      await stage.merchant.token.connect(stage.merchant.till).capture(buyer, ref, one([1n, 5n]) * POINT);
    },
    releaseItself: async () => {
      const { buyer, ref } = await anyPurchase();
      await stage.merchant.token.connect(stage.merchant.till).release(buyer, ref);
    },
    wait: async () => stage.ledger.networkHelpers.time.increase(one([60, 300, 900, HOUR / 2])),
  };

  async function anyPurchase() {
    const { drawId } = draw;
    const count = await stage.lottery.purchaseCount(drawId);
    return stage.lottery.purchaseOf(drawId, below(Number(count)));
  }

  async function expectEscrowed() {
    for (const { held, owed } of await escrowOf(stage)) expect(held).to.equal(owed);
  }

  async function expectSplit() {
    for (const { token } of [stage.merchant, stage.other]) {
      const { issued, ...parts } = plain(await token.supplySplit()) as Record<string, bigint>;
      expect(Object.values(parts).reduce((sum, part) => sum + part, 0n)).to.equal(issued);
    }
  }

  async function expectSold({ drawId, terms }: Draw) {
    const { lottery } = stage;
    const { sold, state } = await lottery.drawOf(drawId);
    const count = await lottery.purchaseCount(drawId);
    let [next, unsettled] = [0n, 0n];
    const bought = new Map<string, bigint>();
    for (let id = 0n; id < count; id++) {
      const purchase = await lottery.purchaseOf(drawId, id);
      expect(purchase.first).to.equal(next);
      next += purchase.count;
      bought.set(purchase.buyer, (bought.get(purchase.buyer) ?? 0n) + purchase.count);
      for (const number of [purchase.first, next - 1n])
        expect(await lottery.ownerOf(drawId, number)).to.equal(purchase.buyer);
      const isSettled = await lottery.isSettled(drawId, id);
      if (!isSettled) unsettled += 1n;
      const { state: hold, lots } = await stage.merchant.token.redemptionOf(purchase.buyer, purchase.ref);
      if (isSettled && state === State.Void) {
        const isGivenBack = hold === Redemption.Released || (lots & (2n ** 224n - 1n)) === 0n;
        expect(isGivenBack, `purchase ${id} of void draw ${drawId}`).to.equal(true);
      }
    }
    expect([next, unsettled]).to.deep.equal([sold, await lottery.unsettledOf(drawId)]);
    expect(sold <= terms.ticketsMax).to.equal(true);
    for (const [account, tickets] of bought) {
      expect(tickets).to.equal(await lottery.ticketsOf(drawId, account));
      expect(tickets <= terms.accountMax).to.equal(true);
    }
  }

  async function expectPaid({ drawId, terms }: Draw) {
    const { lottery, merchant } = stage;
    const numbers = await lottery.numbersOf(drawId);
    expect(new Set(numbers).size).to.equal(numbers.length);
    expect(numbers.every((number) => number < terms.ticketsMax)).to.equal(true);
    const paid = await lottery.queryFilter(lottery.filters.PrizePaid(drawId));
    expect(new Set(paid.map(({ args }) => args.index)).size).to.equal(paid.length);
    for (const { args } of paid) {
      const owner = args.isWinner ? await lottery.ownerOf(drawId, numbers[Number(args.index)]!) : undefined;
      expect(args.to).to.equal(owner ?? merchant.controller.address);
    }
  }

  it(`keeps every law in ${STEPS} steps from seed ${SEED}`, async () => {
    for (let step = 0; step < STEPS; step++) {
      if (draws.length === 0 || below(40) === 0) await acts["announce"]!().catch(() => undefined);
      draw = below(3) === 0 ? one(draws) : one(draws.slice(-3));
      const { state } = await stage.lottery.drawOf(draw.drawId);
      const name = one(below(5) === 0 ? Object.keys(acts) : LIKELY[Number(state)]!);
      const isDone = await acts[name]!().then(
        () => true,
        () => false,
      );
      if (!isDone) continue;
      done.set(name, (done.get(name) ?? 0) + 1);
      if (name === "wait") continue;
      await expectEscrowed();
      await expectSplit();
      if (step % 10 === 0) for (const draw of draws) await expectSold(draw);
    }
    for (const draw of draws) await expectPaid(draw);
  });

  it("has done everything there is to do, and drawn and voided draws with tickets", async () => {
    for (const name of Object.keys(acts)) expect(done.get(name) ?? 0, name).to.be.greaterThan(0);
    const ends = await Promise.all(draws.map(async ({ drawId }) => await stage.lottery.drawOf(drawId)));
    for (const state of [State.Drawn, State.Void])
      expect(ends.some((end) => end.state === state && end.sold > 0n)).to.equal(true);
  });
});
