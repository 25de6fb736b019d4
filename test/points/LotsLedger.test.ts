import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { agesAt, CASE, ENDLESS, issueAges, load, MAX_UINT256, monthly } from "../support/fixture.ts";
import { agesOf, type Ages, packLots, touchedOf } from "../support/lots.ts";
import { at } from "../support/time.ts";

const { ann, bob, shop, regulator, stranger } = actors;

async function stocked() {
  const deployed = await monthly();
  await issueAges(deployed.token, ann, [400n, 300n, 200n, 100n]);
  return { ...deployed, current: await deployed.token.currentEpoch() };
}

async function pausedToken() {
  const deployed = await stocked();
  await deployed.token.connect(regulator).pause(CASE, ENDLESS);
  return deployed;
}

describe("LotsLedger", () => {
  describe("a plain movement", () => {
    for (const { spend, left, gone, why } of [
      {
        spend: 60n,
        left: [400n, 300n, 200n, 40n],
        gone: [0n, 0n, 0n, 60n],
        why: "the lot that expires first pays first",
      },
      { spend: 250n, left: [400n, 300n, 50n, 0n], gone: [0n, 0n, 150n, 100n], why: "then the next one" },
      { spend: 1_000n, left: [0n, 0n, 0n, 0n], gone: [400n, 300n, 200n, 100n], why: "down to the last one" },
    ] satisfies { spend: bigint; left: Ages; gone: Ages; why: string }[]) {
      it(`of ${spend}: ${why}, and ages travel with the points`, async () => {
        const { token } = await load(stocked);
        await token.connect(ann).transfer(bob, spend);
        expect(await agesAt(token, ann)).to.deep.equal(left);
        expect(await agesAt(token, bob)).to.deep.equal(gone);
        expect(await token.totalSupply()).to.equal(1_000n);
      });
    }

    it("adds to what the receiver has, lane by lane, after both were rolled", async () => {
      const { token } = await load(stocked);
      await issueAges(token, bob, [1n, 2n, 3n, 4n]);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      await token.connect(ann).transfer(bob, 250n);
      expect(await agesAt(token, ann)).to.deep.equal([0n, 400n, 250n, 0n]);
      expect(await agesAt(token, bob)).to.deep.equal([0n, 1n, 52n, 203n]);
    });

    it("names balance and need when there is not enough", async () => {
      const { token } = await load(stocked);
      await expect(token.connect(ann).transfer(bob, 1_001n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(ann, 1_000n, 1_001n);
    });

    it("counts only what is live as balance", async () => {
      const { token } = await load(stocked);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      expect(await token.balanceOf(ann)).to.equal(900n);
      await expect(token.connect(ann).transfer(bob, 901n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(ann, 900n, 901n);
    });
  });

  describe("lots", () => {
    it("are shown rolled to the current epoch, with flags cleared", async () => {
      const { token, current } = await load(stocked);
      await token.connect(regulator).freeze(ann, CASE);
      expect(await token.lotsOf(ann)).to.equal(packLots([400n, 300n, 200n, 100n], current));
      await networkHelpers.time.increaseTo(at("2027-03-31", "23:59:59"));
      const word = await token.lotsOf(ann);
      expect(agesOf(word)).to.deep.equal([0n, 0n, 400n, 300n]);
      expect(touchedOf(word)).to.equal(current + 2n);
    });

    it("tell what expires next, and when", async () => {
      const { token } = await load(stocked);
      expect([...(await token.nextExpiryOf(ann))]).to.deep.equal([BigInt(at("2027-02-01")), 100n]);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      expect([...(await token.nextExpiryOf(ann))]).to.deep.equal([BigInt(at("2027-03-01")), 200n]);
    });
  });

  describe("a movement at one epoch", () => {
    it("moves exactly those points, with one Transfer and one event that names the epoch", async () => {
      const { token, current } = await load(stocked);
      const moved = await token.connect(ann).transferAtEpoch(current - 1n, bob, 250n);
      await expect(moved)
        .to.emit(token, "TransferredAtEpoch")
        .withArgs(ann, bob, current - 1n, 250n);
      const { logs } = (await moved.wait())!;
      expect(logs.map((log) => token.interface.parseLog(log)!.name)).to.deep.equal(["Transfer", "TransferredAtEpoch"]);
      expect(await agesAt(token, ann)).to.deep.equal([400n, 50n, 200n, 100n]);
      expect(await agesAt(token, bob)).to.deep.equal([0n, 250n, 0n, 0n]);
    });

    it("refuses more than that epoch holds, whatever the others do", async () => {
      const { token, current } = await load(stocked);
      await expect(token.connect(ann).transferAtEpoch(current - 3n, bob, 101n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(ann, 100n, 101n);
    });

    it("refuses an epoch that is over or has not begun", async () => {
      const { token, current } = await load(stocked);
      for (const epoch of [current - 4n, current + 1n, MAX_UINT256]) {
        await expect(token.connect(ann).transferAtEpoch(epoch, bob, 0n))
          .to.be.revertedWithCustomError(token, "ERC7818TransferredExpiredToken")
          .withArgs(ann, epoch);
      }
    });

    it("takes from an allowance once, and names the owner when the epoch is over", async () => {
      const { token, current } = await load(stocked);
      await token.connect(ann).approve(shop, 100n);
      await token.connect(shop).transferFromAtEpoch(current - 2n, ann, bob, 60n);
      expect(await token.allowance(ann, shop)).to.equal(40n);
      expect(await token.balanceOfAtEpoch(current - 2n, bob)).to.equal(60n);
      await expect(token.connect(shop).transferFromAtEpoch(current - 4n, ann, bob, 1n))
        .to.be.revertedWithCustomError(token, "ERC7818TransferredExpiredToken")
        .withArgs(ann, current - 4n);
      await expect(token.connect(shop).transferFromAtEpoch(current, ann, bob, 41n))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientAllowance")
        .withArgs(shop, 40n, 41n);
    });

    it("goes nowhere without a receiver, and from nobody", async () => {
      const { token, current } = await load(stocked);
      await expect(token.connect(ann).transferAtEpoch(current, ethers.ZeroAddress, 1n))
        .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
        .withArgs(ethers.ZeroAddress);
      await expect(token.transferFromAtEpoch(current, ethers.ZeroAddress, bob, 0n))
        .to.be.revertedWithCustomError(token, "ERC20InvalidSender")
        .withArgs(ethers.ZeroAddress);
    });
  });

  describe("frozen accounts", () => {
    for (const [role, frozen] of [
      ["sender", ann],
      ["receiver", bob],
    ] as const) {
      it(`stop every movement as ${role}`, async () => {
        const { token, current } = await load(stocked);
        await token.connect(ann).approve(shop, 100n);
        await token.connect(regulator).freeze(frozen, CASE);
        for (const move of [
          () => token.connect(ann).transfer(bob, 1n),
          () => token.connect(ann).transferAtEpoch(current, bob, 1n),
          () => token.connect(shop).transferFrom(ann, bob, 1n),
          () => token.connect(shop).transferFromAtEpoch(current, ann, bob, 1n),
        ]) {
          await expect(move()).to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen").withArgs(frozen);
        }
      });
    }

    it("may spend others' allowances: freezing binds whose points move", async () => {
      const { token } = await load(stocked);
      await token.connect(ann).approve(stranger, 100n);
      await token.connect(regulator).freeze(stranger, CASE);
      await token.connect(stranger).transferFrom(ann, bob, 1n);
      expect(await token.balanceOf(bob)).to.equal(1n);
    });

    it("go on ageing, and move again when unfrozen", async () => {
      const { token } = await load(stocked);
      await token.connect(regulator).freeze(ann, CASE);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      expect(await token.balanceOf(ann)).to.equal(900n);
      await token.connect(regulator).unfreeze(ann, CASE);
      await token.connect(ann).transfer(bob, 900n);
      expect(await agesAt(token, bob)).to.deep.equal([0n, 400n, 300n, 200n]);
    });
  });

  it("moves nothing from nobody", async () => {
    const { token } = await load(stocked);
    await expect(token.connect(shop).transferFrom(ethers.ZeroAddress, bob, 0n))
      .to.be.revertedWithCustomError(token, "ERC20InvalidSender")
      .withArgs(ethers.ZeroAddress);
  });

  it("stands still while paused; approving is no movement", async () => {
    const { token, current } = await load(pausedToken);
    await token.connect(ann).approve(shop, 100n);
    for (const move of [
      () => token.connect(ann).transfer(bob, 1n),
      () => token.connect(ann).transferAtEpoch(current, bob, 1n),
      () => token.connect(shop).transferFrom(ann, bob, 1n),
    ]) {
      await expect(move()).to.be.revertedWithCustomError(token, "MerchantPointPaused");
    }
    await token.connect(regulator).unpause(CASE);
    await token.connect(ann).transfer(bob, 1n);
  });
});
