import { expect } from "chai";

import type { Ledger, Signer } from "../support/alliance.ts";
import { createLedger } from "../support/alliance.ts";
import { approveMerchant, COUNTRY_STYLE, PROFILE_HASH, PROFILE_URI, termsOf } from "../support/merchants.ts";
import { UTC_PLUS_8 } from "../support/time.ts";

const Status = { Applied: 1n, Active: 2n, IssueHalted: 3n } as const;
const TERMS = termsOf(COUNTRY_STYLE);
const NO_HASH = "0x" + "00".repeat(32);

describe("MerchantRegistry", () => {
  let ledger: Ledger;
  let restore: () => Promise<void>;
  let registry: Ledger["merchantRegistry"];
  let controller: Signer;
  let other: Signer;

  before(async () => {
    ledger = await createLedger();
    registry = ledger.merchantRegistry;
    [controller, other] = ledger.actors.controllers as [Signer, Signer];
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const apply = (who: Signer, terms = TERMS) => registry.connect(who).applyFor(terms, PROFILE_URI, PROFILE_HASH);

  describe("application", () => {
    it("is open to anyone and grants nothing", async () => {
      await expect(apply(controller))
        .to.emit(registry, "MerchantApplied")
        .withArgs(1n, controller, "Country Style Ltd.")
        .and.to.emit(registry, "ProfileUpdated")
        .withArgs(1n, PROFILE_URI, PROFILE_HASH);
      const merchant = await registry.merchantOf(1n);
      expect([...merchant.terms]).to.deep.equal(
        Object.values(TERMS).map((one) => (one === UTC_PLUS_8 ? 28_800n : one)),
      );
      expect([merchant.profileUri, merchant.profileHash]).to.deep.equal([PROFILE_URI, PROFILE_HASH]);
      expect([merchant.controller, merchant.token]).to.deep.equal([controller.address, ledger.ethers.ZeroAddress]);
      expect(await registry.statusOf(1n)).to.equal(Status.Applied);
      expect(await registry.controllerOf(1n)).to.equal(controller.address);
      expect(await registry.merchantIdOfController(controller)).to.equal(1n);
      expect(await registry.merchantCount()).to.equal(1n);
      expect(await registry.tokenOf(1n)).to.equal(ledger.ethers.ZeroAddress);
      expect(await registry.merchantIdOf(ledger.ethers.ZeroAddress)).to.equal(0n);
      expect(await ledger.allianceToken.isHolder(controller)).to.equal(false);
    });

    for (const { field, change } of [
      { field: "legalName", change: { legalName: "" } },
      { field: "legalName", change: { legalName: "n".repeat(65) } },
      { field: "tokenName", change: { tokenName: "" } },
      { field: "tokenName", change: { tokenName: "n".repeat(32) } },
      { field: "tokenSymbol", change: { tokenSymbol: "" } },
      { field: "tokenSymbol", change: { tokenSymbol: "S".repeat(12) } },
      { field: "category", change: { category: "" } },
      { field: "category", change: { category: "c".repeat(33) } },
      { field: "pointsPerYuan", change: { pointsPerYuan: 0n } },
      { field: "pointsPerYuan", change: { pointsPerYuan: 101n } },
      { field: "utcOffsetSeconds", change: { utcOffsetSeconds: -43_260 } },
      { field: "utcOffsetSeconds", change: { utcOffsetSeconds: 50_460 } },
      { field: "utcOffsetSeconds", change: { utcOffsetSeconds: 30 } },
    ]) {
      it(`refuses ${field} ${JSON.stringify(Object.values(change)[0], (_, v: unknown) => String(v))}`, async () => {
        await expect(apply(controller, { ...TERMS, ...change }))
          .to.be.revertedWithCustomError(registry, "RegistryFieldInvalid")
          .withArgs(field);
      });
    }

    for (const change of [
      { legalName: "界".repeat(21) + "n", tokenName: "n".repeat(31), tokenSymbol: "S".repeat(11) },
      { category: "c".repeat(32), pointsPerYuan: 1_000n },
      { utcOffsetSeconds: -43_200 },
      { utcOffsetSeconds: 50_400 },
    ]) {
      it(`takes the widest terms: ${Object.keys(change).join(", ")}`, async () => {
        await apply(controller, { ...TERMS, ...change });
        await registry.approve(1n);
        expect(await registry.statusOf(1n)).to.equal(Status.Active);
      });
    }

    it("refuses a profile without address or hash", async () => {
      for (const [uri, hash, field] of [
        ["", PROFILE_HASH, "profileUri"],
        ["u".repeat(257), PROFILE_HASH, "profileUri"],
        [PROFILE_URI, NO_HASH, "profileHash"],
      ] as const) {
        await expect(registry.connect(controller).applyFor(TERMS, uri, hash))
          .to.be.revertedWithCustomError(registry, "RegistryFieldInvalid")
          .withArgs(field);
      }
    });

    it("refuses a second one by the same controller", async () => {
      await apply(controller);
      await expect(apply(controller))
        .to.be.revertedWithCustomError(registry, "RegistryControllerTaken")
        .withArgs(controller);
    });
  });

  describe("approval", () => {
    it("deploys the token with the merchant's terms and lets the controller hold ALP", async () => {
      await apply(controller);
      const expected = await registry.approve.staticCall(1n);
      await expect(registry.approve(1n))
        .to.emit(registry, "MerchantApproved")
        .withArgs(1n, expected)
        .and.to.emit(registry, "MerchantStatusChanged")
        .withArgs(1n, Status.Applied, Status.Active)
        .and.to.emit(ledger.allianceToken, "HolderAdmitted")
        .withArgs(controller);
      const token = await ledger.ethers.getContractAt("MerchantPoint", expected);
      expect([await token.name(), await token.symbol()]).to.deep.equal(["Country Style Points", "CSC"]);
      expect(await token.merchantId()).to.equal(1n);
      expect(await token.pointsPerYuan()).to.equal(100n);
      expect(await token.calendar()).to.equal(COUNTRY_STYLE.calendar);
      expect(await token.utcOffsetSeconds()).to.equal(28_800n);
      expect([await token.pool(), await token.collateral()]).to.deep.equal([
        await ledger.exchangePool.getAddress(),
        await ledger.collateral.getAddress(),
      ]);
      expect(await registry.tokenOf(1n)).to.equal(expected);
      expect(await registry.merchantIdOf(expected)).to.equal(1n);
    });

    it("happens once", async () => {
      await approveMerchant(ledger, controller, COUNTRY_STYLE);
      await expect(registry.approve(1n))
        .to.be.revertedWithCustomError(registry, "RegistryMerchantStatus")
        .withArgs(1n, Status.Active);
    });

    it("needs a factory", async () => {
      const [access, alp] = [ledger.accessManager, ledger.allianceToken];
      const deployed = await ledger.ethers.deployContract("MerchantRegistry", [access, alp, 1n, 2n]);
      const bare = deployed.connect(ledger.actors.platform);
      expect(await bare.factory()).to.equal(ledger.ethers.ZeroAddress);
      expect(await bare.allianceToken()).to.equal(await alp.getAddress());
      await bare.connect(controller).applyFor(TERMS, PROFILE_URI, PROFILE_HASH);
      await expect(bare.approve(1n)).to.be.revertedWithCustomError(bare, "RegistryFieldInvalid").withArgs("factory");
      await expect(bare.setFactory(controller))
        .to.be.revertedWithCustomError(bare, "RegistryFieldInvalid")
        .withArgs("factory");
      await expect(bare.setFactory(ledger.merchantPointFactory))
        .to.emit(bare, "FactoryChanged")
        .withArgs(await ledger.merchantPointFactory.getAddress());
      expect(await bare.factory()).to.equal(await ledger.merchantPointFactory.getAddress());
    });

    it("starts with issuing halted when not all freezes reach the token at once", async () => {
      const desk = await ledger.ethers.deployContract("SlowDesk");
      await expect(registry.setDesk(controller))
        .to.be.revertedWithCustomError(registry, "RegistryFieldInvalid")
        .withArgs("desk");
      await expect(registry.setDesk(desk)).to.emit(registry, "DeskChanged").withArgs(desk);
      expect(await registry.desk()).to.equal(await desk.getAddress());
      await apply(controller);
      const approved = registry.approve(1n);
      await expect(approved)
        .to.emit(registry, "MerchantStatusChanged")
        .withArgs(1n, Status.Applied, Status.Active)
        .and.to.emit(registry, "MerchantStatusChanged")
        .withArgs(1n, Status.Active, Status.IssueHalted);
      await expect(approved)
        .to.emit(desk, "AskedToCarry")
        .withArgs(await registry.tokenOf(1n), 200n);
      const token = await ledger.ethers.getContractAt("MerchantPoint", await registry.tokenOf(1n));
      expect(await token.isIssueHalted()).to.equal(true);
    });

    it("makes tokens nobody else can make", async () => {
      const { merchantPointFactory } = ledger;
      const params = { merchantId: 1n, name: "n", symbol: "s", pointsPerYuan: 100n, calendar: 1n, utcOffsetSeconds: 0 };
      await expect(merchantPointFactory.create(params))
        .to.be.revertedWithCustomError(merchantPointFactory, "MerchantPointFactoryNotRegistry")
        .withArgs(ledger.actors.platform);
    });
  });

  it("halts and resumes issuing, in its own books and in the token", async () => {
    const { regulator } = ledger.actors;
    const { token } = await approveMerchant(ledger, controller, COUNTRY_STYLE);
    await expect(registry.connect(regulator).haltIssue(1n))
      .to.emit(registry, "MerchantStatusChanged")
      .withArgs(1n, Status.Active, Status.IssueHalted)
      .and.to.emit(token, "IssueHaltSet")
      .withArgs(true);
    expect(await token.isIssueHalted()).to.equal(true);
    await expect(registry.connect(regulator).haltIssue(1n))
      .to.be.revertedWithCustomError(registry, "RegistryMerchantStatus")
      .withArgs(1n, Status.IssueHalted);

    await expect(registry.connect(regulator).resumeIssue(1n))
      .to.emit(registry, "MerchantStatusChanged")
      .withArgs(1n, Status.IssueHalted, Status.Active)
      .and.to.emit(token, "IssueHaltSet")
      .withArgs(false);
    await expect(registry.connect(regulator).resumeIssue(1n))
      .to.be.revertedWithCustomError(registry, "RegistryMerchantStatus")
      .withArgs(1n, Status.Active);
  });

  it("takes a new profile from the controller, and from nobody else", async () => {
    await apply(controller);
    const hash = "0x" + "22".repeat(32);
    await expect(registry.connect(controller).updateProfile(1n, "https://example.com/2.json", hash))
      .to.emit(registry, "ProfileUpdated")
      .withArgs(1n, "https://example.com/2.json", hash);
    expect((await registry.merchantOf(1n)).profileHash).to.equal(hash);
    await expect(registry.connect(controller).updateProfile(1n, "", hash))
      .to.be.revertedWithCustomError(registry, "RegistryFieldInvalid")
      .withArgs("profileUri");
    await expect(registry.updateProfile(1n, PROFILE_URI, hash))
      .to.be.revertedWithCustomError(registry, "RegistryNotController")
      .withArgs(1n, ledger.actors.platform);
  });

  describe("controller", () => {
    it("is handed over in two steps; the new one may hold ALP", async () => {
      await approveMerchant(ledger, controller, COUNTRY_STYLE);
      await expect(registry.connect(controller).proposeController(1n, other))
        .to.emit(registry, "ControllerProposed")
        .withArgs(1n, other);
      expect(await registry.proposedControllerOf(1n)).to.equal(other.address);
      expect(await registry.controllerOf(1n)).to.equal(controller.address);

      await expect(registry.connect(other).acceptController(1n))
        .to.emit(registry, "ControllerChanged")
        .withArgs(1n, controller, other)
        .and.to.emit(ledger.allianceToken, "HolderAdmitted")
        .withArgs(other);
      expect(await registry.controllerOf(1n)).to.equal(other.address);
      expect(await registry.merchantIdOfController(other)).to.equal(1n);
      expect(await registry.merchantIdOfController(controller)).to.equal(0n);
      expect(await registry.proposedControllerOf(1n)).to.equal(ledger.ethers.ZeroAddress);
      await apply(controller); // free to speak for another merchant
    });

    it("may change before approval, which then admits the new one", async () => {
      await apply(controller);
      await registry.connect(controller).proposeController(1n, other);
      await registry.connect(other).acceptController(1n);
      expect(await ledger.allianceToken.isHolder(other)).to.equal(false);
      await expect(registry.approve(1n)).to.emit(ledger.allianceToken, "HolderAdmitted").withArgs(other);
    });

    it("is proposed by the controller and accepted by the proposed only", async () => {
      await apply(controller);
      await expect(registry.connect(other).proposeController(1n, other))
        .to.be.revertedWithCustomError(registry, "RegistryNotController")
        .withArgs(1n, other);
      await expect(registry.connect(other).acceptController(1n))
        .to.be.revertedWithCustomError(registry, "RegistryNotController")
        .withArgs(1n, other);
      await registry.connect(controller).proposeController(1n, other);
      await registry.connect(controller).proposeController(1n, ledger.ethers.ZeroAddress);
      await expect(registry.connect(other).acceptController(1n))
        .to.be.revertedWithCustomError(registry, "RegistryNotController")
        .withArgs(1n, other);
    });

    it("speaks for one merchant only", async () => {
      await apply(controller);
      await registry.connect(controller).proposeController(1n, other);
      await apply(other);
      await expect(registry.connect(other).acceptController(1n))
        .to.be.revertedWithCustomError(registry, "RegistryControllerTaken")
        .withArgs(other);
      await expect(registry.connect(controller).proposeController(1n, other))
        .to.be.revertedWithCustomError(registry, "RegistryControllerTaken")
        .withArgs(other);
    });
  });

  it("names a merchant that does not exist", async () => {
    const { regulator, platform } = ledger.actors;
    for (const id of [0n, 1n]) {
      for (const call of [
        () => registry.connect(platform).approve(id),
        () => registry.connect(regulator).haltIssue(id),
        () => registry.connect(regulator).resumeIssue(id),
        () => registry.updateProfile(id, PROFILE_URI, PROFILE_HASH),
        () => registry.proposeController(id, controller),
        () => registry.acceptController(id),
        () => registry.merchantOf(id),
        () => registry.controllerOf(id),
        () => registry.statusOf(id),
        () => registry.tokenOf(id),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(registry, "RegistryMerchantUnknown").withArgs(id);
      }
    }
  });
});
