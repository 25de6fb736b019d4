import { expect } from "chai";
import { id, ZeroHash } from "ethers";

import { createLedger } from "../support/alliance.ts";
import type { Ledger, Signer } from "../support/alliance.ts";
import { approveMerchant, BURGER, COUNTRY_STYLE } from "../support/merchants.ts";

const URI = "https://example.com/rules/1.json";

describe("RuleBooks", () => {
  let ledger: Ledger;
  let controller: Signer;
  let restore: () => Promise<void>;

  before(async () => {
    ledger = await createLedger();
    controller = ledger.actors.controllers[0]!;
    await approveMerchant(ledger, controller, COUNTRY_STYLE);
    await approveMerchant(ledger, ledger.actors.controllers[1]!, BURGER);
    const snapshot = await ledger.networkHelpers.takeSnapshot();
    restore = () => snapshot.restore();
  });

  beforeEach(async () => {
    await restore();
  });

  const publish = (version: number, hash = id(`rules ${version}`), uri = URI, by = controller) =>
    ledger.ruleBooks.connect(by).publish(1n, version, hash, uri);

  it("knows nothing of a merchant that has published nothing", async () => {
    expect(await ledger.ruleBooks.versionOf(1n)).to.equal(0n);
    for (const version of [0, 1, 2n ** 256n - 1n]) {
      expect(await ledger.ruleBooks.rulesHashOf(1n, version)).to.equal(ZeroHash);
    }
  });

  it("keeps the hash of every version, and says so", async () => {
    await expect(publish(1)).to.emit(ledger.ruleBooks, "RulesPublished").withArgs(1n, 1n, id("rules 1"), URI);
    await publish(2, undefined, "");
    expect(await ledger.ruleBooks.versionOf(1n)).to.equal(2n);
    expect(await ledger.ruleBooks.rulesHashOf(1n, 1n)).to.equal(id("rules 1"));
    expect(await ledger.ruleBooks.rulesHashOf(1n, 2n)).to.equal(id("rules 2"));
    expect(await ledger.ruleBooks.rulesHashOf(1n, 3n)).to.equal(ZeroHash);
  });

  it("counts each merchant's versions by themselves, and goes back to an earlier document as a new version", async () => {
    await publish(1);
    await publish(2);
    await publish(3, id("rules 1"));
    await ledger.ruleBooks.connect(ledger.actors.controllers[1]).publish(2n, 1n, id("burgers"), URI);
    expect(await ledger.ruleBooks.versionOf(1n)).to.equal(3n);
    expect(await ledger.ruleBooks.versionOf(2n)).to.equal(1n);
    expect(await ledger.ruleBooks.rulesHashOf(2n, 1n)).to.equal(id("burgers"));
  });

  it("hears nobody but the merchant's own controller, and a new one as soon as it is one", async () => {
    const { ruleBooks, merchantRegistry, actors } = ledger;
    for (const by of [actors.outsider, actors.controllers[1]!, actors.platform, actors.deployer]) {
      await expect(publish(1, undefined, URI, by))
        .to.be.revertedWithCustomError(ruleBooks, "RuleBooksNotController")
        .withArgs(1n, by.address);
    }
    await merchantRegistry.assignController(1n, actors.controllers[2]!);
    await expect(publish(1)).to.be.revertedWithCustomError(ruleBooks, "RuleBooksNotController");
    await publish(1, undefined, URI, actors.controllers[2]);
    await expect(ruleBooks.publish(9n, 1n, id("rules"), URI)).to.be.revertedWithCustomError(
      merchantRegistry,
      "RegistryMerchantUnknown",
    );
  });

  for (const version of [0, 1, 3]) {
    it(`refuses version ${version} when the next one is 2`, async () => {
      await publish(1);
      await expect(publish(version))
        .to.be.revertedWithCustomError(ledger.ruleBooks, "RuleBooksVersion")
        .withArgs(1n, version, 2n);
    });
  }

  it("takes a URI of 256 bytes and none longer, and no empty hash", async () => {
    await publish(1, undefined, "x".repeat(256));
    await expect(publish(2, undefined, "积".repeat(86)))
      .to.be.revertedWithCustomError(ledger.ruleBooks, "RuleBooksFieldInvalid")
      .withArgs("uri");
    await expect(publish(2, ZeroHash))
      .to.be.revertedWithCustomError(ledger.ruleBooks, "RuleBooksFieldInvalid")
      .withArgs("rulesHash");
    expect(await ledger.ruleBooks.versionOf(1n)).to.equal(1n);
  });
});
