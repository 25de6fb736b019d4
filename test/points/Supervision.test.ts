import { expect } from "chai";
import { actors, ethers } from "../support/actors.ts";
import { CASE, load, monthly, type Token } from "../support/fixture.ts";

const { ann, council, merchant, regulator, stranger, till } = actors;
const OTHER_CASE = ethers.id("case 2027-002");

describe("Supervision", () => {
  it("freezes an account and releases it, each under its case number", async () => {
    const { token } = await load(monthly);
    const regulated = token.connect(regulator);
    await expect(regulated.freeze(ann, CASE)).to.emit(token, "AccountFrozen").withArgs(ann, CASE);
    expect(await token.isFrozen(ann)).to.equal(true);
    await expect(regulated.freeze(ann, OTHER_CASE)).to.emit(token, "AccountFrozen").withArgs(ann, OTHER_CASE);
    await expect(regulated.unfreeze(ann, CASE)).to.emit(token, "AccountUnfrozen").withArgs(ann, CASE);
    expect(await token.isFrozen(ann)).to.equal(false);
  });

  it("pauses the token and resumes it, each under its case number", async () => {
    const { token } = await load(monthly);
    const regulated = token.connect(regulator);
    await expect(regulated.pause(CASE)).to.emit(token, "Paused").withArgs(CASE);
    expect(await token.isPaused()).to.equal(true);
    await expect(regulated.unpause(OTHER_CASE)).to.emit(token, "Unpaused").withArgs(OTHER_CASE);
    expect(await token.isPaused()).to.equal(false);
  });

  it("halts issuing at the registry's word alone, apart from pausing", async () => {
    const { token, registry } = await load(monthly);
    await expect(registry.setIssueHalted(token, true)).to.emit(token, "IssueHaltSet").withArgs(true);
    expect([await token.isIssueHalted(), await token.isPaused()]).to.deep.equal([true, false]);
    await token.connect(regulator).pause(CASE);
    await token.connect(regulator).unpause(CASE);
    expect(await token.isIssueHalted()).to.equal(true);
    await expect(registry.setIssueHalted(token, false)).to.emit(token, "IssueHaltSet").withArgs(false);
    expect(await token.isIssueHalted()).to.equal(false);
    await expect(token.connect(council).setIssueHalted(true))
      .to.be.revertedWithCustomError(token, "MerchantPointNotRegistry")
      .withArgs(council);
  });

  const powers: [string, (token: Token) => Promise<unknown>][] = [
    ["freeze", (token) => token.freeze(ann, CASE)],
    ["unfreeze", (token) => token.unfreeze(ann, CASE)],
    ["pause", (token) => token.pause(CASE)],
    ["unpause", (token) => token.unpause(CASE)],
  ];
  for (const [name, use] of powers) {
    it(`gives the power to ${name} to the regulator's role and to nobody else`, async () => {
      const { token } = await load(monthly);
      for (const other of [merchant, till, stranger, council]) {
        await expect(use(token.connect(other)))
          .to.be.revertedWithCustomError(token, "AccessManagedUnauthorized")
          .withArgs(other);
      }
      await use(token.connect(regulator));
    });
  }

  it("can be handed to another authority by the present one alone", async () => {
    const { token, access } = await load(monthly);
    const next = await ethers.deployContract("AllianceAccess", [stranger]);
    await expect(token.connect(stranger).setAuthority(next)).to.be.revertedWithCustomError(
      token,
      "AccessManagedUnauthorized",
    );
    await access.updateAuthority(token, next);
    expect(await token.authority()).to.equal(await next.getAddress());
    await expect(token.connect(regulator).pause(CASE)).to.be.revertedWithCustomError(
      token,
      "AccessManagedUnauthorized",
    );
  });
});
