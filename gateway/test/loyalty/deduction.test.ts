/** Points pay for orders, and go back for returns, exactly to the fen. */
import { expect } from "chai";
import fc from "fast-check";
import type { Fen, Points } from "../../src/kernel/ids.ts";
import { bestPoints, fenOf, limitsOf, obstacleTo, splitLines } from "../../src/loyalty/deduction.ts";
import type { OrderLine } from "../../src/loyalty/evaluate.ts";
import type { RefundLine } from "../../src/loyalty/refund-split.ts";
import { leftToReturn, splitRefund, untouched } from "../../src/loyalty/refund-split.ts";
import type { DeductionTerms } from "../../src/loyalty/rule-book.ts";

const SEED = 20_260_501;

const points = (value: bigint) => value as Points;
const fen = (value: bigint) => value as Fen;

/** As 京豆 is used: half of an order at most, from 10 yuan on, in steps of 1,000 points. */
const TERMS: DeductionTerms = {
  isOpen: true,
  maxBps: 5_000,
  minimumOrderFen: fen(1_000n),
  minimumPoints: points(10_000n),
  stepPoints: points(10_000n),
  excluded: { categories: ["tobacco"] },
};

function line(sku: string, paidFen: bigint, more: Partial<OrderLine> = {}): OrderLine {
  return { sku, category: "food", quantity: 1, paidFen: fen(paidFen), isFreight: false, ...more };
}

