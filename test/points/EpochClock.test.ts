import { expect } from "chai";
import { actors, networkHelpers } from "../support/actors.ts";
import { agesAt, deployToken, freshRef, issueAges, load, MAX_UINT256, monthly } from "../support/fixture.ts";
import { NOTHING } from "../support/lots.ts";
import { at, Calendar, HOUR, monthEpoch, UTC_MINUS_5, UTC_PLUS_8 } from "../support/time.ts";

const { ann, bob, till } = actors;
const MEAN_MONTH_SECONDS = 2_629_746n;

const yearlyWest = () => deployToken({ calendar: Calendar.Year, utcOffsetSeconds: UTC_MINUS_5 });
const never = () => deployToken({ calendar: Calendar.Never });

/** [calendar, offset, epoch of 15 January 2027, months in it, first second at which its points are dead] */
const calendars: [keyof typeof Calendar, number, bigint, bigint, string][] = [
  ["Month", UTC_PLUS_8, monthEpoch(2027, 1), 1n, "2027-05-01"],
  ["Month", UTC_MINUS_5, monthEpoch(2027, 1), 1n, "2027-05-01"],
  ["Quarter", UTC_PLUS_8, 57n * 4n, 3n, "2028-01-01"],
  ["Quarter", UTC_MINUS_5, 57n * 4n, 3n, "2028-01-01"],
  ["HalfYear", UTC_PLUS_8, 57n * 2n, 6n, "2029-01-01"],
  ["Year", UTC_PLUS_8, 57n, 12n, "2031-01-01"],
  ["Year", UTC_MINUS_5, 57n, 12n, "2031-01-01"],
];

