import { expect } from "chai";

import { createLedger } from "../support/alliance.ts";
import type { Ledger, Signer } from "../support/alliance.ts";
import {
  addressOf,
  admitMember,
  attest,
  EMISSION,
  founderOf,
  goTo,
  maintain,
  nodeAt,
  SCHEDULE,
} from "../support/nodes.ts";
import type { MemberNode } from "../support/nodes.ts";
import { DAY } from "../support/time.ts";

const WINDOWS = SCHEDULE.rewardEpochSeconds / SCHEDULE.rewardWindowSeconds;

describe("NodeRewards", () => {
  let ledger: Ledger;
  let founder: MemberNode;
  let fixture: () => Promise<void>;

  before(async () => {
    ledger = await createLedger(SCHEDULE);
    founder = founderOf(ledger);
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    fixture = () => snapshot.restore();
  });

  beforeEach(async () => {
    await fixture();
  });

  describe("schedule", () => {
    for (const { why, schedule } of [
      { why: "no epoch", schedule: [0, DAY, 1] },
      { why: "no window", schedule: [DAY, 0, 1] },
      { why: "an epoch that is not a whole number of windows", schedule: [DAY, 7, 1] },
      { why: "a window longer than the epoch", schedule: [DAY, 2 * DAY, 1] },
      { why: "a year that is not a whole number of epochs", schedule: [2 * DAY, DAY, 1] },
      { why: "no window required", schedule: [DAY, 3_600, 0] },
      { why: "more windows required than there are", schedule: [DAY, 3_600, 25] },
    ] as const) {
      it(`refuses ${why}`, async () => {
        const { alliance, allianceToken, nodeRewards, actors, ethers } = ledger;
        const factory = await ethers.getContractFactory("NodeRewards", actors.deployer);
        const [epochSeconds, windowSeconds, windowsRequired] = schedule;
        await expect(factory.deploy(alliance, allianceToken, epochSeconds, windowSeconds, windowsRequired))
          .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsScheduleInvalid")
          .withArgs(...schedule);
      });
    }

    it("takes a window as long as its epoch, and every window required", async () => {
      const { alliance, allianceToken, actors, ethers } = ledger;
      const factory = await ethers.getContractFactory("NodeRewards", actors.deployer);
      const daily = await factory.deploy(alliance, allianceToken, DAY, DAY, 1);
      expect(await daily.WINDOW_SECONDS()).to.equal(DAY);
      const strict = await factory.deploy(alliance, allianceToken, DAY, 3_600, 24);
      expect(await strict.WINDOWS_REQUIRED()).to.equal(24n);
    });

    it("counts epochs and windows from the token's first block", async () => {
      const { allianceToken, nodeRewards } = ledger;
      const startedAt = await allianceToken.startedAt();
      expect(await nodeRewards.startedAt()).to.equal(startedAt);
      expect(await nodeRewards.epochStart(7n)).to.equal(startedAt + 7n * SCHEDULE.rewardEpochSeconds);
      expect([await nodeRewards.currentEpoch(), await nodeRewards.currentWindow()]).to.deep.equal([0n, 0n]);
      await goTo(ledger, 3n, 4n);
      expect([await nodeRewards.currentEpoch(), await nodeRewards.currentWindow()]).to.deep.equal([3n, 4n]);
    });
  });

  describe("attesting", () => {
    it("counts once a window, from zero in every epoch", async () => {
      const { nodeRewards, ethers } = ledger;
      for (const [epoch, window, count] of [
        [1n, 0n, 1n],
        [1n, 1n, 2n],
        [1n, WINDOWS - 1n, 3n],
        [2n, 0n, 1n],
        [9n, 2n, 1n],
      ] as const) {
        await goTo(ledger, epoch, window);
        const known = await ethers.provider.getBlockNumber();
        await expect(attest(ledger, founder.node))
          .to.emit(nodeRewards, "Attested")
          .withArgs(1n, epoch, window, count, known);
        await expect(attest(ledger, founder.node))
          .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsAlreadyAttested")
          .withArgs(1n, epoch, window);
        expect((await nodeRewards.standingOf(1n, epoch)).windowsAttested).to.equal(count);
      }
    });

    it("is for nodes of active members: not strangers, not representatives, not a node replaced", async () => {
      const { alliance, nodeRewards, actors } = ledger;
      const refuse = async (caller: Signer) =>
        expect(attest(ledger, caller))
          .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsNotNode")
          .withArgs(caller);
      await refuse(actors.outsider);
      await refuse(actors.founder);
      const successor = await nodeAt(ledger, addressOf(0xcafen));
      await alliance.changeNode(1n, successor);
      await refuse(founder.node);
      await attest(ledger, successor);
    });

    it("counts members, not nodes: another node does not make a window count twice", async () => {
      const { alliance, nodeRewards } = ledger;
      await goTo(ledger, 1n);
      await attest(ledger, founder.node);
      const successor = await nodeAt(ledger, addressOf(0xcafen));
      await alliance.changeNode(1n, successor);
      await expect(attest(ledger, successor))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsAlreadyAttested")
        .withArgs(1n, 1n, 0n);
    });

    it("is refused while suspended and after leaving", async () => {
      const { alliance, nodeRewards } = ledger;
      const { node } = await admitMember(ledger, 2n);
      await alliance.suspend(2n);
      await expect(attest(ledger, node))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsNotNode")
        .withArgs(node);
      await alliance.reinstate(2n);
      await attest(ledger, node);
      await alliance.expel(2n);
      await goTo(ledger, 1n);
      await expect(attest(ledger, node))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsNotNode")
        .withArgs(node);
    });

    it("needs the hash of one of the last 256 blocks", async () => {
      const { nodeRewards, ethers, networkHelpers } = ledger;
      const rewards = nodeRewards.connect(founder.node);
      const refuse = async (number: number, hash: string) =>
        expect(rewards.attest(number, hash))
          .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsBlockUnknown")
          .withArgs(number, hash);
      const first = (await ethers.provider.getBlock("latest"))!;
      await refuse(first.number, "0x" + "ab".repeat(32));
      await refuse(first.number + 1, ethers.ZeroHash);
      await refuse(first.number + 1_000, ethers.ZeroHash);

      // A refused transaction is mined too: ask where the chain stands before each block that must be so old.
      await networkHelpers.mine(256 - (await ethers.provider.getBlockNumber()) + first.number);
      await refuse(first.number, first.hash!);
      await refuse(first.number, ethers.ZeroHash);
      const old = (await ethers.provider.getBlock((await ethers.provider.getBlockNumber()) - 255))!;
      await rewards.attest(old.number, old.hash!);
    });
  });

  describe("emission", () => {
    it("of an epoch goes by the rate at its start", async () => {
      const { allianceToken, nodeRewards } = ledger;
      await goTo(ledger, 1n, 2n);
      await allianceToken.setInflation(400n);
      await goTo(ledger, 2n, 2n);
      await allianceToken.setInflation(0n);
      await goTo(ledger, 3n, 2n);
      await allianceToken.setInflation(100n);
      await goTo(ledger, 5n);
      const emissions = [0n, 1n, 2n, 3n, 4n].map((epoch) => nodeRewards.emissionOf(epoch));
      // Epoch 0 began with the token itself, before any rate was set.
      expect(await Promise.all(emissions)).to.deep.equal([0n, EMISSION, 2n * EMISSION, 0n, EMISSION / 2n]);
    });

    it("is not known before the epoch begins", async () => {
      const { allianceToken, nodeRewards } = ledger;
      for (const ask of [nodeRewards.emissionOf, nodeRewards.shareOf]) {
        await expect(ask(1n)).to.be.revertedWithCustomError(allianceToken, "AllianceTokenFutureLookup");
      }
      expect([...(await nodeRewards.standingOf(1n, 1n))]).to.deep.equal([0n, false, false, 0n]);
    });

    it("of a year counts from the supply at its start, in whatever order and however late it is claimed", async () => {
      const { allianceToken, nodeRewards } = ledger;
      const supply = await allianceToken.totalSupply();
      await maintain(ledger, 1n, [founder.node]);
      await maintain(ledger, 2n, [founder.node]);
      await maintain(ledger, 74n, [founder.node]); // the second epoch of year 1
      await nodeRewards.claim(1n, [2n]);
      await maintain(ledger, 147n, [founder.node]); // the second epoch of year 2
      await goTo(ledger, 400n); // year 5

      const emission = (at: bigint) => (at * 200n * 5n) / (10_000n * 365n);
      await nodeRewards.claim(1n, [147n, 1n, 74n]);
      expect(await allianceToken.supplyAtStartOf(1n)).to.equal(supply);
      expect(await allianceToken.emittedIn(1n)).to.equal(emission(supply));
      expect(await allianceToken.emittedIn(2n)).to.equal(emission(supply + EMISSION));
      expect(await allianceToken.emittedIn(0n)).to.equal(2n * EMISSION);
    });
  });
});
