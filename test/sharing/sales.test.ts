import { expect } from "chai";

import { ALP } from "../support/alliance.ts";
import type { Sharing } from "../support/sharing.ts";
import { DAYS_PER_CALL_MAX, endDay, openSharing, PARAMETERS, SHARE, shareSale, YUAN } from "../support/sharing.ts";

const CASE = "0x" + "22".repeat(32);

describe("Sales in the sharing program", () => {
  let world: Sharing;
  let ann: { address: string };
  let restore: () => Promise<void>;

  before(async () => {
    world = await openSharing();
    const { program, country, burger } = world;
    await program.connect(country.controller).join(country.merchantId, 20_000n * ALP, 1_000n);
    await program.connect(burger.controller).join(burger.merchantId, 20_000n * ALP, 500n);
    ann = world.actors.customers[0]!;
    const snapshot = await world.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const ref = () => world.ethers.id("a sale");
  const share = ({ by = world.country.till, merchantId = 1n, to = ann.address, fen = 100_000n } = {}) =>
    world.program.connect(by).share(merchantId, to, fen, ref());

  it("burn points worth the rebate and give ten times the rebate to the consumer, twice to the merchant", async () => {
    const { program, country } = world;
    await expect(share())
      .to.emit(program, "SaleShared")
      .withArgs(ref(), 1n, ann.address, 100_000n, 100n * YUAN, 100n * SHARE);
    expect(await program.shareValueOf(ann.address)).to.equal(1_000n * YUAN);
    expect(await program.shareValueOf(country.controller)).to.equal(200n * YUAN);
    expect((await program.participantOf(1n)).depositPoints).to.equal(19_900n * SHARE);
    expect([...(await program.saleOf(ref()))]).to.deep.equal([
      ann.address,
      1n,
      100_000n,
      0n,
      100n * YUAN,
      100n * SHARE,
    ]);
    const { vault, supply, nav } = await program.disclosure();
    expect([vault, supply]).to.deep.equal([50_000n * ALP, 49_900n * SHARE]);
    expect(nav).to.equal((50_000n * ALP * SHARE) / (49_900n * SHARE));
  });

  it("burn rounded up: a fen at the least rebate is never free", async () => {
    const { program, country } = world;
    await shareSale(world, country, { consumer: ann, yuan: 777n }); // no round net asset value any more
    const { vault, supply } = await program.disclosure();
    const controller = program.connect(country.controller);
    await program.setParameters({ ...PARAMETERS, rebateMinBps: 1n });
    await controller.setRebate(1n, 1n);
    await share({ fen: 1n });
    const burned = (await program.saleOf(ref())).burnedPoints;
    const exact = 10n ** 12n * supply; // of ALP wei, times the supply
    expect(burned * vault).to.be.at.least(exact);
    expect((burned - 1n) * vault).to.be.lessThan(exact);
  });

  it("are shared by a till of the merchant, or its controller, and by nobody else", async () => {
    const { program, country, burger, actors } = world;
    for (const by of [burger.till, burger.controller, actors.outsider, actors.platform]) {
      await expect(share({ by })).to.be.revertedWithCustomError(program, "SharingNotTill").withArgs(1n, by.address);
    }
    await share({ by: country.controller });
  });

  it("are shared once for each ref, by whichever merchant", async () => {
    const { program, burger } = world;
    await share();
    for (const merchantId of [1n, 2n]) {
      const by = merchantId === 1n ? world.country.till : burger.till;
      await expect(share({ by, merchantId })).to.be.revertedWithCustomError(program, "SharingRefUsed").withArgs(ref());
    }
  });

  for (const fen of [0n, 10n ** 14n + 1n, 2n ** 256n - 1n]) {
    it(`are not of ${fen} fen`, async () => {
      await expect(share({ fen })).to.be.revertedWithCustomError(world.program, "SharingAmountInvalid").withArgs(fen);
    });
  }

  it("earn nothing for the merchant's own keys at its own shop; another's controller is a customer like any", async () => {
    const { program, country, burger } = world;
    for (const to of [country.controller.address, country.till.address]) {
      await expect(share({ to })).to.be.revertedWithCustomError(program, "SharingSelfDealing").withArgs(1n, to);
    }
    for (const to of ["0x" + "00".repeat(20), await program.getAddress()]) {
      await expect(share({ to })).to.be.revertedWithCustomError(program, "ERC20InvalidReceiver").withArgs(to);
    }
    await share({ to: burger.controller.address });
  });

  it("need a deposit that covers the rebate", async () => {
    const { program } = world;
    await expect(share({ fen: 20_000_001n }))
      .to.be.revertedWithCustomError(program, "SharingDepositExceeded")
      .withArgs(20_000n * SHARE + SHARE / 1_000n, 20_000n * SHARE);
    await share({ fen: 20_000_000n });
    expect((await program.participantOf(1n)).depositPoints).to.equal(0n);
  });

  it("need a merchant that has joined, is active and whose rebate is still within the range", async () => {
    const { program, country, regulatorDesk, actors } = world;
    await program.setParameters({ ...PARAMETERS, rebateMaxBps: 999n });
    await expect(share()).to.be.revertedWithCustomError(program, "SharingRebateInvalid").withArgs(1_000n, 100n, 999n);
    await program.setParameters(PARAMETERS);
    await regulatorDesk.connect(actors.regulator).suspend(1n, CASE);
    await expect(share()).to.be.revertedWithCustomError(program, "SharingMerchantStatus").withArgs(1n);
    await regulatorDesk.connect(actors.regulator).reinstate(1n, CASE);
    await endDay(world, 1);
    await program.connect(country.controller).withdrawDeposit(1n, 20_000n * SHARE);
    await expect(share()).to.be.revertedWithCustomError(program, "SharingNotJoined").withArgs(1n);
  });

  it("stop while the program is halted, and for a consumer that the regulator has frozen", async () => {
    const { program, regulatorDesk, actors } = world;
    await regulatorDesk.connect(actors.regulator).freeze(ann.address, CASE);
    await expect(share()).to.be.revertedWithCustomError(program, "SharingAccountFrozen").withArgs(ann.address);
    await regulatorDesk.connect(actors.regulator).unfreeze(ann.address, CASE);
    await program.setHalted(true);
    await expect(share()).to.be.revertedWithCustomError(program, "SharingOff").withArgs(2n);
    await program.setHalted(false);
    await share();
  });

  it("go to whoever is controller then, and stay there when the merchant gets another one", async () => {
    const { program, country, merchantRegistry, actors } = world;
    await share();
    await merchantRegistry.assignController(1n, actors.controllers[2]!);
    await shareSale(world, country, { consumer: ann, yuan: 500n });
    expect(await program.shareValueOf(country.controller)).to.equal(200n * YUAN);
    expect(await program.shareValueOf(actors.controllers[2]!)).to.equal(100n * YUAN);
  });

  describe("and days", () => {
    it("give points once for each 24 hours since the program was turned on", async () => {
      const { program, networkHelpers } = world;
      await share();
      expect(await program.daysDue()).to.equal(0n);
      await program.distribute();
      expect(await program.earnedOf(ann.address)).to.equal(0n);

      await networkHelpers.time.setNextBlockTimestamp(Number(await program.enabledAt()) + 86_400);
      await program.distribute();
      // 1,200 share value clear half of themselves: 600 yuan, less than 498 points would be at 1.002 yuan.
      const { nav } = await program.disclosure();
      expect(nav).to.be.lessThan(ALP);
      expect((await program.disclosure()).daysGiven).to.equal(1n);
      const earned = await program.earnedOf(ann.address);
      expect(earned).to.be.closeTo((498n * SHARE * 10n) / 12n, 1n);
      await program.distribute();
      expect(await program.earnedOf(ann.address)).to.equal(earned);
    });

    it("never clear more than half of all share value, so that it never reaches zero", async () => {
      const { program } = world;
      await shareSale(world, world.burger, { consumer: ann, yuan: 100n }); // 5 %: 50 and 10 share value
      await endDay(world, 1);
      await program.distribute();
      const { shareValue } = await program.disclosure();
      expect(shareValue).to.be.closeTo(30n * YUAN, 2n);
      expect(await program.shareValueOf(ann.address)).to.be.closeTo(25n * YUAN, 2n);
      expect(await program.earnedOf(ann.address)).to.be.closeTo((25n * SHARE * 49_995n) / 50_000n, 3n);
    });

    it("are caught up before anything changes share value, and pass in one step while there is none", async () => {
      const { program, country } = world;
      await endDay(world, 5_000);
      expect(await program.daysDue()).to.equal(5_000n);
      await share();
      expect((await program.disclosure()).daysGiven).to.equal(5_000n);
      expect(await program.earnedOf(ann.address)).to.equal(0n);
      await endDay(world, 5_003);
      await shareSale(world, country, { consumer: world.actors.customers[1]!, yuan: 10n });
      expect(await program.daysDue()).to.equal(0n);
      expect((await program.queryFilter(program.filters.DayGiven())).map(({ args }) => args.day)).to.deep.equal([
        5_001n,
        5_002n,
        5_003n,
      ]);
    });

    it("are given out a hundred a call, and everything else waits until none is due", async () => {
      const { program, country } = world;
      await program.setParameters({ ...PARAMETERS, dailyPoints: SHARE });
      await share();
      await endDay(world, 250);
      expect(await program.DAYS_PER_CALL_MAX()).to.equal(DAYS_PER_CALL_MAX);
      for (const refused of [
        () => program.claim(ann.address),
        () => program.connect(country.controller).addDeposit(1n, ALP),
        () => program.connect(country.controller).withdrawDeposit(1n, SHARE),
        () => program.connect(country.till).refund(ref(), 1n),
        () => program.setParameters(PARAMETERS),
        () => program.collect(1n, ann.address),
        () => shareSale(world, country, { consumer: ann, yuan: 1n }),
      ]) {
        await expect(refused()).to.be.revertedWithCustomError(program, "SharingDaysDue").withArgs(150n, 100n);
      }
      expect(await program.distribute.staticCall()).to.equal(100n);
      await program.distribute();
      await program.distribute();
      expect(await program.distribute.staticCall()).to.equal(50n);
      await program.claim(ann.address);
      expect(await program.balanceOf(ann.address)).to.be.closeTo((250n * SHARE * 10n) / 12n, 1n);
    });

    it("give nothing while the council says so, and can not be cleared then", async () => {
      const { program } = world;
      await share();
      await program.setParameters({ ...PARAMETERS, dailyPoints: 0n });
      expect((await program.disclosure()).daysToClear).to.equal(2n ** 256n - 1n);
      await endDay(world, 9);
      await program.distribute();
      expect(await program.shareValueOf(ann.address)).to.equal(1_000n * YUAN);
      expect((await program.disclosure()).daysGiven).to.equal(9n);
    });
  });
});
