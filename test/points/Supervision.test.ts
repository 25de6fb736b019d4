import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { agesAt, CASE, ENDLESS, issueAges, load, monthly, type Token } from "../support/fixture.ts";
import { LANE_MAX, packLots } from "../support/lots.ts";
import { at, DAY } from "../support/time.ts";

const { ann, bob, council, merchant, regulator, stranger, till } = actors;
const OTHER_CASE = ethers.id("case 2027-002");

describe("Supervision", () => {
  it("freezes an account and releases it, each under its case number", async () => {
    const { token } = await load(monthly);
    const regulated = token.connect(regulator);
    await expect(regulated.freeze(ann, CASE)).to.emit(token, "AccountFrozen").withArgs(ann, CASE);
    expect(await token.isFrozen(ann)).to.equal(true);
    await expect(regulated.freeze(ann, OTHER_CASE)).to.emit(token, "AccountFrozen").withArgs(ann, OTHER_CASE);
    await expect(regulated.unfreeze(ann, CASE)).to.emit(token, "AccountUnfrozen").withArgs(ann, CASE);
    expect(await token.isFrozen(ann)).to.equal(false);
  });

  it("pauses the token and resumes it, each under its case number", async () => {
    const { token } = await load(monthly);
    const regulated = token.connect(regulator);
    await expect(regulated.pause(CASE, ENDLESS)).to.emit(token, "Paused").withArgs(CASE, ENDLESS);
    expect(await token.isPaused()).to.equal(true);
    await expect(regulated.unpause(OTHER_CASE)).to.emit(token, "Unpaused").withArgs(OTHER_CASE);
    expect(await token.isPaused()).to.equal(false);
  });

  describe("a pause", () => {
    it("is over by itself at its last second, without an event", async () => {
      const { token } = await load(monthly);
      await issueAges(token, ann, [100n, 0n, 0n, 0n]);
      const until = (await networkHelpers.time.latest()) + 7 * DAY;
      await token.connect(regulator).pause(CASE, until);
      expect([await token.isPaused(), await token.pausedUntil()]).to.deep.equal([true, BigInt(until)]);
      await networkHelpers.time.setNextBlockTimestamp(until - 1);
      await expect(token.connect(ann).transfer(bob, 1n)).to.be.revertedWithCustomError(token, "MerchantPointPaused");
      await networkHelpers.time.setNextBlockTimestamp(until);
      await token.connect(ann).transfer(bob, 1n);
      expect([await token.isPaused(), await token.pausedUntil()]).to.deep.equal([false, 0n]);
    });

    it("leaves nothing behind once something was issued after it", async () => {
      const { token } = await load(monthly);
      await token.connect(regulator).pause(CASE, (await networkHelpers.time.latest()) + DAY);
      await networkHelpers.time.increase(2 * DAY);
      await issueAges(token, ann, [100n, 0n, 0n, 0n]);
      const slots = await Promise.all(Array.from({ length: 12 }, (_, slot) => ethers.provider.getStorage(token, slot)));
      const supply = packLots([100n, 0n, 0n, 0n], await token.currentEpoch());
      expect(slots.map(BigInt)).to.include(supply); // the flag of bit 255 is gone
    });

    it("is replaced by a later one, be it longer or shorter", async () => {
      const { token } = await load(monthly);
      const now = await networkHelpers.time.latest();
      for (const until of [now + DAY, ENDLESS, now + 2 * DAY]) {
        await expect(token.connect(regulator).pause(OTHER_CASE, until))
          .to.emit(token, "Paused")
          .withArgs(OTHER_CASE, until);
        expect(await token.pausedUntil()).to.equal(BigInt(until));
      }
    });
  });

  describe("a forced transfer", () => {
    /** 400 points of Ann's, 100 of each age; both frozen, the token paused. */
    async function stopped() {
      const deployed = await monthly();
      const { token } = deployed;
      await issueAges(token, ann, [100n, 100n, 100n, 100n]);
      await issueAges(token, bob, [7n, 0n, 0n, 0n]);
      for (const account of [ann, bob]) await token.connect(regulator).freeze(account, CASE);
      await token.connect(regulator).pause(CASE, ENDLESS);
      return deployed;
    }

    it("takes oldest first and keeps ages, whoever is frozen and whatever is paused", async () => {
      const { token } = await load(stopped);
      const before = await token.supplySplit();
      const forced = token.connect(regulator).forceTransfer(ann, bob, 250n, CASE);
      await expect(forced).to.emit(token, "Transfer").withArgs(ann, bob, 250n);
      await expect(forced).to.emit(token, "ForcedTransfer").withArgs(ann, bob, CASE, 250n);
      expect(await agesAt(token, ann)).to.deep.equal([100n, 50n, 0n, 0n]);
      expect(await agesAt(token, bob)).to.deep.equal([7n, 50n, 100n, 100n]);
      expect([await token.isFrozen(ann), await token.isFrozen(bob), await token.isPaused()]).to.deep.equal([
        true,
        true,
        true,
      ]);
      expect(await token.supplySplit()).to.deep.equal(before);
    });

    it("to the account itself changes nothing", async () => {
      const { token } = await load(stopped);
      await token.connect(regulator).forceTransfer(ann, ann, 400n, CASE);
      expect(await agesAt(token, ann)).to.deep.equal([100n, 100n, 100n, 100n]);
    });

    it("never reaches expired points", async () => {
      const { token } = await load(stopped);
      await networkHelpers.time.increaseTo(at("2027-02-01"));
      await expect(token.connect(regulator).forceTransfer(ann, bob, 301n, CASE))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(ann, 300n, 301n);
      await token.connect(regulator).forceTransfer(ann, bob, 300n, CASE);
      expect(await agesAt(token, bob)).to.deep.equal([0n, 107n, 100n, 100n]);
    });

    it("moves something, to somebody", async () => {
      const { token } = await load(stopped);
      const regulated = token.connect(regulator);
      await expect(regulated.forceTransfer(ann, ethers.ZeroAddress, 1n, CASE))
        .to.be.revertedWithCustomError(token, "ERC20InvalidReceiver")
        .withArgs(ethers.ZeroAddress);
      for (const points of [0n, LANE_MAX + 1n]) {
        await expect(regulated.forceTransfer(ann, bob, points, CASE))
          .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
          .withArgs(points);
      }
    });

    it("does not touch what is on hold, which comes back frozen and can be taken then", async () => {
      const { token } = await load(monthly);
      await issueAges(token, ann, [0n, 0n, 0n, 60n]);
      const releaseAt = (await networkHelpers.time.latest()) + DAY;
      await token.connect(ann).hold(60n, 1n, ethers.id("order"), releaseAt);
      await token.connect(regulator).freeze(ann, CASE);
      await expect(token.connect(regulator).forceTransfer(ann, bob, 60n, CASE)).to.be.revertedWithCustomError(
        token,
        "ERC20InsufficientBalance",
      );
      await networkHelpers.time.increaseTo(releaseAt);
      await token.connect(stranger).release(ann, ethers.id("order"));
      await token.connect(regulator).forceTransfer(ann, bob, 60n, CASE);
      expect(await agesAt(token, bob)).to.deep.equal([0n, 0n, 0n, 60n]);
    });
  });

  it("halts issuing at the registry's word alone, apart from pausing", async () => {
    const { token, registry } = await load(monthly);
    await expect(registry.setIssueHalted(token, true)).to.emit(token, "IssueHaltSet").withArgs(true);
    expect([await token.isIssueHalted(), await token.isPaused()]).to.deep.equal([true, false]);
    await token.connect(regulator).pause(CASE, ENDLESS);
    await token.connect(regulator).unpause(CASE);
    expect(await token.isIssueHalted()).to.equal(true);
    await expect(registry.setIssueHalted(token, false)).to.emit(token, "IssueHaltSet").withArgs(false);
    expect(await token.isIssueHalted()).to.equal(false);
    await expect(token.connect(council).setIssueHalted(true))
      .to.be.revertedWithCustomError(token, "MerchantPointNotRegistry")
      .withArgs(council);
  });

  const powers: [string, (token: Token) => Promise<unknown>][] = [
    ["freeze", (token) => token.freeze(ann, CASE)],
    ["unfreeze", (token) => token.unfreeze(ann, CASE)],
    ["pause", (token) => token.pause(CASE, ENDLESS)],
    ["unpause", (token) => token.unpause(CASE)],
    ["forceTransfer", (token) => token.forceTransfer(ann, bob, 1n, CASE)],
  ];
  for (const [name, use] of powers) {
    it(`gives the power to ${name} to the regulator's role and to nobody else`, async () => {
      const { token } = await load(monthly);
      await issueAges(token, ann, [100n, 0n, 0n, 0n]);
      for (const other of [merchant, till, stranger, council]) {
        await expect(use(token.connect(other)))
          .to.be.revertedWithCustomError(token, "AccessManagedUnauthorized")
          .withArgs(other);
      }
      await use(token.connect(regulator));
    });
  }

  it("can be handed to another authority by the present one alone", async () => {
    const { token, access } = await load(monthly);
    const next = await ethers.deployContract("AllianceAccess", [stranger]);
    await expect(token.connect(stranger).setAuthority(next)).to.be.revertedWithCustomError(
      token,
      "AccessManagedUnauthorized",
    );
    await access.updateAuthority(token, next);
    expect(await token.authority()).to.equal(await next.getAddress());
    await expect(token.connect(regulator).pause(CASE, ENDLESS)).to.be.revertedWithCustomError(
      token,
      "AccessManagedUnauthorized",
    );
  });
});
