import { expect } from "chai";

import type { Signer } from "../support/alliance.ts";
import { POINT } from "../support/alliance.ts";
import { backTo, buy, closeSales, createStage, open, ticketsOf } from "../support/lottery.ts";
import type { Stage } from "../support/lottery.ts";

/** Measured, and the room that an equal number of zeros in a hash takes; a block of the consortium has 60,000,000. */
const BARS = {
  draw: 725_000,
  drawOfHundred: 725_000,
  buy: 230_000,
  settle: 83_000,
  claim: 104_000,
} as const;

describe("Gas of the lottery", () => {
  let stage: Stage;
  let restore: () => Promise<void>;

  before(async () => {
    stage = await createStage();
    restore = await backTo(stage);
  });

  beforeEach(async () => {
    await restore();
  });

  const gasOf = async (sent: Promise<{ wait(): Promise<{ gasUsed: bigint } | null> }>) =>
    Number((await (await sent).wait())!.gasUsed);

  function expectAt(name: keyof typeof BARS, gas: number) {
    const bar = BARS[name];
    expect(gas, `${name} costs ${gas}`).to.be.within(bar * 0.9, bar);
  }

  async function measure(ticketsMax: bigint) {
    const { lottery, other, customers } = stage;
    const [ann, bob] = customers as [Signer, Signer];
    const prize = { token: await other.token.getAddress(), epoch: await other.token.currentEpoch(), points: POINT };
    const terms = { ticketsMax, accountMax: ticketsMax, ticketPoints: 1n };
    const draw = await open(stage, terms, [{ ...prize, count: 100n }]);
    await buy(stage, draw, ann, 1);
    const order = await ticketsOf(stage, draw, { buyer: bob, count: 50 });
    const bought = await gasOf(lottery.buy(...order.call));
    await closeSales(stage, draw);
    await lottery.reveal(draw.drawId, draw.secrets.merchant);
    const drawn = await gasOf(lottery.reveal(draw.drawId, draw.secrets.witness));
    const settled = await gasOf(lottery.settle(draw.drawId, [1n]));
    const claimed = await gasOf(lottery.claim(draw.drawId, 99n));
    return { bought, drawn, settled, claimed };
  }

  it("draws 100 prizes of 1,000,000 numbers in one transaction, for what 100 of 100 cost", async () => {
    const large = await measure(1_000_000n);
    const small = await measure(100n);
    expectAt("draw", large.drawn);
    expectAt("drawOfHundred", small.drawn);
  });

  it("costs a purchase, its settlement and a prize the same however many numbers there are", async () => {
    const { bought, settled, claimed } = await measure(1_000_000n);
    expectAt("buy", bought);
    expectAt("settle", settled);
    expectAt("claim", claimed);
  });
});
