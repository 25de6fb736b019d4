import { expect } from "chai";
import fc from "fast-check";
import type { Calendar, EpochRule } from "../../src/kernel/calendar.ts";
import { calendarOf, dayAt, epochAt, expiryOf, NEVER, startOfEpoch } from "../../src/kernel/calendar.ts";

const seconds = (iso: string): number => Date.parse(iso) / 1000;
const rule = (calendar: Calendar, hours = 0): EpochRule => ({ calendar, utcOffsetSeconds: hours * 3600 });

describe("kernel/calendar", () => {
  for (const { calendar, hours, at, epoch, why } of [
    { calendar: "month", hours: 0, at: "1970-01-01T00:00:00Z", epoch: 0, why: "the count begins" },
    { calendar: "month", hours: 0, at: "2024-02-29T23:59:59Z", epoch: 649, why: "a leap day belongs to February" },
    { calendar: "month", hours: 0, at: "2024-03-01T00:00:00Z", epoch: 650, why: "and March begins after it" },
    { calendar: "month", hours: 0, at: "2000-02-29T12:00:00Z", epoch: 361, why: "2000 was a leap year" },
    { calendar: "month", hours: 0, at: "2100-03-01T00:00:00Z", epoch: 1562, why: "2100 has no leap day" },
    { calendar: "month", hours: 0, at: "2100-02-28T23:59:59Z", epoch: 1561, why: "so this is its last second" },
    { calendar: "month", hours: 8, at: "2026-10-31T15:59:59Z", epoch: 681, why: "the last second of October in China" },
    { calendar: "month", hours: 8, at: "2026-10-31T16:00:00Z", epoch: 682, why: "the first second of November there" },
    {
      calendar: "month",
      hours: -12,
      at: "2026-11-01T11:59:59Z",
      epoch: 681,
      why: "west of the date line it is October",
    },
    { calendar: "month", hours: 14, at: "2026-10-31T10:00:00Z", epoch: 682, why: "Line Islands are first" },
    { calendar: "quarter", hours: 8, at: "2026-03-31T15:59:59Z", epoch: 224, why: "first quarter" },
    { calendar: "quarter", hours: 8, at: "2026-03-31T16:00:00Z", epoch: 225, why: "second quarter" },
    { calendar: "halfYear", hours: 8, at: "2026-06-30T16:00:00Z", epoch: 113, why: "second half" },
    { calendar: "year", hours: 8, at: "2025-12-31T15:59:59Z", epoch: 55, why: "still the old year" },
    { calendar: "year", hours: 8, at: "2025-12-31T16:00:00Z", epoch: 56, why: "the new year" },
    { calendar: "never", hours: 8, at: "2026-11-22T00:00:00Z", epoch: 0, why: "time stands still" },
  ] as const)
    it(`${at} at UTC${hours < 0 ? "" : "+"}${hours} is ${calendar} ${epoch}: ${why}`, () => {
      expect(epochAt(rule(calendar, hours), seconds(at))).to.equal(epoch);
    });

  for (const { calendar, hours, epoch, start, expiry } of [
    { calendar: "month", hours: 0, epoch: 649, start: "2024-02-01T00:00:00Z", expiry: "2024-06-01T00:00:00Z" },
    { calendar: "month", hours: 8, epoch: 682, start: "2026-10-31T16:00:00Z", expiry: "2027-02-28T16:00:00Z" },
    { calendar: "quarter", hours: 8, epoch: 224, start: "2025-12-31T16:00:00Z", expiry: "2026-12-31T16:00:00Z" },
    { calendar: "halfYear", hours: 8, epoch: 113, start: "2026-06-30T16:00:00Z", expiry: "2028-06-30T16:00:00Z" },
    { calendar: "year", hours: 0, epoch: 56, start: "2026-01-01T00:00:00Z", expiry: "2030-01-01T00:00:00Z" },
  ] as const)
    it(`${calendar} ${epoch} at UTC+${hours} begins ${start} and its points expire ${expiry}`, () => {
      expect(startOfEpoch(rule(calendar, hours), epoch)).to.equal(seconds(start));
      expect(expiryOf(rule(calendar, hours), epoch)).to.equal(seconds(expiry));
    });

  it("never ends where the calendar is never", () => {
    expect(expiryOf(rule("never"), 0)).to.equal(NEVER);
    expect(startOfEpoch(rule("never"), 0)).to.equal(0);
    expect(startOfEpoch(rule("never"), 1)).to.equal(NEVER);
  });

  it("agrees with the platform's own calendar from 1970 to 2400, for every offset of whole minutes", () => {
    const cases = fc.property(
      fc.integer({ min: 3_000_000, max: 13_569_465_600 }),
      fc.integer({ min: -720, max: 840 }),
      (at, minutes) => {
        const local = new Date((at + minutes * 60) * 1000);
        const months = (local.getUTCFullYear() - 1970) * 12 + local.getUTCMonth();
        const month: EpochRule = { calendar: "month", utcOffsetSeconds: minutes * 60 };
        expect(epochAt(month, at)).to.equal(months);
        expect(epochAt({ ...month, calendar: "quarter" }, at)).to.equal(Math.floor(months / 3));
        const start = startOfEpoch(month, months);
        expect(start).to.equal(Date.UTC(local.getUTCFullYear(), local.getUTCMonth()) / 1000 - minutes * 60);
        expect(epochAt(month, start)).to.equal(months);
        expect(epochAt(month, start - 1)).to.equal(months - 1);
      },
    );
    fc.assert(cases, { numRuns: 2_000 });
  });

  it("counts days in the merchant's offset", () => {
    expect(dayAt(rule("month", 8), seconds("1970-01-01T15:59:59Z"))).to.equal(0);
    expect(dayAt(rule("month", 8), seconds("1970-01-01T16:00:00Z"))).to.equal(1);
  });

  it("knows the contracts' enum", () => {
    expect([0, 1, 2, 3, 4].map(calendarOf)).to.deep.equal(["never", "month", "quarter", "halfYear", "year"]);
    expect(() => calendarOf(5)).to.throw("there is no calendar 5");
  });
});
