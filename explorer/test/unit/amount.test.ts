/** Amounts are never rounded away. */
import { expect } from "chai";
import fc from "fast-check";
import { formatBps, formatExact, formatShort, parseAmount } from "../../src/format/amount.ts";

const SEED = 20_261_123;

describe("amounts as people read them", () => {
  for (const [base, decimals, text] of [
    ["0", 2, "0"],
    ["5", 2, "0.05"],
    ["120000", 2, "1,200"],
    ["123456789", 2, "1,234,567.89"],
    ["-150", 2, "-1.5"],
    ["1000000000000000001", 18, "1.000000000000000001"],
  ] as const)
    it(`${base} with ${decimals} decimals is ${text}`, () => expect(formatExact(base, decimals)).to.equal(text));

  it("says that it cut digits", () => {
    const alp = (amount: string) => formatShort({ amount, decimals: 18, symbol: "ALP", token: "" });
    expect(alp("1000000000000000001")).to.deep.equal({ text: "1…", isCut: true });
    expect(alp("1500000000000000000")).to.deep.equal({ text: "1.5", isCut: false });
    expect(alp("1")).to.deep.equal({ text: "<0.0001", isCut: true });
  });

  it("reads back what it wrote, for any amount", () => {
    const property = fc.property(
      fc.bigInt({ min: 0n, max: 10n ** 30n }),
      fc.integer({ min: 0, max: 18 }),
      (base, decimals) => {
        expect(parseAmount(formatExact(base, decimals), decimals)).to.equal(base);
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });

  for (const text of ["", "-1", "1.234", "1e3", "abc", "1.2.3", "."])
    it(`refuses ${JSON.stringify(text)} as points`, () => expect(parseAmount(text, 2)).to.equal(undefined));

  it("shows basis points with two decimals", () => expect(formatBps("12345")).to.equal("123.45%"));
});
