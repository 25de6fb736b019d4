import { expect } from "chai";

import { ALP } from "../support/alliance.ts";
import type { Sharing } from "../support/sharing.ts";
import { endDay, openSharing, PARAMETERS, SHARE, shareSale, YUAN } from "../support/sharing.ts";

/** 100,000 share value in all, a purchase of 1,000 yuan at 10 %, 498 points a day. */
describe("The sharing program's worked example", () => {
  let world: Sharing;
  let ann: { address: string };

  before(async () => {
    world = await openSharing();
    const { program, country, collateral, networkHelpers, actors } = world;
    const bob = actors.customers[1]!;
    ann = actors.customers[0]!;
    await program.connect(country.controller).join(country.merchantId, 50_000n * ALP, 1_000n);
    await endDay(world, 1);
    await program.distribute();

    // 98,800 of others: 98,800 yuan at 10 %, ten times the rebate, none for the merchant.
    await program.setParameters({ ...PARAMETERS, merchantMultiple: 0n });
    await shareSale(world, country, { consumer: bob, yuan: 98_800n });
    await program.setParameters(PARAMETERS);
    await shareSale(world, country, { consumer: ann, yuan: 1_000n });

    // Burned points have raised the net asset value; one yuan is to be what a share point is worth.
    await collateral.setCoverage(await program.nav(), 3_000n);
    await networkHelpers.mine();
  });

  it("gives the purchase 1,000 share value, of 100,000 in all", async () => {
    expect(await world.program.shareValueOf(ann.address)).to.equal(1_000n * YUAN);
    expect(await world.program.shareValueOf(world.country.controller)).to.equal(200n * YUAN);
    expect((await world.program.disclosure()).shareValue).to.equal(100_000n * YUAN);
  });

  it("earns 4.98 points on the first day, and leaves 995.02 share value", async () => {
    const { program } = world;
    await endDay(world, 2);
    const nav = await program.nav();
    // A share point is one yuan to the wei of ALP, so 498 of them are 498 yuan to 1,000 wei of a yuan.
    const isClose = (value: bigint) => value >= 498n * YUAN && value < 498n * YUAN + 1_000n;
    await expect(program.distribute())
      .to.emit(program, "DayGiven")
      .withArgs(2n, 498n * SHARE, isClose, nav);
    expect(await program.earnedOf(ann.address)).to.equal((498n * SHARE) / 100n);
    expect(await program.shareValueOf(ann.address)).to.be.closeTo((99_502n * YUAN) / 100n, 10n);
    expect((await program.disclosure()).shareValue).to.be.closeTo(99_502n * YUAN, 1_000n);
  });

  it("tells all of it: 99,502 share value, to be cleared in 200 days at this rate", async () => {
    const { vault, supply, nav, coverageBps, daysToClear, daysGiven } = await world.program.disclosure();
    expect(vault).to.equal(60_000n * ALP);
    expect(nav).to.equal((vault * SHARE) / supply);
    expect(daysGiven).to.equal(2n);
    const { alpPerYuan } = await world.collateral.coverage();
    expect(coverageBps).to.be.closeTo(((vault * 10_000n * YUAN) / (99_502n * alpPerYuan * YUAN)) * 1n, 1n);
    const daily = (498n * SHARE * vault) / supply;
    expect(daysToClear).to.equal((99_502n * alpPerYuan) / daily + 1n);
  });
});
