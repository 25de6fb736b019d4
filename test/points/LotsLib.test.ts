import { expect } from "chai";
import fc from "fast-check";
import { ethers } from "../support/actors.ts";
import { load } from "../support/fixture.ts";
import { agesOf, LANE_MAX, packLanes, packLots, touchedOf, type Ages } from "../support/lots.ts";

const harness = () => ethers.deployContract("LotsHarness");
const EPOCH = 684n;

const sum = (ages: Ages) => ages.reduce((total, points) => total + points, 0n);

/** What picking means, written as a person would do it with four heaps. */
function pick(ages: Ages, order: readonly number[], points: bigint): { picked: Ages; short: bigint } {
  const picked: [bigint, bigint, bigint, bigint] = [0n, 0n, 0n, 0n];
  let short = points;
  for (const age of order) {
    const here = ages[age]! - picked[age]!;
    const taken = here < short ? here : short;
    picked[age]! += taken;
    short -= taken;
  }
  return { picked, short };
}

const OLDEST_FIRST = [3, 2, 1, 0];
const YOUNGEST_FIRST = [0, 1, 2, 3];

describe("LotsLib", () => {
  let lots: Awaited<ReturnType<typeof harness>>;
  beforeEach(async () => {
    lots = await load(harness);
  });

  describe("roll", () => {
    const ages: Ages = [1n, 20n, 300n, 4_000n];
    const rolled: [bigint, Ages, string][] = [
      [0n, [1n, 20n, 300n, 4_000n], "the same epoch changes nothing"],
      [1n, [0n, 1n, 20n, 300n], "one epoch on, the oldest points are gone"],
      [2n, [0n, 0n, 1n, 20n], "two epochs on"],
      [3n, [0n, 0n, 0n, 1n], "three epochs on, the youngest are the oldest"],
      [4n, [0n, 0n, 0n, 0n], "four epochs on, nothing is live"],
      [5n, [0n, 0n, 0n, 0n], "and nothing comes back"],
      [1_000_000n, [0n, 0n, 0n, 0n], "after an age of the world neither"],
    ];
    for (const [epochs, left, why] of rolled) {
      it(`by ${epochs}: ${why}`, async () => {
        const slot = packLots(ages, EPOCH, 3n);
        expect(await lots.roll(slot, EPOCH + epochs)).to.equal(packLots(left, EPOCH + epochs, 3n));
      });
    }

    it("keeps full lanes apart", async () => {
      const full: Ages = [LANE_MAX, LANE_MAX, LANE_MAX, LANE_MAX];
      const word = await lots.roll(packLots(full, EPOCH), EPOCH + 1n);
      expect(agesOf(word)).to.deep.equal([0n, LANE_MAX, LANE_MAX, LANE_MAX]);
      expect(touchedOf(word)).to.equal(EPOCH + 1n);
    });

    it("gives an empty slot the epoch it is touched in", async () => {
      expect(await lots.roll(0n, EPOCH)).to.equal(packLots([0n, 0n, 0n, 0n], EPOCH));
    });
  });

  describe("pickers", () => {
    const amounts = fc.bigInt({ min: 0n, max: LANE_MAX });
    const heaps = fc.tuple(amounts, amounts, amounts, amounts);

    for (const [spend, picked, why] of [
      [20n, [0n, 0n, 0n, 20n], "the lot that expires first pays first"],
      [60n, [0n, 0n, 10n, 50n], "then the next one"],
      [100n, [10n, 10n, 30n, 50n], "down to the last base unit"],
    ] as [bigint, Ages, string][]) {
      it(`spending ${spend} of 10, 10, 30, 50: ${why}`, async () => {
        const answer = await lots.oldestFirst(packLots([10n, 10n, 30n, 50n], EPOCH), spend);
        expect(answer.lanes).to.equal(packLanes(picked));
        expect(answer.short).to.equal(0n);
      });
    }

    it("picks as a person would with four heaps, oldest or youngest first, and says what is missing", async () => {
      await fc.assert(
        fc.asyncProperty(heaps, fc.bigInt({ min: 0n, max: 4n * LANE_MAX + 10n }), async (ages, points) => {
          const slot = packLots(ages, EPOCH, 3n);
          const oldest = await lots.oldestFirst(slot, points);
          const youngest = await lots.youngestFirst(slot, points);
          const byHand = pick(ages, OLDEST_FIRST, points);
          expect([...oldest]).to.deep.equal([packLanes(byHand.picked), byHand.short]);
          const { picked, short } = pick(ages, YOUNGEST_FIRST, points);
          expect([...youngest]).to.deep.equal([packLanes(picked), short]);
        }),
        { numRuns: 200, seed: 7 },
      );
    });

    it("picks from one lane first, then oldest first", async () => {
      await fc.assert(
        fc.asyncProperty(heaps, fc.nat(3), fc.bigInt({ min: 0n, max: 4n * LANE_MAX }), async (ages, own, points) => {
          const answer = await lots.ownLaneFirst(packLots(ages, EPOCH, 1n), BigInt(own), points);
          const { picked, short } = pick(ages, [own, ...OLDEST_FIRST], points);
          expect([...answer]).to.deep.equal([packLanes(picked), short]);
        }),
        { numRuns: 200, seed: 8 },
      );
    });

    it("adds up, and names the oldest age", async () => {
      await fc.assert(
        fc.asyncProperty(heaps, async (ages) => {
          expect(await lots.total(packLanes(ages))).to.equal(sum(ages));
          const oldest = OLDEST_FIRST.find((age) => ages[age] !== 0n) ?? 0;
          expect(await lots.oldestAge(packLanes(ages))).to.equal(BigInt(oldest));
          expect(await lots.laneOf(packLots(ages, EPOCH, 3n), 2n)).to.equal(ages[2]);
        }),
        { numRuns: 100, seed: 9 },
      );
    });
  });

  describe("adding", () => {
    it("adds and subtracts all lanes at once and leaves flags and epoch alone", async () => {
      const slot = packLots([1n, 2n, 3n, 4n], EPOCH, 3n);
      const more = packLanes([10n, 20n, 30n, 40n]);
      const grown = await lots.add(slot, more);
      expect(grown).to.equal(packLots([11n, 22n, 33n, 44n], EPOCH, 3n));
      expect(await lots.sub(grown, more)).to.equal(slot);
    });

    for (const age of [0, 1, 2, 3]) {
      it(`sees an overflow of the lane of age ${age}, and no other`, async () => {
        const full = onlyAge(age, LANE_MAX);
        expect(await lots.fits(packLots(full, EPOCH, 3n), 0n)).to.equal(true);
        expect(await lots.fits(packLots(full, EPOCH, 3n), packLanes(onlyAge(age, 1n)))).to.equal(false);
        expect(await lots.fits(packLots(full, EPOCH, 3n), packLanes(onlyAge((age + 1) % 4, LANE_MAX)))).to.equal(true);
      });
    }
  });
});

function onlyAge(age: number, points: bigint): Ages {
  const ages: [bigint, bigint, bigint, bigint] = [0n, 0n, 0n, 0n];
  ages[age] = points;
  return ages;
}
