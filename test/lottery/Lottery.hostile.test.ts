import { expect } from "chai";

import type { Signer } from "../support/alliance.ts";
import { POINT } from "../support/alliance.ts";
import { WIND_DOWN_SECONDS } from "../support/exit.ts";
import {
  backTo,
  buy,
  closeSales,
  createStage,
  drawNow,
  escrowOf,
  open,
  Redemption,
  State,
  ticketsOf,
  voidNow,
} from "../support/lottery.ts";
import type { Draw, Stage } from "../support/lottery.ts";
import { DAY } from "../support/time.ts";

/** What a merchant, a witness and a bystander can try against the buyers and against each other. */
describe("Lottery against hostile parties", () => {
  let stage: Stage;
  let restore: () => Promise<void>;
  let ann: Signer;
  let bob: Signer;
  let till: Signer;

  before(async () => {
    stage = await createStage();
    [ann, bob] = stage.customers as [Signer, Signer];
    till = stage.merchant.till;
    restore = await backTo(stage);
  });

  beforeEach(async () => {
    await restore();
  });

  const lottery = () => stage.lottery;
  const token = () => stage.merchant.token;
  const lotsOf = (who: Signer) => token().lotsOf(who);
  const setTill = (limit: bigint) => token().connect(stage.merchant.controller).setTill(stage.address, limit);
  const owed = async () => (await escrowOf(stage)).map((one) => one.owed);

  /** Ann bought 30 tickets, Bob 2; both had one lot. */
  async function sold() {
    const lots = [await lotsOf(ann), await lotsOf(bob)];
    const draw = await open(stage);
    const tickets = [await buy(stage, draw, ann, 30), await buy(stage, draw, bob, 2)] as const;
    return { draw, lots, tickets };
  }

  async function expectGivenBack(draw: Draw, lots: readonly bigint[]) {
    expect([await lotsOf(ann), await lotsOf(bob)]).to.deep.equal(lots);
    expect(await lottery().unsettledOf(draw.drawId)).to.equal(0n);
    expect(await owed()).to.deep.equal([0n, 0n]);
  }

  describe("merchant", () => {
    it("captures the tickets itself and keeps silent: they go back all the same, with their ages", async () => {
      const { draw, lots, tickets } = await sold();
      await token().connect(till).capture(ann, tickets[0].ref, tickets[0].points);
      // And one in part: the token gives the rest back at once.
      await token().connect(till).capture(bob, tickets[1].ref, 1n);
      await voidNow(stage, draw);
      await expect(lottery().settle(draw.drawId, [0n, 1n]))
        .to.emit(token(), "Refunded")
        .and.to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 0n, false);
      await expectGivenBack(draw, lots);
    });

    it("captures them, keeps silent and takes the till away: it does not see its prizes again", async () => {
      const { draw, lots, tickets } = await sold();
      for (const [k, who] of [ann, bob].entries())
        await token().connect(till).capture(who, tickets[k]!.ref, tickets[k]!.points);
      await voidNow(stage, draw);
      await setTill(0n);
      await stage.ledger.networkHelpers.time.increase(30 * DAY);
      await expect(lottery().settle(draw.drawId, [0n]))
        .to.be.revertedWithCustomError(lottery(), "LotteryNotTill")
        .withArgs(await token().getAddress());
      await expect(lottery().sweep(draw.drawId, [0n]))
        .to.be.revertedWithCustomError(lottery(), "LotteryNotSettled")
        .withArgs(draw.drawId, 2n);
      expect(await owed()).to.deep.equal([100n * POINT, 60n * POINT]);
      // It has thought better of it.
      await setTill(1n);
      await lottery().settle(draw.drawId, [0n, 1n]);
      await expectGivenBack(draw, lots);
    });

    it("refunds what it captured before anybody asks: nothing is given back twice", async () => {
      const { draw, lots, tickets } = await sold();
      await token().connect(till).capture(ann, tickets[0].ref, tickets[0].points);
      await token().connect(till).refund(ann, tickets[0].ref, tickets[0].points);
      await voidNow(stage, draw);
      await lottery().settle(draw.drawId, [0n, 1n]);
      await expectGivenBack(draw, lots);
    });

    it("takes the till away before a void draw is settled: from the end of the holds on nobody needs it", async () => {
      const { draw, lots, tickets } = await sold();
      await voidNow(stage, draw);
      await setTill(0n);
      await expect(lottery().settle(draw.drawId, [0n])).to.be.revertedWithCustomError(lottery(), "LotteryNotTill");
      await stage.ledger.networkHelpers.time.increaseTo(draw.terms.releaseAt);
      // One by the token itself, one by the lottery.
      await token().connect(stage.ledger.actors.outsider).release(ann, tickets[0].ref);
      await lottery().settle(draw.drawId, [0n, 1n]);
      await expectGivenBack(draw, lots);
    });

    it("takes the till away after the draw: its own loss, and no winner's", async () => {
      const { draw, tickets } = await sold();
      await drawNow(stage, draw);
      await setTill(0n);
      await expect(lottery().settle(draw.drawId, [0n])).to.be.revertedWithCustomError(lottery(), "LotteryNotTill");
      for (let index = 0n; index < 4n; index++) await lottery().claim(draw.drawId, index);
      await stage.ledger.networkHelpers.time.increaseTo(draw.terms.releaseAt);
      await lottery().settle(draw.drawId, [0n, 1n]);
      const { state } = await token().redemptionOf(bob, tickets[1].ref);
      expect(state).to.equal(Redemption.Released);
    });

    it("lets a friend's tickets go, or captures early: the numbers and everybody's odds are what they were", async () => {
      const { draw, tickets } = await sold();
      await token().connect(till).release(ann, tickets[0].ref);
      await token().connect(till).capture(bob, tickets[1].ref, tickets[1].points);
      await drawNow(stage, draw);
      await expect(lottery().settle(draw.drawId, [0n, 1n]))
        .to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 0n, false)
        .and.to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 1n, true);
      expect(await lottery().ownerOf(draw.drawId, 0n)).to.equal(ann.address);
    });

    it("sells for the last time while it winds down: holders are paid by its collateral, and that settles a ticket", async () => {
      const { ledger, merchant } = stage;
      const { draw, tickets } = await sold();
      await voidNow(stage, draw);
      await ledger.merchantRegistry.connect(merchant.controller).announceExit(merchant.merchantId);
      await ledger.merchantRegistry.orderWindDown(merchant.merchantId);
      await ledger.networkHelpers.time.increaseTo(draw.terms.releaseAt);
      await ledger.collateral.turnInHold(merchant.merchantId, ann, tickets[0].ref);
      await expect(lottery().settle(draw.drawId, [0n, 1n]))
        .to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 0n, true)
        .and.to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 1n, false);
      await ledger.networkHelpers.time.increase(WIND_DOWN_SECONDS);
      expect(await owed()).to.deep.equal([0n, 0n]);
    });

    it("keeps silent: it decides without knowing the result, for the witness speaks after it", async () => {
      const { draw, lots } = await sold();
      await closeSales(stage, draw);
      await expect(lottery().reveal(draw.drawId, draw.secrets.witness)).to.be.revertedWithCustomError(
        lottery(),
        "LotteryMerchantFirst",
      );
      await stage.ledger.networkHelpers.time.increaseTo(draw.terms.revealEnd);
      await lottery().voidDraw(draw.drawId);
      await lottery().settle(draw.drawId, [0n, 1n]);
      await expectGivenBack(draw, lots);
    });
  });

  describe("witness", () => {
    it("keeps silent after the merchant has spoken: void, everything back, and the chain shows who was silent", async () => {
      const { draw, lots } = await sold();
      await closeSales(stage, draw);
      await lottery().reveal(draw.drawId, draw.secrets.merchant);
      await stage.ledger.networkHelpers.time.increaseTo(draw.terms.revealEnd);
      await lottery().voidDraw(draw.drawId);
      await lottery().settle(draw.drawId, [0n, 1n]);
      await expectGivenBack(draw, lots);
      const { merchantSecret, witnessSecret, state } = await lottery().drawOf(draw.drawId);
      expect([merchantSecret, BigInt(witnessSecret), state]).to.deep.equal([draw.secrets.merchant, 0n, State.Void]);
    });

    it("waits with the merchant until the block's hash is lost: anybody who kept it has undone that", async () => {
      const { draw } = await sold();
      await closeSales(stage, draw);
      await lottery().connect(stage.ledger.actors.outsider).keepEntropy(draw.drawId);
      const { entropy } = await lottery().drawOf(draw.drawId);
      await stage.ledger.networkHelpers.mine(300);
      await expect(lottery().close(draw.drawId)).to.be.revertedWithCustomError(lottery(), "LotteryDrawState");
      await lottery().reveal(draw.drawId, draw.secrets.merchant);
      await lottery().reveal(draw.drawId, draw.secrets.witness);
      expect((await lottery().drawOf(draw.drawId)).entropy).to.equal(entropy);
    });
  });

  describe("bystander", () => {
    it("uses a buyer's signature up at the token: the ticket is bought all the same", async () => {
      const draw = await open(stage);
      const order = await ticketsOf(stage, draw, { buyer: ann, count: 2 });
      const { outsider } = stage.ledger.actors;
      const deadline = order.call[4];
      await token()
        .connect(outsider)
        .holdBySig(ann, order.points, 2n, order.ref, draw.terms.releaseAt, deadline, order.signature);
      await lottery().buy(...order.call);
      expect(await lottery().ticketsOf(draw.drawId, ann)).to.equal(2n);
    });

    it("sends a secret that it saw: the result is the same", async () => {
      const { draw } = await sold();
      await closeSales(stage, draw);
      for (const secret of [draw.secrets.merchant, draw.secrets.witness])
        await lottery().connect(stage.ledger.actors.outsider).reveal(draw.drawId, secret);
      expect((await lottery().drawOf(draw.drawId)).state).to.equal(State.Drawn);
    });

    it("gives the lottery points of its own: nobody's prize, and nothing of the escrow moves by them", async () => {
      const { draw } = await sold();
      await token().connect(ann).transfer(stage.address, 7n);
      await drawNow(stage, draw);
      for (let index = 0n; index < 4n; index++) await lottery().claim(draw.drawId, index);
      expect(await token().balanceOf(stage.address)).to.equal(7n);
    });
  });
});
