/** The linter's known answers: every finding raised once, and silence where there is nothing to say. */
import { expect } from "chai";
import fc from "fast-check";
import type { Fen, Points } from "../../src/kernel/ids.ts";
import type { FindingCode } from "../../src/loyalty/findings.ts";
import { FINDINGS, FINDING_CODES } from "../../src/loyalty/findings.ts";
import { canonicalBook } from "../../src/loyalty/canonical.ts";
import type { Preview, PreviewFacts } from "../../src/loyalty/preview.ts";
import { previewBook } from "../../src/loyalty/preview.ts";
import { STAGES, presetFor } from "../../src/loyalty/presets.ts";
import { promiseIn } from "../../src/loyalty/promises.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import { MAY } from "./rule-arbitraries.ts";

const SEED = Number(process.env["LEDGER_RULES_SEED"] ?? 20_260_501);
const name = { zh: "规则", en: "rule" };
const base = (rest: object = {}): object => ({ id: "base", name, rate: { kind: "percent", bps: 100 }, ...rest });
const task = (rest: object = {}): object => ({
  id: "visit",
  name,
  kind: "daily",
  steps: ["sign-in"],
  points: "5000",
  ...rest,
});
const fixed = (points: string): object => ({ kind: "fixed", points });
const tier = (id: string, fromFen: string, multiplierBps = 10_000): object => ({ id, name, fromFen, multiplierBps });
const brings = (minimumFen: string, points = "1000"): object => ({
  referral: { referrerPoints: points, friendPoints: points, minimumFen },
});

const FACTS: PreviewFacts = {
  given: { averageOrderFen: 10_000n as Fen, prizes: [10_000n as Points, 30_000n as Points] },
  history: { sample: [] },
  terms: { pointsPerYuan: 100, utcOffsetSeconds: 28_800 },
  now: MAY,
};

/** A shop whose ordinary order is 100 yuan; 1 % of it is 100 points, as much as the cheapest prize. */
function look(book: object, given: PreviewFacts["given"] = {}): Preview {
  return previewBook(parseBook({ rules: [base()], ...book }), { ...FACTS, given: { ...FACTS.given, ...given } });
}
const codesOf = ({ findings }: Preview): FindingCode[] => findings.map(({ code }) => code);

