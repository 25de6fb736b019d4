import { expect } from "chai";
import { ethers } from "../support/actors.ts";
import { load } from "../support/fixture.ts";
import { at, Calendar, DAY, HOUR, monthEpoch, UTC_MINUS_5, UTC_PLUS_8 } from "../support/time.ts";

const harness = () => ethers.deployContract("CalendarHarness");
const NEVER = 2n ** 256n - 1n;

describe("CalendarLib", () => {
  let calendar: Awaited<ReturnType<typeof harness>>;
  beforeEach(async () => {
    calendar = await load(harness);
  });

  /** [calendar, first second of an epoch on the merchant's wall clock, its number] */
  const borders: [keyof typeof Calendar, string, bigint][] = [
    ["Month", "2027-01-01", 57n * 12n],
    ["Month", "2027-03-01", 57n * 12n + 2n],
    ["Month", "2028-03-01", 58n * 12n + 2n],
    ["Month", "2100-03-01", 130n * 12n + 2n],
    ["Month", "2400-03-01", 430n * 12n + 2n],
    ["Quarter", "2027-01-01", 57n * 4n],
    ["Quarter", "2027-04-01", 57n * 4n + 1n],
    ["Quarter", "2027-07-01", 57n * 4n + 2n],
    ["Quarter", "2027-10-01", 57n * 4n + 3n],
    ["HalfYear", "2027-01-01", 57n * 2n],
    ["HalfYear", "2027-07-01", 57n * 2n + 1n],
    ["Year", "2028-01-01", 58n],
    ["Year", "2101-01-01", 131n],
  ];
  for (const offset of [0, UTC_PLUS_8, UTC_MINUS_5, 14 * HOUR, -12 * HOUR, 5 * HOUR + 45 * 60]) {
    for (const [name, date, epoch] of borders) {
      it(`${name} ${epoch} begins at ${date} 00:00:00 on a clock ${offset / HOUR} h east, to the second`, async () => {
        const start = at(date, "00:00:00", offset);
        expect(await calendar.startOf(epoch, Calendar[name], offset)).to.equal(BigInt(start));
        expect(await calendar.epochAt(start, Calendar[name], offset)).to.equal(epoch);
        expect(await calendar.epochAt(start - 1, Calendar[name], offset)).to.equal(epoch - 1n);
      });
    }
  }

  for (const [date, isLeap] of [
    ["2028", true],
    ["2027", false],
    ["2100", false],
    ["2400", true],
  ] as const) {
    it(`gives February ${date} ${isLeap ? 29 : 28} days`, async () => {
      const february = monthEpoch(Number(date), 2);
      const [start, end] = await Promise.all(
        [february, february + 1n].map((epoch) => calendar.startOf(epoch, Calendar.Month, UTC_PLUS_8)),
      );
      expect(end! - start!).to.equal(BigInt((isLeap ? 29 : 28) * DAY));
    });
  }

  it("agrees with the world's calendar on every month from 1970 to 2170 and its last second", async () => {
    const months = Array.from({ length: 200 * 12 }, (_, month) => month);
    await Promise.all(
      months.map(async (month) => {
        const start = Date.UTC(1970 + Math.floor(month / 12), month % 12, 1) / 1_000;
        const next = Date.UTC(1970 + Math.floor((month + 1) / 12), (month + 1) % 12, 1) / 1_000;
        expect(await calendar.startOf(month, Calendar.Month, 0)).to.equal(BigInt(start));
        expect(await calendar.epochAt(next - 1, Calendar.Month, 0)).to.equal(BigInt(month));
      }),
    );
  });

  it("counts days from 1970 on the merchant's clock", async () => {
    const midnight = at("2027-01-15", "00:00:00");
    const day = BigInt(Date.UTC(2027, 0, 15) / 1_000 / DAY);
    expect(await calendar.dayAt(midnight, UTC_PLUS_8)).to.equal(day);
    expect(await calendar.dayAt(midnight - 1, UTC_PLUS_8)).to.equal(day - 1n);
  });

  it("puts the beginning of an epoch before 1970 at 0: the chain knows no earlier time", async () => {
    expect(await calendar.startOf(0n, Calendar.Month, UTC_PLUS_8)).to.equal(0n);
    expect(await calendar.startOf(0n, Calendar.Month, UTC_MINUS_5)).to.equal(BigInt(5 * HOUR));
  });

  it("knows one epoch of Never, which began before everything and has no successor", async () => {
    expect(await calendar.epochAt(at("2027-01-15"), Calendar.Never, UTC_PLUS_8)).to.equal(0n);
    expect(await calendar.startOf(0n, Calendar.Never, UTC_PLUS_8)).to.equal(0n);
    expect(await calendar.startOf(1n, Calendar.Never, UTC_PLUS_8)).to.equal(NEVER);
  });

  it("never begins an epoch that does not fit the slot's 30 bits", async () => {
    const last = 2n ** 30n - 1n;
    expect(await calendar.startOf(last, Calendar.Year, 0)).to.be.lessThan(2n ** 60n);
    for (const epoch of [last + 1n, NEVER]) expect(await calendar.startOf(epoch, Calendar.Year, 0)).to.equal(NEVER);
  });

  it("accepts offsets within a day only", async () => {
    for (const offset of [DAY, -DAY]) {
      await expect(calendar.epochAt(0, Calendar.Month, offset))
        .to.be.revertedWithCustomError(calendar, "CalendarOffsetInvalid")
        .withArgs(offset);
    }
    expect(await calendar.epochAt(at("2027-01-15"), Calendar.Year, DAY - 1)).to.equal(57n);
  });
});
