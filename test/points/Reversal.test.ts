import { expect } from "chai";
import { actors, ethers, networkHelpers } from "../support/actors.ts";
import { agesAt, CASE, ENDLESS, freshRef, issueAges, load, monthly, type Token } from "../support/fixture.ts";
import { packItem, packLots } from "../support/lots.ts";
import { at } from "../support/time.ts";

const { ann, bob, shop, till, regulator, stranger } = actors;
const REF = ethers.id("batch 1");

/** A batch in January: 100 to Ann (item 0), 50 to Bob (item 1). */
async function issued() {
  const deployed = await monthly();
  const { token } = deployed;
  const epoch = await token.currentEpoch();
  const items = [packItem(ann.address, 100n, 1n), packItem(bob.address, 50n, 2n)];
  await token.connect(till).issueBatch(REF, epoch, items);
  const reverse = (index: number, points: bigint) => token.connect(till).reverse(REF, epoch, items, index, points);
  return { ...deployed, epoch, items, reverse };
}

/** Ann has spent 70 of her 100, then the sale was returned: debt 70. */
async function indebted() {
  const deployed = await issued();
  await deployed.token.connect(ann).transfer(shop, 70n);
  await deployed.reverse(0, 100n);
  return deployed;
}

async function splitOf(token: Token) {
  const { issued, circulating, held, pooled, redeemed, expired, reversed } = await token.supplySplit();
  expect(issued).to.equal(circulating + held + pooled + redeemed + expired + reversed);
  return { issued, circulating, expired, reversed };
}

