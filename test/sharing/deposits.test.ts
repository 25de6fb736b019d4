import { expect } from "chai";

import { ALP } from "../support/alliance.ts";
import type { Sharing } from "../support/sharing.ts";
import { endDay, openSharing, PARAMETERS, SEED, SHARE, shareSale } from "../support/sharing.ts";

const CASE = "0x" + "22".repeat(32);

describe("Deposits in the sharing program", () => {
  let world: Sharing;
  let restore: () => Promise<void>;

  before(async () => {
    world = await openSharing();
    const snapshot = await world.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const join = (alp: bigint, rebateBps = 1_000n, by = world.country.controller) =>
    world.program.connect(by).join(1n, alp, rebateBps);
  const withdraw = (points: bigint) => world.program.connect(world.country.controller).withdrawDeposit(1n, points);

  it("begin with share points worth 500 yuan, bought at net asset value", async () => {
    const { program, allianceToken } = world;
    await expect(join(500n * ALP - 1n))
      .to.be.revertedWithCustomError(program, "SharingDepositTooSmall")
      .withArgs(500n * ALP - 1n, 500n * ALP);
    await expect(join(500n * ALP))
      .to.emit(program, "MerchantJoined")
      .withArgs(1n, 500n * ALP, 500n * SHARE, 1_000n);
    const bought = [500n * SHARE, 1_000n, true, 500n * SHARE];
    expect([...(await program.participantOf(1n))]).to.deep.equal(bought);
    expect(await allianceToken.balanceOf(program)).to.equal(SEED + 500n * ALP);
    expect(await program.nav()).to.equal(ALP);
  });

  it("ask for 500 yuan at the day's price of a yuan: half as many points at twice the value", async () => {
    const { program, collateral } = world;
    await join(2_000n * ALP);
    await shareSale(world, world.country, { consumer: world.actors.outsider, yuan: 10_000n });
    await collateral.setCoverage(2n * ALP, 3_000n);
    const burger = program.connect(world.burger.controller);
    await expect(burger.join(2n, 1_000n * ALP - 1n, 1_000n))
      .to.be.revertedWithCustomError(program, "SharingDepositTooSmall")
      .withArgs(1_000n * ALP - 1n, 1_000n * ALP);
    await burger.join(2n, 1_000n * ALP, 1_000n);
    const { vault, supply } = await program.disclosure();
    const { depositPoints } = await program.participantOf(2n);
    expect(depositPoints).to.equal((1_000n * ALP * (supply - depositPoints)) / (vault - 1_000n * ALP));
  });

  it("are the controller's business, of an active merchant, once", async () => {
    const { program, merchantRegistry, actors } = world;
    for (const by of [actors.outsider, world.country.till, world.burger.controller]) {
      await expect(join(500n * ALP, 1_000n, by))
        .to.be.revertedWithCustomError(program, "SharingNotController")
        .withArgs(1n, by.address);
    }
    await world.regulatorDesk.connect(actors.regulator).haltIssue(1n, CASE);
    await expect(join(500n * ALP))
      .to.be.revertedWithCustomError(program, "SharingMerchantStatus")
      .withArgs(1n);
    await world.regulatorDesk.connect(actors.regulator).resumeIssue(1n, CASE);
    await join(500n * ALP);
    await expect(join(500n * ALP))
      .to.be.revertedWithCustomError(program, "SharingJoined")
      .withArgs(1n);
    await expect(program.join(9n, 500n * ALP, 1_000n)).to.be.revertedWithCustomError(
      merchantRegistry,
      "RegistryMerchantUnknown",
    );
  });

  for (const bps of [99n, 3_001n]) {
    it(`come with a rebate within the council's range, not ${bps} bps`, async () => {
      const { program } = world;
      await program.setParameters({ ...PARAMETERS, rebateMinBps: 100n, rebateMaxBps: 3_000n });
      await expect(join(500n * ALP, bps))
        .to.be.revertedWithCustomError(program, "SharingRebateInvalid")
        .withArgs(bps, 100n, 3_000n);
      await join(500n * ALP, 100n);
      await expect(program.connect(world.country.controller).setRebate(1n, bps))
        .to.be.revertedWithCustomError(program, "SharingRebateInvalid")
        .withArgs(bps, 100n, 3_000n);
      await expect(program.connect(world.country.controller).setRebate(1n, 3_000n))
        .to.emit(program, "RebateSet")
        .withArgs(1n, 3_000n);
    });
  }

  it("grow, and are of no use before joining", async () => {
    const { program, country } = world;
    const controller = program.connect(country.controller);
    for (const refused of [
      () => controller.addDeposit(1n, ALP),
      () => controller.setRebate(1n, 1_000n),
      () => withdraw(1n),
    ]) {
      await expect(refused()).to.be.revertedWithCustomError(program, "SharingNotJoined").withArgs(1n);
    }
    await join(500n * ALP);
    await expect(controller.addDeposit(1n, 0n))
      .to.be.revertedWithCustomError(program, "SharingAmountInvalid")
      .withArgs(0n);
    await expect(controller.addDeposit(1n, 7n * ALP))
      .to.emit(program, "DepositAdded")
      .withArgs(1n, 7n * ALP, 7n * SHARE);
    await expect(program.connect(world.actors.outsider).addDeposit(1n, ALP))
      .to.be.revertedWithCustomError(program, "SharingNotController")
      .withArgs(1n, world.actors.outsider.address);
    expect((await program.participantOf(1n)).depositPoints).to.equal(507n * SHARE);
  });

  it("are paid back at net asset value from the next day on, in parts or whole, which is leaving", async () => {
    const { program, allianceToken, country } = world;
    await join(500n * ALP);
    await expect(withdraw(1n)).to.be.revertedWithCustomError(program, "SharingDepositLocked").withArgs(1n, 0n);
    await endDay(world, 1);
    await expect(withdraw(501n * SHARE))
      .to.be.revertedWithCustomError(program, "SharingDepositExceeded")
      .withArgs(501n * SHARE, 500n * SHARE);
    await expect(withdraw(0n)).to.be.revertedWithCustomError(program, "SharingAmountInvalid").withArgs(0n);

    await program.connect(country.controller).addDeposit(1n, 100n * ALP);
    await expect(withdraw(501n * SHARE))
      .to.be.revertedWithCustomError(program, "SharingDepositLocked")
      .withArgs(501n * SHARE, 500n * SHARE);
    const before = await allianceToken.balanceOf(country.controller);
    await expect(withdraw(200n * SHARE))
      .to.emit(program, "DepositWithdrawn")
      .withArgs(1n, 200n * SHARE, 200n * ALP);
    expect(await allianceToken.balanceOf(country.controller)).to.equal(before + 200n * ALP);
    await endDay(world, 2);
    await withdraw(400n * SHARE);
    expect([...(await program.participantOf(1n))]).to.deep.equal([0n, 1_000n, false, 0n]);
    await join(600n * ALP, 500n);
    expect((await program.participantOf(1n)).depositPoints).to.equal(600n * SHARE);
  });

  it("can be left empty-handed, when sales have burned them", async () => {
    const { program } = world;
    await join(500n * ALP);
    await shareSale(world, world.country, { consumer: world.actors.outsider, yuan: 5_000n });
    expect((await program.participantOf(1n)).depositPoints).to.equal(0n);
    await withdraw(0n);
    await expect(withdraw(0n)).to.be.revertedWithCustomError(program, "SharingNotJoined").withArgs(1n);
  });

  it("can be taken out while the program is halted, and nobody joins or adds", async () => {
    const { program, country } = world;
    await join(500n * ALP);
    await program.setHalted(true);
    await endDay(world, 1);
    for (const refused of [
      () => program.connect(world.burger.controller).join(2n, 500n * ALP, 1_000n),
      () => program.connect(country.controller).addDeposit(1n, ALP),
    ]) {
      await expect(refused()).to.be.revertedWithCustomError(program, "SharingOff").withArgs(2n);
    }
    await withdraw(500n * SHARE);
  });

  it("of a controller that the regulator has frozen stay", async () => {
    const { program, country, regulatorDesk, actors } = world;
    await join(500n * ALP);
    await endDay(world, 1);
    await regulatorDesk.connect(actors.regulator).freeze(country.controller, CASE);
    await expect(withdraw(1n))
      .to.be.revertedWithCustomError(program, "SharingAccountFrozen")
      .withArgs(country.controller.address);
    await regulatorDesk.connect(actors.regulator).unfreeze(country.controller, CASE);
    await withdraw(500n * SHARE);
  });
});