describe("deduction by points", () => {
  const cases: [string, Partial<DeductionTerms>, OrderLine[], number, bigint, string | undefined][] = [
    ["half of 120.50 yuan, down to whole yuan", {}, [line("a", 12_050n)], 100, 600_000n, undefined],
    [
      "at 1000:1 ten times the points",
      { stepPoints: points(100_000n) },
      [line("a", 12_050n)],
      1_000,
      6_000_000n,
      undefined,
    ],
    ["not for freight", {}, [line("a", 2_000n), line("f", 9_000n, { isFreight: true })], 100, 100_000n, undefined],
    [
      "not for excluded goods",
      {},
      [line("a", 2_000n), line("t", 9_000n, { category: "tobacco" })],
      100,
      100_000n,
      undefined,
    ],
    ["not below the smallest order", {}, [line("a", 999n)], 100, 0n, "orderTooSmall"],
    [
      "excluded goods count for the smallest order",
      {},
      [line("a", 300n), line("t", 900n, { category: "tobacco" })],
      100,
      10_000n,
      undefined,
    ],
    [
      "not when half is less than a step",
      { minimumOrderFen: fen(0n) },
      [line("a", 199n)],
      100,
      0n,
      "nothingDeductible",
    ],
    ["not below the least points", { minimumPoints: points(70_000n) }, [line("a", 1_200n)], 100, 0n, "belowMinimum"],
    ["not while it is closed", { isOpen: false }, [line("a", 12_050n)], 100, 0n, "closed"],
    [
      "a step of half a fen is a fen",
      { stepPoints: points(50n), minimumPoints: points(0n) },
      [line("a", 1_001n)],
      100,
      50_000n,
      undefined,
    ],
    [
      "all of it when the merchant says so",
      { maxBps: 10_000, stepPoints: points(100n) },
      [line("a", 1_001n)],
      100,
      100_100n,
      undefined,
    ],
  ];
  for (const [what, terms, lines, ratio, most, obstacle] of cases)
    it(`pays ${what}`, () => {
      const limits = limitsOf({ ...TERMS, ...terms }, ratio, lines);
      expect([limits.maxPoints, limits.obstacle]).to.deep.equal([most, obstacle]);
    });

  it("names why just so many points will not do", () => {
    const limits = limitsOf({ ...TERMS, minimumPoints: points(20_000n) }, 100, [line("a", 12_050n)]);
    const asked = [10_000n, 25_000n, 20_000n, 600_000n, 610_000n].map((one) => obstacleTo(limits, points(one)));
    expect(asked).to.deep.equal(["belowMinimum", "notInSteps", undefined, undefined, "aboveLimit"]);
    expect([19_999n, 29_999n, 10n ** 9n].map((balance) => bestPoints(limits, balance))).to.deep.equal([
      0n,
      20_000n,
      600_000n,
    ]);
  });

  const orderLine = fc.record({
    sku: fc.constantFrom("a", "b", "c", "d"),
    category: fc.constantFrom("food", "tobacco"),
    quantity: fc.integer({ min: 1, max: 9 }),
    paidFen: fc.bigInt({ min: 0n, max: 1_000_000n }).map(fen),
    isFreight: fc.boolean(),
  });
  const order = fc.record({
    lines: fc.array(orderLine, { minLength: 1, maxLength: 8 }),
    terms: fc.record({
      isOpen: fc.constant(true),
      maxBps: fc.integer({ min: 1, max: 10_000 }),
      minimumOrderFen: fc.constant(fen(0n)),
      minimumPoints: fc.bigInt({ min: 0n, max: 5_000n }).map(points),
      stepPoints: fc.bigInt({ min: 0n, max: 3_000n }).map(points),
      excluded: fc.constant(TERMS.excluded),
    }),
    ratio: fc.constantFrom(100, 1_000),
  });

  it("never pays more than the share, and splits to the fen: no line below nothing, freight and excluded goods untouched", () => {
    fc.assert(
      fc.property(order, ({ lines, terms, ratio }) => {
        const limits = limitsOf(terms, ratio, lines);
        const paid = fenOf(limits.maxPoints, ratio);
        expect(paid * BigInt(ratio)).to.equal(limits.maxPoints);
        expect(paid * 10_000n <= limits.deductibleFen * BigInt(terms.maxBps)).to.equal(true);
        if (limits.maxPoints > 0n) expect(obstacleTo(limits, limits.maxPoints)).to.equal(undefined);
        const split = splitLines(terms, lines, paid);
        expect(split.reduce((sum, { deductionFen }) => sum + deductionFen, 0n)).to.equal(paid);
        split.forEach(({ deductionFen, cashFen, listFen }, index) => {
          expect(deductionFen >= 0n && cashFen >= 0n && deductionFen + cashFen === listFen).to.equal(true);
          const isOpen = lines[index]?.isFreight === false && lines[index].category === "food";
          if (!isOpen) expect(deductionFen).to.equal(0n);
        });
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it("gives back by any sequence of partial returns exactly what was paid, never less than nothing on the way", () => {
    const returns = fc.array(
      fc.record({
        sku: fc.option(fc.constantFrom("a", "b", "c", "d"), { nil: undefined }),
        share: fc.integer({ min: 0, max: 100 }),
      }),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(order, returns, ({ lines, terms, ratio }, sequence) => {
        const paid = fenOf(limitsOf(terms, ratio, lines).maxPoints, ratio);
        const total = lines.reduce((sum, { paidFen }) => sum + paidFen, 0n);
        let state: readonly RefundLine[] = splitLines(terms, lines, paid).map(untouched);
        let [deduction, cash] = [0n, 0n];
        const giveBack = (sku: string | undefined, amount: bigint): void => {
          const split = splitRefund(state, [{ sku, amountFen: fen(amount) }]);
          expect(split.deductionFen >= 0n && split.cashFen >= 0n, `${split.deductionFen} ${split.cashFen}`).to.equal(
            true,
          );
          expect(split.deductionFen + split.cashFen).to.equal(amount);
          [deduction, cash, state] = [deduction + split.deductionFen, cash + split.cashFen, split.lines];
        };
        for (const { sku, share } of sequence) giveBack(sku, (leftToReturn(state, sku) * BigInt(share)) / 100n);
        expect(deduction <= paid && cash <= total - paid).to.equal(true);
        giveBack(undefined, leftToReturn(state));
        expect([deduction, cash, leftToReturn(state)]).to.deep.equal([paid, total - paid, 0n]);
      }),
      { seed: SEED, numRuns: 2_000 },
    );
  });

  it("gives a line back in its own proportion: nothing of what points never paid for", () => {
    const lines = [line("cup", 10_000n), line("post", 1_000n, { isFreight: true })];
    const state = splitLines(TERMS, lines, fen(5_000n)).map(untouched);
    const freight = splitRefund(state, [{ sku: "post", amountFen: fen(1_000n) }]);
    expect([freight.deductionFen, freight.cashFen]).to.deep.equal([0n, 1_000n]);
    const third = splitRefund(state, [{ sku: "cup", amountFen: fen(3_333n) }]);
    expect([third.deductionFen, third.cashFen]).to.deep.equal([1_666n, 1_667n]);
  });
});
