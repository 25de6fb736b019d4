import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { agesAt, CASE, ENDLESS, DAILY_LIMIT, freshRef, load, monthly } from "../support/fixture.ts";
import { LANE_MAX, packItem } from "../support/lots.ts";
import { at } from "../support/time.ts";

const { ann, bob, till, merchant, regulator, shop, stranger } = actors;
const REF = ethers.id("order 1");
const HUGE = 2n ** 64n - 1n;

async function withEpoch() {
  const deployed = await monthly();
  return { ...deployed, current: await deployed.token.currentEpoch() };
}

async function unlimited() {
  const deployed = await withEpoch();
  await deployed.token.connect(merchant).setTill(till, HUGE);
  return deployed;
}

function recordOf(epoch: bigint, items: bigint[]): string {
  return ethers.solidityPackedKeccak256(["uint256", "uint256[]"], [epoch, items]);
}

describe("Issuance", () => {
  describe("of one item", () => {
    it("credits the current epoch, counts it and keeps the record of a batch of one", async () => {
      const { token, current } = await load(withEpoch);
      await expect(token.connect(till).issue(ann, 500n, REF))
        .to.emit(token, "Transfer")
        .withArgs(ethers.ZeroAddress, ann, 500n)
        .and.to.emit(token, "Issued")
        .withArgs(REF, till, current, 1n, 500n);
      expect(await agesAt(token, ann)).to.deep.equal([500n, 0n, 0n, 0n]);
      expect((await token.supplySplit()).issued).to.equal(500n);
      expect(await token.issueRecordOf(REF)).to.equal(recordOf(current, [packItem(ann.address, 500n)]));
    });

    it("happens once for a ref: a second try changes nothing, whatever it asks", async () => {
      const { token } = await load(withEpoch);
      await token.connect(till).issue(ann, 500n, REF);
      for (const [to, points] of [
        [ann, 500n],
        [bob, 1n],
      ] as const) {
        await expect(token.connect(till).issue(to, points, REF))
          .to.be.revertedWithCustomError(token, "MerchantPointRefUsed")
          .withArgs(REF);
      }
      expect(await token.totalSupply()).to.equal(500n);
      expect((await token.tillOf(till)).issuedToday).to.equal(500n);
    });

    it("takes 1 to 2^56 − 1 base units", async () => {
      const { token } = await load(unlimited);
      for (const points of [0n, LANE_MAX + 1n, 2n ** 256n - 1n]) {
        await expect(token.connect(till).issue(ann, points, REF))
          .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
          .withArgs(points);
      }
      await token.connect(till).issue(ann, LANE_MAX, REF);
      expect(await token.balanceOf(ann)).to.equal(LANE_MAX);
    });

    it("refuses when the supply's lane is full", async () => {
      const { token } = await load(unlimited);
      await token.connect(till).issue(ann, LANE_MAX, REF);
      await expect(token.connect(till).issue(bob, 1n, freshRef()))
        .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
        .withArgs(1n);
    });

    it("needs a receiver", async () => {
      const { token } = await load(withEpoch);
      await expect(token.connect(till).issue(ethers.ZeroAddress, 1n, REF))
        .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
        .withArgs(ethers.ZeroAddress);
    });
  });

  describe("of a batch", () => {
    it("credits each item with a Transfer, in order, then tells the sum", async () => {
      const { token, current } = await load(withEpoch);
      const items = [packItem(ann.address, 100n, 7n), packItem(bob.address, 20n), packItem(ann.address, 3n)];
      const receipt = await (await token.connect(till).issueBatch(REF, current, items)).wait();
      const events = receipt!.logs.map((log) => token.interface.parseLog(log)!);
      expect(events.map((event) => [event.name, ...event.args] as unknown[])).to.deep.equal([
        ["Transfer", ethers.ZeroAddress, ann.address, 100n],
        ["Transfer", ethers.ZeroAddress, bob.address, 20n],
        ["Transfer", ethers.ZeroAddress, ann.address, 3n],
        ["Issued", REF, till.address, current, 3n, 123n],
      ]);
      expect(await token.balanceOf(ann)).to.equal(103n);
      expect(await token.totalSupply()).to.equal(123n);
      expect(await token.issueRecordOf(REF)).to.equal(recordOf(current, items));
    });

    it("shares its refs with single issues", async () => {
      const { token, current } = await load(withEpoch);
      await token.connect(till).issueBatch(REF, current, [packItem(ann.address, 1n)]);
      await expect(token.connect(till).issue(ann, 1n, REF)).to.be.revertedWithCustomError(
        token,
        "MerchantPointRefUsed",
      );
      await expect(
        token.connect(till).issueBatch(REF, current, [packItem(ann.address, 1n)]),
      ).to.be.revertedWithCustomError(token, "MerchantPointRefUsed");
    });

    for (const age of [1n, 2n, 3n]) {
      it(`reaches ${age} epochs back: such points expire sooner`, async () => {
        const { token, current } = await load(withEpoch);
        await token.connect(till).issueBatch(REF, current - age, [packItem(ann.address, 100n)]);
        expect(await token.balanceOfAtEpoch(current - age, ann)).to.equal(100n);
        await networkHelpers.time.increaseTo(await token.expiryOf(current - age));
        expect(await token.balanceOf(ann)).to.equal(0n);
      });
    }

    it("reaches no epoch that is over or has not begun", async () => {
      const { token, current } = await load(withEpoch);
      for (const epoch of [current - 4n, current + 1n, 0n, 2n ** 255n]) {
        await expect(token.connect(till).issueBatch(REF, epoch, [packItem(ann.address, 1n)]))
          .to.be.revertedWithCustomError(token, "MerchantPointEpochNotOpen")
          .withArgs(epoch, current);
      }
    });

    it("has 1 to 500 items", async () => {
      const { token, current } = await load(withEpoch);
      const item = packItem(ann.address, 1n);
      for (const count of [0, 501]) {
        await expect(token.connect(till).issueBatch(REF, current, Array<bigint>(count).fill(item)))
          .to.be.revertedWithCustomError(token, "MerchantPointBatchSize")
          .withArgs(count, 500n);
      }
      await token.connect(till).issueBatch(REF, current, Array<bigint>(500).fill(item));
      expect(await token.balanceOf(ann)).to.equal(500n);
    });

    it("is all or nothing: an empty item, a missing receiver or a frozen one stops it", async () => {
      const { token, current } = await load(withEpoch);
      await token.connect(regulator).freeze(bob, CASE);
      const good = packItem(ann.address, 1n);
      const batch = (item: bigint) => token.connect(till).issueBatch(REF, current, [good, item]);
      await expect(batch(packItem(shop.address, 0n)))
        .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
        .withArgs(0n);
      await expect(batch(packItem(ethers.ZeroAddress, 1n))).to.be.revertedWithCustomError(
        token,
        "ERC20InvalidReceiver",
      );
      await expect(batch(packItem(bob.address, 1n)))
        .to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen")
        .withArgs(bob);
      expect(await token.balanceOf(ann)).to.equal(0n);
      expect(await token.issueRecordOf(REF)).to.equal(ethers.ZeroHash);
    });

    it("fits one lane in sum", async () => {
      const { token, current } = await load(unlimited);
      const items = [packItem(ann.address, LANE_MAX), packItem(bob.address, 1n)];
      await expect(token.connect(till).issueBatch(REF, current, items))
        .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
        .withArgs(LANE_MAX + 1n);
    });

    it("counts its sum against the till's day", async () => {
      const { token, current } = await load(withEpoch);
      const items = [packItem(ann.address, DAILY_LIMIT), packItem(bob.address, 1n)];
      await expect(token.connect(till).issueBatch(REF, current, items))
        .to.be.revertedWithCustomError(token, "MerchantPointTillLimitExceeded")
        .withArgs(till, DAILY_LIMIT + 1n, DAILY_LIMIT);
      await expect(token.connect(stranger).issueBatch(REF, current, items))
        .to.be.revertedWithCustomError(token, "MerchantPointNotTill")
        .withArgs(stranger);
    });
  });

  describe("cap", () => {
    it("counts what circulates, what is held and what is in the pool", async () => {
      const { token, collateral, pool, current } = await load(withEpoch);
      await collateral.setOutstandingMax(1_000n);
      await token.connect(till).issue(ann, 600n, REF);
      await pool.take(token, ann, 100n);
      await pool.fund(token, freshRef(), 200n);
      const now = await networkHelpers.time.latest();
      await token.connect(ann).hold(300n, 0, REF, now + 3_600);
      expect(await token.outstanding()).to.equal(800n);

      await expect(token.connect(till).issue(ann, 201n, freshRef()))
        .to.be.revertedWithCustomError(token, "MerchantPointCapExceeded")
        .withArgs(1_001n, 1_000n);
      await expect(token.connect(till).issueBatch(freshRef(), current, [packItem(ann.address, 201n)]))
        .to.be.revertedWithCustomError(token, "MerchantPointCapExceeded")
        .withArgs(1_001n, 1_000n);
      await expect(pool.fund(token, freshRef(), 201n))
        .to.be.revertedWithCustomError(token, "MerchantPointCapExceeded")
        .withArgs(1_001n, 1_000n);
      await token.connect(till).issue(ann, 200n, freshRef());
      expect(await token.outstanding()).to.equal(1_000n);
    });

    it("makes room when points are redeemed or expire", async () => {
      const { token, collateral } = await load(withEpoch);
      await collateral.setOutstandingMax(1_000n);
      await token.connect(till).issue(ann, 1_000n, REF);
      await token.connect(ann).redeem(10n, 0, REF);
      await token.connect(till).issue(ann, 10n, freshRef());
      await networkHelpers.time.increaseTo(at("2027-05-01"));
      await token.connect(till).issue(ann, 1_000n, freshRef());
      expect((await token.supplySplit()).expired).to.equal(1_000n);
    });
  });

  it("stops while paused or halted, and the halt stops nothing else", async () => {
    const { token, registry, pool, current } = await load(withEpoch);
    await token.connect(till).issue(ann, 100n, REF);
    const issues = [
      () => token.connect(till).issue(ann, 1n, freshRef()),
      () => token.connect(till).issueBatch(freshRef(), current, [packItem(ann.address, 1n)]),
      () => pool.fund(token, freshRef(), 1n),
    ];
    await registry.setIssueHalted(token, true);
    for (const issue of issues) {
      await expect(issue()).to.be.revertedWithCustomError(token, "MerchantPointIssueHalted");
    }
    await token.connect(ann).transfer(bob, 1n);
    await registry.setIssueHalted(token, false);
    await token.connect(regulator).pause(CASE, ENDLESS);
    for (const issue of issues) {
      await expect(issue()).to.be.revertedWithCustomError(token, "MerchantPointPaused");
    }
  });

  it("does not issue to a frozen account", async () => {
    const { token } = await load(withEpoch);
    await token.connect(regulator).freeze(ann, CASE);
    await expect(token.connect(till).issue(ann, 1n, REF))
      .to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen")
      .withArgs(ann);
  });
});
