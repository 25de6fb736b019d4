import { expect } from "chai";

import type { Ledger, Signer } from "../support/alliance.ts";
import { ALP, createLedger, POINT } from "../support/alliance.ts";
import { announce, createExit, issue, NOTICE_SECONDS, Status, WIND_DOWN_SECONDS, windDown } from "../support/exit.ts";
import type { Merchant } from "../support/merchants.ts";
import { approveMerchant, BURGER, COUNTRY_STYLE, PROFILE_HASH, PROFILE_URI, termsOf } from "../support/merchants.ts";
import { DAY } from "../support/time.ts";

const CASE = "0x" + "ca".repeat(32);
const FOREVER = 2n ** 64n - 1n;

describe("MerchantExit", () => {
  let ledger: Ledger;
  let merchant: Merchant;
  let restore: () => Promise<void>;
  let ann: Signer;

  before(async () => {
    ({ ledger, merchant } = await createExit());
    ann = ledger.actors.customers[0]!;
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const registry = () => ledger.merchantRegistry;
  const own = () => ledger.merchantRegistry.connect(merchant.controller);
  const supervised = () => ledger.merchantRegistry.connect(ledger.actors.regulator);
  const side = () => ledger.exchangePool.poolOf(merchant.token);
  const status = () => registry().statusOf(1n);

  it("goes the whole way: announced, wound down, closed, and nothing is left behind", async () => {
    const { time } = ledger.networkHelpers;
    const { token, controller } = merchant;
    await issue(ledger, merchant, ann, 30_000n * POINT);

    const from = (await time.latest()) + 1 + NOTICE_SECONDS;
    const announced = own().announceExit(1n);
    await expect(announced).to.emit(registry(), "ExitAnnounced").withArgs(1n, from);
    await expect(announced)
      .to.emit(registry(), "MerchantStatusChanged")
      .withArgs(1n, Status.Active, Status.IssueHalted);
    expect(await registry().windDownFrom(1n)).to.equal(from);
    await expect(issue(ledger, merchant, ann, 1n)).to.be.revertedWithCustomError(token, "MerchantPointIssueHalted");

    await time.setNextBlockTimestamp(from);
    const began = await own().beginWindDown(1n);
    await expect(began)
      .to.emit(registry(), "WindDownBegun")
      .withArgs(1n, from + WIND_DOWN_SECONDS);
    await expect(began)
      .to.emit(registry(), "MerchantStatusChanged")
      .withArgs(1n, Status.IssueHalted, Status.WindingDown);
    await expect(began).to.emit(ledger.exchangePool, "PauseSet").withArgs(token, true, true);
    await expect(began)
      .to.emit(ledger.exchangePool, "PointsWithdrawn")
      .withArgs(token, 1_000_000n * POINT);
    await expect(began)
      .to.emit(ledger.collateral, "PayoutsOpened")
      .withArgs(1n, 300n * ALP, 30_000n * POINT, 5_700n * ALP);
    expect(await token.outstanding()).to.equal(30_000n * POINT);
    expect(await registry().closableFrom(1n)).to.equal(from + WIND_DOWN_SECONDS);

    await expect(registry().close(1n))
      .to.be.revertedWithCustomError(registry(), "RegistryNotClosable")
      .withArgs(1n, 30_000n * POINT, from + WIND_DOWN_SECONDS);
    await ledger.collateral.connect(ann).turnIn(1n, 30_000n * POINT, ledger.ethers.id("all"));
    await ledger.collateral.connect(controller).withdrawSurplus(1n);
    await ledger.exchangePool.connect(controller).withdrawAlp(token, 1_000n * ALP);

    await expect(registry().connect(ledger.actors.outsider).close(1n))
      .to.emit(registry(), "MerchantStatusChanged")
      .withArgs(1n, Status.WindingDown, Status.Closed);
    expect(await token.outstanding()).to.equal(0n);
    expect(await ledger.allianceToken.balanceOf(ledger.collateral)).to.equal(0n);
    expect(await ledger.allianceToken.balanceOf(ledger.exchangePool)).to.equal(0n);
    expect(await ledger.allianceToken.balanceOf(ann)).to.equal(300n * ALP);
    expect(await ledger.allianceToken.balanceOf(controller)).to.equal(6_700n * ALP);
  });

  describe("notice", () => {
    it("is given, and is waited for, to the second", async () => {
      await supervised().haltIssue(1n);
      await expect(own().beginWindDown(1n))
        .to.be.revertedWithCustomError(registry(), "RegistryNoticeNotOver")
        .withArgs(1n, 0n);
      await announce(ledger, merchant); // also when the regulator has halted it before
      const from = await registry().windDownFrom(1n);
      await ledger.networkHelpers.time.setNextBlockTimestamp(from - 1n);
      await expect(own().beginWindDown(1n))
        .to.be.revertedWithCustomError(registry(), "RegistryNoticeNotOver")
        .withArgs(1n, from);
      await ledger.networkHelpers.time.setNextBlockTimestamp(from);
      await own().beginWindDown(1n);
    });

    it("is given once: repeating it does not put it off", async () => {
      await announce(ledger, merchant);
      await expect(own().announceExit(1n))
        .to.be.revertedWithCustomError(registry(), "RegistryExitAnnounced")
        .withArgs(1n, await registry().windDownFrom(1n));
    });

    it("is taken back by resuming, and then given anew", async () => {
      await announce(ledger, merchant);
      await supervised().resumeIssue(1n);
      expect(await registry().windDownFrom(1n)).to.equal(0n);
      await issue(ledger, merchant, ann, 1n);
      await ledger.networkHelpers.time.increase(NOTICE_SECONDS);
      await expect(own().beginWindDown(1n)).to.be.revertedWithCustomError(registry(), "RegistryMerchantStatus");
      await announce(ledger, merchant);
      await expect(own().beginWindDown(1n)).to.be.revertedWithCustomError(registry(), "RegistryNoticeNotOver");
    });

    it("leaves holders free to spend and swap", async () => {
      await issue(ledger, merchant, ann, 100n * POINT);
      await announce(ledger, merchant);
      await merchant.token.connect(ann).redeem(50n * POINT, 0n, ledger.ethers.id("lunch"));
      expect((await side()).isAcceptPaused).to.equal(false);
    });
  });

  describe("suspension", () => {
    it("stops issuing and swaps; points still move and are redeemed", async () => {
      await issue(ledger, merchant, ann, 100n * POINT);
      const suspended = supervised().suspend(1n);
      await expect(suspended)
        .to.emit(registry(), "MerchantStatusChanged")
        .withArgs(1n, Status.Active, Status.Suspended);
      await expect(suspended).to.emit(ledger.exchangePool, "PauseSet").withArgs(merchant.token, true, true);
      expect(await merchant.token.isIssueHalted()).to.equal(true);
      expect((await side()).pointReserve).to.equal(1_000_000n * POINT);
      await merchant.token.connect(ann).transfer(ledger.actors.customers[1]!, POINT);
      await merchant.token.connect(ann).redeem(POINT, 0n, ledger.ethers.id("lunch"));
    });

    it("can follow an issue halt, and ends in Active with the pool's sides still paused", async () => {
      await announce(ledger, merchant);
      await supervised().suspend(1n);
      await expect(supervised().reinstate(1n))
        .to.emit(registry(), "MerchantStatusChanged")
        .withArgs(1n, Status.Suspended, Status.Active);
      expect(await registry().windDownFrom(1n)).to.equal(0n);
      expect(await merchant.token.isIssueHalted()).to.equal(false);
      expect([(await side()).isAcceptPaused, (await side()).isReleasePaused]).to.deep.equal([true, true]);
      await ledger.exchangePool.connect(merchant.controller).setPause(merchant.token, false, false);
      await issue(ledger, merchant, ann, 1n);
    });

    it("lets the controller take reserves out, and do nothing else with its side", async () => {
      const { token, controller } = merchant;
      const pool = ledger.exchangePool.connect(controller);
      await supervised().suspend(1n);
      for (const call of [
        () => pool.open(token, COUNTRY_STYLE.prices, COUNTRY_STYLE.limits),
        () => pool.postPrices(token, COUNTRY_STYLE.prices),
        () => pool.setPause(token, false, false),
        () => pool.fundPoints(token, CASE, 1n),
        () => pool.fundAlp(token, ALP),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(pool, "ExchangeMerchantStopped").withArgs(token);
      }
      await pool.withdrawPoints(token, POINT);
      await pool.withdrawAlp(token, ALP);
    });
  });

  describe("by order of the council", () => {
    it("needs no notice, from IssueHalted and from Suspended", async () => {
      const snapshot = await ledger.networkHelpers.takeSnapshot();
      for (const stop of ["haltIssue", "suspend"] as const) {
        await supervised()[stop](1n);
        await expect(registry().orderWindDown(1n)).to.emit(registry(), "WindDownBegun");
        expect(await status()).to.equal(Status.WindingDown);
        await snapshot.restore();
      }
    });

    it("is the council's alone", async () => {
      await supervised().haltIssue(1n);
      for (const caller of [ledger.actors.regulator, merchant.controller, ledger.actors.outsider]) {
        await expect(registry().connect(caller).orderWindDown(1n))
          .to.be.revertedWithCustomError(registry(), "AccessManagedUnauthorized")
          .withArgs(caller);
      }
    });

    it("is not held up by a paused token; closing then waits for the pause to end", async () => {
      await issue(ledger, merchant, ann, 100n);
      await merchant.token.connect(ledger.actors.regulator).pause(CASE, FOREVER);
      await supervised().suspend(1n);
      await registry().orderWindDown(1n);
      expect(await merchant.token.outstanding()).to.equal(100n);
      await expect(ledger.collateral.connect(ann).turnIn(1n, 1n, CASE)).to.be.revertedWithCustomError(
        merchant.token,
        "MerchantPointPaused",
      );

      await ledger.networkHelpers.time.increase(WIND_DOWN_SECONDS);
      await expect(registry().close(1n))
        .to.be.revertedWithCustomError(registry(), "RegistryNotClosable")
        .withArgs(1n, 100n, FOREVER);
      await merchant.token.connect(ledger.actors.regulator).unpause(CASE);
      await registry().close(1n);
    });
  });

  it("closes whatever is outstanding when the time is over; the rest is the treasury's", async () => {
    await issue(ledger, merchant, ann, 30_000n * POINT);
    await windDown(ledger, merchant);
    await ledger.networkHelpers.time.setNextBlockTimestamp(await registry().closableFrom(1n));
    const closed = registry().close(1n);
    await expect(closed)
      .to.emit(ledger.collateral, "PayoutsClosed")
      .withArgs(1n, 300n * ALP);
    await expect(closed).to.changeTokenBalances(
      ledger.ethers,
      ledger.allianceToken,
      [ledger.collateral, await ledger.collateral.treasury()],
      [-300n * ALP, 300n * ALP],
    );
    await ledger.collateral.connect(merchant.controller).withdrawSurplus(1n); // is not lost by it
  });

  it("closes at once when the last points expire", async () => {
    await issue(ledger, merchant, ann, 30_000n * POINT);
    await windDown(ledger, merchant);
    const [expiresAt] = await merchant.token.nextExpiryOf(ann);
    await ledger.networkHelpers.time.setNextBlockTimestamp(expiresAt - 1n);
    if (expiresAt <= (await registry().closableFrom(1n))) {
      await expect(registry().close(1n)).to.be.revertedWithCustomError(registry(), "RegistryNotClosable");
    }
    await ledger.networkHelpers.time.increaseTo(expiresAt);
    await expect(registry().close(1n))
      .to.emit(ledger.collateral, "PayoutsClosed")
      .withArgs(1n, 300n * ALP);
  });

  it("lets a merchant out that has nothing: no deposit, no side of the pool, no points", async () => {
    const controller = ledger.actors.controllers[1]!;
    const { merchantId, token } = await approveMerchant(ledger, controller, BURGER);
    const bare = ledger.merchantRegistry.connect(controller);
    await bare.announceExit(merchantId);
    await ledger.networkHelpers.time.increase(NOTICE_SECONDS);
    await expect(bare.beginWindDown(merchantId))
      .to.emit(ledger.collateral, "PayoutsOpened")
      .withArgs(merchantId, 0n, 0n, 0n);
    expect(await ledger.collateral.quotePayout(merchantId, 1n)).to.equal(0n);
    await bare.close(merchantId);
    expect(await token.isIssueHalted()).to.equal(true);
    await expect(ledger.collateral.connect(controller).withdrawSurplus(merchantId))
      .to.be.revertedWithCustomError(ledger.collateral, "CollateralNoSurplus")
      .withArgs(merchantId);
  });

  describe("standing", () => {
    const steps = ["haltIssue", "resumeIssue", "suspend", "reinstate", "announceExit"] as const;
    const all = [...steps, "beginWindDown", "orderWindDown", "close"] as const;
    type Step = (typeof all)[number];

    const take = (step: Step, id: bigint) => {
      const caller =
        step === "announceExit" || step === "beginWindDown"
          ? merchant.controller
          : step === "orderWindDown" || step === "close"
            ? ledger.actors.platform
            : ledger.actors.regulator;
      return ledger.merchantRegistry.connect(caller)[step](id);
    };

    /** How to get there, and what is possible from there. */
    const TABLE: readonly { at: keyof typeof Status; way: readonly Step[]; open: readonly Step[] }[] = [
      { at: "Active", way: [], open: ["haltIssue", "suspend", "announceExit"] },
      {
        at: "IssueHalted",
        way: ["haltIssue"],
        open: ["resumeIssue", "suspend", "announceExit", "orderWindDown"],
      },
      { at: "Suspended", way: ["suspend"], open: ["reinstate", "orderWindDown"] },
      { at: "WindingDown", way: ["suspend", "orderWindDown"], open: ["close"] },
      { at: "Closed", way: ["suspend", "orderWindDown", "close"], open: [] },
    ];

    for (const { at, way, open } of TABLE) {
      it(`${at} allows ${open.join(", ") || "nothing"} and refuses the rest`, async () => {
        for (const step of way) await take(step, 1n);
        expect(await status()).to.equal(Status[at]);
        const here = await ledger.networkHelpers.takeSnapshot();
        for (const step of all) {
          if (open.includes(step)) {
            await take(step, 1n);
            await here.restore();
          } else if (at !== "IssueHalted" || step !== "beginWindDown") {
            await expect(take(step, 1n))
              .to.be.revertedWithCustomError(registry(), "RegistryMerchantStatus")
              .withArgs(1n, Status[at]);
          }
        }
      });
    }

    it("Applied allows none of it", async () => {
      const applicant = ledger.actors.controllers[1]!;
      await registry().connect(applicant).applyFor(termsOf(BURGER), PROFILE_URI, PROFILE_HASH);
      for (const step of all) {
        const caller = step === "announceExit" || step === "beginWindDown" ? applicant : undefined;
        const call = caller === undefined ? take(step, 2n) : registry().connect(caller)[step](2n);
        await expect(call)
          .to.be.revertedWithCustomError(registry(), "RegistryMerchantStatus")
          .withArgs(2n, Status.Applied);
      }
    });

    it("is nobody else's to change, and names a merchant that does not exist", async () => {
      for (const step of ["announceExit", "beginWindDown"] as const) {
        await expect(registry()[step](1n))
          .to.be.revertedWithCustomError(registry(), "RegistryNotController")
          .withArgs(1n, ledger.actors.platform);
      }
      for (const step of all) {
        await expect(take(step, 9n)).to.be.revertedWithCustomError(registry(), "RegistryMerchantUnknown").withArgs(9n);
      }
    });
  });

  describe("a lost controller", () => {
    it("is replaced by the council: the new one can leave, the old one and its proposal can do nothing", async () => {
      const [, fresh, proposed] = ledger.actors.controllers as [Signer, Signer, Signer];
      await own().proposeController(1n, proposed);
      const assigned = registry().assignController(1n, fresh);
      await expect(assigned).to.emit(registry(), "ControllerChanged").withArgs(1n, merchant.controller, fresh);
      await expect(assigned).to.emit(ledger.allianceToken, "HolderAdmitted").withArgs(fresh);
      expect(await registry().merchantIdOfController(fresh)).to.equal(1n);
      expect(await registry().merchantIdOfController(merchant.controller)).to.equal(0n);
      await expect(own().announceExit(1n)).to.be.revertedWithCustomError(registry(), "RegistryNotController");
      await expect(registry().connect(proposed).acceptController(1n)).to.be.revertedWithCustomError(
        registry(),
        "RegistryNotController",
      );
      await registry().connect(fresh).announceExit(1n);
    });

    it("also while its merchant winds down: the surplus and the reserve are the new one's", async () => {
      const fresh = ledger.actors.controllers[1]!;
      await windDown(ledger, merchant);
      await registry().assignController(1n, fresh);
      await ledger.collateral.connect(fresh).withdrawSurplus(1n);
      await ledger.exchangePool.connect(fresh).withdrawAlp(merchant.token, 1_000n * ALP);
      expect(await ledger.allianceToken.balanceOf(fresh)).to.equal(7_000n * ALP);
    });

    it("is replaced by somebody, who speaks for no other merchant, and by the council alone", async () => {
      await expect(registry().assignController(1n, ledger.ethers.ZeroAddress))
        .to.be.revertedWithCustomError(registry(), "RegistryFieldInvalid")
        .withArgs("controller");
      await expect(registry().assignController(1n, merchant.controller))
        .to.be.revertedWithCustomError(registry(), "RegistryControllerTaken")
        .withArgs(merchant.controller);
      await expect(registry().assignController(9n, ann))
        .to.be.revertedWithCustomError(registry(), "RegistryMerchantUnknown")
        .withArgs(9n);
      await expect(own().assignController(1n, ann)).to.be.revertedWithCustomError(
        registry(),
        "AccessManagedUnauthorized",
      );
    });
  });

  it("tells how long notice and winding down last", async () => {
    const other = await createLedger({ exitNoticeSeconds: BigInt(DAY), windDownSeconds: 2n * BigInt(DAY) });
    expect(await other.merchantRegistry.EXIT_NOTICE_SECONDS()).to.equal(DAY);
    expect(await other.merchantRegistry.WIND_DOWN_SECONDS()).to.equal(2 * DAY);
  });
});
