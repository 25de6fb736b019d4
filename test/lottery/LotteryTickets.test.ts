import { expect } from "chai";

import type { Signer } from "../support/alliance.ts";
import { POINT } from "../support/alliance.ts";
import {
  announce,
  backTo,
  buy,
  createStage,
  drawNow,
  freshSecret,
  LOTTERY_KIND,
  open,
  plain,
  Redemption,
  signHold,
  State,
  ticketsOf,
  voidNow,
} from "../support/lottery.ts";
import type { Stage } from "../support/lottery.ts";
import { DAY } from "../support/time.ts";

const ENDLESS = 2n ** 64n - 1n;

describe("LotteryTickets", () => {
  let stage: Stage;
  let restore: () => Promise<void>;
  let ann: Signer;
  let bob: Signer;

  before(async () => {
    stage = await createStage();
    [ann, bob] = stage.customers as [Signer, Signer];
    restore = await backTo(stage);
  });

  beforeEach(async () => {
    await restore();
  });

  const lottery = () => stage.lottery;
  const token = () => stage.merchant.token;
  const lotsOf = (who: Signer) => token().lotsOf(who);
  const stateOf = async (who: Signer, ref: string) => (await token().redemptionOf(who, ref)).state;
  const refused = (call: Promise<unknown>, error: string, ...args: unknown[]) =>
    expect(call)
      .to.be.revertedWithCustomError(lottery(), error)
      .withArgs(...args);

  describe("sale", () => {
    it("gives consecutive numbers for a hold that the buyer signed, whoever brings it", async () => {
      const draw = await open(stage);
      const first = await buy(stage, draw, ann, 3);
      const second = await ticketsOf(stage, draw, { buyer: bob, count: 2 });
      await expect(lottery().buy(...second.call))
        .to.emit(lottery(), "TicketsBought")
        .withArgs(draw.drawId, 1n, bob.address, 3n, 2n, second.ref);
      const held = await token().redemptionOf(ann, first.ref);
      expect([held.state, held.kind, held.releaseAt]).to.deep.equal([
        Redemption.Held,
        LOTTERY_KIND,
        draw.terms.releaseAt,
      ]);
      expect(await token().balanceOf(ann)).to.equal(10_000n * POINT - 3n * draw.terms.ticketPoints);
      const owners = await Promise.all([0, 2, 3, 4, 5, 99].map((n) => lottery().ownerOf(draw.drawId, n)));
      const nobody = stage.ledger.ethers.ZeroAddress;
      expect(owners).to.deep.equal([ann.address, ann.address, bob.address, bob.address, nobody, nobody]);
      const purchase = plain(await lottery().purchaseOf(draw.drawId, 1n));
      expect(purchase).to.deep.equal({ buyer: bob.address, first: 3n, count: 2n, ref: second.ref });
      expect(await lottery().ticketsOf(draw.drawId, ann)).to.equal(3n);
      expect([await lottery().purchaseCount(draw.drawId), await lottery().unsettledOf(draw.drawId)]).to.deep.equal([
        2n,
        2n,
      ]);
      expect((await lottery().drawOf(draw.drawId)).sold).to.equal(5n);
    });

    it("ends with the last number, and at the account's own limit", async () => {
      const draw = await open(stage, { accountMax: 60n });
      await refused(buy(stage, draw, ann, 61), "LotteryAccountLimit", draw.drawId, ann.address, 61n, 60n);
      await buy(stage, draw, ann, 60);
      await refused(buy(stage, draw, ann, 1), "LotteryAccountLimit", draw.drawId, ann.address, 1n, 0n);
      await refused(buy(stage, draw, bob, 41), "LotterySoldOut", draw.drawId, 41n, 40n);
      await buy(stage, draw, bob, 40);
      await refused(buy(stage, draw, stage.customers[2]!, 1), "LotterySoldOut", draw.drawId, 1n, 0n);
    });

    it("is only while the draw is open", async () => {
      const early = await announce(stage);
      await refused(buy(stage, early, ann, 1), "LotteryDrawState", early.drawId, State.Announced);
      const draw = await open(stage);
      await refused(buy(stage, draw, ann, 0), "LotteryTicketsInvalid", 0n);
      await stage.ledger.networkHelpers.time.increaseTo(draw.terms.salesEnd);
      await refused(buy(stage, draw, ann, 1), "LotterySalesOver", draw.drawId, draw.terms.salesEnd);
    });

    it("takes no signature for another count, draw, salt or time, nor one twice", async () => {
      const draw = await open(stage);
      const other = await open(stage);
      const signed = await ticketsOf(stage, draw, { buyer: ann, count: 2 });
      const [, , , salt, , signature] = signed.call;
      const calls = [
        [draw.drawId, ann.address, 3, salt, ENDLESS, signature],
        [other.drawId, ann.address, 2, salt, ENDLESS, signature],
        [draw.drawId, ann.address, 2, freshSecret(stage, "salt"), ENDLESS, signature],
        [draw.drawId, bob.address, 2, salt, ENDLESS, signature],
        [draw.drawId, ann.address, 2, salt, ENDLESS - 1n, signature],
      ] as const;
      for (const call of calls)
        await expect(lottery().buy(...call)).to.be.revertedWithCustomError(token(), "MerchantPointSignatureInvalid");
      await lottery().buy(...signed.call);
      await expect(lottery().buy(...signed.call))
        .to.be.revertedWithCustomError(token(), "MerchantPointRedemptionExists")
        .withArgs(ann.address, signed.ref);
    });

    it("sells to the wallets of contracts, too (ERC-1271)", async () => {
      const { ethers } = stage.ledger;
      const wallet = await ethers.deployContract("Erc1271Wallet", [bob]);
      const address = await wallet.getAddress();
      await token()
        .connect(ann)
        .transfer(address, 100n * POINT);
      const draw = await open(stage);
      const salt = freshSecret(stage, "salt");
      const ref = await lottery().ticketRef(draw.drawId, address, salt);
      const { releaseAt, ticketPoints } = draw.terms;
      const consent = { points: 2n * ticketPoints, ref, releaseAt };
      const signature = await signHold(stage, { ...bob, address, signTypedData: bob.signTypedData.bind(bob) }, consent);
      await lottery().buy(draw.drawId, address, 2, salt, ENDLESS, signature);
      expect(await lottery().ownerOf(draw.drawId, 1n)).to.equal(address);
    });

    it("takes a hold that the buyer made itself, or that a stranger made of its signature", async () => {
      const draw = await open(stage);
      const { releaseAt } = draw.terms;
      const signed = await ticketsOf(stage, draw, { buyer: ann, count: 2 });
      await token().holdBySig(ann, signed.points, LOTTERY_KIND, signed.ref, releaseAt, ENDLESS, signed.signature);
      await lottery().buy(...signed.call);
      const own = await ticketsOf(stage, draw, { buyer: bob, count: 1 });
      await token().connect(bob).hold(own.points, LOTTERY_KIND, own.ref, releaseAt);
      await lottery().buy(draw.drawId, bob, 1, own.salt, 0n, "0x");
      expect((await lottery().drawOf(draw.drawId)).sold).to.equal(3n);
      await expect(lottery().buy(draw.drawId, bob, 1, own.salt, ENDLESS, own.signature))
        .to.be.revertedWithCustomError(token(), "MerchantPointRedemptionExists")
        .withArgs(bob.address, own.ref);
    });

    it("takes no hold of another kind, amount or end for a ticket", async () => {
      const draw = await open(stage);
      const { releaseAt } = draw.terms;
      const holds = [
        { kind: 1n, points: draw.terms.ticketPoints, releaseAt },
        { kind: LOTTERY_KIND, points: draw.terms.ticketPoints - 1n, releaseAt },
        { kind: LOTTERY_KIND, points: draw.terms.ticketPoints, releaseAt: releaseAt - 1n },
      ];
      for (const wrong of holds) {
        const order = await ticketsOf(stage, draw, { buyer: ann, count: 1 });
        await token().connect(ann).hold(wrong.points, wrong.kind, order.ref, wrong.releaseAt);
        await expect(lottery().buy(...order.call)).to.be.revertedWithCustomError(
          token(),
          "MerchantPointRedemptionExists",
        );
      }
      expect((await lottery().drawOf(draw.drawId)).sold).to.equal(0n);
    });

    it("sells nothing to the witness, who sees the result before all others", async () => {
      const draw = await open(stage);
      await refused(buy(stage, draw, stage.witness, 1), "LotteryWitnessInvalid", stage.witness.address);
    });
  });

  describe("settlement", () => {
    it("redeems the tickets of a draw that took place", async () => {
      const draw = await open(stage);
      const [one, two] = [await buy(stage, draw, ann, 3), await buy(stage, draw, bob, 2)];
      await refused(lottery().settle(draw.drawId, [0n]), "LotteryDrawState", draw.drawId, State.Open);
      await drawNow(stage, draw);
      await expect(lottery().settle(draw.drawId, [0n, 1n, 0n]))
        .to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 0n, true)
        .and.to.emit(token(), "Redeemed")
        .withArgs(bob.address, two.ref, LOTTERY_KIND, two.points);
      expect([await stateOf(ann, one.ref), await stateOf(bob, two.ref)]).to.deep.equal([2n, 2n]);
      expect([await lottery().isSettled(draw.drawId, 0n), await lottery().unsettledOf(draw.drawId)]).to.deep.equal([
        true,
        0n,
      ]);
      await expect(lottery().settle(draw.drawId, [0n, 1n])).not.to.emit(lottery(), "TicketsSettled");
    });

    it("gives the tickets of a void draw back with their ages, and with the last of them the prizes", async () => {
      const { ledger, merchant } = stage;
      // An older lot and a younger one: the ticket takes of both.
      await ledger.networkHelpers.time.increase(100 * DAY);
      await token()
        .connect(merchant.till)
        .issue(ann, 100n * POINT, ledger.ethers.id("younger"));
      await token()
        .connect(ann)
        .transfer(bob, 9_900n * POINT);
      const draw = await open(stage, {}, [await ownTier()]);
      const [lots, prizes] = [await lotsOf(ann), await token().balanceOf(merchant.controller)];
      await buy(stage, draw, ann, 30);
      await buy(stage, draw, bob, 1);
      await voidNow(stage, draw);
      expect(await token().balanceOf(merchant.controller)).to.equal(prizes);
      await expect(lottery().settle(draw.drawId, [0n]))
        .to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 0n, false)
        .and.not.to.emit(lottery(), "PrizePaid");
      expect(await lotsOf(ann)).to.equal(lots);
      await expect(lottery().settle(draw.drawId, [1n]))
        .to.emit(lottery(), "PrizePaid")
        .withArgs(draw.drawId, 0n, merchant.controller.address, false);
      expect(await token().balanceOf(merchant.controller)).to.equal(prizes + 100n * POINT);
    });

    /** Prizes of the quarter in which the stage was set. */
    async function ownTier() {
      return {
        token: await token().getAddress(),
        epoch: (await token().currentEpoch()) - 1n,
        points: 100n * POINT,
        count: 1n,
      };
    }

    it("lets a ticket go that nobody settled in time; what it won stays won", async () => {
      const draw = await open(stage);
      const { ref } = await buy(stage, draw, ann, 60);
      await buy(stage, draw, bob, 40);
      await drawNow(stage, draw);
      await stage.ledger.networkHelpers.time.increaseTo(draw.terms.releaseAt);
      await expect(lottery().settle(draw.drawId, [0n]))
        .to.emit(lottery(), "TicketsSettled")
        .withArgs(draw.drawId, 0n, false);
      expect(await stateOf(ann, ref)).to.equal(Redemption.Released);
      await expect(lottery().claim(draw.drawId, 0n)).to.emit(lottery(), "PrizePaid");
    });

    it("passes over a frozen buyer until it is free, or until the hold ends", async () => {
      const { regulator } = stage.ledger.actors;
      const draw = await open(stage);
      await buy(stage, draw, ann, 1);
      await buy(stage, draw, bob, 1);
      await stage.ledger.regulatorDesk.connect(regulator).freeze(ann, stage.ledger.ethers.id("case"));
      await drawNow(stage, draw);
      await lottery().settle(draw.drawId, [0n, 1n]);
      expect([await lottery().isSettled(draw.drawId, 0n), await lottery().isSettled(draw.drawId, 1n)]).to.deep.equal([
        false,
        true,
      ]);
      await stage.ledger.networkHelpers.time.increaseTo(draw.terms.releaseAt);
      await lottery().settle(draw.drawId, [0n]);
      expect(await lottery().unsettledOf(draw.drawId)).to.equal(0n);
    });

    it("knows no purchase that was not made", async () => {
      const draw = await open(stage);
      await buy(stage, draw, ann, 1);
      await drawNow(stage, draw);
      await refused(lottery().settle(draw.drawId, [1n]), "LotteryPurchaseUnknown", draw.drawId, 1n);
      await refused(lottery().purchaseOf(draw.drawId, 1n), "LotteryPurchaseUnknown", draw.drawId, 1n);
    });
  });
});
