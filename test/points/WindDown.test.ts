import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import {
  agesAt,
  CASE,
  ENDLESS,
  issueAges,
  load,
  MAX_UINT256,
  MERCHANT_ID,
  monthly,
  type Token,
} from "../support/fixture.ts";
import { LANE_MAX, packItem, packLots } from "../support/lots.ts";
import { at, DAY } from "../support/time.ts";

const { ann, bob, regulator, stranger, till } = actors;
const REF = ethers.id("way out 1");
const HOLD = ethers.id("order on hold");
const WIND_DOWN = 3n;
const CAPTURED = 2n;
/** The order of the registry's standings. */
const Status = { Suspended: 4n, WindingDown: 5n, Closed: 6n } as const;

/** Ann has 60 points of each live month and 40 of October on hold; her merchant winds down. */
async function leaving() {
  const deployed = await monthly();
  const { token, registry } = deployed;
  await issueAges(token, ann, [60n, 60n, 60n, 100n]);
  const releaseAt = (await networkHelpers.time.latest()) + 20 * DAY;
  await token.connect(ann).hold(40n, 1n, HOLD, releaseAt);
  await registry.setIssueHalted(token, true);
  await registry.setStatus(MERCHANT_ID, Status.WindingDown);
  return { ...deployed, releaseAt, epoch: await token.currentEpoch() };
}

async function expectBooks(token: Token, expected: { circulating: bigint; held: bigint; redeemed: bigint }) {
  const split = await token.supplySplit();
  const { circulating, held, redeemed } = split;
  expect({ circulating, held, redeemed }).to.deep.equal(expected);
  expect(split.issued).to.equal(circulating + held + split.pooled + redeemed + split.expired + split.reversed);
}