describe("the linter of rules", () => {
  const raised = new Set<FindingCode>();
  const cases: [FindingCode, object, PreviewFacts["given"]?, (string | RegExp)?][] = [
    ["earns_nothing", { rules: [] }],
    [
      "first_purchase_below_cheapest_prize",
      {},
      { prizes: [10_001n as Points] },
      /100 points.*costs 100\.01.*at least 0\.01/,
    ],
    ["first_purchase_below_cheapest_prize", { rules: [base({ times: { weekdays: [6] } })] }],
    [
      "two_days_below_small_prize",
      { tasks: [task({ points: "4999" })] },
      {},
      /earn 99\.98 points.*costs 100\. Give at least 50/,
    ],
    [
      "seven_days_below_other_prize",
      { tasks: [task()] },
      { prizes: [10_000n as Points, 35_001n as Points] },
      /350 points.*350\.01.*at least 50\.01/,
    ],
    [
      "new_customer_above_acquisition_cost",
      {},
      { acquisitionCostFen: 99n as Fen },
      /worth 1 yuan; elsewhere one costs 0\.99/,
    ],
    [
      "new_customer_above_profit",
      {},
      { grossMarginBps: 99 },
      /worth 1 yuan; an order of 100 yuan brings a profit of 0\.99/,
    ],
    ["tasks_above_profit", { tasks: [task({ points: "50000" })] }, { grossMarginBps: 349 }, /35 yuan.*3\.49/],
    [
      "reward_above_margin",
      { rules: [base({ rate: { kind: "percent", bps: 3_001 } })] },
      {},
      /30\.01 %.*margin is 30 %/,
    ],
    ["reward_gives_everything_back", { rules: [base({ rate: fixed("1000000") })] }, {}, /100 %/],
    ["reward_too_small", { rules: [base({ rate: { kind: "percent", bps: 19 } })] }, {}, /0\.19 %/],
    ["step_not_whole_fen", { deduction: { stepPoints: "150", minimumPoints: "300" } }, {}, /stepPoints.*150/],
    ["minimum_not_whole_steps", { deduction: { stepPoints: "2000", minimumPoints: "3000" } }],
    ["deduction_out_of_reach", { deduction: { minimumPoints: "510000" } }, {}, /51 yuan.*at most 50 yuan/],
    ["deduction_above_half", { deduction: { maxBps: 5_001 } }],
    ["tier_unreachable", { tiers: [tier("a", "0"), tier("b", "3650001", 11_000)] }, {}, /36500\.01 yuan/],
    ["tier_worse", { tiers: [tier("a", "0", 12_000), tier("b", "10", 11_000)] }, {}, /110 %.*120 %/],
    ["tier_idle", { tiers: [tier("a", "0"), tier("b", "10")] }],
    ["rule_over", { rules: [base(), { ...base({ times: { until: MAY } }), id: "old" }] }, {}, /^old ended/],
    ["rule_over", { tasks: [task({ times: { until: MAY } })] }],
    // May 1st, 2026 is a Friday.
    [
      "rule_never_holds",
      { rules: [base(), { ...base({ times: { until: MAY + 86_400, weekdays: [1] } }), id: "mon" }] },
      {},
      /none of its hours/,
    ],
    [
      "rule_never_holds",
      { rules: [base(), { ...base({ caps: { budget: "0" } }), id: "nil" }] },
      {},
      /one of its caps is 0/,
    ],
    [
      "rule_never_holds",
      { rules: [base(), { ...base({ goods: { skus: ["a"], exceptSkus: ["a"] } }), id: "no" }] },
      {},
      /excepts all/,
    ],
    [
      "rule_never_holds",
      {
        tiers: [tier("a", "0"), tier("b", "10", 11_000)],
        rules: [base(), { ...base({ firstPurchaseOnly: true, tiers: ["b"] }), id: "up" }],
      },
      {},
      /lowest tier/,
    ],
    [
      "rule_never_wins",
      { rules: [base({ stacking: "best" }), { ...base({ stacking: "best" }), id: "twin" }] },
      {},
      /^twin never/,
    ],
    [
      "rule_never_wins",
      {
        rules: [
          { ...base({ stacking: "best", goods: { skus: ["a"] } }), id: "less" },
          base({ stacking: "best", rate: { kind: "percent", bps: 101 } }),
        ],
      },
      {},
      /^less never/,
    ],
    [
      "budget_under_a_week",
      { rules: [base({ caps: { budget: "6999999" } })] },
      { ordersPerDay: 100 },
      /lasts 6 days at about 10000 points/,
    ],
    ["budget_under_a_week", { caps: { budget: "6999999" } }, {}, /the whole book/],
    ["budget_under_a_week", { tasks: [task({ budget: "3499999" })] }, {}, /^The budget of visit/],
    ["issued_at_once", { returnWindowSeconds: 0 }],
    ["referral_without_minimum", brings("0"), {}, /at least 100 yuan/],
    ["referral_above_minimum", brings("20"), {}, /worth 0\.20 yuan for a first order of 0\.20/],
    ["promises_appreciation", { rules: [base({ name: { zh: "消费增值", en: "x" } })] }, {}, /«增值»/],
    ["promises_appreciation", { tasks: [task({ name: { zh: "任务", en: "Guaranteed returns" } })] }],
    ["promises_appreciation", { tiers: [{ ...tier("a", "0"), name: { zh: "会员", en: "Investor club" } }] }],
  ];
  for (const [code, book, given, sentence] of cases)
    it(`says ${code}${sentence === undefined ? "" : ` (${String(sentence)})`}`, () => {
      const found = look(book, given).findings.find((one) => one.code === code);
      expect(found, JSON.stringify(codesOf(look(book, given)))).to.not.equal(undefined);
      expect(found?.severity).to.equal(FINDINGS[code].severity);
      expect(`${found?.en ?? ""} ${found?.zh ?? ""}`).to.not.match(/[{}]/);
      if (sentence !== undefined) expect(found?.en).to.match(sentence as RegExp);
      raised.add(code);
    });

  it("raises every finding of its catalogue above", () => {
    expect([...raised].sort()).to.deep.equal([...FINDING_CODES].sort());
  });

  const silent: [string, object, PreviewFacts["given"]?][] = [
    ["a plain book", {}],
    ["prizes exactly within reach", { tasks: [task()] }],
    ["a budget of exactly a week", { rules: [base({ caps: { budget: "7000000" } })] }],
    ["a tier of one order a day all year", { tiers: [tier("a", "0"), tier("b", "3650000", 10_001)] }],
    [
      "a tier that only a rule sets apart",
      { tiers: [tier("a", "0"), tier("b", "10")], rules: [base(), { ...base({ tiers: ["b"] }), id: "b" }] },
    ],
    [
      "a weekend rule of less",
      {
        rules: [
          base({ stacking: "best" }),
          { ...base({ stacking: "best", rate: { kind: "percent", bps: 150 }, times: { weekdays: [6, 7] } }), id: "w" },
        ],
      },
    ],
    ["a referral of less than its minimum", brings("2000")],
    [
      "a window that meets its hour once",
      { rules: [base(), { ...base({ times: { until: MAY + 4 * 86_400, weekdays: [1] } }), id: "mon" }] },
    ],
    ["points issued when the shop confirms", { returnWindowSeconds: 0, maturesBy: "action" }],
    ["a closed deduction that would be out of reach", { deduction: { isOpen: false, minimumPoints: "510000" } }],
  ];
  for (const [what, book, given] of silent)
    it(`has nothing to say about ${what}`, () => expect(codesOf(look(book, given))).to.deep.equal([]));

  it("puts errors first", () => {
    const { findings } = look({ returnWindowSeconds: 0, ...brings("20") });
    expect(findings.map(({ severity }) => severity)).to.deep.equal(["error", "warning"]);
  });
});

describe("words that promise too much", () => {
  const refused = [
    "积分增值",
    "稳 赚 不赔",
    "升·值",
    "全返",
    "会员分红",
    "可提现",
    "Invest and win",
    "Passive income",
    "INTEREST for you",
    "cash-out day",
    "ＰＲＯＦＩＴ",
  ];
  const fine = [
    "积分抵现",
    "满减",
    "会员日双倍积分",
    "收货确认",
    "返积分",
    "Interesting teas",
    "Double points day",
    "Member price",
    "Profile photo",
  ];
  for (const words of refused) it(`refuses ${words}`, () => expect(promiseIn(words)).to.not.equal(undefined));
  for (const words of fine) it(`takes ${words}`, () => expect(promiseIn(words)).to.equal(undefined));
});

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