describe("Issuance, reversed", () => {
  it("burns from the issue's own lane, in parts, and tells which lots", async () => {
    const { token, epoch, reverse } = await load(issued);
    await issueAges(token, ann, [0n, 0n, 0n, 30n]);
    await expect(reverse(0, 40n))
      .to.emit(token, "Transfer")
      .withArgs(ann, ethers.ZeroAddress, 40n)
      .and.to.emit(token, "Reversed")
      .withArgs(REF, 0n, ann, packLots([40n, 0n, 0n, 0n], epoch), 0n);
    expect(await agesAt(token, ann)).to.deep.equal([60n, 0n, 0n, 30n]);
    expect(await token.reversedOf(REF, 0n)).to.equal(40n);
    await reverse(0, 60n);
    expect(await agesAt(token, ann)).to.deep.equal([0n, 0n, 0n, 30n]);
    expect(await splitOf(token)).to.deep.include({ issued: 180n, circulating: 80n, reversed: 100n });
  });

  it("then takes the oldest other points, and what is missing becomes debt", async () => {
    const { token, epoch, reverse } = await load(issued);
    await issueAges(token, ann, [0n, 5n, 0n, 10n]);
    await token.connect(ann).transferAtEpoch(epoch, shop, 80n);
    await expect(reverse(0, 100n))
      .to.emit(token, "Reversed")
      .withArgs(REF, 0n, ann, packLots([20n, 5n, 0n, 10n], epoch), 65n);
    expect(await token.debtOf(ann)).to.equal(65n);
    expect(await token.balanceOf(ann)).to.equal(0n);
  });

  it("leaves younger points for last", async () => {
    const { token, epoch, reverse } = await load(issued);
    await networkHelpers.time.increaseTo(at("2027-03-10"));
    await issueAges(token, ann, [7n, 8n, 0n, 9n]);
    await token.connect(ann).transferAtEpoch(epoch, shop, 90n);
    await expect(reverse(0, 25n))
      .to.emit(token, "Reversed")
      .withArgs(REF, 0n, ann, packLots([0n, 6n, 10n, 9n], epoch + 2n), 0n);
    expect(await agesAt(token, ann)).to.deep.equal([7n, 2n, 0n, 0n]);
  });

  it("settles debt from later issues: the net amount moves, the rest counts as issued and reversed", async () => {
    const { token, epoch } = await load(indebted);
    expect(await token.debtOf(ann)).to.equal(70n);
    const issue = token.connect(till).issue(ann, 100n, ethers.id("order 2"));
    await expect(issue).to.emit(token, "Transfer").withArgs(ethers.ZeroAddress, ann, 30n);
    await expect(issue).to.emit(token, "DebtSettled").withArgs(ann, 70n);
    await expect(issue).to.emit(token, "Issued").withArgs(ethers.id("order 2"), till, epoch, 1n, 100n);
    expect(await token.balanceOf(ann)).to.equal(30n);
    expect(await token.debtOf(ann)).to.equal(0n);
    expect(await splitOf(token)).to.deep.include({ issued: 250n, circulating: 150n, reversed: 100n });
    await token.connect(till).issue(ann, 10n, freshRef());
    expect(await token.balanceOf(ann)).to.equal(40n);
  });

  it("settles debt in parts, within a batch too, with one Transfer an item", async () => {
    const { token, epoch } = await load(indebted);
    const items = [packItem(ann.address, 60n), packItem(bob.address, 5n), packItem(ann.address, 60n)];
    const receipt = await (await token.connect(till).issueBatch(freshRef(), epoch, items)).wait();
    const events = receipt!.logs.map((log) => token.interface.parseLog(log)!);
    const moved = events.filter(({ name }) => name === "Transfer").map(({ args }) => args[2] as bigint);
    expect(moved).to.deep.equal([0n, 5n, 50n]);
    const settled = events.filter(({ name }) => name === "DebtSettled").map(({ args }) => args[1] as bigint);
    expect(settled).to.deep.equal([60n, 10n]);
    expect(await token.debtOf(ann)).to.equal(0n);
    await splitOf(token);
  });

  it("keeps debt through transfers: only this merchant's issues settle it", async () => {
    const { token } = await load(indebted);
    await token.connect(bob).transfer(ann, 50n);
    expect(await token.balanceOf(ann)).to.equal(50n);
    await token.connect(ann).transfer(shop, 20n);
    expect(await token.debtOf(ann)).to.equal(70n);
  });

  it("adds up the debts of several reversals", async () => {
    const { token } = await load(indebted);
    const epoch = await token.currentEpoch();
    const item = packItem(ann.address, 90n);
    const ref = ethers.id("order 3");
    await token.connect(till).issue(ann, 90n, ref);
    await token.connect(ann).transfer(shop, 20n);
    await token.connect(till).reverse(ref, epoch, [item], 0, 90n);
    expect(await token.debtOf(ann)).to.equal(90n);
  });

  it("gives back no more than an item issued", async () => {
    const { token, reverse } = await load(issued);
    await reverse(1, 30n);
    await expect(reverse(1, 21n))
      .to.be.revertedWithCustomError(token, "MerchantPointReverseExceedsIssue")
      .withArgs(21n, 20n);
    await expect(reverse(2, 1n))
      .to.be.revertedWithCustomError(token, "MerchantPointReverseExceedsIssue")
      .withArgs(1n, 0n);
    await expect(reverse(1, 0n)).to.be.revertedWithCustomError(token, "MerchantPointAmountOutOfRange").withArgs(0n);
  });

  it("wants the very ref, epoch and items of the issue", async () => {
    const { token, epoch, items } = await load(issued);
    const other = [packItem(ann.address, 100n, 1n), packItem(bob.address, 51n, 2n)];
    for (const [ref, at, given] of [
      [ethers.id("other"), epoch, items],
      [REF, epoch - 1n, items],
      [REF, epoch, other],
      [REF, epoch, items.slice(0, 1)],
    ] as const) {
      await expect(token.connect(till).reverse(ref, at, given, 0, 1n))
        .to.be.revertedWithCustomError(token, "MerchantPointIssueUnknown")
        .withArgs(ref);
    }
  });

  it("works to the last second of the issue's life", async () => {
    const { token, epoch, items } = await load(issued);
    const dead = at("2027-05-01");
    await networkHelpers.time.setNextBlockTimestamp(dead);
    await expect(token.connect(till).reverse(REF, epoch, items, 0, 1n))
      .to.be.revertedWithCustomError(token, "MerchantPointIssueExpired")
      .withArgs(epoch);
    await networkHelpers.time.setNextBlockTimestamp(dead - 1);
    await token.connect(till).reverse(REF, epoch, items, 0, 1n);
  });

  it("is a till's power, stops while paused and leaves frozen accounts as the case found them", async () => {
    const { token, epoch, items, reverse } = await load(issued);
    await expect(token.connect(stranger).reverse(REF, epoch, items, 0, 1n))
      .to.be.revertedWithCustomError(token, "MerchantPointNotTill")
      .withArgs(stranger);
    await token.connect(regulator).freeze(ann, CASE);
    await expect(reverse(0, 1n)).to.be.revertedWithCustomError(token, "MerchantPointAccountFrozen").withArgs(ann);
    await token.connect(regulator).pause(CASE, ENDLESS);
    await expect(reverse(1, 1n)).to.be.revertedWithCustomError(token, "MerchantPointPaused");
  });

  it("is still possible while issuing is halted: a merchant on its way out takes goods back", async () => {
    const { token, registry, reverse } = await load(issued);
    await registry.setIssueHalted(token, true);
    await reverse(0, 100n);
    expect(await token.balanceOf(ann)).to.equal(0n);
  });
});
