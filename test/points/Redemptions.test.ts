import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import {
  agesAt,
  CASE,
  ENDLESS,
  HOLD_SECONDS_MAX,
  issueAges,
  load,
  MAX_UINT256,
  monthly,
  type Token,
} from "../support/fixture.ts";
import { type Ages, LANE_MAX, NOTHING, packLots } from "../support/lots.ts";
import { at, DAY } from "../support/time.ts";

const { ann, bob, till, regulator, stranger } = actors;
const REF = ethers.id("order 1");
const Kind = { Deduction: 0n, Goods: 1n, Lottery: 2n, WindDown: 3n } as const;
const State = { None: 0n, Held: 1n, Captured: 2n, Released: 3n } as const;

/** Ann has 100 points of each live month, January 2027 and the three before. */
async function stocked() {
  const deployed = await monthly();
  await issueAges(deployed.token, ann, [100n, 100n, 100n, 100n]);
  return { ...deployed, epoch: await deployed.token.currentEpoch() };
}

/** 150 of them are on hold for 20 days: 100 of October, 50 of November. */
async function held() {
  const deployed = await stocked();
  const releaseAt = (await networkHelpers.time.latest()) + 20 * DAY;
  await deployed.token.connect(ann).hold(150n, Kind.Goods, REF, releaseAt);
  return { ...deployed, releaseAt };
}

async function redeemed() {
  const deployed = await stocked();
  await deployed.token.connect(ann).redeem(250n, Kind.Deduction, REF);
  return deployed;
}

async function redemptionOf(token: Token) {
  const { state, kind, lots, releaseAt } = await token.redemptionOf(ann, REF);
  return { state, kind, lots, releaseAt };
}

async function expectBooks(token: Token, expected: { held: bigint; redeemed: bigint; expired: bigint }) {
  const split = await token.supplySplit();
  const { held, redeemed, expired } = split;
  expect({ held, redeemed, expired }).to.deep.equal(expected);
  expect(split.circulating).to.equal(await token.totalSupply());
  expect(split.issued).to.equal(split.circulating + held + split.pooled + redeemed + expired + split.reversed);
}

