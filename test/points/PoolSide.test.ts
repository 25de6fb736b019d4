import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import {
  agesAt,
  CASE,
  ENDLESS,
  deployToken,
  freshRef,
  issueAges,
  load,
  MAX_UINT256,
  monthly,
} from "../support/fixture.ts";
import { type Ages, LANE_MAX } from "../support/lots.ts";
import { at, Calendar, UTC_MINUS_5 } from "../support/time.ts";

const { ann, bob, merchant, regulator, till } = actors;
const REF = ethers.id("fund 1");

/** Ann has 100 points of each live month; 1,000 more lie in the pool. */
async function stocked() {
  const deployed = await monthly();
  const { token, pool } = deployed;
  await issueAges(token, ann, [100n, 100n, 100n, 100n]);
  await pool.fund(token, REF, 1_000n);
  return { ...deployed, epoch: await token.currentEpoch() };
}

async function neverStocked() {
  const deployed = await deployToken({ calendar: Calendar.Never });
  await deployed.pool.fund(deployed.token, REF, 1_000n);
  return deployed;
}

async function westStocked() {
  const deployed = await deployToken({ utcOffsetSeconds: UTC_MINUS_5 });
  await deployed.pool.fund(deployed.token, REF, 1_000n);
  return deployed;
}

describe("PoolSide", () => {
  describe("poolTake", () => {
    /** [points, what Ann has left, first second at which the oldest of them would have been dead] */
    const takes: [bigint, Ages, string][] = [
      [100n, [100n, 100n, 100n, 0n], "2027-02-01"],
      [1n, [100n, 100n, 100n, 99n], "2027-02-01"],
      [400n, [0n, 0n, 0n, 0n], "2027-02-01"],
    ];
    for (const [points, left, date] of takes) {
      it(`takes ${points} oldest first and answers when the oldest would have expired`, async () => {
        const { token, pool } = await load(stocked);
        await expect(pool.take(token, ann, points))
          .to.emit(token, "Transfer")
          .withArgs(ann, ethers.ZeroAddress, points);
        expect(await agesAt(token, ann)).to.deep.equal(left);
        expect(await pool.answer()).to.equal(at(date));
        expect((await token.supplySplit()).pooled).to.equal(1_000n + points);
        expect(await token.totalSupply()).to.equal(400n - points);
      });
    }

    for (const [age, date] of [
      [0, "2027-05-01"],
      [1, "2027-04-01"],
      [2, "2027-03-01"],
    ] as const) {
      it(`answers ${date} when the oldest points are ${age} epochs old`, async () => {
        const { token, pool } = await load(stocked);
        const ages: [bigint, bigint, bigint, bigint] = [5n, 0n, 0n, 0n];
        ages[age] = 5n;
        await issueAges(token, bob, ages);
        await pool.take(token, bob, 5n);
        expect(await pool.answer()).to.equal(at(date));
      });
    }

    it("answers never for points that never expire", async () => {
      const { token, pool } = await load(neverStocked);
      await token.connect(till).issue(ann, 10n, freshRef());
      await pool.take(token, ann, 10n);
      expect(await pool.answer()).to.equal(MAX_UINT256);
    });

    it("takes something, and no more than there is", async () => {
      const { token, pool } = await load(stocked);
      await expect(pool.take(token, ann, 0n))
        .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
        .withArgs(0n);
      await expect(pool.take(token, ann, 401n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(ann, 400n, 401n);
    });
  });

  describe("poolGive", () => {
    /** [may last until, age of the lane that ends by then] */
    const gives: [number | bigint, number, string][] = [
      [MAX_UINT256, 0, "without a bound the youngest lane"],
      [2n ** 64n, 0, "a bound beyond all calendars is none"],
      [at("2027-05-01"), 0, "the youngest lane ends at that very second"],
      [at("2027-05-01") - 1, 1, "a second less, and it is the lane before"],
      [at("2027-04-01"), 1, "which ends at that very second"],
      [at("2027-04-01") - 1, 2, "a second less"],
      [at("2027-03-01") - 1, 3, "a second less"],
      [at("2027-02-01"), 3, "the oldest lane lives to the end of the month"],
    ];
    for (const [until, age, why] of gives) {
      it(`by ${until}: ${why}`, async () => {
        const { token, pool, epoch } = await load(stocked);
        await expect(pool.give(token, bob, 40n, until))
          .to.emit(token, "Transfer")
          .withArgs(ethers.ZeroAddress, bob, 40n);
        const ages: [bigint, bigint, bigint, bigint] = [0n, 0n, 0n, 0n];
        ages[age] = 40n;
        expect(await agesAt(token, bob)).to.deep.equal(ages);
        expect(await pool.answer()).to.equal(epoch - BigInt(age));
        expect((await token.supplySplit()).pooled).to.equal(960n);
      });
    }

    for (const until of [at("2027-02-01") - 1, 1, 0]) {
      it(`finds no lane that ends by ${until}`, async () => {
        const { token, pool } = await load(stocked);
        await expect(pool.give(token, bob, 40n, until))
          .to.be.revertedWithCustomError(token, "MerchantPointNoLaneEndsBy")
          .withArgs(until);
      });
    }

    it("finds none by 1970 on a western clock either", async () => {
      const { token, pool } = await load(westStocked);
      await expect(pool.give(token, bob, 40n, 0n)).to.be.revertedWithCustomError(token, "MerchantPointNoLaneEndsBy");
    });

    it("never gives what never expires for what does", async () => {
      const { token, pool } = await load(neverStocked);
      await expect(pool.give(token, bob, 40n, MAX_UINT256 - 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointNoLaneEndsBy")
        .withArgs(MAX_UINT256 - 1n);
      await pool.give(token, bob, 40n, MAX_UINT256);
      expect(await agesAt(token, bob)).to.deep.equal([40n, 0n, 0n, 0n]);
    });

    it("gives points a life from the day they leave the pool: they do not age in it", async () => {
      const { token, pool } = await load(stocked);
      await networkHelpers.time.increaseTo(at("2028-01-15"));
      await pool.give(token, bob, 1_000n, MAX_UINT256);
      expect(await token.balanceOf(bob)).to.equal(1_000n);
      expect((await token.supplySplit()).expired).to.equal(400n);
    });

    it("gives something to somebody, as far as lanes reach", async () => {
      const { token, pool } = await load(stocked);
      const signer = await ethers.getImpersonatedSigner(await pool.getAddress());
      await networkHelpers.setBalance(signer.address, 10n ** 18n);
      const given = token.connect(signer);
      await expect(given.poolGive(ethers.ZeroAddress, 1n, MAX_UINT256)).to.be.revertedWithCustomError(
        token,
        "ERC20InvalidReceiver",
      );
      for (const points of [0n, LANE_MAX + 1n]) {
        await expect(given.poolGive(bob, points, MAX_UINT256))
          .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
          .withArgs(points);
      }
      await expect(given.poolGive(bob, LANE_MAX, MAX_UINT256))
        .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
        .withArgs(LANE_MAX);
    });
  });

  describe("reserve", () => {
    it("is issued under a unique ref and circulates nowhere", async () => {
      const { token, pool } = await load(stocked);
      const ref = ethers.id("fund 2");
      await expect(pool.fund(token, ref, 500n))
        .to.emit(token, "IssuedToPool")
        .withArgs(ref, 500n);
      expect(await token.issueRecordOf(ref)).to.equal(ethers.toBeHex(1, 32));
      expect(await token.totalSupply()).to.equal(400n);
      const split = await token.supplySplit();
      expect([split.issued, split.pooled]).to.deep.equal([1_900n, 1_500n]);
      for (const used of [REF, ref]) {
        await expect(pool.fund(token, used, 1n))
          .to.be.revertedWithCustomError(token, "MerchantPointRefUsed")
          .withArgs(used);
      }
      await expect(token.connect(till).issue(ann, 1n, ref)).to.be.revertedWithCustomError(
        token,
        "MerchantPointRefUsed",
      );
    });

    it("is destroyed as reversed", async () => {
      const { token, pool } = await load(stocked);
      await expect(pool.withdraw(token, 400n)).to.emit(token, "RetiredFromPool").withArgs(400n);
      const split = await token.supplySplit();
      expect([split.pooled, split.reversed, split.expired]).to.deep.equal([600n, 400n, 0n]);
    });

    it("moves amounts that make sense", async () => {
      const { token, pool } = await load(stocked);
      for (const points of [0n, LANE_MAX + 1n]) {
        await expect(pool.fund(token, freshRef(), points))
          .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
          .withArgs(points);
      }
      await expect(pool.withdraw(token, 0n))
        .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
        .withArgs(0n);
    });
  });

  it("serves the pool alone", async () => {
    const { token } = await load(stocked);
    const stranger = token.connect(merchant);
    for (const call of [
      () => stranger.poolTake(ann, 1n),
      () => stranger.poolGive(ann, 1n, MAX_UINT256),
      () => stranger.poolIssue(freshRef(), 1n),
      () => stranger.poolRetire(1n),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(token, "MerchantPointNotPool").withArgs(merchant);
    }
  });

  it("neither takes from nor gives to a frozen account", async () => {
    const { token, pool } = await load(stocked);
    await token.connect(regulator).freeze(ann, CASE);
    for (const call of [() => pool.take(token, ann, 1n), () => pool.give(token, ann, 1n, MAX_UINT256)]) {
      await expect(call()).to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen").withArgs(ann);
    }
  });

  it("stands still while paused, but for destroying what is nobody's", async () => {
    const { token, pool } = await load(stocked);
    await pool.fund(token, freshRef(), 1n);
    await token.connect(regulator).pause(CASE, ENDLESS);
    for (const call of [
      () => pool.take(token, ann, 1n),
      () => pool.give(token, ann, 1n, MAX_UINT256),
      () => pool.fund(token, freshRef(), 1n),
    ]) {
      await expect(call()).to.be.revertedWithCustomError(token, "MerchantPointPaused");
    }
    await pool.withdraw(token, 1n);
  });
});