describe("Winding down", () => {
  describe("turning in", () => {
    it("burns oldest first, as a redemption for good", async () => {
      const { token, collateral, epoch } = await load(leaving);
      const turnIn = collateral.turnIn(token, ann, 70n, REF);
      await expect(turnIn).to.emit(token, "Transfer").withArgs(ann, ethers.ZeroAddress, 70n);
      await expect(turnIn).to.emit(token, "Redeemed").withArgs(ann, REF, WIND_DOWN, 70n);
      expect(await agesAt(token, ann)).to.deep.equal([60n, 60n, 50n, 0n]);
      const record = await token.redemptionOf(ann, REF);
      expect([record.state, record.kind, record.lots]).to.deep.equal([
        CAPTURED,
        WIND_DOWN,
        packLots([0n, 0n, 10n, 60n], epoch),
      ]);
      await expectBooks(token, { circulating: 170n, held: 40n, redeemed: 70n });
      expect(await token.outstanding()).to.equal(210n);
    });

    it("takes 1 up to what the holder has, once a ref", async () => {
      const { token, collateral } = await load(leaving);
      for (const points of [0n, LANE_MAX + 1n, MAX_UINT256]) {
        await expect(collateral.turnIn(token, ann, points, REF))
          .to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange")
          .withArgs(points);
      }
      await expect(collateral.turnIn(token, ann, 241n, REF))
        .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
        .withArgs(ann, 240n, 241n);
      await collateral.turnIn(token, ann, 240n, REF);
      await expect(collateral.turnIn(token, ann, 1n, HOLD))
        .to.be.revertedWithCustomError(token, "MerchantPointRedemptionExists")
        .withArgs(ann, HOLD);
      await expectBooks(token, { circulating: 0n, held: 40n, redeemed: 240n });
    });
  });

  describe("turning a hold in", () => {
    it("burns the whole of it from its last second on, also what has expired meanwhile", async () => {
      const { token, collateral, releaseAt, epoch } = await load(leaving);
      await networkHelpers.time.setNextBlockTimestamp(releaseAt - 1);
      await expect(collateral.turnInHold(token, ann, HOLD))
        .to.be.revertedWithCustomError(token, "MerchantPointHoldActive")
        .withArgs(releaseAt);
      expect(releaseAt).to.be.greaterThan(at("2027-02-01")); // the second that October's points expired
      await networkHelpers.time.setNextBlockTimestamp(releaseAt);
      const turnIn = collateral.turnInHold(token, ann, HOLD);
      await expect(turnIn).to.emit(token, "Redeemed").withArgs(ann, HOLD, WIND_DOWN, 40n);
      await expect(turnIn).not.to.emit(token, "Transfer");
      const record = await token.redemptionOf(ann, HOLD);
      expect([record.state, record.kind, record.lots]).to.deep.equal([
        CAPTURED,
        WIND_DOWN,
        packLots([0n, 0n, 0n, 40n], epoch),
      ]);
      await expectBooks(token, { circulating: 180n, held: 0n, redeemed: 40n });
    });

    it("happens once, and not to what was captured or released before", async () => {
      const { token, collateral, releaseAt } = await load(leaving);
      await token.connect(till).release(ann, HOLD);
      await networkHelpers.time.increaseTo(releaseAt);
      for (const [holder, ref, state] of [
        [ann, HOLD, 3n],
        [ann, REF, 0n],
        [bob, HOLD, 0n],
      ] as const) {
        await expect(collateral.turnInHold(token, holder, ref))
          .to.be.revertedWithCustomError(token, "MerchantPointRedemptionState")
          .withArgs(holder, ref, state);
      }
    });
  });

  it("is the collateral contract's alone: it pays", async () => {
    const { token } = await load(leaving);
    for (const caller of [ann, till, regulator, stranger]) {
      for (const act of [
        () => token.connect(caller).turnIn(ann, 1n, REF),
        () => token.connect(caller).turnInHold(ann, HOLD),
      ]) {
        await expect(act()).to.be.revertedWithCustomError(token, "MerchantPointNotCollateral").withArgs(caller);
      }
    }
  });

  it("is a kind of redemption that no holder can use, since nobody pays for it then", async () => {
    const { token, releaseAt } = await load(leaving);
    const holder = token.connect(ann);
    for (const act of [() => holder.redeem(1n, WIND_DOWN, REF), () => holder.hold(1n, WIND_DOWN, REF, releaseAt)]) {
      await expect(act()).to.be.revertedWithCustomError(token, "MerchantPointRedemptionKind").withArgs(WIND_DOWN);
    }
  });

  it("stands still while the holder is frozen or the token paused", async () => {
    const { token, collateral, releaseAt } = await load(leaving);
    await networkHelpers.time.increaseTo(releaseAt);
    const acts = [() => collateral.turnIn(token, ann, 1n, REF), () => collateral.turnInHold(token, ann, HOLD)];
    await token.connect(regulator).freeze(ann, CASE);
    for (const act of acts) {
      await expect(act()).to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen").withArgs(ann);
    }
    await token.connect(regulator).unfreeze(ann, CASE);
    await token.connect(regulator).pause(CASE, ENDLESS);
    for (const act of acts) await expect(act()).to.be.revertedWithCustomError(token, "MerchantPointPaused");
  });

  it("leaves the holder everything else: moving, redeeming, holding, and a hold's release", async () => {
    const { token, releaseAt } = await load(leaving);
    await token.connect(ann).transfer(bob, 10n);
    await token.connect(bob).redeem(10n, 0n, REF);
    await token.connect(ann).hold(10n, 0n, REF, releaseAt);
    await token.connect(till).capture(ann, REF, 5n);
    await token.connect(till).release(ann, HOLD);
    await expectBooks(token, { circulating: 265n, held: 0n, redeemed: 15n });
  });

  for (const [standing, status] of Object.entries(Status)) {
    const isOver = status !== Status.Suspended;
    it(`${isOver ? "refuses" : "allows"} refunds and reversals when the merchant is ${standing}`, async () => {
      const { token, registry } = await load(monthly);
      const epoch = await token.currentEpoch();
      await token.connect(till).issue(ann, 100n, REF);
      await token.connect(ann).redeem(50n, 1n, REF);
      await registry.setStatus(MERCHANT_ID, status);
      for (const act of [
        () => token.connect(till).refund(ann, REF, 50n),
        () => token.connect(till).reverse(REF, epoch, [packItem(ann.address, 100n)], 0, 50n),
      ]) {
        if (isOver) await expect(act()).to.be.revertedWithCustomError(token, "MerchantPointWindingDown");
        else await act();
      }
    });
  }
});
