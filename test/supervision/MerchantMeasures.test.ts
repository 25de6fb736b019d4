import { expect } from "chai";

import type { Ledger } from "../support/alliance.ts";
import { createLedger } from "../support/alliance.ts";
import {
  admitMerchant,
  approveMerchant,
  BURGER,
  COUNTRY_STYLE,
  type Merchant,
  PROFILE_HASH,
  PROFILE_URI,
  termsOf,
} from "../support/merchants.ts";

const Measure = {
  Warning: 0n,
  LimitCut: 1n,
  IssueHalt: 2n,
  IssueResumption: 3n,
  Suspension: 4n,
  Reinstatement: 5n,
  WindDownAdvice: 6n,
} as const;
const Status = { Applied: 1n, Active: 2n, IssueHalted: 3n, Suspended: 4n } as const;

describe("MerchantMeasures", () => {
  let ledger: Ledger;
  let country: Merchant;
  let desk: Ledger["regulatorDesk"];
  let caseNumber: string;
  let restore: () => Promise<void>;

  before(async () => {
    ledger = await createLedger();
    country = await admitMerchant(ledger, 0, COUNTRY_STYLE);
    desk = ledger.regulatorDesk.connect(ledger.actors.regulator);
    caseNumber = ledger.ethers.id("case 2027-001");
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const statusOf = () => ledger.merchantRegistry.statusOf(country.merchantId);

  it("warn and advise in public, and change nothing else", async () => {
    const { merchantId } = country;
    await expect(desk.warn(merchantId, caseNumber))
      .to.emit(desk, "MeasureTaken")
      .withArgs(merchantId, Measure.Warning, caseNumber, 0n);
    await expect(desk.adviseWindDown(merchantId, caseNumber))
      .to.emit(desk, "MeasureTaken")
      .withArgs(merchantId, Measure.WindDownAdvice, caseNumber, 0n);
    expect(await statusOf()).to.equal(Status.Active);
  });

  it("cut what a merchant may have outstanding, and give it back", async () => {
    const { merchantId, token } = country;
    const { collateral } = ledger;
    const whole = await collateral.outstandingMaxOf(token);
    await expect(desk.cutLimit(merchantId, 40, caseNumber))
      .to.emit(desk, "MeasureTaken")
      .withArgs(merchantId, Measure.LimitCut, caseNumber, 40n);
    expect([await collateral.limitCutOf(merchantId), await collateral.outstandingMaxOf(token)]).to.deep.equal([
      40n,
      (whole * 60n) / 100n,
    ]);
    await desk.cutLimit(merchantId, 0, caseNumber);
    expect(await collateral.outstandingMaxOf(token)).to.equal(whole);
    await expect(desk.cutLimit(merchantId, 101, caseNumber))
      .to.be.revertedWithCustomError(desk, "DeskPercentInvalid")
      .withArgs(101n);
  });

  it("halt issuing and resume it", async () => {
    const { merchantId, token } = country;
    await expect(desk.haltIssue(merchantId, caseNumber))
      .to.emit(desk, "MeasureTaken")
      .withArgs(merchantId, Measure.IssueHalt, caseNumber, 0n);
    expect([await statusOf(), await token.isIssueHalted()]).to.deep.equal([Status.IssueHalted, true]);
    await expect(desk.resumeIssue(merchantId, caseNumber))
      .to.emit(desk, "MeasureTaken")
      .withArgs(merchantId, Measure.IssueResumption, caseNumber, 0n);
    expect([await statusOf(), await token.isIssueHalted()]).to.deep.equal([Status.Active, false]);
  });

  it("suspend, which leaves holders their points: they still redeem and transfer", async () => {
    const { merchantId, token, till } = country;
    const [ann, bob] = ledger.actors.customers;
    await token.connect(till).issue(ann!, 100n, ledger.ethers.id("order 1"));
    await expect(desk.suspend(merchantId, caseNumber))
      .to.emit(desk, "MeasureTaken")
      .withArgs(merchantId, Measure.Suspension, caseNumber, 0n);
    expect(await statusOf()).to.equal(Status.Suspended);
    await expect(token.connect(till).issue(ann!, 1n, ledger.ethers.id("order 2"))).to.be.revertedWithCustomError(
      token,
      "MerchantPointIssueHalted",
    );
    await token.connect(ann).transfer(bob!, 40n);
    await token.connect(ann).redeem(60n, 1n, ledger.ethers.id("order 3"));
    await expect(desk.reinstate(merchantId, caseNumber))
      .to.emit(desk, "MeasureTaken")
      .withArgs(merchantId, Measure.Reinstatement, caseNumber, 0n);
    expect(await statusOf()).to.equal(Status.Active);
    await token.connect(till).issue(ann!, 1n, ledger.ethers.id("order 2"));
  });

  it("follow the registry's order, and know no merchant that it does not know", async () => {
    const { merchantRegistry, actors } = ledger;
    for (const act of ["resumeIssue", "reinstate"] as const) {
      await expect(desk[act](country.merchantId, caseNumber))
        .to.be.revertedWithCustomError(merchantRegistry, "RegistryMerchantStatus")
        .withArgs(country.merchantId, Status.Active);
    }
    for (const act of ["warn", "haltIssue", "resumeIssue", "suspend", "reinstate", "adviseWindDown"] as const) {
      await expect(desk[act](99n, caseNumber))
        .to.be.revertedWithCustomError(merchantRegistry, "RegistryMerchantUnknown")
        .withArgs(99n);
    }
    await merchantRegistry.connect(actors.controllers[1]).applyFor(termsOf(BURGER), PROFILE_URI, PROFILE_HASH);
    await expect(desk.cutLimit(await merchantRegistry.merchantCount(), 10, caseNumber))
      .to.be.revertedWithCustomError(desk, "DeskTokenUnknown")
      .withArgs(ledger.ethers.ZeroAddress);
  });

  it("are the regulator's, each under a case number", async () => {
    const { merchantId } = country;
    const { actors, ethers } = ledger;
    const acts = ["warn", "haltIssue", "resumeIssue", "suspend", "reinstate", "adviseWindDown"] as const;
    const calls = (as: typeof desk, number: string) => [
      ...acts.map((act) => () => as[act](merchantId, number)),
      () => as.cutLimit(merchantId, 10, number),
    ];
    for (const call of calls(desk, ethers.ZeroHash)) {
      await expect(call()).to.be.revertedWithCustomError(desk, "DeskCaseNumberMissing");
    }
    for (const other of [actors.platform, actors.outsider, country.controller]) {
      for (const call of calls(desk.connect(other), caseNumber)) {
        await expect(call()).to.be.revertedWithCustomError(desk, "AccessManagedUnauthorized").withArgs(other);
      }
    }
  });

  describe("and a merchant approved while accounts are frozen", () => {
    const account = (index: number) => ledger.ethers.dataSlice(ledger.ethers.id(`account ${index}`), 12);

    for (const count of [0, 1, 5]) {
      it(`takes ${count} freezes over in its approval and issues at once`, async () => {
        for (let index = 0; index < count; index++) await desk.freeze(account(index), caseNumber);
        const { token, merchantId } = await approveMerchant(ledger, ledger.actors.controllers[1]!, BURGER);
        expect([await ledger.merchantRegistry.statusOf(merchantId), await desk.isTokenCarried(token)]).to.deep.equal([
          Status.Active,
          true,
        ]);
        for (let index = 0; index < count; index++) expect(await token.isFrozen(account(index))).to.equal(true);
        expect(await token.isFrozen(account(count))).to.equal(false);
      });
    }

    it("does not issue before more freezes than fit its approval have reached it, even after a suspension", async () => {
      const { merchantRegistry, actors } = ledger;
      for (let index = 0; index < 201; index++) await desk.freeze(account(index), caseNumber);
      const { token, merchantId } = await approveMerchant(ledger, actors.controllers[1]!, BURGER);
      expect([await merchantRegistry.statusOf(merchantId), await token.isIssueHalted()]).to.deep.equal([
        Status.IssueHalted,
        true,
      ]);
      for (const lift of [
        () => desk.resumeIssue(merchantId, caseNumber),
        async () => {
          await desk.suspend(merchantId, caseNumber);
          return desk.reinstate(merchantId, caseNumber);
        },
      ]) {
        await expect(lift()).to.be.revertedWithCustomError(desk, "DeskTokenBehind").withArgs(token);
      }
      await desk.connect(actors.outsider).carryIntoToken(token, 500);
      await desk.reinstate(merchantId, caseNumber);
      expect(await merchantRegistry.statusOf(merchantId)).to.equal(Status.Active);
    });
  });
});
