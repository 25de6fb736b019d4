import { expect } from "chai";
import fc from "fast-check";
import type { Lots } from "../../src/kernel/lots.ts";
import {
  addLots,
  emptyLots,
  lotsOfEpoch,
  packLots,
  parseLots,
  pointsOfEpoch,
  rollTo,
  takeEpoch,
  takeLots,
  takeOldest,
  takeYoungest,
  totalOf,
} from "../../src/kernel/lots.ts";

const lots = (touched: number, ...lanes: [bigint, bigint, bigint, bigint]): Lots => ({ touched, lanes });
const lane = fc.bigInt({ min: 0n, max: (1n << 56n) - 1n });
const anyLots = fc.record({
  touched: fc.integer({ min: 0, max: 2 ** 30 - 1 }),
  lanes: fc.tuple(lane, lane, lane, lane),
});

describe("kernel/lots", () => {
  it("reads a slot as the contract lays it out, flags left out", () => {
    const word = 1n | (2n << 56n) | (3n << 112n) | (4n << 168n) | (659n << 224n);
    expect(parseLots(word)).to.deep.equal(lots(659, 1n, 2n, 3n, 4n));
    expect(parseLots(word | (3n << 254n))).to.deep.equal(lots(659, 1n, 2n, 3n, 4n));
    expect(packLots(lots(659, 1n, 2n, 3n, 4n))).to.equal(word);
  });

  it("packs what it parses and parses what it packs", () => {
    const roundTrip = fc.property(anyLots, (some) => {
      expect(parseLots(packLots(some))).to.deep.equal(some);
    });
    fc.assert(roundTrip);
  });

  it("refuses to pack what no lane can hold", () => {
    expect(() => packLots(lots(1, 1n << 56n, 0n, 0n, 0n))).to.throw("a lane cannot hold 72057594037927936");
    expect(() => packLots(lots(1, -1n, 0n, 0n, 0n))).to.throw("a lane cannot hold -1");
  });

  for (const { later, lanes } of [
    { later: 0, lanes: [1n, 2n, 3n, 4n] },
    { later: 1, lanes: [0n, 1n, 2n, 3n] },
    { later: 2, lanes: [0n, 0n, 1n, 2n] },
    { later: 3, lanes: [0n, 0n, 0n, 1n] },
    { later: 4, lanes: [0n, 0n, 0n, 0n] },
    { later: 400, lanes: [0n, 0n, 0n, 0n] },
  ])
    it(`sees ${lanes.join(", ")} after ${later} epochs`, () => {
      expect(rollTo(lots(7, 1n, 2n, 3n, 4n), 7 + later)).to.deep.equal({ touched: 7 + later, lanes });
    });

  it("never looks back", () => {
    expect(() => rollTo(emptyLots(5), 4)).to.throw("cannot be seen from epoch 4");
  });

  for (const { points, left, why } of [
    { points: 0n, left: [10n, 20n, 30n, 40n], why: "nothing" },
    { points: 40n, left: [10n, 20n, 30n, 0n], why: "all of the oldest" },
    { points: 41n, left: [10n, 20n, 29n, 0n], why: "then the next" },
    { points: 100n, left: [0n, 0n, 0n, 0n], why: "everything" },
  ])
    it(`takes ${points} oldest first: ${why}`, () => {
      const from = lots(9, 10n, 20n, 30n, 40n);
      const { taken, left: rest } = takeOldest(from, points);
      expect(rest.lanes).to.deep.equal(left);
      expect(addLots(taken, rest)).to.deep.equal(from);
    });

  it("takes youngest first for a refund", () => {
    expect(takeYoungest(lots(9, 10n, 20n, 30n, 40n), 25n).left.lanes).to.deep.equal([0n, 5n, 30n, 40n]);
  });

  it("refuses to take more than there is, naming both", () => {
    expect(() => takeOldest(lots(9, 1n, 1n, 1n, 1n), 5n)).to.throw("5 were to be taken from lots of 4");
    expect(() => takeEpoch(lots(9, 1n, 1n, 1n, 1n), 8, 2n)).to.throw("lane 1 has 1, 2 were to be taken");
    expect(() => takeLots(lots(9, 1n, 1n, 1n, 1n), emptyLots(8))).to.throw("roll them first");
  });

  it("takes exactly an epoch", () => {
    expect(takeEpoch(lots(9, 1n, 2n, 3n, 4n), 7, 2n).left.lanes).to.deep.equal([1n, 2n, 1n, 4n]);
    expect(() => lotsOfEpoch(5, 1n, 9)).to.throw("epoch 5 has no lane in epoch 9");
    expect(pointsOfEpoch(lots(9, 1n, 2n, 3n, 4n), 6)).to.equal(4n);
    expect(pointsOfEpoch(lots(9, 1n, 2n, 3n, 4n), 5)).to.equal(0n);
    expect(pointsOfEpoch(lots(9, 1n, 2n, 3n, 4n), 10)).to.equal(0n);
  });

  it("adds lots of different epochs without giving any a longer life", () => {
    expect(addLots(lots(9, 1n, 2n, 3n, 4n), lots(10, 10n, 20n, 30n, 40n))).to.deep.equal(lots(10, 10n, 21n, 32n, 43n));
    expect(addLots(lots(10, 10n, 20n, 30n, 40n), lots(9, 1n, 2n, 3n, 4n))).to.deep.equal(lots(10, 10n, 21n, 32n, 43n));
  });

  it("keeps every sum through any take", () => {
    fc.assert(
      fc.property(anyLots, fc.bigInt({ min: 0n, max: 100n }), (some, percent) => {
        const points = (totalOf(some) * percent) / 100n;
        for (const take of [takeOldest, takeYoungest]) {
          const { taken, left } = take(some, points);
          expect(totalOf(taken)).to.equal(points);
          expect(addLots(taken, left)).to.deep.equal(some);
        }
      }),
    );
  });
});
