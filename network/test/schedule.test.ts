import { expect } from "chai";
import { ChainClock } from "../agent/chain-clock.ts";
import { dueAt, nextDueAt, placeAt, windowsPerEpoch } from "../agent/schedule.ts";

const SCHEDULE = { startedAt: 1_000, epochSeconds: 600, windowSeconds: 30, windowsRequired: 12 };
const NODES = ["0xa1", "0xb2", "0xc3", "0xd4"];

describe("agent schedule", () => {
  for (const { second, place } of [
    { second: 0, place: { epoch: 0, window: 0, ordinal: 0, startsAt: 1_000 } },
    { second: 1_000, place: { epoch: 0, window: 0, ordinal: 0, startsAt: 1_000 } },
    { second: 1_029.9, place: { epoch: 0, window: 0, ordinal: 0, startsAt: 1_000 } },
    { second: 1_030, place: { epoch: 0, window: 1, ordinal: 1, startsAt: 1_030 } },
    { second: 1_599, place: { epoch: 0, window: 19, ordinal: 19, startsAt: 1_570 } },
    { second: 1_600, place: { epoch: 1, window: 0, ordinal: 20, startsAt: 1_600 } },
  ])
    it(`second ${second} is window ${place.window} of epoch ${place.epoch}`, () => {
      expect(placeAt(SCHEDULE, second)).to.deep.equal(place);
    });

  it("gives every node its own moment in the first half of a window, the same each time it is asked", () => {
    expect(windowsPerEpoch(SCHEDULE)).to.equal(20);
    const place = placeAt(SCHEDULE, 1_300);
    const moments = NODES.map((node) => dueAt(SCHEDULE, place, node));
    expect(new Set(moments).size).to.equal(NODES.length);
    for (const moment of moments) expect(moment).to.be.within(place.startsAt, place.startsAt + 15);
    expect(NODES.map((node) => dueAt(SCHEDULE, place, node))).to.deep.equal(moments);
  });

  it("lets no node come first in every window", () => {
    const firsts = Array.from({ length: 40 }, (_, n) => {
      const place = placeAt(SCHEDULE, 1_000 + n * 30);
      return NODES.toSorted((a, b) => dueAt(SCHEDULE, place, a) - dueAt(SCHEDULE, place, b))[0];
    });
    expect(new Set(firsts).size).to.equal(NODES.length);
  });

  it("knows when it is due next: in this window, in the next one, or in its n-th", () => {
    const place = placeAt(SCHEDULE, 1_200); // the seventh of all windows, ordinal 6
    const due = (attested: number, every: number) => nextDueAt(SCHEDULE, place, { node: "0xa1", every, attested });
    const at = (ordinal: number) => dueAt(SCHEDULE, placeAt(SCHEDULE, 1_000 + ordinal * 30), "0xa1");
    expect(due(5, 1)).to.equal(at(6));
    expect(due(6, 1)).to.equal(at(7));
    expect(due(6, 4)).to.equal(at(8));
    expect(due(-1, 5)).to.equal(at(10));
  });

  it("goes by the chain's clock, whatever this computer's says", () => {
    const clock = new ChainClock();
    expect([clock.now(5_000), clock.ageSeconds(5_000)]).to.deep.equal([0, 0]);
    clock.observe({ number: 7, hash: "0x7", timestamp: 100 }, 1_000_000);
    clock.observe({ number: 7, hash: "0x7", timestamp: 100 }, 1_004_000);
    expect(clock.now(1_005_000)).to.equal(105);
    clock.observe({ number: 8, hash: "0x8", timestamp: 103 }, 1_006_000);
    expect(clock.now(1_006_500)).to.equal(103.5);
    expect(clock.head?.number).to.equal(8);
  });
});
