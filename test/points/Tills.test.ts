import { expect } from "chai";
import { actors, networkHelpers } from "../support/actors.ts";
import { DAILY_LIMIT, freshRef, load, MERCHANT_ID, monthly } from "../support/fixture.ts";
import { at, DAY } from "../support/time.ts";

const { ann, merchant, stranger, till, secondTill } = actors;
const LIMIT = 1_000n;

async function limited() {
  const deployed = await monthly();
  await deployed.token.connect(merchant).setTill(secondTill, LIMIT);
  return deployed;
}

describe("Tills", () => {
  it("are set by the merchant's controller alone, whoever that is now", async () => {
    const { token, registry } = await load(limited);
    await expect(token.connect(merchant).setTill(stranger, 5n)).to.emit(token, "TillSet").withArgs(stranger, 5n);
    await expect(token.connect(till).setTill(stranger, 5n))
      .to.be.revertedWithCustomError(token, "MerchantPointNotController")
      .withArgs(till);
    await registry.setController(MERCHANT_ID, stranger);
    await expect(token.connect(merchant).setTill(stranger, 6n))
      .to.be.revertedWithCustomError(token, "MerchantPointNotController")
      .withArgs(merchant);
    await token.connect(stranger).setTill(stranger, 6n);
    expect((await token.tillOf(stranger)).dailyLimit).to.equal(6n);
  });

  it("issue up to their limit a day and name what is left", async () => {
    const { token } = await load(limited);
    await token.connect(secondTill).issue(ann, 900n, freshRef());
    await expect(token.connect(secondTill).issue(ann, 101n, freshRef()))
      .to.be.revertedWithCustomError(token, "MerchantPointTillLimitExceeded")
      .withArgs(secondTill, 101n, 100n);
    await token.connect(secondTill).issue(ann, 100n, freshRef());
    const record = await token.tillOf(secondTill);
    expect([record.dailyLimit, record.issuedToday]).to.deep.equal([LIMIT, LIMIT]);
    expect(record.day).to.equal(BigInt(Date.UTC(2027, 0, 15) / 1_000 / DAY));
  });

  it("begin anew at midnight of the merchant, to the second", async () => {
    const { token } = await load(limited);
    const midnight = at("2027-01-16");
    await token.connect(secondTill).issue(ann, LIMIT, freshRef());
    await networkHelpers.time.setNextBlockTimestamp(midnight - 1);
    await expect(token.connect(secondTill).issue(ann, 1n, freshRef()))
      .to.be.revertedWithCustomError(token, "MerchantPointTillLimitExceeded")
      .withArgs(secondTill, 1n, 0n);
    await networkHelpers.time.setNextBlockTimestamp(midnight);
    await token.connect(secondTill).issue(ann, LIMIT, freshRef());
    expect((await token.tillOf(secondTill)).issuedToday).to.equal(LIMIT);
  });

  it("do not get a fresh day by a new limit, and none is left when it is lower than what was issued", async () => {
    const { token } = await load(limited);
    await token.connect(secondTill).issue(ann, 900n, freshRef());
    await token.connect(merchant).setTill(secondTill, 800n);
    await expect(token.connect(secondTill).issue(ann, 1n, freshRef()))
      .to.be.revertedWithCustomError(token, "MerchantPointTillLimitExceeded")
      .withArgs(secondTill, 1n, 0n);
    await token.connect(merchant).setTill(secondTill, 950n);
    await token.connect(secondTill).issue(ann, 50n, freshRef());
  });

  it("have a limit of their own each", async () => {
    const { token } = await load(limited);
    await token.connect(secondTill).issue(ann, LIMIT, freshRef());
    await token.connect(till).issue(ann, DAILY_LIMIT, freshRef());
    expect(await token.balanceOf(ann)).to.equal(LIMIT + DAILY_LIMIT);
  });

  it("are no tills any more with a limit of 0", async () => {
    const { token } = await load(limited);
    await token.connect(merchant).setTill(secondTill, 0n);
    for (const caller of [secondTill, stranger]) {
      await expect(token.connect(caller).issue(ann, 1n, freshRef()))
        .to.be.revertedWithCustomError(token, "MerchantPointNotTill")
        .withArgs(caller);
    }
  });
});
