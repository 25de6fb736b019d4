/** When a rule holds, in the merchant's own local time. */
import { expect } from "chai";
import { holdsAt, hoursAWeek } from "../../src/loyalty/times.ts";
import { MAY } from "./rule-arbitraries.ts";

describe("when a rule holds", () => {
  const at = (days: number, hours: number): number => MAY + days * 86_400 + hours * 3_600;
  const cases: [string, Parameters<typeof holdsAt>[0], number, boolean][] = [
    ["always, without a bound", {}, at(0, 0), true],
    ["from its first second", { from: MAY }, MAY, true],
    ["not before", { from: MAY }, MAY - 1, false],
    ["not at its end", { until: MAY }, MAY, false],
    ["on its weekday in local time", { weekdays: [5] }, at(0, 0), true],
    ["not on the local day before", { weekdays: [5] }, at(0, 0) - 1, false],
    ["on Sunday, the seventh", { weekdays: [7] }, at(2, 5), true],
    ["in its minutes", { minutesFrom: 60, minutesUntil: 120 }, at(0, 1), true],
    ["not at their end", { minutesFrom: 60, minutesUntil: 120 }, at(0, 2), false],
    ["over midnight, before it", { minutesFrom: 1_320, minutesUntil: 120 }, at(0, 23), true],
    ["over midnight, after it", { minutesFrom: 1_320, minutesUntil: 120 }, at(1, 1), true],
    ["over midnight, not at noon", { minutesFrom: 1_320, minutesUntil: 120 }, at(1, 12), false],
  ];
  for (const [what, times, moment, expected] of cases)
    it(what, () => expect(holdsAt(times, moment, 28_800)).to.equal(expected));

  it("is so many hours a week", () => {
    expect(hoursAWeek({})).to.equal(168);
    expect(hoursAWeek({ weekdays: [6, 7], minutesFrom: 1_320, minutesUntil: 120 })).to.equal(8);
  });
});
