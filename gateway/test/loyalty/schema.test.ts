/** Rule books that mean nothing, or mean two things, are refused as a whole and by name. */
import { expect } from "chai";
import { ruleBookIn } from "../../src/loyalty/schema.ts";
import { base as rule, name } from "./lint-facts.ts";

const base = (bps: number): object => rule({ rate: { kind: "percent", bps } });

describe("what a rule book may be", () => {
  const bad: [string, object, RegExp][] = [
    ["a negative amount", { rules: [{ ...base(1), caps: { perOrder: "-5" } }] }, /perOrder/],
    ["a fractional fen", { rules: [{ ...base(1), minimumFen: "1.5" }] }, /minimumFen/],
    ["a number for an amount", { rules: [{ ...base(1), minimumFen: 5 }] }, /minimumFen/],
    ["an unknown field", { rules: [], surprise: true }, /surprise/],
    ["an id twice", { rules: [base(1), base(2)] }, /unique in the book/],
    ["a tier that is not there", { rules: [{ ...base(1), tiers: ["gold"] }] }, /no tier gold/],
    [
      "tiers that do not rise",
      { rules: [], tiers: [{ id: "a", name, fromFen: "5", multiplierBps: 10_000 }] },
      /everybody's/,
    ],
    ["a rule that ends before it begins", { rules: [{ ...base(1), times: { from: 10, until: 5 } }] }, /after from/],
    ["a window without a minute", { rules: [{ ...base(1), times: { minutesFrom: 60, minutesUntil: 60 } }] }, /differ/],
    [
      "a funnel of one step",
      { rules: [], tasks: [{ id: "t", name, kind: "funnel", steps: ["buy"], points: "1" }] },
      /2 steps/,
    ],
    [
      "a daily task paid twice",
      { rules: [], tasks: [{ id: "t", name, kind: "daily", steps: ["look"], points: "1", perDayMax: 2 }] },
      /must be 1/,
    ],
    ["a return window of a year", { rules: [], returnWindowSeconds: 31_536_000 }, /returnWindowSeconds/],
    ["more than 2^56 points", { rules: [{ ...base(1), caps: { budget: "72057594037927936" } }] }, /budget/],
    [
      "six whole-order rules that exclude each other",
      {
        rules: [1, 2, 3, 4, 5, 6].map((n) => ({
          id: `g${n}`,
          name,
          stacking: "best",
          rate: { kind: "fixed", points: "1" },
        })),
      },
      /at most 5/,
    ],
  ];

  for (const [what, book, problem] of bad)
    it(`is not ${what}`, () => {
      const { success, error } = ruleBookIn.safeParse(book);
      expect(success).to.equal(false);
      expect(JSON.stringify(error?.issues)).to.match(problem);
    });

  it("is filled in with what most shops take", () => {
    const book = ruleBookIn.parse({ rules: [base(100)] });
    expect(book).to.deep.include({ returnWindowSeconds: 604_800, maturesBy: "window", tiers: [], tasks: [], caps: {} });
    expect(book.deduction).to.deep.include({
      isOpen: true,
      maxBps: 5_000,
      minimumPoints: 10_000n,
      stepPoints: 10_000n,
    });
    expect(book.rules[0]).to.deep.include({ stacking: "add", firstPurchaseOnly: false, goods: {}, times: {} });
  });
});
