/** What a rule book will cost, on what grounds; and the presets, against which nothing stands. */
import { expect } from "chai";
import fc from "fast-check";
import type { Fen } from "../../src/kernel/ids.ts";
import { canonicalBook } from "../../src/loyalty/canonical.ts";
import { previewBook } from "../../src/loyalty/preview.ts";
import { STAGES, presetFor } from "../../src/loyalty/presets.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import { FACTS, base, brings, fixed, look, task } from "./lint-facts.ts";
import { MAY } from "./rule-arbitraries.ts";

const SEED = Number(process.env["LEDGER_RULES_SEED"] ?? 20_260_501);

describe("the cost preview", () => {
  it("adds up what a book costs per order, per new customer and per month", () => {
    const rules = [base(), { ...base({ rate: fixed("10000"), firstPurchaseOnly: true }), id: "first" }];
    const tasks = [task(), task({ id: "profile", kind: "once", points: "2000" })];
    const { figures } = look(
      { rules, tasks, ...brings("5000", "3000") },
      { ordersPerDay: 10, newCustomersPerMonth: 20, usedBps: 7_500, referredBps: 5_000 },
    );
    expect(figures).to.deep.include({
      orderPoints: 10_000n,
      rewardBps: 100,
      firstOrderPoints: 20_000n,
      taskPointsPerDay: 5_000n,
      oncePoints: 2_000n,
      newCustomerPoints: 28_000n,
      newCustomerFen: 280n,
      newCustomerExpectedFen: 210n,
      // 300 orders with 150 points each, 20 newcomers with 120 more, 10 of them brought for 60.
      monthPoints: 300n * 15_000n + 20n * 12_000n + 10n * 6_000n,
      monthLiabilityFen: 48_000n,
      monthExpectedFen: 36_000n,
      monthBreakageFen: 12_000n,
    });
    expect([...figures.byRule]).to.deep.equal([["base", 10_000n]]);
  });

  it("plays the shop's own orders again when there are enough, and says where each ground is from", () => {
    const lines = [{ sku: "tea", category: "drinks", quantity: 1, paidFen: 20_000n as Fen, isFreight: false }];
    const sample = Array.from({ length: 20 }, (_, index) => ({ placedAt: MAY + index, lines }));
    const book = parseBook({ rules: [base({ goods: { skus: ["tea"] } })] });
    const facts = { ...FACTS, given: { grossMarginBps: 2_000 } };
    const real = previewBook(book, { ...facts, history: { sample, averageOrderFen: 20_000n as Fen } });
    expect(real.orders).to.deep.equal({ count: 20, source: "history" });
    expect(real.figures.orderPoints).to.equal(20_000n);
    expect(real.sources).to.include({ averageOrderFen: "history", grossMarginBps: "given", usedBps: "assumed" });
    const few = previewBook(book, { ...facts, history: { sample: sample.slice(1) } });
    expect(few.orders.source).to.equal("assumed");
    expect(few.outlook.averageOrderFen).to.equal(5_000n);
  });

  it("weighs a rule by the hours of the week in which it holds", () => {
    const { figures } = look({ rules: [base({ times: { weekdays: [6, 7] } })] });
    // Two days of seven, met every 97 minutes.
    expect(Number(figures.orderPoints)).to.be.within(10_000 * (2 / 7) - 150, 10_000 * (2 / 7) + 150);
  });
});

describe("the presets", () => {
  const answers = fc.record({
    averageOrderFen: fc.integer({ min: 100, max: 100_000 }).map((fen) => BigInt(fen) as Fen),
    grossMarginBps: fc.integer({ min: 1_000, max: 7_000 }),
    pointsPerYuan: fc.constantFrom(100, 1_000),
  });

  for (const stage of STAGES)
    it(`of a ${stage} shop can go live whatever the answers, and nothing stands against it from 5 yuan an order on`, () => {
      fc.assert(
        fc.property(answers, (given) => {
          const { book } = presetFor(stage, given);
          expect(canonicalBook(parseBook(JSON.parse(canonicalBook(book))))).to.equal(canonicalBook(book));
          const { pointsPerYuan, ...grounds } = given;
          const { findings } = previewBook(book, {
            ...FACTS,
            given: grounds,
            terms: { ...FACTS.terms, pointsPerYuan },
          });
          const said = findings.map(({ code, en }) => `${code}: ${en}`);
          expect(
            findings.filter(({ severity }) => severity === "error"),
            JSON.stringify(said),
          ).to.deep.equal([]);
          if (given.averageOrderFen >= 500n)
            expect(
              said,
              JSON.stringify(given, (_, one: unknown) => (typeof one === "bigint" ? String(one) : one)),
            ).to.deep.equal([]);
        }),
        { seed: SEED, numRuns: 60 },
      );
    });
});
