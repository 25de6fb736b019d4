import { expect } from "chai";
import { network } from "hardhat";

import { pickNumbers } from "../../scripts/lottery/numbers.ts";

/** Fixed: the same numbers are drawn in every run, so a verdict of chance is one verdict for ever. */
const SEED = "draw 2027-01-15";

/**
 * Wilson and Hilferty's normal approximation of the χ² distribution, good to a fraction of a percent from 30 degrees on: in
 * a fair draw the statistic lies between these two in 998 of 1,000 seeds.
 */
function chiSquareBounds(freedom: number): { least: number; most: number } {
  const z = 3.0902; // 0.1 % on either side
  const at = (deviation: number) => freedom * (1 - 2 / (9 * freedom) + deviation * Math.sqrt(2 / (9 * freedom))) ** 3;
  return { least: at(-z), most: at(z) };
}

function chiSquareOf(counts: readonly number[]): number {
  const expected = counts.reduce((sum, count) => sum + count, 0) / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

function expectFair(counts: readonly number[]): void {
  const { least, most } = chiSquareBounds(counts.length - 1);
  expect(chiSquareOf(counts)).to.be.within(least, most);
}

describe("DrawNumbers", () => {
  let pick: (name: string, numbers: number, picks: number) => Promise<number[]>;
  let seedOf: (name: string) => string;

  before(async () => {
    const { ethers } = await network.create();
    const harness = await ethers.deployContract("DrawNumbersHarness");
    seedOf = (name) => ethers.id(`${SEED} ${name}`);
    pick = async (name, numbers, picks) => (await harness.pick(seedOf(name), numbers, picks)).map(Number);
  });

  const range = (count: number) => Array.from({ length: count }, (_, k) => k);

  it("gives known answers", async () => {
    expect(await pick("known", 1, 1)).to.deep.equal([0]);
    expect(await pick("known", 10, 3)).to.deep.equal([4, 3, 9]);
    expect(await pick("known", 1_000_000, 5)).to.deep.equal([468_564, 313_590, 951_109, 217_120, 92_305]);
    expect(await pick("known", 10, 0)).to.deep.equal([]);
  });

  it("gives every number once when as many are picked as there are", async () => {
    for (const count of [2, 9, 100, 128])
      expect((await pick("all", count, count)).toSorted((a, b) => a - b)).to.deep.equal(range(count));
  });

  it("does the same sum as the one that a reader does again", async () => {
    for (const [numbers, picks] of [
      [7, 3],
      [100, 100],
      [999_999, 100],
      [1_000_000, 128],
      [4_294_967_295, 100],
    ] as const)
      for (const k of range(10)) {
        const expected = pickNumbers(seedOf(`twice ${k}`), BigInt(numbers), picks);
        expect(await pick(`twice ${k}`, numbers, picks)).to.deep.equal(expected.map(Number));
      }
  });

  it("throws words away that would favour some numbers", async () => {
    // Of three quarters of 2^32 numbers every fourth word is thrown away at each pick, and they still come out distinct
    // and in range. (Just above half of 2^32 it would be every second, but at the first pick only.)
    const numbers = 3 * 2 ** 30;
    const picked = await pick("rejected", numbers, 128);
    expect(new Set(picked).size).to.equal(128);
    expect(picked.every((number) => number < numbers)).to.equal(true);
    expect(picked).to.deep.equal(pickNumbers(seedOf("rejected"), BigInt(numbers), 128).map(Number));
    const high = picked.filter((number) => number >= numbers / 2).length;
    expect(high).to.be.within(40, 88);
  });

  it("favours no number: χ² of 25,000 drawn numbers in 100 classes of 1,000,000", async () => {
    const counts = range(100).map(() => 0);
    for (const k of range(250))
      for (const number of await pick(`million ${k}`, 1_000_000, 100)) counts[Math.floor(number / 10_000)]! += 1;
    expectFair(counts);
  });

  it("favours no number in any place: χ² of 20,000 numbers, each of 40 in each of 10 places", async () => {
    const counts = range(400).map(() => 0);
    for (const k of range(2_000))
      for (const [place, number] of (await pick(`place ${k}`, 40, 10)).entries()) counts[place * 40 + number]! += 1;
    expectFair(counts);
  });

  it("favours no pair: χ² of the 90 ordered pairs of 10 numbers in 9,000 draws", () => {
    const counts = range(90).map(() => 0);
    for (const k of range(9_000)) {
      const [first, second] = pickNumbers(seedOf(`pair ${k}`), 10n, 2).map(Number) as [number, number];
      counts[first * 9 + (second > first ? second - 1 : second)]! += 1;
    }
    expectFair(counts);
  });
});
