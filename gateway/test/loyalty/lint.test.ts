/** The linter's known answers: every finding raised once, and silence where there is nothing to say. */
import { expect } from "chai";
import type { Fen, Points } from "../../src/kernel/ids.ts";
import type { FindingCode } from "../../src/loyalty/findings.ts";
import { FINDINGS, FINDING_CODES } from "../../src/loyalty/findings.ts";
import type { Preview, PreviewFacts } from "../../src/loyalty/preview.ts";
import { base, brings, fixed, look, task, tier } from "./lint-facts.ts";
import { MAY } from "./rule-arbitraries.ts";

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
