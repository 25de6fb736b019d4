import { expect } from "chai";

import { ROLES } from "../../ignition/powers.ts";
import type { Ledger, Signer } from "../support/alliance.ts";
import { ALP, createLedger } from "../support/alliance.ts";
import { admitMerchant, BURGER, COUNTRY_STYLE, type Merchant } from "../support/merchants.ts";
import { DAY } from "../support/time.ts";

/** What the desk's powers come to in the hands of somebody who wants to harm the alliance with them. */
describe("a hostile regulator", () => {
  let ledger: Ledger;
  let country: Merchant;
  let burger: Merchant;
  let desk: Ledger["regulatorDesk"];
  let ann: Signer;
  let restore: () => Promise<void>;

  const caseNumber = (index: number) => ledger.ethers.id(`case ${index}`);

  before(async () => {
    ledger = await createLedger();
    country = await admitMerchant(ledger, 0, COUNTRY_STYLE);
    burger = await admitMerchant(ledger, 1, BURGER);
    desk = ledger.regulatorDesk.connect(ledger.actors.regulator);
    [ann] = ledger.actors.customers as [Signer];
    await country.token.connect(country.till).issue(ann, 10_000n, ledger.ethers.id("order 1"));
    // In life the desk alone has this role; the fixture lends it to the regulator.
    await ledger.accessManager.revokeRole(ROLES.SUPERVISOR, ledger.actors.regulator);
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  it("stands a token still for 7 days of any 30, though it finds a new case every day", async () => {
    const { token } = country;
    const { time } = ledger.networkHelpers;
    const days: boolean[] = [];
    for (let day = 0; day < 120; day++) {
      await time.increase(DAY);
      const isStill = (await token.pausedUntil()) !== 0n;
      if (!isStill) await desk.pause(token, caseNumber(day)).catch(() => undefined);
      days.push(await token.isPaused());
    }
    for (let from = 0; from + 30 <= days.length; from++) {
      expect(days.slice(from, from + 30).filter(Boolean).length).to.be.at.most(7);
    }
    expect(days.filter(Boolean).length).to.be.greaterThan(20); // it did try
  });

  it("gains nothing by freezing the pool, the collateral contract, the council or a till: none of them holds points", async () => {
    const { exchangePool, collateral, council, regulatorDesk, merchantRegistry, networkHelpers, ethers } = ledger;
    const protocol = [exchangePool, collateral, council, regulatorDesk, merchantRegistry];
    const addresses = [...protocol.map((contract) => contract.target as string), country.till.address];
    for (const [index, address] of [...addresses, ethers.ZeroAddress].entries()) {
      await desk.freeze(address, caseNumber(index));
    }
    const deadline = (await networkHelpers.time.latest()) + DAY;
    await country.token.connect(country.till).issue(ann, 1_000n, ethers.id("order 2"));
    await exchangePool.connect(ann).swapExactIn(country.token, burger.token, 5_000n, 1n, deadline);
    await country.token.connect(ann).redeem(1_000n, 1n, ethers.id("order 3"));
    await exchangePool.connect(country.controller).fundPoints(country.token, ethers.id("more"), 1_000n);
    await exchangePool.connect(country.controller).withdrawPoints(country.token, 1_000n);

    await desk.haltIssue(country.merchantId, caseNumber(20));
    await merchantRegistry.orderWindDown(country.merchantId);
    const before = await ledger.allianceToken.balanceOf(collateral);
    await collateral.connect(ann).turnIn(country.merchantId, 5_000n, ethers.id("way out"));
    expect(await ledger.allianceToken.balanceOf(collateral)).to.be.lessThan(before);
  });

  it("moves nobody's points, mints none and pauses for ever no token by itself", async () => {
    const { token } = country;
    const { actors, ethers } = ledger;
    const regulated = token.connect(actors.regulator);
    for (const act of [
      () => regulated.forceTransfer(ann, actors.regulator, 1n, caseNumber(1)),
      () => regulated.pause(caseNumber(1), 2n ** 64n - 1n),
      () => regulated.freeze(ann, caseNumber(1)),
    ]) {
      await expect(act()).to.be.revertedWithCustomError(token, "AccessManagedUnauthorized").withArgs(actors.regulator);
    }
    await expect(regulated.issue(ann, 1n, ethers.id("order 9"))).to.be.revertedWithCustomError(
      token,
      "MerchantPointNotTill",
    );
    await desk.orderTransfer(token, ann, actors.regulator, 1n, caseNumber(1));
    for (const act of [() => desk.executeOrder(1n), () => desk.ratifyPause(token, caseNumber(1))]) {
      await expect(act()).to.be.revertedWithCustomError(desk, "AccessManagedUnauthorized").withArgs(actors.regulator);
    }
  });

  it("touches no alliance token: a frozen account's ALP moves", async () => {
    const { allianceToken, actors, exchangePool } = ledger;
    await desk.freeze(country.controller, caseNumber(1));
    await allianceToken.connect(actors.platform).transfer(country.controller, ALP);
    await allianceToken.connect(country.controller).approve(exchangePool, ALP);
    await exchangePool.connect(country.controller).fundAlp(country.token, ALP);
  });

  it("is replaced by the council, and its successor undoes what it did", async () => {
    const { accessManager, actors } = ledger;
    await desk.freeze(ann, caseNumber(1));
    await desk.suspend(country.merchantId, caseNumber(2));
    await accessManager.revokeRole(ROLES.REGULATOR, actors.regulator);
    await accessManager.grantRole(ROLES.REGULATOR, actors.outsider, 0);
    await expect(desk.freeze(country.controller, caseNumber(3)))
      .to.be.revertedWithCustomError(desk, "AccessManagedUnauthorized")
      .withArgs(actors.regulator);
    const successor = desk.connect(actors.outsider);
    await successor.unfreeze(ann, caseNumber(4));
    await successor.reinstate(country.merchantId, caseNumber(5));
    await country.token.connect(ann).transfer(actors.relayer, 1n);
  });
});
