import { expect } from "chai";

import { ALP } from "../support/alliance.ts";
import { PARAMETERS, plain, prepareSharing, SEED, SHARE } from "../support/sharing.ts";

type World = Awaited<ReturnType<typeof prepareSharing>>;

describe("SharingProgram and the council", () => {
  let world: World;
  let restore: () => Promise<void>;

  before(async () => {
    world = await prepareSharing();
    const snapshot = await world.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  describe("before it is turned on", () => {
    it("is off, empty and has no days", async () => {
      const { program, networkHelpers } = world;
      await networkHelpers.time.increase(10 * 86_400);
      const figures = await program.disclosure();
      expect(plain(figures)).to.deep.include({ state: 0n, vault: 0n, supply: 0n, nav: 0n, shareValue: 0n });
      expect(await program.daysDue()).to.equal(0n);
      await program.distribute();
      expect(await program.nav()).to.equal(0n);
    });

    it("refuses merchants, sales, and its own parameters", async () => {
      const { program, actors } = world;
      const [merchant, till] = [actors.controllers[0]!, actors.tills[0]!];
      const ref = world.ethers.id("a sale");
      for (const refused of [
        () => program.connect(merchant).join(1n, 500n * ALP, 1_000n),
        () => program.connect(merchant).addDeposit(1n, 500n * ALP),
        () => program.connect(till).share(1n, actors.outsider, 100n, ref),
        () => program.setParameters(PARAMETERS),
        () => program.setHalted(true),
      ]) {
        await expect(refused()).to.be.revertedWithCustomError(program, "SharingOff").withArgs(0n);
      }
    });
  });

  describe("is turned on", () => {
    it("for ever, at one yuan a share point, with the treasury's seed", async () => {
      const { program, allianceToken, council } = world;
      const treasury = await allianceToken.balanceOf(council);
      await expect(program.enable(PARAMETERS))
        .to.emit(program, "SharingEnabled")
        .withArgs(SEED, Object.values(PARAMETERS));
      expect(await allianceToken.balanceOf(council)).to.equal(treasury - SEED);
      expect(await allianceToken.balanceOf(program)).to.equal(SEED);
      expect(await program.balanceOf(program)).to.equal(10_000n * SHARE);
      expect(plain(await program.disclosure())).to.deep.include({
        state: 1n,
        vault: SEED,
        supply: 10_000n * SHARE,
        nav: ALP,
        shareValue: 0n,
        coverageBps: 2n ** 256n - 1n,
        daysToClear: 0n,
        daysGiven: 0n,
      });
      expect([...(await program.parameters())]).to.deep.equal(Object.values(PARAMETERS));
      await expect(program.enable(PARAMETERS)).to.be.revertedWithCustomError(program, "SharingOff").withArgs(1n);
    });

    it("at one yuan a share point also when a yuan is not one ALP", async () => {
      const { program, collateral } = world;
      await collateral.setCoverage(4n * ALP, 3_000n);
      await program.enable(PARAMETERS);
      expect(await program.totalSupply()).to.equal(2_500n * SHARE);
      expect(await program.nav()).to.equal(4n * ALP);
    });

    it("not while the seed is worth less than a yuan", async () => {
      const { program, collateral } = world;
      await collateral.setCoverage(SEED + 1n, 3_000n);
      await expect(program.enable(PARAMETERS))
        .to.be.revertedWithCustomError(program, "SharingParametersInvalid")
        .withArgs("alpPerYuan");
    });

    it("not while nobody has said what a yuan is", async () => {
      const { ethers, accessManager, allianceToken, merchantRegistry, council } = world;
      const unset = await ethers.deployContract("Collateral", [
        accessManager,
        allianceToken,
        merchantRegistry,
        council,
        0n,
      ]);
      const other = await ethers.deployContract("SharingProgram", [
        accessManager,
        allianceToken,
        merchantRegistry,
        unset,
        SEED,
      ]);
      await expect(other.connect(world.actors.platform).enable(PARAMETERS))
        .to.be.revertedWithCustomError(other, "SharingParametersInvalid")
        .withArgs("alpPerYuan");
    });

    for (const [field, value] of [
      ["consumerMultiple", 11n],
      ["merchantMultiple", 3n],
      ["dailyPoints", 498n * SHARE + 1n],
      ["rebateMinBps", 0n],
      ["rebateMinBps", 10_001n],
      ["rebateMaxBps", 10_001n],
    ] as const) {
      it(`not with ${field} ${value}; nor can it be set later`, async () => {
        const { program } = world;
        const wrong = { ...PARAMETERS, [field]: value };
        const refuses = async (call: Promise<unknown>) => {
          await expect(call).to.be.revertedWithCustomError(program, "SharingParametersInvalid").withArgs(field);
        };
        await refuses(program.enable(wrong));
        await program.enable(PARAMETERS);
        await refuses(program.setParameters(wrong));
      });
    }

    it("with every parameter at its cap and at its least", async () => {
      const { program } = world;
      const least = { consumerMultiple: 0n, merchantMultiple: 0n, dailyPoints: 0n, rebateMinBps: 1n, rebateMaxBps: 1n };
      await program.enable(least);
      await expect(program.setParameters(PARAMETERS))
        .to.emit(program, "ParametersChanged")
        .withArgs(Object.values(PARAMETERS));
    });
  });

  it("is halted and resumed, and says so", async () => {
    const { program } = world;
    await program.enable(PARAMETERS);
    for (const [isHalted, state] of [
      [true, 2n],
      [false, 1n],
    ] as const) {
      await expect(program.setHalted(isHalted)).to.emit(program, "SharingHalted").withArgs(isHalted);
      expect(await program.state()).to.equal(state);
    }
  });

  it("has one council: nobody else enables, sets or halts", async () => {
    const { program, actors } = world;
    for (const by of [actors.outsider, actors.deployer, actors.regulator, actors.founder]) {
      for (const refused of [
        () => program.connect(by).enable(PARAMETERS),
        () => program.connect(by).setParameters(PARAMETERS),
        () => program.connect(by).setHalted(true),
      ]) {
        await expect(refused())
          .to.be.revertedWithCustomError(program, "AccessManagedUnauthorized")
          .withArgs(by.address);
      }
    }
  });

  it("is a token of 18 decimals that can not be moved or lent", async () => {
    const { program, actors } = world;
    expect([await program.name(), await program.symbol(), await program.decimals()]).to.deep.equal([
      "Share Points",
      "SHP",
      18n,
    ]);
    const [holder, to] = actors.customers as [typeof actors.outsider, typeof actors.outsider];
    for (const refused of [
      () => program.connect(holder).transfer(to, 0n),
      () => program.connect(holder).approve(to, 1n),
      () => program.connect(holder).transferFrom(holder, to, 0n),
    ]) {
      await expect(refused()).to.be.revertedWithCustomError(program, "SharingNotTransferable");
    }
  });
});
