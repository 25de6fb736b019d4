import { expect } from "chai";

import { ROLES } from "../../ignition/powers.ts";
import { ALP, createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";
import { DAY } from "../support/time.ts";

const SUPPLY = 1_000_000_000n * ALP;
const YEAR = 365 * DAY;
/** What the deployment allows for ever, 5 %, and what it sets, 2 %. */
const INFLATION_BPS_MAX = 500n;
const INFLATION_BPS = 200n;
const CAP = (SUPPLY * INFLATION_BPS_MAX) / 10_000n;

describe("AllianceToken's growth", () => {
  let ledger: Ledger;
  let fixture: () => Promise<void>;

  before(async () => {
    ledger = await createLedger();
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    fixture = () => snapshot.restore();
  });

  beforeEach(async () => {
    await fixture();
  });

  describe("inflation", () => {
    it("is in force from the moment it is set, and what was in force before stays on record", async () => {
      const { allianceToken, networkHelpers } = ledger;
      const startedAt = Number(await allianceToken.startedAt());
      expect(await allianceToken.inflationBps()).to.equal(INFLATION_BPS);
      expect(await allianceToken.inflationAt(startedAt)).to.equal(0n);

      const changedAt = startedAt + 10 * DAY;
      await networkHelpers.time.setNextBlockTimestamp(changedAt);
      await expect(allianceToken.setInflation(300n)).to.emit(allianceToken, "InflationChanged").withArgs(300n);
      expect(await allianceToken.inflationBps()).to.equal(300n);
      expect(await allianceToken.inflationAt(changedAt - 1)).to.equal(INFLATION_BPS);
      expect(await allianceToken.inflationAt(changedAt)).to.equal(300n);

      await allianceToken.setInflation(0n);
      expect(await allianceToken.inflationBps()).to.equal(0n);
      expect(await allianceToken.inflationAt(changedAt)).to.equal(300n);
    });

    it("never exceeds what was fixed for ever", async () => {
      const { allianceToken } = ledger;
      expect(await allianceToken.INFLATION_BPS_MAX()).to.equal(INFLATION_BPS_MAX);
      await allianceToken.setInflation(INFLATION_BPS_MAX);
      await expect(allianceToken.setInflation(INFLATION_BPS_MAX + 1n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenInflationInvalid")
        .withArgs(INFLATION_BPS_MAX + 1n, INFLATION_BPS_MAX);
    });

    it("can not be fixed above doubling a year", async () => {
      const { accessManager, alliance, allianceToken, actors, ethers } = ledger;
      const factory = await ethers.getContractFactory("AllianceToken", actors.deployer);
      await expect(factory.deploy(accessManager, alliance, actors.platform, SUPPLY, 10_001n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenInflationInvalid")
        .withArgs(10_001n, 10_000n);
    });

    it("looks back, not ahead", async () => {
      const { allianceToken, networkHelpers } = ledger;
      const now = BigInt(await networkHelpers.time.latest());
      const startedAt = await allianceToken.startedAt();
      expect(await allianceToken.supplyAt(now)).to.equal(SUPPLY);
      expect(await allianceToken.supplyAt(startedAt)).to.equal(SUPPLY);
      expect(await allianceToken.supplyAt(startedAt - 1n)).to.equal(0n);
      for (const lookUp of [allianceToken.supplyAt, allianceToken.inflationAt]) {
        await expect(lookUp(now + 1_000n))
          .to.be.revertedWithCustomError(allianceToken, "AllianceTokenFutureLookup")
          .withArgs(now + 1_000n, (blockTime: bigint) => blockTime >= now && blockTime < now + 1_000n);
      }
    });
  });

  describe("rewards", () => {
    let startedAt: number;
    let emitter: Ledger["allianceToken"];

    beforeEach(async () => {
      const { accessManager, allianceToken, actors } = ledger;
      await accessManager.grantRole(ROLES.EMITTER, actors.relayer, 0);
      emitter = allianceToken.connect(actors.relayer);
      startedAt = Number(await allianceToken.startedAt());
    });

    it("are minted by whom the council made an emitter, not by the council", async () => {
      const { allianceToken, actors } = ledger;
      await expect(allianceToken.emitReward(actors.founder, 1n, 0n))
        .to.be.revertedWithCustomError(allianceToken, "AccessManagedUnauthorized")
        .withArgs(actors.platform);
      await expect(emitter.emitReward(actors.founder, 7n, 0n))
        .to.emit(allianceToken, "RewardEmitted")
        .withArgs(actors.founder, 7n, 0n);
      expect(await allianceToken.balanceOf(actors.founder)).to.equal(7n);
      expect(await allianceToken.totalSupply()).to.equal(SUPPLY + 7n);
      expect(await allianceToken.emittedIn(0n)).to.equal(7n);
    });

    it("go to participants only, also when the emitter is a payer", async () => {
      const { allianceToken, actors } = ledger;
      await allianceToken.setPayer(actors.relayer, true);
      await expect(emitter.emitReward(actors.outsider, 1n, 0n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenNotParticipant")
        .withArgs(actors.outsider);
    });

    it("of a year are capped for ever, whatever the rate, and name what is left", async () => {
      const { allianceToken, actors } = ledger;
      await emitter.emitReward(actors.founder, CAP - 1n, 0n);
      await expect(emitter.emitReward(actors.founder, 2n, 0n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenEmissionExceeded")
        .withArgs(0n, 2n, 1n);
      await emitter.emitReward(actors.founder, 1n, 0n);
      expect(await allianceToken.emittedIn(0n)).to.equal(CAP);
      expect(await allianceToken.supplyAtStartOf(0n)).to.equal(SUPPLY);
    });

    it("belong to the year they were earned in, whenever they are minted", async () => {
      const { allianceToken, actors, networkHelpers } = ledger;
      await emitter.emitReward(actors.founder, 1_000n, 0n);
      await networkHelpers.time.increaseTo(startedAt + YEAR + DAY);
      await emitter.emitReward(actors.founder, CAP - 1_000n, 0n);

      // Year 1 counts from what there was at its start: with the 1,000 minted before, without what came late.
      const supplyAtStart = SUPPLY + 1_000n;
      const cap = (supplyAtStart * INFLATION_BPS_MAX) / 10_000n;
      expect(await allianceToken.supplyAtStartOf(1n)).to.equal(supplyAtStart);
      await expect(emitter.emitReward(actors.founder, cap + 1n, 1n))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenEmissionExceeded")
        .withArgs(1n, cap + 1n, cap);
      await emitter.emitReward(actors.founder, cap, 1n);
      expect([await allianceToken.emittedIn(0n), await allianceToken.emittedIn(1n)]).to.deep.equal([CAP, cap]);
      expect(await allianceToken.supplyAtStartOf(1n)).to.equal(supplyAtStart);
      expect(await allianceToken.totalSupply()).to.equal(SUPPLY + CAP + cap);
    });

    it("of a year begin when its first second is over, so that no year raises its own cap", async () => {
      const { allianceToken, actors, networkHelpers } = ledger;
      const yearOne = startedAt + YEAR;
      expect(await allianceToken.yearStart(1n)).to.equal(yearOne);
      for (const timestamp of [yearOne - 1, yearOne]) {
        await networkHelpers.time.setNextBlockTimestamp(timestamp);
        await expect(emitter.emitReward(actors.founder, 1n, 1n))
          .to.be.revertedWithCustomError(allianceToken, "AllianceTokenYearNotBegun")
          .withArgs(1n);
      }
      await networkHelpers.time.setNextBlockTimestamp(yearOne + 1);
      await emitter.emitReward(actors.founder, 1n, 1n);
      expect(await allianceToken.emittedIn(1n)).to.equal(1n);
    });

    it("of a year beyond all time are refused by name", async () => {
      const { allianceToken, actors, ethers } = ledger;
      await expect(emitter.emitReward(actors.founder, 1n, ethers.MaxUint256))
        .to.be.revertedWithCustomError(allianceToken, "AllianceTokenYearNotBegun")
        .withArgs(ethers.MaxUint256);
    });

    it("cost as much after a hundred mints as after one: nobody looks through the mints of a year", async () => {
      const { allianceToken, actors } = ledger;
      const gasOf = async () => (await (await emitter.emitReward(actors.founder, 1n, 0n)).wait())!.gasUsed;
      await emitter.emitReward(actors.founder, 1n, 0n);
      const first = await gasOf();
      for (let n = 0; n < 100; n++) await emitter.emitReward(actors.founder, 1n, 0n);
      expect(await gasOf()).to.equal(first);
      expect(await allianceToken.emittedIn(0n)).to.equal(103n);
    });
  });
});