describe("EpochClock", () => {
  for (const [name, offset, epoch, months, dead] of calendars) {
    describe(`${name}, ${offset / HOUR} h east`, () => {
      const fixture = () => deployToken({ calendar: Calendar[name], utcOffsetSeconds: offset });
      const deadAt = at(dead, "00:00:00", offset);

      it("publishes its epochs", async () => {
        const { token } = await load(fixture);
        expect(await token.currentEpoch()).to.equal(epoch);
        expect(await token.epochType()).to.equal(1n);
        expect(await token.validityDuration()).to.equal(4n);
        expect(await token.epochLength()).to.equal(months * MEAN_MONTH_SECONDS);
        expect(await token.expiryOf(epoch)).to.equal(deadAt);
        const [start, end] = await token.epochBounds(epoch);
        expect(start).to.equal(at("2027-01-01", "00:00:00", offset));
        expect((await token.epochBounds(epoch + 1n))[0]).to.equal(end);
        expect((await token.epochBounds(epoch + 4n))[0]).to.equal(deadAt);
      });

      it(`lets points live to the last second before ${dead}, and not a second longer`, async () => {
        const { token } = await load(fixture);
        await token.connect(till).issue(ann, 500n, freshRef());
        await networkHelpers.time.increaseTo(deadAt - 1);
        expect(await token.balanceOf(ann)).to.equal(500n);
        expect(await token.totalSupply()).to.equal(500n);
        expect(await token.isEpochExpired(epoch)).to.equal(false);
        expect([...(await token.nextExpiryOf(ann))]).to.deep.equal([BigInt(deadAt), 500n]);
        await networkHelpers.time.increaseTo(deadAt);
        expect(await token.balanceOf(ann)).to.equal(0n);
        expect(await token.totalSupply()).to.equal(0n);
        expect(await token.isEpochExpired(epoch)).to.equal(true);
        expect([...(await token.nextExpiryOf(ann))]).to.deep.equal([0n, 0n]);
      });

      it("moves points in the last second and refuses in the first one after", async () => {
        const { token } = await load(fixture);
        await token.connect(till).issue(ann, 500n, freshRef());
        await networkHelpers.time.setNextBlockTimestamp(deadAt - 1);
        await token.connect(ann).transfer(bob, 200n);
        await networkHelpers.time.setNextBlockTimestamp(deadAt);
        await expect(token.connect(ann).transfer(bob, 1n))
          .to.be.revertedWithCustomError(token, "ERC20InsufficientBalance")
          .withArgs(ann, 0n, 1n);
        await networkHelpers.mine();
        expect(await token.balanceOf(bob)).to.equal(0n);
      });
    });
  }

  it("crosses a leap February to the second", async () => {
    const { token } = await load(monthly);
    await networkHelpers.time.increaseTo(at("2028-02-29", "23:59:58"));
    await networkHelpers.time.setNextBlockTimestamp(at("2028-02-29", "23:59:59"));
    await token.connect(till).issue(ann, 100n, freshRef());
    await networkHelpers.time.setNextBlockTimestamp(at("2028-03-01"));
    await token.connect(till).issue(ann, 10n, freshRef());
    expect(await agesAt(token, ann)).to.deep.equal([10n, 100n, 0n, 0n]);
    expect(await token.expiryOf(monthEpoch(2028, 2))).to.equal(at("2028-06-01"));
  });

  it("begins a new year at midnight of the merchant, not of Greenwich", async () => {
    const { token } = await load(yearlyWest);
    await networkHelpers.time.increaseTo(at("2027-12-31", "23:59:59", UTC_MINUS_5));
    expect(await token.currentEpoch()).to.equal(57n);
    await networkHelpers.time.increaseTo(at("2028-01-01", "00:00:00", UTC_MINUS_5));
    expect(await token.currentEpoch()).to.equal(58n);
  });

  it("counts an epoch to come as not expired, but nothing can be in it", async () => {
    const { token } = await load(monthly);
    await issueAges(token, ann, [100n, 0n, 0n, 0n]);
    const next = (await token.currentEpoch()) + 1n;
    expect(await token.isEpochExpired(next)).to.equal(false);
    expect(await token.balanceOfAtEpoch(next, ann)).to.equal(0n);
  });

  it("gives numbers that no slot can hold no beginning and no end", async () => {
    const { token } = await load(monthly);
    for (const epoch of [2n ** 30n, MAX_UINT256]) {
      expect([...(await token.epochBounds(epoch))]).to.deep.equal([MAX_UINT256, MAX_UINT256]);
      expect(await token.expiryOf(epoch)).to.equal(MAX_UINT256);
      expect(await token.isEpochExpired(epoch)).to.equal(false);
    }
  });

  describe("Never", () => {
    it("has the single epoch 0, and nothing in it expires", async () => {
      const { token } = await load(never);
      await token.connect(till).issue(ann, 500n, freshRef());
      expect(await token.currentEpoch()).to.equal(0n);
      expect(await token.epochLength()).to.equal(MAX_UINT256);
      expect(await token.validityDuration()).to.equal(1n);
      expect(await token.isEpochExpired(0n)).to.equal(false);
      expect(await token.expiryOf(0n)).to.equal(MAX_UINT256);
      expect([...(await token.epochBounds(0n))]).to.deep.equal([0n, MAX_UINT256]);
      expect([...(await token.epochBounds(1n))]).to.deep.equal([MAX_UINT256, MAX_UINT256]);
      await networkHelpers.time.increaseTo(at("2127-01-15"));
      expect(await token.balanceOf(ann)).to.equal(500n);
      expect(await token.balanceOfAtEpoch(0n, ann)).to.equal(500n);
      expect(await token.balanceOfAtEpoch(1n, ann)).to.equal(0n);
      expect([...(await token.nextExpiryOf(ann))]).to.deep.equal([MAX_UINT256, 500n]);
      await token.connect(ann).transfer(bob, 500n);
      expect(await agesAt(token, bob)).to.deep.equal([500n, 0n, 0n, 0n]);
      expect(await agesAt(token, ann)).to.deep.equal(NOTHING);
    });
  });
});
