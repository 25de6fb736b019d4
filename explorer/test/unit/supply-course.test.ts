/** Days as charts want them: nothing is lost on the way. */
import { expect } from "chai";
import { calendarOf, dayAt } from "../../src/pages/points/expiry-calendar.ts";
import { STAGES, supplyCourse } from "../../src/pages/points/supply-course.ts";

const amount = (units: bigint) => ({
  amount: units.toString(),
  decimals: 2,
  token: `0x${"1".repeat(40)}`,
  symbol: "XCJ",
});
const CHINA = 8 * 3_600;

const day = (name: string, units: Readonly<Record<string, bigint>>) => {
  const of = (key: string) => amount(units[key] ?? 0n);
  return {
    day: name,
    issued: of("issued"),
    redeemed: of("redeemed"),
    refunded: of("refunded"),
    expired: of("expired"),
    reversed: of("reversed"),
    swappedIn: of("swappedIn"),
    swappedOut: of("swappedOut"),
    transfers: 1,
    holderCount: 1,
    circulating: of("circulating"),
    held: of("held"),
    pooled: of("pooled"),
  };
};

describe("the course of a supply", () => {
  const days = [
    day("2026-07-03", { refunded: 10n, expired: 5n, circulating: 85n, pooled: 1_000n }),
    day("2026-07-02", { redeemed: 30n, reversed: 10n, circulating: 80n, held: 0n, pooled: 1_000n }),
    day("2026-07-01", { issued: 1_120n, circulating: 120n, pooled: 1_000n }),
  ];
  const course = supplyCourse(days, CHINA);

  it("runs from the oldest day to the newest, each at the noon of the merchant", () => {
    expect(course.times.map((time) => dayAt(time, CHINA))).to.deep.equal(["2026-07-01", "2026-07-02", "2026-07-03"]);
    // The same date for a reader in London.
    expect(course.times.map((time) => dayAt(time, 0))).to.deep.equal(["2026-07-01", "2026-07-02", "2026-07-03"]);
  });

  it("adds up what is gone, and takes back what was given back", () => {
    expect(course.stages.redeemed).to.deep.equal([0n, 30n, 20n]);
    expect(course.stages.expired).to.deep.equal([0n, 0n, 5n]);
    expect(course.stages.reversed).to.deep.equal([0n, 10n, 10n]);
  });

  it("accounts for every point that was issued, each day", () => {
    for (const row of course.times.keys())
      expect(STAGES.reduce((sum, stage) => sum + (course.stages[stage][row] ?? 0n), 0n)).to.equal(1_120n);
  });

  it("is empty when nothing happened", () => expect(supplyCourse([], CHINA).times).to.deep.equal([]));
});

describe("the calendar of expiries", () => {
  const at = (text: string): number => Date.parse(text) / 1_000;
  const expiries = (items: { points: bigint; expiresAt: number | null }[], past: [string, bigint][]) => ({
    token: `0x${"1".repeat(40)}`,
    calendar: "month",
    utcOffsetSeconds: CHINA,
    circulating: amount(0n),
    held: amount(0n),
    pooled: amount(0n),
    items: items.map(({ points, expiresAt }, epoch) => ({
      epoch,
      points: amount(points),
      shareBps: "0",
      expiresAt,
      daysLeft: null,
    })),
    past: past.map(([name, points]) => ({ day: name, points: amount(points) })),
    block: { number: 1, hash: `0x${"1".repeat(64)}`, timestamp: at("2026-11-23T12:00:00+08:00") },
  });

  it("puts what expires at midnight in China on that day, wherever the reader is", () => {
    const calendar = calendarOf(expiries([{ points: 7n, expiresAt: at("2026-12-01T00:00:00+08:00") }], []));
    expect(calendar?.days).to.deep.equal([{ day: "2026-12-01", value: 7n }]);
    expect(calendar?.range).to.deep.equal(["2026-11", "2026-12"]);
  });

  it("begins with the last year's expiries and leaves out older ones and what never expires", () => {
    const calendar = calendarOf(
      expiries(
        [{ points: 9n, expiresAt: null }],
        [
          ["2026-03-01", 3n],
          ["2024-01-01", 1n],
        ],
      ),
    );
    expect(calendar?.days).to.deep.equal([{ day: "2026-03-01", value: 3n }]);
  });

  it("is none when nothing expires", () => expect(calendarOf(expiries([], []))).to.equal(undefined));
});
