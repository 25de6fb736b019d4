import { expect } from "chai";

import { createLedger } from "../support/alliance.ts";
import type { Ledger } from "../support/alliance.ts";
import { addressOf, admitMember, attest, EMISSION, founderOf, goTo, maintain, SCHEDULE } from "../support/nodes.ts";
import type { MemberNode } from "../support/nodes.ts";

const { rewardWindowsRequired: REQUIRED, rewardEpochSeconds, rewardWindowSeconds } = SCHEDULE;
const WINDOWS = rewardEpochSeconds / rewardWindowSeconds;

describe("NodeRewards' claims", () => {
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

  describe("claiming", () => {
    it("mints an equal share to the representative, whoever asks", async () => {
      const { allianceToken, nodeRewards, actors } = ledger;
      const second = await admitMember(ledger, 2n);
      await maintain(ledger, 1n, [founder.node, second.node]);
      await goTo(ledger, 2n);

      const share = EMISSION / 2n;
      expect(await nodeRewards.emissionOf(1n)).to.equal(EMISSION);
      expect(await nodeRewards.shareOf(1n)).to.equal(share);
      expect([...(await nodeRewards.standingOf(2n, 1n))]).to.deep.equal([REQUIRED, true, false, share]);
      const rewards = nodeRewards.connect(actors.outsider);
      expect(await rewards.claim.staticCall(2n, [1n])).to.equal(share);
      await expect(rewards.claim(2n, [1n]))
        .to.emit(nodeRewards, "RewardClaimed")
        .withArgs(2n, 1n, second.representative, share);
      expect(await allianceToken.balanceOf(second.representative)).to.equal(share);
      expect([...(await nodeRewards.standingOf(2n, 1n))]).to.deep.equal([REQUIRED, true, true, 0n]);
      expect(await allianceToken.emittedIn(0n)).to.equal(share);
    });

    it("waits for the epoch's last second", async () => {
      const { nodeRewards, networkHelpers, ethers } = ledger;
      await maintain(ledger, 1n, [founder.node]);
      const endsAt = await nodeRewards.epochStart(2n);
      await networkHelpers.time.setNextBlockTimestamp(endsAt - 1n);
      await expect(nodeRewards.claim(1n, [1n], { gasLimit: 1_000_000n }))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsEpochNotOver")
        .withArgs(1n, endsAt);
      expect((await nodeRewards.standingOf(1n, 1n, { blockTag: "latest" })).reward).to.equal(0n);
      await networkHelpers.time.setNextBlockTimestamp(endsAt);
      await nodeRewards.claim(1n, [1n]);

      await expect(nodeRewards.claim(1n, [ethers.MaxUint256]))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsEpochNotOver")
        .withArgs(ethers.MaxUint256, ethers.MaxUint256);
    });

    it("pays once, and all of a claim or nothing", async () => {
      const { allianceToken, nodeRewards } = ledger;
      await maintain(ledger, 1n, [founder.node]);
      await maintain(ledger, 2n, [founder.node]);
      await goTo(ledger, 3n);
      const supply = await allianceToken.totalSupply();
      for (const [epochs, twice] of [
        [[1n, 2n, 1n], 1n],
        [[2n, 2n], 2n],
      ] as const) {
        await expect(nodeRewards.claim(1n, [...epochs]))
          .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsAlreadyClaimed")
          .withArgs(1n, twice);
      }
      expect(await allianceToken.totalSupply()).to.equal(supply);

      await nodeRewards.claim(1n, [2n, 1n]);
      expect(await allianceToken.totalSupply()).to.equal(supply + 2n * EMISSION);
      await expect(nodeRewards.claim(1n, [1n]))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsAlreadyClaimed")
        .withArgs(1n, 1n);
    });

    it("takes 1 to 64 epochs at a time", async () => {
      const { nodeRewards } = ledger;
      for (const count of [0, 65]) {
        await expect(
          nodeRewards.claim(
            1n,
            Array.from({ length: count }, (_, epoch) => epoch),
          ),
        )
          .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsClaimSize")
          .withArgs(count, 64n);
      }
    });

    it("gives nothing for too few windows, and never mints that part", async () => {
      const { allianceToken, nodeRewards } = ledger;
      const { node: lazy } = await admitMember(ledger, 2n);
      await maintain(ledger, 1n, [founder.node]);
      await attest(ledger, lazy); // in the last of the three windows
      await goTo(ledger, 1n, 4n);
      await attest(ledger, lazy);
      await goTo(ledger, 2n);
      expect([...(await nodeRewards.standingOf(2n, 1n))]).to.deep.equal([2n, true, false, 0n]);
      await expect(nodeRewards.claim(2n, [1n]))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsNotEarned")
        .withArgs(2n, 1n, 2n, REQUIRED);

      // The diligent one gets its half, not the other's as well.
      await nodeRewards.claim(1n, [1n]);
      expect(await allianceToken.emittedIn(0n)).to.equal(EMISSION / 2n);
    });

    it("refuses an unknown member, and epochs in which nobody did anything, years later too", async () => {
      const { alliance, nodeRewards } = ledger;
      await goTo(ledger, 200n);
      await expect(nodeRewards.claim(9n, [1n]))
        .to.be.revertedWithCustomError(alliance, "AllianceMemberUnknown")
        .withArgs(9n);
      await expect(nodeRewards.claim(1n, [100n]))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsNotEarned")
        .withArgs(1n, 100n, 0n, REQUIRED);
      expect([...(await nodeRewards.standingOf(9n, 1n))]).to.deep.equal([0n, false, false, 0n]);
    });
  });

  describe("members that come and go", () => {
    it("have no part in the epoch they joined in, however often they attested", async () => {
      const { nodeRewards } = ledger;
      await goTo(ledger, 1n);
      const late = await admitMember(ledger, 2n);
      for (let window = 0n; window < WINDOWS; window++) {
        await goTo(ledger, 1n, window);
        await attest(ledger, late.node);
      }
      await maintain(ledger, 2n, [late.node]);
      await goTo(ledger, 3n);
      expect([...(await nodeRewards.standingOf(2n, 1n))]).to.deep.equal([WINDOWS, false, false, 0n]);
      await expect(nodeRewards.claim(2n, [1n]))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsNotEarned")
        .withArgs(2n, 1n, WINDOWS, REQUIRED);
      // Alone in epoch 1, the founder would have had all of it; in epoch 2 they are two.
      expect(await nodeRewards.shareOf(1n)).to.equal(EMISSION);
      expect(await nodeRewards.shareOf(2n)).to.equal(EMISSION / 2n);
      await nodeRewards.claim(2n, [2n]);
    });

    it("forfeit what they had not claimed when they left", async () => {
      const { alliance, nodeRewards } = ledger;
      const leaver = await admitMember(ledger, 2n);
      await maintain(ledger, 1n, [leaver.node]);
      await maintain(ledger, 2n, [leaver.node]);
      await goTo(ledger, 3n);
      await nodeRewards.claim(2n, [1n]);
      await alliance.expel(2n);
      await expect(nodeRewards.claim(2n, [2n]))
        .to.be.revertedWithCustomError(nodeRewards, "NodeRewardsMemberLeft")
        .withArgs(2n);
      expect([...(await nodeRewards.standingOf(2n, 2n))]).to.deep.equal([REQUIRED, true, false, 0n]);
    });

    it("claim what they earned while suspended, and earn nothing in epochs that began meanwhile", async () => {
      const { alliance, allianceToken, nodeRewards } = ledger;
      const member = await admitMember(ledger, 2n);
      await maintain(ledger, 1n, [member.node]);
      await alliance.suspend(2n);
      await goTo(ledger, 2n, 1n);
      await nodeRewards.claim(2n, [1n]);
      expect(await allianceToken.balanceOf(member.representative)).to.equal(EMISSION / 2n);

      await alliance.reinstate(2n);
      for (let window = 1n; window < WINDOWS; window++) {
        await goTo(ledger, 2n, window);
        await attest(ledger, member.node);
      }
      await goTo(ledger, 3n);
      expect((await nodeRewards.standingOf(2n, 2n)).isEligible).to.equal(false);
      expect(await nodeRewards.shareOf(2n)).to.equal(EMISSION);
    });

    it("are paid at the address that represents them when the claim is made", async () => {
      const { alliance, allianceToken, nodeRewards } = ledger;
      await maintain(ledger, 1n, [founder.node]);
      await goTo(ledger, 2n);
      const successor = addressOf(0xfeedn);
      await alliance.changeRepresentative(1n, successor);
      await nodeRewards.claim(1n, [1n]);
      expect(await allianceToken.balanceOf(successor)).to.equal(EMISSION);
      expect(await allianceToken.balanceOf(founder.representative)).to.equal(0n);
    });
  });
});