describe("Redemptions", () => {
  describe("at once", () => {
    it("burn oldest first and keep the lots under holder and ref", async () => {
      const { token, epoch } = await load(stocked);
      const redeem = token.connect(ann).redeem(250n, Kind.Lottery, REF);
      await expect(redeem).to.emit(token, "Transfer").withArgs(ann, ethers.ZeroAddress, 250n);
      await expect(redeem).to.emit(token, "Redeemed").withArgs(ann, REF, Kind.Lottery, 250n);
      expect(await agesAt(token, ann)).to.deep.equal([100n, 50n, 0n, 0n]);
      expect(await redemptionOf(token)).to.deep.equal({
        state: State.Captured,
        kind: Kind.Lottery,
        lots: packLots([0n, 50n, 100n, 100n], epoch),
        releaseAt: 0n,
      });
      await expectBooks(token, { held: 0n, redeemed: 250n, expired: 0n });
    });

    it("use a ref once for each holder", async () => {
      const { token, releaseAt } = await load(held);
      for (const again of [
        () => token.connect(ann).redeem(1n, Kind.Goods, REF),
        () => token.connect(ann).hold(1n, Kind.Goods, REF, releaseAt),
      ]) {
        await expect(again()).to.be.revertedWithCustomError(token, "MerchantPointRedemptionExists").withArgs(ann, REF);
      }
      await issueAges(token, bob, [1n, 0n, 0n, 0n]);
      await token.connect(bob).redeem(1n, Kind.Goods, REF);
    });

    it("need something to burn, and no more than there is", async () => {
      const { token } = await load(stocked);
      for (const points of [0n, LANE_MAX + 1n, MAX_UINT256]) {
        await expect(token.connect(ann).redeem(points, Kind.Goods, REF))
          .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
          .withArgs(points);
      }
      await expect(token.connect(ann).redeem(401n, Kind.Goods, REF))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(ann, 400n, 401n);
    });
  });

  describe("on hold", () => {
    it("leave circulation, count as held and keep their ages", async () => {
      const { token, epoch } = await load(stocked);
      const releaseAt = (await networkHelpers.time.latest()) + DAY;
      const hold = token.connect(ann).hold(150n, Kind.Goods, REF, releaseAt);
      await expect(hold).to.emit(token, "Transfer").withArgs(ann, ethers.ZeroAddress, 150n);
      await expect(hold).to.emit(token, "Held").withArgs(ann, REF, Kind.Goods, 150n, releaseAt);
      expect(await redemptionOf(token)).to.deep.equal({
        state: State.Held,
        kind: Kind.Goods,
        lots: packLots([0n, 0n, 50n, 100n], epoch),
        releaseAt: BigInt(releaseAt),
      });
      expect(await token.outstanding()).to.equal(400n);
      await expectBooks(token, { held: 150n, redeemed: 0n, expired: 0n });
    });

    it("last from 1 second to 30 days", async () => {
      const { token } = await load(stocked);
      const now = (await networkHelpers.time.latest()) + 100;
      for (const [duration, asked] of [
        [HOLD_SECONDS_MAX + 1, HOLD_SECONDS_MAX + 1],
        [0, 0],
        [-5, 0],
      ] as const) {
        await networkHelpers.time.setNextBlockTimestamp(now);
        await expect(token.connect(ann).hold(1n, Kind.Goods, REF, now + duration))
          .to.be.revertedWithCustomError(token, "MerchantPointHoldDuration")
          .withArgs(asked, HOLD_SECONDS_MAX);
      }
      await networkHelpers.time.setNextBlockTimestamp(now);
      await token.connect(ann).hold(1n, Kind.Goods, REF, now + HOLD_SECONDS_MAX);
      await token.connect(ann).hold(1n, Kind.Goods, ethers.id("order 2"), now + 2);
    });
  });

  describe("capture", () => {
    it("redeems a hold in full, even points that have expired meanwhile: held points do not age", async () => {
      const { token, epoch } = await load(held);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      await expect(token.connect(till).capture(ann, REF, 150n))
        .to.emit(token, "Redeemed")
        .withArgs(ann, REF, Kind.Goods, 150n)
        .and.not.to.emit(token, "Released");
      expect((await redemptionOf(token)).state).to.equal(State.Captured);
      expect((await redemptionOf(token)).lots).to.equal(packLots([0n, 0n, 50n, 100n], epoch));
      await expectBooks(token, { held: 0n, redeemed: 150n, expired: 0n });
    });

    it("takes a part oldest first and gives the rest back with its ages", async () => {
      const { token, epoch } = await load(held);
      const capture = token.connect(till).capture(ann, REF, 120n);
      await expect(capture).to.emit(token, "Redeemed").withArgs(ann, REF, Kind.Goods, 120n);
      await expect(capture).to.emit(token, "Transfer").withArgs(ethers.ZeroAddress, ann, 30n);
      await expect(capture)
        .to.emit(token, "Released")
        .withArgs(ann, REF, packLots([0n, 0n, 30n, 0n], epoch));
      expect(await agesAt(token, ann)).to.deep.equal([100n, 100n, 80n, 0n]);
      expect((await redemptionOf(token)).lots).to.equal(packLots([0n, 0n, 20n, 100n], epoch));
      await expectBooks(token, { held: 0n, redeemed: 120n, expired: 0n });
    });

    it("gives back only what is still live of the rest", async () => {
      const { token, epoch } = await load(held);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      await expect(token.connect(till).capture(ann, REF, 60n))
        .to.emit(token, "Released")
        .withArgs(ann, REF, packLots([0n, 0n, 0n, 50n], epoch + 1n));
      await expectBooks(token, { held: 0n, redeemed: 60n, expired: 40n });
    });

    it("ends at the second when the hold times out", async () => {
      const { token, releaseAt } = await load(held);
      await networkHelpers.time.setNextBlockTimestamp(releaseAt);
      await expect(token.connect(till).capture(ann, REF, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointHoldTimedOut")
        .withArgs(releaseAt);
      await networkHelpers.time.setNextBlockTimestamp(releaseAt - 1);
      await token.connect(till).capture(ann, REF, 1n);
    });

    it("takes 1 up to what is held, once", async () => {
      const { token } = await load(held);
      await expect(token.connect(till).capture(ann, REF, 151n))
        .to.be.revertedWithCustomError(token, "MerchantPointExceedsRedemption")
        .withArgs(151n, 150n);
      await expect(token.connect(till).capture(ann, REF, 0n)).to.be.revertedWithCustomError(
        token,
        "MerchantPointAmountOutOfRange",
      );
      await token.connect(till).capture(ann, REF, 150n);
      await expect(token.connect(till).capture(ann, REF, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointRedemptionState")
        .withArgs(ann, REF, State.Captured);
    });

    it("is a till's power, over a hold that exists", async () => {
      const { token } = await load(held);
      await expect(token.connect(ann).capture(ann, REF, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointNotTill")
        .withArgs(ann);
      await expect(token.connect(till).capture(bob, REF, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointRedemptionState")
        .withArgs(bob, REF, State.None);
    });
  });

  describe("release", () => {
    /** [when, what is back at Ann, by age at that time] */
    const returns: [string, Ages, bigint][] = [
      ["2027-01-16", [100n, 100n, 100n, 100n], 0n],
      ["2027-02-01", [0n, 100n, 100n, 100n], 100n],
      ["2027-03-01", [0n, 0n, 100n, 100n], 200n],
      ["2027-05-01", NOTHING, 400n],
    ];
    for (const [date, ages, expired] of returns) {
      it(`on ${date} gives back what is live then, with the ages it had`, async () => {
        const { token } = await load(held);
        await networkHelpers.time.increaseTo(at(date));
        await token.connect(till).release(ann, REF);
        expect(await agesAt(token, ann)).to.deep.equal(ages);
        expect((await redemptionOf(token)).state).to.equal(State.Released);
        await expectBooks(token, { held: 0n, redeemed: 0n, expired });
      });
    }

    it("names the lots by their age at the time, after a Transfer of the live points", async () => {
      const { token, epoch } = await load(held);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      const receipt = await (await token.connect(till).release(ann, REF)).wait();
      const events = receipt!.logs.map((log) => token.interface.parseLog(log)!);
      expect(events.map((event) => [event.name, ...event.args] as unknown[])).to.deep.equal([
        ["Transfer", ethers.ZeroAddress, ann.address, 50n],
        ["Released", ann.address, REF, packLots([0n, 0n, 0n, 50n], epoch + 1n)],
      ]);
    });

    it("is open to everybody from the second of the time-out, to tills before", async () => {
      const { token, releaseAt } = await load(held);
      await networkHelpers.time.setNextBlockTimestamp(releaseAt - 1);
      await expect(token.connect(stranger).release(ann, REF))
        .to.be.revertedWithCustomError(token, "MerchantPointHoldActive")
        .withArgs(releaseAt);
      await networkHelpers.time.setNextBlockTimestamp(releaseAt);
      await token.connect(stranger).release(ann, REF);
      for (const [state, again] of [
        [State.Released, () => token.connect(till).release(ann, REF)],
        [State.Released, () => token.connect(till).refund(ann, REF, 1n)],
      ] as const) {
        await expect(again())
          .to.be.revertedWithCustomError(token, "MerchantPointRedemptionState")
          .withArgs(ann, REF, state);
      }
    });
  });

  describe("refund", () => {
    it("gives back latest expiry first, in parts, with the original ages", async () => {
      const { token, epoch } = await load(redeemed);
      const refund = token.connect(till).refund(ann, REF, 70n);
      await expect(refund).to.emit(token, "Transfer").withArgs(ethers.ZeroAddress, ann, 70n);
      await expect(refund)
        .to.emit(token, "Refunded")
        .withArgs(ann, REF, 70n, packLots([0n, 50n, 20n, 0n], epoch));
      expect(await agesAt(token, ann)).to.deep.equal([100n, 100n, 20n, 0n]);
      expect((await redemptionOf(token)).lots).to.equal(packLots([0n, 0n, 80n, 100n], epoch));
      await token.connect(till).refund(ann, REF, 180n);
      expect(await agesAt(token, ann)).to.deep.equal([100n, 100n, 100n, 100n]);
      expect((await redemptionOf(token)).state).to.equal(State.Captured);
      await expect(token.connect(till).refund(ann, REF, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointExceedsRedemption")
        .withArgs(1n, 0n);
      await expectBooks(token, { held: 0n, redeemed: 0n, expired: 0n });
    });

    it("never gives fresh life: expired points count as asked for and stay gone", async () => {
      const { token, epoch } = await load(redeemed);
      await networkHelpers.time.increaseTo(at("2027-03-01"));
      await expect(token.connect(till).refund(ann, REF, 250n))
        .to.emit(token, "Refunded")
        .withArgs(ann, REF, 250n, packLots([0n, 0n, 0n, 50n], epoch + 2n));
      expect(await agesAt(token, ann)).to.deep.equal([0n, 0n, 100n, 100n]);
      await expectBooks(token, { held: 0n, redeemed: 0n, expired: 200n });
    });

    it("takes 1 up to what is left, of a captured redemption, by a till", async () => {
      const { token } = await load(redeemed);
      await expect(token.connect(till).refund(ann, REF, 0n)).to.be.revertedWithCustomError(
        token,
        "MerchantPointAmountOutOfRange",
      );
      await expect(token.connect(till).refund(ann, REF, 251n))
        .to.be.revertedWithCustomError(token, "MerchantPointExceedsRedemption")
        .withArgs(251n, 250n);
      await expect(token.connect(stranger).refund(ann, REF, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointNotTill")
        .withArgs(stranger);
      await expect(token.connect(till).refund(bob, REF, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointRedemptionState")
        .withArgs(bob, REF, State.None);
    });
  });

  describe("of a frozen holder", () => {
    it("are not begun and not captured", async () => {
      const { token, releaseAt } = await load(held);
      await token.connect(regulator).freeze(ann, CASE);
      const other = ethers.id("order 2");
      for (const spend of [
        () => token.connect(ann).redeem(1n, Kind.Goods, other),
        () => token.connect(ann).hold(1n, Kind.Goods, other, releaseAt),
        () => token.connect(till).capture(ann, REF, 1n),
      ]) {
        await expect(spend()).to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen").withArgs(ann);
      }
    });

    it("come back by release and refund, and cannot be spent until the account is unfrozen", async () => {
      const { token } = await load(held);
      await token.connect(ann).redeem(50n, Kind.Goods, ethers.id("order 2"));
      await token.connect(regulator).freeze(ann, CASE);
      await token.connect(till).release(ann, REF);
      await token.connect(till).refund(ann, ethers.id("order 2"), 50n);
      expect(await agesAt(token, ann)).to.deep.equal([100n, 100n, 100n, 100n]);
      expect(await token.isFrozen(ann)).to.equal(true);
      await expect(token.connect(ann).transfer(bob, 1n)).to.be.revertedWithCustomError(
        token,
        "MerchantPointAccountFrozen",
      );
    });
  });

  it("stand still while paused", async () => {
    const { token, releaseAt } = await load(held);
    const captured = ethers.id("order 2");
    await token.connect(ann).redeem(1n, Kind.Goods, captured);
    await token.connect(regulator).pause(CASE, ENDLESS);
    const other = ethers.id("order 3");
    for (const act of [
      () => token.connect(ann).redeem(1n, Kind.Goods, other),
      () => token.connect(ann).hold(1n, Kind.Goods, other, releaseAt),
      () => token.connect(till).capture(ann, REF, 1n),
      () => token.connect(till).release(ann, REF),
      () => token.connect(till).refund(ann, captured, 1n),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(token, "MerchantPointPaused");
    }
  });
});
