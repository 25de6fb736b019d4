import { expect } from "chai";

import type { Ledger, Signer } from "../support/alliance.ts";
import { ALP, POINT } from "../support/alliance.ts";
import { createExit, hold, issue, signTurnIn, WIND_DOWN_SECONDS, windDown } from "../support/exit.ts";
import type { Merchant } from "../support/merchants.ts";
import { BURGER, approveMerchant } from "../support/merchants.ts";
import { Calendar, DAY } from "../support/time.ts";

const CASE = "0x" + "ca".repeat(32);
const CAPTURED = 2n;
const WIND_DOWN_KIND = 3n;
/** ALP wei a yuan: a prime, as the holdings below are, so that no part of the pot is whole. */
const ALP_PER_YUAN = 999_999_999_999_999_989n;
const HELD = [700_001n, 1_300_021n, 2_000_003n] as const;

describe("Payouts", () => {
  let ledger: Ledger;
  let merchant: Merchant;
  let restore: () => Promise<void>;
  let [ann, bob, cat]: Signer[] = [];

  before(async () => {
    // The merchant's points live for a year: nothing expires while it winds down, unless a test wants it to.
    ({ ledger, merchant } = await createExit({ calendar: Calendar.Quarter }));
    [ann, bob, cat] = ledger.actors.customers;
    await ledger.collateral.setCoverage(ALP_PER_YUAN, 3_000n);
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const collateral = () => ledger.collateral;
  const as = (who: Signer | undefined) => ledger.collateral.connect(who);
  const alpOf = (who: Signer | string) => ledger.allianceToken.balanceOf(who);
  const ref = (text: string) => ledger.ethers.id(text);
  const later = (seconds: number | bigint) => ledger.networkHelpers.time.increase(seconds);

  async function stock() {
    for (const [i, holder] of [ann, bob, cat].entries()) await issue(ledger, merchant, holder!, HELD[i]!);
  }

  /** What is in the contract is what it owes, to the wei. */
  async function expectBooked() {
    const { pot, paid, surplus, isOpen } = await collateral().payoutsOf(1n);
    const owed = (await collateral().depositOf(1n)) + (isOpen ? pot - paid : 0n) + surplus;
    expect(await alpOf(await collateral().getAddress())).to.equal(owed);
  }

  describe("pot", () => {
    it("is the face value of what is outstanding, rounded up; what is above it is the merchant's", async () => {
      await stock();
      const points = HELD[0] + HELD[1] + HELD[2];
      const began = await windDown(ledger, merchant);
      const pot = (points * ALP_PER_YUAN + 9_999n) / 10_000n; // 100 points a yuan, 2 decimals
      await expect(began)
        .to.emit(collateral(), "PayoutsOpened")
        .withArgs(1n, pot, points, 6_000n * ALP - pot);
      expect([...(await collateral().payoutsOf(1n))]).to.deep.equal([pot, points, 0n, 0n, 6_000n * ALP - pot, true]);
      expect(await collateral().depositOf(1n)).to.equal(0n);
      await expectBooked();
    });

    it("is the whole deposit when that is less, and there is no surplus", async () => {
      await ledger.exchangePool.connect(merchant.controller).withdrawPoints(merchant.token, 1_000_000n * POINT);
      await issue(ledger, merchant, ann!, 2_000_000n * POINT); // 20,000 yuan; 6,000 ALP cover 30 % of it
      await windDown(ledger, merchant);
      expect((await collateral().payoutsOf(1n)).pot).to.equal(6_000n * ALP);
      await expect(as(merchant.controller).withdrawSurplus(1n))
        .to.be.revertedWithCustomError(collateral(), "CollateralNoSurplus")
        .withArgs(1n);
      await as(ann).turnIn(1n, 1_000_000n * POINT, ref("half"));
      expect(await alpOf(ann!)).to.equal(3_000n * ALP);
      await expectBooked();
    });

    it("counts points in holds, but not those in the pool", async () => {
      await issue(ledger, merchant, ann!, 100n * POINT);
      await hold(ledger, merchant, ann!, 40n * POINT, DAY);
      await windDown(ledger, merchant);
      expect((await collateral().payoutsOf(1n)).points).to.equal(100n * POINT);
    });

    it("makes a withdrawal that was asked for void", async () => {
      await as(merchant.controller).requestWithdrawal(1n, ALP);
      const began = await windDown(ledger, merchant);
      await expect(began).to.emit(collateral(), "WithdrawalCancelled").withArgs(1n, ALP);
      expect(await collateral().requestOf(1n)).to.deep.equal([0n, 0n]);
      const own = as(merchant.controller);
      await expect(own.withdraw(1n)).to.be.revertedWithCustomError(own, "CollateralNoRequest");
      await expect(own.cancelWithdrawal(1n)).to.be.revertedWithCustomError(own, "CollateralNoRequest");
    });

    it("takes nothing in and lets nothing out by other ways, also when it is closed", async () => {
      await windDown(ledger, merchant);
      for (const end of [() => Promise.resolve(), () => ledger.merchantRegistry.close(1n)]) {
        await end();
        for (const call of [
          () => collateral().deposit(1n, 1n),
          () => as(merchant.controller).requestWithdrawal(1n, 1n),
          () => collateral().seize(1n, 1n, CASE),
        ]) {
          await expect(call()).to.be.revertedWithCustomError(collateral(), "CollateralWindingDown").withArgs(1n);
        }
      }
    });

    it("is opened and closed by the registry alone", async () => {
      for (const call of [() => collateral().openPayouts(1n), () => collateral().closePayouts(1n)]) {
        await expect(call())
          .to.be.revertedWithCustomError(collateral(), "CollateralNotRegistry")
          .withArgs(ledger.actors.platform);
      }
    });
  });

  describe("turning in", () => {
    it("burns the points as a redemption and pays their part, rounded down", async () => {
      await stock();
      await windDown(ledger, merchant);
      const { pot, points } = await collateral().payoutsOf(1n);
      const part = (pot * 333_333n) / points;
      expect(await collateral().quotePayout(1n, 333_333n)).to.equal(part);
      expect(await as(ann).turnIn.staticCall(1n, 333_333n, CASE)).to.equal(part);
      const turned = as(ann).turnIn(1n, 333_333n, CASE);
      await expect(turned).to.emit(collateral(), "PaidOut").withArgs(1n, ann, CASE, 333_333n, part);
      await expect(turned).to.emit(merchant.token, "Redeemed").withArgs(ann, CASE, WIND_DOWN_KIND, 333_333n);
      expect(await alpOf(ann!)).to.equal(part);
      expect((await merchant.token.redemptionOf(ann!, CASE)).state).to.equal(CAPTURED);
      expect([...(await collateral().payoutsOf(1n))].slice(2, 4)).to.deep.equal([part, 333_333n]);
      await expectBooked();
    });

    it("pays everybody in whatever order, and all of it together is the collateral, to the last wei", async () => {
      await stock();
      const locked = await collateral().depositOf(1n);
      const treasury = await collateral().treasury();
      const before = await alpOf(treasury);
      const controllerBefore = await alpOf(merchant.controller);
      await windDown(ledger, merchant);

      const turns = [
        [cat!, 1n],
        [ann!, HELD[0] - 7n],
        [bob!, 999_983n],
        [ann!, 7n],
        [cat!, HELD[2] - 1n],
        [bob!, HELD[1] - 999_983n],
      ] as const;
      for (const [i, [holder, points]] of turns.entries()) {
        const quoted = await collateral().quotePayout(1n, points);
        await expect(as(holder).turnIn(1n, points, ref(`turn ${i}`))).to.changeTokenBalance(
          ledger.ethers,
          ledger.allianceToken,
          holder,
          quoted,
        );
        await expectBooked();
      }
      await as(merchant.controller).withdrawSurplus(1n);
      await ledger.merchantRegistry.close(1n);

      const paid = (await alpOf(ann!)) + (await alpOf(bob!)) + (await alpOf(cat!));
      const surplus = (await alpOf(merchant.controller)) - controllerBefore;
      const rounding = (await alpOf(treasury)) - before;
      expect(paid + surplus + rounding).to.equal(locked);
      expect(rounding > 0n && rounding < BigInt(turns.length)).to.equal(true);
      expect(await alpOf(await collateral().getAddress())).to.equal(0n);
      expect((await collateral().payoutsOf(1n)).pointsPaid).to.equal(HELD[0] + HELD[1] + HELD[2]);
    });

    it("pays holders that are no participants; they can send it on to participants only", async () => {
      await stock();
      await windDown(ledger, merchant);
      expect(await ledger.allianceToken.isHolder(ann!)).to.equal(false);
      await as(ann).turnIn(1n, HELD[0], CASE);
      const alp = ledger.allianceToken.connect(ann);
      await expect(alp.transfer(bob!, 1n)).to.be.revertedWithCustomError(alp, "AllianceTokenNotParticipant");
      await alp.transfer(merchant.controller, 1n);
    });

    it("is refused without enough points, twice under a ref, frozen, and for a merchant that does not wind down", async () => {
      await stock();
      await expect(as(ann).turnIn(1n, 1n, CASE))
        .to.be.revertedWithCustomError(collateral(), "CollateralNotWindingDown")
        .withArgs(1n);
      expect(await collateral().quotePayout(1n, 1n)).to.equal(0n);
      await windDown(ledger, merchant);
      const { token } = merchant;
      await expect(as(ann).turnIn(1n, HELD[0] + 1n, CASE)).to.be.revertedWithCustomError(
        token,
        "ERC20InsufficientBalance",
      );
      await expect(as(ann).turnIn(1n, 0n, CASE)).to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange");
      await as(ann).turnIn(1n, 1n, CASE);
      await expect(as(ann).turnIn(1n, 1n, CASE))
        .to.be.revertedWithCustomError(token, "MerchantPointRedemptionExists")
        .withArgs(ann, CASE);
      await token.connect(ledger.actors.regulator).freeze(bob!, CASE);
      await expect(as(bob).turnIn(1n, 1n, CASE))
        .to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen")
        .withArgs(bob);
      await expect(as(ann).turnIn(9n, 1n, CASE)).to.be.revertedWithCustomError(
        collateral(),
        "CollateralNotWindingDown",
      );
    });

    it("quotes no more than all there is", async () => {
      await stock();
      await windDown(ledger, merchant);
      const { pot } = await collateral().payoutsOf(1n);
      expect(await collateral().quotePayout(1n, ledger.ethers.MaxUint256)).to.equal(pot);
    });

    it("leaves what a frozen holder and those who never came could have had to the treasury", async () => {
      await stock();
      await windDown(ledger, merchant);
      await merchant.token.connect(ledger.actors.regulator).freeze(bob!, CASE);
      await as(ann).turnIn(1n, HELD[0], CASE);
      const { pot, paid } = await collateral().payoutsOf(1n);
      await later(WIND_DOWN_SECONDS);
      await expect(ledger.merchantRegistry.close(1n)).to.changeTokenBalance(
        ledger.ethers,
        ledger.allianceToken,
        await collateral().treasury(),
        pot - paid,
      );
      await expect(as(cat).turnIn(1n, 1n, CASE))
        .to.be.revertedWithCustomError(collateral(), "CollateralNotWindingDown")
        .withArgs(1n);
      expect((await collateral().payoutsOf(1n)).isOpen).to.equal(false);
      await expectBooked();
    });

    it("pays the same for what is left when other points expire: the rest is not theirs", async () => {
      await stock();
      await windDown(ledger, merchant);
      const part = await collateral().quotePayout(1n, 1_000n);
      const [expiresAt] = await merchant.token.nextExpiryOf(ann!);
      await ledger.networkHelpers.time.increaseTo(expiresAt - 1n - BigInt(DAY));
      await as(ann).turnIn(1n, 1_000n, CASE);
      expect(await alpOf(ann!)).to.equal(part);
      await ledger.networkHelpers.time.increaseTo(expiresAt);
      await expect(as(ann).turnIn(1n, 1n, ref("too late"))).to.be.revertedWithCustomError(
        merchant.token,
        "ERC20InsufficientBalance",
      );
    });
  });

  describe("a hold", () => {
    it("is turned in whole from its releaseAt on, by anyone, for its holder", async () => {
      await stock();
      await windDown(ledger, merchant);
      const { ref: held, releaseAt } = await hold(ledger, merchant, ann!, 500_000n, DAY);
      await ledger.networkHelpers.time.setNextBlockTimestamp(releaseAt - 1);
      await expect(as(ledger.actors.outsider).turnInHold(1n, ann!, held))
        .to.be.revertedWithCustomError(merchant.token, "MerchantPointHoldActive")
        .withArgs(releaseAt);
      const part = await collateral().quotePayout(1n, 500_000n);
      await ledger.networkHelpers.time.setNextBlockTimestamp(releaseAt);
      await expect(as(ledger.actors.outsider).turnInHold(1n, ann!, held))
        .to.emit(collateral(), "PaidOut")
        .withArgs(1n, ann, held, 500_000n, part);
      expect(await alpOf(ann!)).to.equal(part);
      await expect(collateral().turnInHold(1n, ann!, held)).to.be.revertedWithCustomError(
        merchant.token,
        "MerchantPointRedemptionState",
      );
      await expectBooked();
    });

    it("can still be captured by the till before, which leaves its part in the pot", async () => {
      await stock();
      await windDown(ledger, merchant);
      const { ref: held, releaseAt } = await hold(ledger, merchant, ann!, 500_000n, DAY);
      await merchant.token.connect(merchant.till).capture(ann!, held, 400_000n);
      await as(ann).turnIn(1n, HELD[0] - 400_000n, CASE); // what was not captured came back
      await ledger.networkHelpers.time.increaseTo(releaseAt);
      await expect(collateral().turnInHold(1n, ann!, held)).to.be.revertedWithCustomError(
        merchant.token,
        "MerchantPointRedemptionState",
      );
      await expect(merchant.token.connect(merchant.till).refund(ann!, held, 1n)).to.be.revertedWithCustomError(
        merchant.token,
        "MerchantPointWindingDown",
      );
      await expectBooked();
    });

    it("is paid for as it was when held: points do not age in it, and it was counted", async () => {
      await issue(ledger, merchant, ann!, 1_000n);
      await later(110 * DAY); // into the points' second quarter of four
      await later(160 * DAY); // into their last
      const { ref: held } = await hold(ledger, merchant, ann!, 1_000n, 30 * DAY);
      await windDown(ledger, merchant);
      const [pot] = await collateral().payoutsOf(1n);
      await later(100 * DAY); // past their end
      await collateral().turnInHold(1n, ann!, held);
      expect(await alpOf(ann!)).to.equal(pot);
    });

    it("can be released instead, and turned in as points; of a frozen holder it waits", async () => {
      await stock();
      await windDown(ledger, merchant);
      const first = await hold(ledger, merchant, ann!, 500_000n, DAY);
      const second = await hold(ledger, merchant, bob!, 500_000n, DAY);
      await later(DAY);
      await merchant.token.release(ann!, first.ref);
      await as(ann).turnIn(1n, HELD[0], CASE);
      const { regulator } = ledger.actors;
      await merchant.token.connect(regulator).freeze(bob!, CASE);
      await expect(collateral().turnInHold(1n, bob!, second.ref)).to.be.revertedWithCustomError(
        merchant.token,
        "MerchantPointAccountFrozen",
      );
      await merchant.token.connect(regulator).unfreeze(bob!, CASE);
      await collateral().turnInHold(1n, bob!, second.ref);
      await expectBooked();
    });

    it("is nothing to turn in while the merchant does not wind down", async () => {
      await stock();
      const { ref: held } = await hold(ledger, merchant, ann!, 1n, DAY);
      await later(DAY);
      await expect(collateral().turnInHold(1n, ann!, held))
        .to.be.revertedWithCustomError(collateral(), "CollateralNotWindingDown")
        .withArgs(1n);
    });
  });

  describe("by signature", () => {
    const message = (change: object = {}) => ({
      ...{ holder: ann!.address, merchantId: 1n, points: 1_000n, ref: CASE, deadline: 4_000_000_000 },
      ...change,
    });
    type Message = ReturnType<typeof message>;
    const relay = (one: Message, signature: string) =>
      as(ledger.actors.relayer).turnInBySig(one.holder, one.merchantId, one.points, one.ref, one.deadline, signature);

    beforeEach(async () => {
      await stock();
      await windDown(ledger, merchant);
    });

    it("pays the holder, whoever relays it, once", async () => {
      const signature = await signTurnIn(ledger, ann!, message());
      const part = await collateral().quotePayout(1n, 1_000n);
      await expect(relay(message(), signature)).to.emit(collateral(), "PaidOut").withArgs(1n, ann, CASE, 1_000n, part);
      expect(await alpOf(ann!)).to.equal(part);
      await expect(relay(message(), signature))
        .to.be.revertedWithCustomError(merchant.token, "MerchantPointRedemptionExists")
        .withArgs(ann, CASE);
    });

    it("is good until its deadline, to the second", async () => {
      const { time } = ledger.networkHelpers;
      const deadline = (await time.latest()) + 100;
      const [one, two] = [message({ deadline }), message({ deadline, ref: ref("second") })];
      const signatures = [await signTurnIn(ledger, ann!, one), await signTurnIn(ledger, ann!, two)] as const;
      await time.setNextBlockTimestamp(deadline);
      await relay(one, signatures[0]);
      await expect(relay(two, signatures[1]))
        .to.be.revertedWithCustomError(collateral(), "CollateralSignatureExpired")
        .withArgs(deadline);
    });

    it("is for this chain, this contract and these words only", async () => {
      const forged = [
        await signTurnIn(ledger, ann!, message(), { chainId: 20_260n }),
        await signTurnIn(ledger, ann!, message(), { verifyingContract: await merchant.token.getAddress() }),
        await signTurnIn(ledger, bob!, message()),
        await signTurnIn(ledger, ann!, message({ points: 1_001n })),
        await signTurnIn(ledger, ann!, message({ merchantId: 2n })),
        await signTurnIn(ledger, ann!, message({ ref: ref("other") })),
        "0x",
      ];
      for (const signature of forged) {
        await expect(relay(message(), signature))
          .to.be.revertedWithCustomError(collateral(), "CollateralSignatureInvalid")
          .withArgs(ann);
      }
      expect(await alpOf(ann!)).to.equal(0n);
    });

    it("comes from a contract account by ERC-1271", async () => {
      const wallet = await ledger.ethers.deployContract("Erc1271Wallet", [bob!]);
      const holder = await wallet.getAddress();
      await merchant.token.connect(ann).transfer(holder, 5_000n);
      const signature = await signTurnIn(ledger, bob!, message({ holder }));
      await relay(message({ holder }), signature);
      expect(await alpOf(holder)).to.equal(await collateral().quotePayout(1n, 1_000n));
    });
  });

  describe("surplus", () => {
    it("is the controller's, once, before and after closing", async () => {
      await windDown(ledger, merchant);
      await expect(collateral().withdrawSurplus(1n))
        .to.be.revertedWithCustomError(collateral(), "CollateralNotController")
        .withArgs(1n, ledger.actors.platform);
      await ledger.merchantRegistry.close(1n);
      await expect(as(merchant.controller).withdrawSurplus(1n))
        .to.emit(collateral(), "CollateralWithdrawn")
        .withArgs(1n, merchant.controller, 6_000n * ALP);
      await expect(as(merchant.controller).withdrawSurplus(1n))
        .to.be.revertedWithCustomError(collateral(), "CollateralNoSurplus")
        .withArgs(1n);
    });
  });

  it("keeps two merchants' pots apart", async () => {
    await stock();
    const controller = ledger.actors.controllers[1]!;
    const burger = await approveMerchant(ledger, controller, BURGER);
    await ledger.allianceToken.approve(collateral(), 77n);
    await collateral().deposit(burger.merchantId, 77n);
    await windDown(ledger, merchant);
    expect(await collateral().depositOf(burger.merchantId)).to.equal(77n);
    const { paid } = await collateral().payoutsOf(burger.merchantId);
    expect(paid).to.equal(0n);
    await as(ann).turnIn(1n, HELD[0], CASE);
    expect(await collateral().depositOf(burger.merchantId)).to.equal(77n);
  });
});
