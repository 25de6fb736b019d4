import { expect } from "chai";
import fc from "fast-check";

import type { Ledger, Signer } from "../support/alliance.ts";
import { ALP, createLedger, POINT } from "../support/alliance.ts";
import { approveMerchant, BURGER, COUNTRY_STYLE, PROFILE_HASH, PROFILE_URI, termsOf } from "../support/merchants.ts";

const DELAY = 7 * 86_400;
const SEED = 20_270_115;

describe("Collateral", () => {
  let ledger: Ledger;
  let restore: () => Promise<void>;
  let collateral: Ledger["collateral"];
  let controller: Signer;
  let token: Awaited<ReturnType<typeof approveMerchant>>["token"];

  before(async () => {
    ledger = await createLedger();
    collateral = ledger.collateral;
    controller = ledger.actors.controllers[0]!;
    ({ token } = await approveMerchant(ledger, controller, COUNTRY_STYLE));
    await ledger.allianceToken.transfer(controller, 1_000n * ALP);
    await ledger.allianceToken.connect(controller).approve(collateral, 1_000n * ALP);
    await token.connect(controller).setTill(ledger.actors.tills[0]!, 2n ** 56n - 1n);
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const deposit = (alp: bigint) => collateral.connect(controller).deposit(1n, alp);
  const request = (alp: bigint) => collateral.connect(controller).requestWithdrawal(1n, alp);
  const withdraw = () => collateral.connect(controller).withdraw(1n);
  const issue = (points: bigint, ref = "order") =>
    token.connect(ledger.actors.tills[0]).issue(ledger.actors.customers[0]!, points, ledger.ethers.id(ref));

  describe("deposit", () => {
    it("locks the caller's ALP for the merchant; anyone may add", async () => {
      await expect(deposit(600n * ALP))
        .to.emit(collateral, "CollateralDeposited")
        .withArgs(1n, controller, 600n * ALP);
      await ledger.allianceToken.approve(collateral, 1n);
      await expect(collateral.deposit(1n, 1n)).to.changeTokenBalances(
        ledger.ethers,
        ledger.allianceToken,
        [ledger.actors.platform, collateral],
        [-1n, 1n],
      );
      expect(await collateral.depositOf(1n)).to.equal(600n * ALP + 1n);
    });

    it("refuses nothing, a merchant nobody knows, and more than the caller allows", async () => {
      await expect(deposit(0n)).to.be.revertedWithCustomError(collateral, "CollateralAmountZero");
      for (const id of [0n, 2n]) {
        await expect(collateral.connect(controller).deposit(id, 1n))
          .to.be.revertedWithCustomError(collateral, "CollateralMerchantUnknown")
          .withArgs(id);
      }
      await expect(deposit(1_000n * ALP + 1n)).to.be.revertedWithCustomError(
        ledger.allianceToken,
        "ERC20InsufficientAllowance",
      );
      await expect(deposit(2n ** 96n)).to.be.revertedWithCustomError(collateral, "SafeCastOverflowedUintDowncast");
    });
  });

  describe("cap", () => {
    it("is the deposit at the price: 600 ALP at 1 ALP a yuan and 30 % back 2,000 yuan, 200,000 points", async () => {
      await deposit(600n * ALP);
      expect(await collateral.coverage()).to.deep.equal([ALP, 3_000n]);
      expect(await collateral.outstandingMaxOf(token)).to.equal(200_000n * POINT);
      expect(await collateral.requiredFor(1n, 200_000n * POINT)).to.equal(600n * ALP);
      expect(await collateral.requiredFor(1n, 1n)).to.equal(30_000_000_000_000n);
    });

    it("holds at every issue, to the base unit", async () => {
      await deposit(600n * ALP);
      await expect(issue(200_000n * POINT + 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointCapExceeded")
        .withArgs(200_000n * POINT + 1n, 200_000n * POINT);
      await issue(200_000n * POINT);
      await expect(issue(1n, "next"))
        .to.be.revertedWithCustomError(token, "MerchantPointCapExceeded")
        .withArgs(200_000n * POINT + 1n, 200_000n * POINT);
    });

    it("falls at once with a request, and is nothing for a foreign token", async () => {
      await deposit(600n * ALP);
      await request(450n * ALP);
      expect(await collateral.outstandingMaxOf(token)).to.equal(50_000n * POINT);
      expect(await collateral.outstandingMaxOf(controller)).to.equal(0n);
    });

    it("counts points a yuan: 汉堡王's 1,000 a yuan need a tenth each", async () => {
      const other = ledger.actors.controllers[1]!;
      const burger = await approveMerchant(ledger, other, BURGER);
      await ledger.allianceToken.approve(collateral, 600n * ALP);
      await collateral.deposit(burger.merchantId, 600n * ALP);
      expect(await collateral.outstandingMaxOf(burger.token)).to.equal(2_000_000n * POINT);
      expect(await collateral.requiredFor(burger.merchantId, 1n)).to.equal(3_000_000_000_000n);
    });

    it("is nothing before coverage is set", async () => {
      const { accessManager, allianceToken, merchantRegistry } = ledger;
      const bare = await ledger.ethers.deployContract("Collateral", [
        accessManager,
        allianceToken,
        merchantRegistry,
        ledger.actors.platform,
        1n,
      ]);
      await allianceToken.admitHolder(bare);
      await allianceToken.approve(bare, ALP);
      await bare.connect(ledger.actors.platform).deposit(1n, ALP);
      expect(await bare.outstandingMaxOf(token)).to.equal(0n);
      expect(await bare.coverage()).to.deep.equal([0n, 0n]);
      expect(await bare.WITHDRAW_DELAY()).to.equal(1n);
    });
  });

  describe("withdrawal", () => {
    it("waits for the delay, to the second, and pays the controller", async () => {
      await deposit(600n * ALP);
      const { time } = ledger.networkHelpers;
      const availableAt = (await time.latest()) + 1 + DELAY;
      await expect(request(450n * ALP))
        .to.emit(collateral, "WithdrawalRequested")
        .withArgs(1n, 450n * ALP, availableAt);
      expect(await collateral.requestOf(1n)).to.deep.equal([450n * ALP, BigInt(availableAt)]);
      expect(await collateral.depositOf(1n)).to.equal(600n * ALP);

      await time.setNextBlockTimestamp(availableAt - 1);
      await expect(withdraw()).to.be.revertedWithCustomError(collateral, "CollateralNotYet").withArgs(availableAt);
      await time.setNextBlockTimestamp(availableAt);
      const tx = withdraw();
      await expect(tx)
        .to.emit(collateral, "CollateralWithdrawn")
        .withArgs(1n, controller, 450n * ALP);
      await expect(tx).to.changeTokenBalances(
        ledger.ethers,
        ledger.allianceToken,
        [collateral, controller],
        [-450n * ALP, 450n * ALP],
      );
      expect(await collateral.requestOf(1n)).to.deep.equal([0n, 0n]);
      expect(await collateral.depositOf(1n)).to.equal(150n * ALP);
    });

    it("is refused while what is left does not cover, to the wei", async () => {
      await deposit(600n * ALP);
      await issue(50_000n * POINT); // 500 yuan, 150 ALP
      await request(450n * ALP + 1n);
      await ledger.networkHelpers.time.increase(DELAY);
      await expect(withdraw())
        .to.be.revertedWithCustomError(collateral, "CollateralUncovered")
        .withArgs(1n, 150n * ALP - 1n, 150n * ALP);

      await request(450n * ALP); // a new request replaces the old one, and waits anew
      await expect(withdraw()).to.be.revertedWithCustomError(collateral, "CollateralNotYet");
      await ledger.networkHelpers.time.increase(DELAY);
      await withdraw();
      expect(await collateral.depositOf(1n)).to.equal(150n * ALP);
    });

    it("can be taken back", async () => {
      await deposit(600n * ALP);
      await request(450n * ALP);
      await expect(collateral.connect(controller).cancelWithdrawal(1n))
        .to.emit(collateral, "WithdrawalCancelled")
        .withArgs(1n, 450n * ALP);
      expect(await collateral.outstandingMaxOf(token)).to.equal(200_000n * POINT);
      for (const call of [withdraw, () => collateral.connect(controller).cancelWithdrawal(1n)]) {
        await expect(call()).to.be.revertedWithCustomError(collateral, "CollateralNoRequest").withArgs(1n);
      }
    });

    it("is the controller's, of something, of what there is", async () => {
      const { platform } = ledger.actors;
      await deposit(1n);
      await expect(request(0n)).to.be.revertedWithCustomError(collateral, "CollateralAmountZero");
      await expect(request(2n))
        .to.be.revertedWithCustomError(collateral, "CollateralInsufficient")
        .withArgs(1n, 2n, 1n);
      for (const [id, error, args] of [
        [1n, "CollateralNotController", [1n, platform]],
        [0n, "CollateralMerchantUnknown", [0n]],
        [2n, "CollateralMerchantUnknown", [2n]],
      ] as const) {
        for (const call of [
          () => collateral.requestWithdrawal(id, 1n),
          () => collateral.cancelWithdrawal(id),
          () => collateral.withdraw(id),
        ]) {
          await expect(call())
            .to.be.revertedWithCustomError(collateral, error)
            .withArgs(...args);
        }
      }
      await expect(collateral.requiredFor(2n, 1n)).to.be.revertedWithCustomError(
        collateral,
        "CollateralMerchantUnknown",
      );
    });

    it("gives a merchant that was never approved back what somebody locked for it", async () => {
      const applicant = ledger.actors.controllers[1]!;
      await ledger.merchantRegistry.connect(applicant).applyFor(termsOf(BURGER), PROFILE_URI, PROFILE_HASH);
      await ledger.allianceToken.admitHolder(applicant);
      await ledger.allianceToken.approve(collateral, 5n);
      await collateral.deposit(2n, 5n);
      await collateral.connect(applicant).requestWithdrawal(2n, 5n);
      await ledger.networkHelpers.time.increase(DELAY);
      await collateral.connect(applicant).withdraw(2n);
      expect(await ledger.allianceToken.balanceOf(applicant)).to.equal(5n);
    });
  });

  describe("limit cut", () => {
    const cut = (percent: bigint, id = 1n) => collateral.connect(ledger.actors.regulator).setLimitCut(id, percent);

    it("lowers what may be outstanding, rounded down, and can be taken back", async () => {
      await deposit(600n * ALP);
      await expect(cut(33n)).to.emit(collateral, "LimitCutSet").withArgs(1n, 33n);
      expect(await collateral.limitCutOf(1n)).to.equal(33n);
      expect(await collateral.outstandingMaxOf(token)).to.equal(134_000n * POINT);
      await deposit(1n); // 600 ALP and a wei still cover no more whole base units
      expect(await collateral.outstandingMaxOf(token)).to.equal(134_000n * POINT);
      await cut(0n);
      expect(await collateral.outstandingMaxOf(token)).to.equal(200_000n * POINT);
    });

    it("leaves what is outstanding alone, and stops issues until it is below", async () => {
      await deposit(600n * ALP);
      await issue(100_000n * POINT);
      await cut(60n);
      await expect(issue(1n, "more"))
        .to.be.revertedWithCustomError(token, "MerchantPointCapExceeded")
        .withArgs(100_000n * POINT + 1n, 80_000n * POINT);
      await token.connect(ledger.actors.customers[0]).redeem(20_001n * POINT, 0n, ledger.ethers.id("lunch"));
      await issue(POINT, "more");
      await cut(100n);
      expect(await collateral.outstandingMaxOf(token)).to.equal(0n);
    });

    it("is 0 to 100 percent, of a merchant that exists, by the regulator's desk", async () => {
      await expect(cut(101n)).to.be.revertedWithCustomError(collateral, "CollateralPercentInvalid").withArgs(101n);
      await expect(cut(1n, 2n)).to.be.revertedWithCustomError(collateral, "CollateralMerchantUnknown").withArgs(2n);
      await expect(collateral.connect(controller).setLimitCut(1n, 1n))
        .to.be.revertedWithCustomError(collateral, "AccessManagedUnauthorized")
        .withArgs(controller);
    });
  });

  describe("seizure", () => {
    const CASE = "0x" + "ca".repeat(32);

    it("goes to the treasury under its case number", async () => {
      await deposit(600n * ALP);
      const seized = collateral.seize(1n, 100n * ALP, CASE);
      await expect(seized)
        .to.emit(collateral, "CollateralSeized")
        .withArgs(1n, 100n * ALP, CASE);
      await expect(seized).to.changeTokenBalances(
        ledger.ethers,
        ledger.allianceToken,
        [collateral, await collateral.treasury()],
        [-100n * ALP, 100n * ALP],
      );
      expect(await collateral.depositOf(1n)).to.equal(500n * ALP);
    });

    it("leaves what covers the points outstanding, to the wei", async () => {
      await deposit(600n * ALP);
      await issue(50_000n * POINT); // 150 ALP
      await expect(collateral.seize(1n, 450n * ALP + 1n, CASE))
        .to.be.revertedWithCustomError(collateral, "CollateralUncovered")
        .withArgs(1n, 150n * ALP - 1n, 150n * ALP);
      await collateral.seize(1n, 450n * ALP, CASE);
      expect(await collateral.outstandingMaxOf(token)).to.equal(50_000n * POINT);
    });

    it("comes before a withdrawal: a request of more than what is left is void, a smaller one stands", async () => {
      await deposit(600n * ALP);
      await request(400n * ALP);
      await collateral.seize(1n, 200n * ALP, CASE);
      expect((await collateral.requestOf(1n))[0]).to.equal(400n * ALP);
      expect(await collateral.outstandingMaxOf(token)).to.equal(0n);
      await expect(collateral.seize(1n, 1n, CASE))
        .to.emit(collateral, "WithdrawalCancelled")
        .withArgs(1n, 400n * ALP);
      expect(await collateral.requestOf(1n)).to.deep.equal([0n, 0n]);
      await expect(withdraw()).to.be.revertedWithCustomError(collateral, "CollateralNoRequest");
    });

    it("is of something, of what there is, by the council", async () => {
      await deposit(5n);
      await expect(collateral.seize(1n, 0n, CASE)).to.be.revertedWithCustomError(collateral, "CollateralAmountZero");
      await expect(collateral.seize(1n, 6n, CASE))
        .to.be.revertedWithCustomError(collateral, "CollateralInsufficient")
        .withArgs(1n, 6n, 5n);
      await expect(collateral.seize(2n, 1n, CASE)).to.be.revertedWithCustomError(
        collateral,
        "CollateralMerchantUnknown",
      );
      await expect(collateral.connect(ledger.actors.regulator).seize(1n, 1n, CASE)).to.be.revertedWithCustomError(
        collateral,
        "AccessManagedUnauthorized",
      );
    });
  });

  it("changes coverage within its bounds", async () => {
    await expect(collateral.setCoverage(2n * ALP, 10_000n))
      .to.emit(collateral, "CoverageChanged")
      .withArgs(2n * ALP, 10_000n);
    expect(await collateral.coverage()).to.deep.equal([2n * ALP, 10_000n]);
    for (const [price, bps] of [
      [0n, 1n],
      [2n ** 128n, 1n],
      [1n, 0n],
      [1n, 10_001n],
    ] as const) {
      await expect(collateral.setCoverage(price, bps))
        .to.be.revertedWithCustomError(collateral, "CollateralCoverageInvalid")
        .withArgs(price, bps);
    }
    await collateral.setCoverage(2n ** 128n - 1n, 10_000n);
    await collateral.setCoverage(1n, 1n);
  });

  it(`outstandingMaxOf is the exact inverse of requiredFor (seed ${SEED})`, async () => {
    // For every deposit d and price: required(max(d)) ≤ d < required(max(d) + 1), and both equal the formula.
    const cases = fc.record({
      deposit: fc.bigInt({ min: 1n, max: 2n ** 90n }),
      alpPerYuan: fc.oneof(fc.bigInt({ min: 1n, max: 10n ** 6n }), fc.bigInt({ min: 1n, max: 2n ** 100n })),
      bps: fc.bigInt({ min: 1n, max: 10_000n }),
    });
    const big = await createLedger({ initialSupply: 2n ** 95n });
    const merchant = await approveMerchant(big, big.actors.controllers[0]!, COUNTRY_STYLE);
    await big.allianceToken.approve(big.collateral, big.ethers.MaxUint256);
    const snapshot = await big.networkHelpers.takeSnapshot();
    await fc.assert(
      fc.asyncProperty(cases, async ({ deposit: d, alpPerYuan, bps }) => {
        await snapshot.restore();
        await big.collateral.setCoverage(alpPerYuan, bps);
        await big.collateral.deposit(1n, d);
        const max = await big.collateral.outstandingMaxOf(merchant.token);
        expect(max).to.equal((d * 100n * 100n * 10_000n) / (alpPerYuan * bps));
        const needed = await big.collateral.requiredFor(1n, max);
        const unit = 100n * 100n * 10_000n;
        expect(needed).to.equal((max * alpPerYuan * bps + unit - 1n) / unit);
        expect(needed <= d).to.equal(true);
        expect((await big.collateral.requiredFor(1n, max + 1n)) > d).to.equal(true);
      }),
      { numRuns: 150, seed: SEED },
    );
  });
});
