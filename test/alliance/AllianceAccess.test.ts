import { expect } from "chai";

import { ROLES } from "../../ignition/powers.ts";
import type { Ledger } from "../support/alliance.ts";
import { createLedger } from "../support/alliance.ts";
import { approveMerchant, BURGER, COUNTRY_STYLE } from "../support/merchants.ts";

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
      expect(await roleOf(token, "freeze")).to.equal(ROLES.REGULATOR);
      await token.connect(actors.regulator).pause(caseNumber);
      await expect(token.connect(actors.platform).unpause(caseNumber))
        .to.be.revertedWithCustomError(token, "AccessManagedUnauthorized")
        .withArgs(actors.platform);
    }
  });

  it("freezes an account in all tokens in one transaction", async () => {
    const { accessManager, actors } = ledger;
    const [customer] = actors.customers;
    const freeze = country.interface.encodeFunctionData("freeze", [customer!.address, caseNumber]);
    const calls = await Promise.all(
      [country, burger].map(async (token) =>
        accessManager.interface.encodeFunctionData("execute", [await token.getAddress(), freeze]),
      ),
    );
    await accessManager.connect(actors.regulator).multicall(calls);
    expect([await country.isFrozen(customer!), await burger.isFrozen(customer!)]).to.deep.equal([true, true]);

    await expect(accessManager.connect(actors.outsider).multicall(calls)).to.be.revertedWithCustomError(
      accessManager,
      "AccessManagerUnauthorizedCall",
    );
  });

  it("lets a role set for one token go before the shared line", async () => {
    const selector = country.interface.getFunction("freeze").selector;
    await ledger.accessManager.setTargetFunctionRole(country, [selector], ROLES.REGISTRAR);
    expect(await roleOf(country, "freeze")).to.equal(ROLES.REGISTRAR);
    expect(await roleOf(country, "pause")).to.equal(ROLES.REGULATOR);
    expect(await roleOf(burger, "freeze")).to.equal(ROLES.REGULATOR);
  });

  it("delays what a grant says: a slow regulator schedules first", async () => {
    const { accessManager, actors, networkHelpers } = ledger;
    const [slow] = actors.customers;
    await accessManager.grantRole(ROLES.REGULATOR, slow!, 3_600);
    const data = country.interface.encodeFunctionData("pause", [caseNumber]);
    await expect(country.connect(slow).pause(caseNumber)).to.be.revertedWithCustomError(
      accessManager,
      "AccessManagerNotScheduled",
    );
    await accessManager.connect(slow).schedule(country, data, 0);
    await networkHelpers.time.increase(3_600);
    await country.connect(slow).pause(caseNumber);
    expect(await country.isPaused()).to.equal(true);
  });

  it("is the council's own: nobody else names the registry", async () => {
    const { accessManager, actors, merchantRegistry, ethers } = ledger;
    await expect(accessManager.connect(actors.regulator).setRegistry(actors.regulator))
      .to.be.revertedWithCustomError(accessManager, "AccessManagerUnauthorizedAccount")
      .withArgs(actors.regulator, ROLES.COUNCIL);
    await expect(accessManager.setRegistry(ethers.ZeroAddress))
      .to.emit(accessManager, "RegistrySet")
      .withArgs(ethers.ZeroAddress);
    expect(await roleOf(country, "freeze")).to.equal(ROLES.COUNCIL);
    await accessManager.setRegistry(merchantRegistry);
    expect(await roleOf(country, "freeze")).to.equal(ROLES.REGULATOR);
  });

  it("asks the council for whatever no role is set for", async () => {
    const { accessManager, alliance } = ledger;
    const selector = alliance.interface.getFunction("expel").selector;
    expect(await accessManager.getTargetFunctionRole(alliance, selector)).to.equal(ROLES.COUNCIL);
    expect(await accessManager.getTargetFunctionRole(country, selector)).to.equal(ROLES.COUNCIL);
  });
});
