import { expect } from "chai";

import { ROLES } from "../../ignition/powers.ts";
import type { Ledger } from "../support/alliance.ts";
import { createLedger } from "../support/alliance.ts";
import { approveMerchant, BURGER, COUNTRY_STYLE } from "../support/merchants.ts";

/** Later than any test: how long a pause lasts is not what these tests ask. */
const END = 2n ** 64n - 1n;

type Token = Awaited<ReturnType<typeof approveMerchant>>["token"];

describe("AllianceAccess", () => {
  let ledger: Ledger;
  let restore: () => Promise<void>;
  let country: Token;
  let burger: Token;
  let caseNumber: string;

  before(async () => {
    ledger = await createLedger();
    ({ token: country } = await approveMerchant(ledger, ledger.actors.controllers[0]!, COUNTRY_STYLE));
    ({ token: burger } = await approveMerchant(ledger, ledger.actors.controllers[1]!, BURGER));
    caseNumber = ledger.ethers.id("case 2027-001");
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const roleOf = (token: Token, name: "freeze" | "pause") =>
    ledger.accessManager.getTargetFunctionRole(token, token.interface.getFunction(name).selector);

  it("gives every merchant point the registry's line, from its first block", async () => {
    const { actors } = ledger;
    expect(await ledger.accessManager.registry()).to.equal(await ledger.merchantRegistry.getAddress());
    for (const token of [country, burger]) {
      expect(await roleOf(token, "freeze")).to.equal(ROLES.SUPERVISOR);
      await token.connect(actors.regulator).pause(caseNumber, END);
      await expect(token.connect(actors.platform).unpause(caseNumber))
        .to.be.revertedWithCustomError(token, "AccessManagedUnauthorized")
        .withArgs(actors.platform);
    }
  });

  it("reads no role that is set for one token, and closes none by itself: they share one line", async () => {
    const { accessManager, merchantRegistry, actors } = ledger;
    const selector = country.interface.getFunction("freeze").selector;
    await accessManager.setTargetFunctionRole(country, [selector], ROLES.REGISTRAR);
    await accessManager.setTargetClosed(country, true);
    expect(await roleOf(country, "freeze")).to.equal(await roleOf(burger, "freeze"));
    const [customer] = actors.customers;
    await country.connect(actors.regulator).freeze(customer!, caseNumber);
    expect(await country.isFrozen(customer!)).to.equal(true);

    await accessManager.setTargetClosed(merchantRegistry, true);
    await expect(country.connect(actors.regulator).unfreeze(customer!, caseNumber))
      .to.be.revertedWithCustomError(country, "AccessManagedUnauthorized")
      .withArgs(actors.regulator);
  });

  it("delays what a grant says: a slow supervisor schedules first", async () => {
    const { accessManager, actors, networkHelpers } = ledger;
    const [slow] = actors.customers;
    await accessManager.grantRole(ROLES.SUPERVISOR, slow!, 3_600);
    const data = country.interface.encodeFunctionData("pause", [caseNumber, END]);
    await expect(country.connect(slow).pause(caseNumber, END)).to.be.revertedWithCustomError(
      accessManager,
      "AccessManagerNotScheduled",
    );
    await accessManager.connect(slow).schedule(country, data, 0);
    await networkHelpers.time.increase(3_600);
    await country.connect(slow).pause(caseNumber, END);
    expect(await country.isPaused()).to.equal(true);
  });

  it("is the council's own: nobody else names the registry", async () => {
    const { accessManager, actors, merchantRegistry, ethers } = ledger;
    await expect(accessManager.connect(actors.regulator).setRegistry(actors.regulator))
      .to.be.revertedWithCustomError(accessManager, "AccessManagerUnauthorizedAccount")
      .withArgs(actors.regulator, ROLES.ADMIN);
    await expect(accessManager.setRegistry(ethers.ZeroAddress))
      .to.emit(accessManager, "RegistrySet")
      .withArgs(ethers.ZeroAddress);
    expect(await roleOf(country, "freeze")).to.equal(ROLES.ADMIN);
    await accessManager.setRegistry(merchantRegistry);
    expect(await roleOf(country, "freeze")).to.equal(ROLES.SUPERVISOR);
  });

  it("asks its admin for whatever no role is set for", async () => {
    const { accessManager, alliance, exchangePool } = ledger;
    const selector = alliance.interface.getFunction("expel").selector;
    expect(await accessManager.getTargetFunctionRole(alliance, selector)).to.equal(ROLES.COUNCIL);
    for (const target of [country, exchangePool]) {
      expect(await accessManager.getTargetFunctionRole(target, selector)).to.equal(ROLES.ADMIN);
    }
  });
});
