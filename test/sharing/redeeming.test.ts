import { expect } from "chai";

import { TypedDataEncoder } from "ethers";

import { ALP } from "../support/alliance.ts";
import { nodeOf, signRoot, wrap } from "../support/composite.ts";
import { randomOf } from "../support/random.ts";
import type { Sharing } from "../support/sharing.ts";
import { endDay, openSharing, SEED, SHARE, shareSale } from "../support/sharing.ts";

const CASE = "0x" + "22".repeat(32);

describe("Redeeming share points", () => {
  let world: Sharing;
  let ann: Sharing["actors"]["outsider"];
  let restore: () => Promise<void>;

  before(async () => {
    world = await openSharing();
    const { program, country, burger } = world;
    await program.connect(country.controller).join(country.merchantId, 50_000n * ALP, 1_000n);
    await program.connect(burger.controller).join(burger.merchantId, 50_000n * ALP, 1_000n);
    ann = world.actors.customers[0]!;
    await shareSale(world, country, { consumer: ann, yuan: 3_000n });
    await endDay(world, 2);
    await program.distribute();
    const snapshot = await world.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  it("claims what is earned, for anybody, and says so; nothing earned is nothing said", async () => {
    const { program } = world;
    const earned = await program.earnedOf(ann);
    await expect(program.connect(world.actors.outsider).claim(ann))
      .to.emit(program, "PointsClaimed")
      .withArgs(ann.address, earned);
    expect(await program.balanceOf(ann)).to.equal(earned);
    expect(await program.earnedOf(ann)).to.equal(0n);
    await expect(program.claim(ann)).not.to.emit(program, "PointsClaimed");
    expect(await program.claim.staticCall(world.actors.outsider)).to.equal(0n);
  });

  it("pays ALP at net asset value, rounded down, to accounts that are no participants of ALP", async () => {
    const { program, allianceToken } = world;
    const { vault, supply } = await program.disclosure();
    const points = 7n * SHARE + 13n;
    const alp = (points * vault) / supply;
    await expect(program.connect(ann).redeem(points))
      .to.emit(program, "PointsRedeemed")
      .withArgs(ann.address, points, alp);
    expect(await allianceToken.balanceOf(ann)).to.equal(alp);
    const after = await program.disclosure();
    expect([after.vault, after.supply]).to.deep.equal([vault - alp, supply - points]);
    expect(after.vault * supply).to.be.at.least(vault * after.supply);
  });

  it("claims first, so that what was earned is redeemed in one step, and no more than there is", async () => {
    const { program } = world;
    const earned = await program.earnedOf(ann);
    await expect(program.connect(ann).redeem(earned + 1n))
      .to.be.revertedWithCustomError(program, "SharingPointsExceeded")
      .withArgs(earned + 1n, earned);
    await expect(program.connect(ann).redeem(0n))
      .to.be.revertedWithCustomError(program, "SharingAmountInvalid")
      .withArgs(0n);
    await program.connect(ann).redeem(earned);
    expect(await program.balanceOf(ann)).to.equal(0n);
  });

  it("goes on while the program is halted, and waits while the regulator has frozen the account", async () => {
    const { program, regulatorDesk, actors } = world;
    await program.setHalted(true);
    await regulatorDesk.connect(actors.regulator).freeze(ann, CASE);
    await expect(program.connect(ann).redeem(1n))
      .to.be.revertedWithCustomError(program, "SharingAccountFrozen")
      .withArgs(ann.address);
    await program.claim(ann);
    await regulatorDesk.connect(actors.regulator).unfreeze(ann, CASE);
    await program.connect(ann).redeem(1n);
  });

  it("never pays from the seed: it stays when everybody else has gone", async () => {
    const { program, allianceToken, country, burger } = world;
    await endDay(world, 3);
    for (const { controller, merchantId } of [country, burger]) {
      await program.claim(controller);
      const points = await program.balanceOf(controller);
      if (points > 0n) await program.connect(controller).redeem(points);
      const { depositPoints } = await program.participantOf(merchantId);
      await program.connect(controller).withdrawDeposit(merchantId, depositPoints);
    }
    await program.claim(ann);
    await program.connect(ann).redeem(await program.balanceOf(ann));
    const { vault, supply } = await program.disclosure();
    expect(supply).to.be.closeTo((SEED * SHARE) / ALP, 10n);
    expect(await allianceToken.balanceOf(program)).to.equal(vault);
    expect(vault).to.be.greaterThan(0n);
    await endDay(world, 4);
    await program.connect(country.controller).join(1n, 600n * ALP, 1_000n);
  });

  describe("by signature", () => {
    const consentOf = async (points: bigint, deadline: bigint, of: { address: string } = ann) => {
      const { program, ethers } = world;
      const domain = {
        name: "SharingProgram",
        version: "1",
        chainId: (await ethers.provider.getNetwork()).chainId,
        verifyingContract: await program.getAddress(),
      };
      const RedeemShare = [
        { type: "address", name: "account" },
        { type: "uint256", name: "points" },
        { type: "uint256", name: "nonce" },
        { type: "uint256", name: "deadline" },
      ];
      const value = { account: of.address, points, nonce: await program.nonces(of.address), deadline };
      return { domain, types: { RedeemShare }, value };
    };
    const sign = async (points: bigint, deadline: bigint, by = ann) => {
      const { domain, types, value } = await consentOf(points, deadline);
      return await by.signTypedData(domain, types, value);
    };
    const soon = async () => BigInt(await world.networkHelpers.time.latest()) + 600n;

    it("is carried by anybody, once, and pays the holder", async () => {
      const { program, allianceToken, actors } = world;
      const deadline = await soon();
      const signature = await sign(5n * SHARE, deadline);
      const relayed = program.connect(actors.relayer);
      await relayed.redeemBySig(ann, 5n * SHARE, deadline, signature);
      expect(await allianceToken.balanceOf(ann)).to.be.greaterThan(4n * ALP);
      expect(await allianceToken.balanceOf(actors.relayer)).to.equal(0n);
      await expect(relayed.redeemBySig(ann, 5n * SHARE, deadline, signature))
        .to.be.revertedWithCustomError(program, "SharingSignatureInvalid")
        .withArgs(ann.address);
    });

    it("stands beside other consents under one signed root, and is a contract account's by ERC-1271", async () => {
      const { program, actors, ethers } = world;
      const deadline = await soon();
      const { domain, types, value } = await consentOf(SHARE, deadline);
      const leaf = TypedDataEncoder.hash(domain, types, value);
      const other = ethers.id("another consent");
      const composite = wrap([other], await signRoot(ann, domain.chainId, nodeOf(leaf, other)));
      await program.redeemBySig(ann, SHARE, deadline, composite);
      await expect(program.redeemBySig(ann, SHARE, deadline, composite))
        .to.be.revertedWithCustomError(program, "SharingSignatureInvalid")
        .withArgs(ann.address);

      const wallet = await ethers.deployContract("Erc1271Wallet", [actors.customers[2]!]);
      const account = { address: await wallet.getAddress() };
      await shareSale(world, world.country, { consumer: account, yuan: 500n });
      await endDay(world, 3);
      const consent = await consentOf(SHARE, deadline + 86_400n, account);
      const signature = await actors.customers[2]!.signTypedData(consent.domain, consent.types, consent.value);
      await program.redeemBySig(account.address, SHARE, deadline + 86_400n, signature);
      expect(await world.allianceToken.balanceOf(account.address)).to.be.greaterThan(0n);
    });

    it("is of nobody else, for nothing else, and not for ever", async () => {
      const { program, actors } = world;
      const deadline = await soon();
      const mine = await sign(5n * SHARE, deadline);
      const theirs = await sign(5n * SHARE, deadline, actors.customers[1]);
      for (const [points, until, signature] of [
        [6n * SHARE, deadline, mine],
        [5n * SHARE, deadline + 1n, mine],
        [5n * SHARE, deadline, theirs],
        [5n * SHARE, deadline, "0x"],
      ] as const) {
        await expect(program.redeemBySig(ann, points, until, signature))
          .to.be.revertedWithCustomError(program, "SharingSignatureInvalid")
          .withArgs(ann.address);
      }
      await world.networkHelpers.time.increaseTo(deadline + 1n);
      await expect(program.redeemBySig(ann, 5n * SHARE, deadline, mine))
        .to.be.revertedWithCustomError(program, "SharingSignatureExpired")
        .withArgs(deadline);
    });
  });

  describe("can not be tricked", () => {
    it("by ALP that somebody just sends: it moves no price and is nobody's", async () => {
      const { program, allianceToken } = world;
      const before = await program.disclosure();
      await allianceToken.transfer(program, 1_000_000n * ALP);
      expect([...(await program.disclosure())]).to.deep.equal([...before]);
    });

    it("by buying and withdrawing: no sequence of it leaves more ALP than it began with", async () => {
      const { program, allianceToken, burger } = world;
      const next = randomOf(7);
      await endDay(world, 3);
      await program.distribute();
      const controller = program.connect(burger.controller);
      await controller.withdrawDeposit(2n, (await program.participantOf(2n)).depositPoints);
      let last = await allianceToken.balanceOf(burger.controller);
      for (let day = 4; day < 24; day++) {
        await controller.join(2n, 600n * ALP + BigInt(next(1e9)), 1_000n);
        for (let k = next(4); k > 0; k--) await controller.addDeposit(2n, BigInt(1 + next(1e9)) ** 2n);
        await endDay(world, day);
        await controller.withdrawDeposit(2n, (await program.participantOf(2n)).depositPoints);
        const now = await allianceToken.balanceOf(burger.controller);
        expect(now).to.be.at.most(last);
        last = now;
      }
    });

    it("by coming just before a sale burns points and leaving just after", async () => {
      const { program, country, burger } = world;
      const controller = program.connect(burger.controller);
      const { depositPoints: before } = await program.participantOf(2n);
      await controller.addDeposit(2n, 500_000n * ALP);
      await shareSale(world, country, { consumer: ann, yuan: 100_000n });
      const { depositPoints } = await program.participantOf(2n);
      await expect(controller.withdrawDeposit(2n, depositPoints))
        .to.be.revertedWithCustomError(program, "SharingDepositLocked")
        .withArgs(depositPoints, before);
    });
  });
});
