/** What an order earns: known answers, and laws that hold for every book and every order. */
import { expect } from "chai";
import fc from "fast-check";
import type { Fen, Points } from "../../src/kernel/ids.ts";
import { roomTaken } from "../../src/loyalty/caps.ts";
import type { OrderFacts, OrderLine } from "../../src/loyalty/evaluate.ts";
import { evaluateOrder } from "../../src/loyalty/evaluate.ts";
import type { EarnRule, RuleBook } from "../../src/loyalty/rule-book.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import { nextTierOf, tierOf } from "../../src/loyalty/tiers.ts";
import { MAY, bookArb, factsArb, leftArb, orderArb } from "./rule-arbitraries.ts";

const SEED = Number(process.env["LEDGER_RULES_SEED"] ?? 20_260_501);
const RUNS = Number(process.env["LEDGER_RULES_RUNS"] ?? 2_000);
const law = { seed: SEED, numRuns: RUNS };

const name = { zh: "规则", en: "rule" };
const rule = (id: string, rest: object): object => ({ id, name, ...rest });
const bookOf = (rules: readonly object[], rest: object = {}): RuleBook => parseBook({ rules, ...rest });
const line = (sku: string, paid: number, rest: Partial<OrderLine> = {}): OrderLine => ({
  sku,
  category: sku === "tea" ? "drinks" : "goods",
  quantity: 1,
  paidFen: BigInt(paid) as Fen,
  isFreight: false,
  ...rest,
});
const FACTS: OrderFacts = {
  placedAt: MAY + 43_200,
  utcOffsetSeconds: 28_800,
  pointsPerYuan: 100,
  isFirstPurchase: false,
  room: new Map(),
};
const room = (left: Readonly<Record<string, bigint>>): OrderFacts["room"] =>
  new Map(Object.entries(left).map(([id, points]) => [id, points as Points]));

describe("what an order earns", () => {
  const onePercent = rule("base", { rate: { kind: "percent", bps: 100 } });
  const tea = line("tea", 100_000);
  const cases: [string, RuleBook, OrderLine[], Partial<OrderFacts>, Record<string, bigint>][] = [
    ["1 % of 1,000 yuan at 100:1 is 1,000 points", bookOf([onePercent]), [tea], {}, { base: 100_000n }],
    ["the same at 1000:1 is 10,000 points", bookOf([onePercent]), [tea], { pointsPerYuan: 1000 }, { base: 1_000_000n }],
    [
      "1 % is rounded down once an order, not once a line",
      bookOf([rule("base", { rate: { kind: "percent", bps: 50 } })]),
      [line("tea", 1), line("cup", 1)],
      { pointsPerYuan: 100 },
      { base: 1n },
    ],
    [
      "freight earns nothing",
      bookOf([onePercent]),
      [tea, line("post", 1_000, { isFreight: true })],
      {},
      { base: 100_000n },
    ],
    [
      "what no money was paid for earns nothing",
      bookOf([rule("gift", { rate: { kind: "fixed", points: "500" } })]),
      [line("tea", 0)],
      {},
      {},
    ],
    [
      "points for every whole 10 yuan",
      bookOf([rule("unit", { rate: { kind: "perUnit", points: "100", unitFen: "1000" } })]),
      [line("tea", 1_999), line("cup", 1_500)],
      {},
      { unit: 300n },
    ],
    [
      "points for every piece",
      bookOf([rule("piece", { rate: { kind: "perPiece", points: "250" } })]),
      [line("tea", 10, { quantity: 3 })],
      {},
      { piece: 750n },
    ],
    [
      "points once an order",
      bookOf([rule("once", { rate: { kind: "fixed", points: "250" } })]),
      [line("tea", 10, { quantity: 3 }), tea],
      {},
      { once: 250n },
    ],
    [
      "only the category named",
      bookOf([rule("drinks", { rate: { kind: "percent", bps: 100 }, goods: { categories: ["drinks"] } })]),
      [tea, line("cup", 100_000)],
      {},
      { drinks: 100_000n },
    ],
    [
      "a SKU or a category, less the exception",
      bookOf([
        rule("mix", {
          rate: { kind: "perPiece", points: "1" },
          goods: { skus: ["cup"], categories: ["drinks"], exceptSkus: ["tea"] },
        }),
      ]),
      [tea, line("cup", 5)],
      {},
      { mix: 1n },
    ],
    [
      "nothing below the minimum of the rule's goods",
      bookOf([rule("min", { rate: { kind: "percent", bps: 100 }, goods: { skus: ["cup"] }, minimumFen: "100" })]),
      [tea, line("cup", 99)],
      {},
      {},
    ],
    [
      "the first purchase's gift only for a first purchase",
      bookOf([rule("first", { firstPurchaseOnly: true, rate: { kind: "fixed", points: "9" } })]),
      [tea],
      {},
      {},
    ],
    [
      "and then it is there",
      bookOf([rule("first", { firstPurchaseOnly: true, rate: { kind: "fixed", points: "9" } })]),
      [tea],
      { isFirstPurchase: true },
      { first: 9n },
    ],
    [
      "rules that add, add",
      bookOf([onePercent, rule("once", { rate: { kind: "fixed", points: "5" } })]),
      [tea],
      {},
      { base: 100_000n, once: 5n },
    ],
    [
      "of rules that exclude each other each line takes the one that gives it most",
      bookOf([
        rule("base", { stacking: "best", rate: { kind: "percent", bps: 100 } }),
        rule("drinks", { stacking: "best", rate: { kind: "percent", bps: 300 }, goods: { categories: ["drinks"] } }),
      ]),
      [tea, line("cup", 100_000)],
      {},
      { base: 100_000n, drinks: 300_000n },
    ],
    [
      "a fixed gift that takes the whole order gives way to what gives more",
      bookOf([
        rule("base", { stacking: "best", rate: { kind: "percent", bps: 100 } }),
        rule("gift", { stacking: "best", rate: { kind: "fixed", points: "500" } }),
      ]),
      [tea],
      {},
      { base: 100_000n },
    ],
    [
      "a promotion that has run out leaves the customer the ordinary rate",
      bookOf([
        rule("base", { stacking: "best", rate: { kind: "percent", bps: 100 } }),
        rule("promo", { stacking: "best", rate: { kind: "percent", bps: 300 }, caps: { budget: "1000000" } }),
      ]),
      [tea],
      { room: room({ promo: 50_000n }) },
      { base: 100_000n },
    ],
    [
      "the rule's own cap",
      bookOf([rule("cap", { rate: { kind: "percent", bps: 100 }, caps: { perOrder: "70" } })]),
      [tea],
      {},
      { cap: 70n },
    ],
    [
      "the book's cap takes from the last rules first",
      bookOf([onePercent, rule("once", { rate: { kind: "fixed", points: "5" } })], { caps: { perOrder: "100002" } }),
      [tea],
      {},
      { base: 100_000n, once: 2n },
    ],
    [
      "room that other orders left",
      bookOf([onePercent], { caps: { perCustomerDay: "9999999" } }),
      [tea],
      { room: room({ "": 7n }) },
      { base: 7n },
    ],
  ];
  for (const [what, book, lines, facts, expected] of cases)
    it(what, () => {
      const earned = evaluateOrder(book, { ...FACTS, ...facts }, lines);
      expect(Object.fromEntries(earned.byRule.map(({ ruleId, points }) => [ruleId, points]))).to.deep.equal(expected);
      expect(earned.points).to.equal(Object.values(expected).reduce((sum, points) => sum + points, 0n));
    });

  it("is multiplied for the customer's tier, and a tier's own rule is for that tier", () => {
    const tiers = [
      { id: "plain", name, fromFen: "0", multiplierBps: 10_000 },
      { id: "gold", name, fromFen: "500000", multiplierBps: 15_000 },
    ];
    const book = bookOf([onePercent, rule("gold-gift", { tiers: ["gold"], rate: { kind: "fixed", points: "10" } })], {
      tiers,
    });
    expect(evaluateOrder(book, { ...FACTS, tierId: "plain" }, [tea]).points).to.equal(100_000n);
    expect(evaluateOrder(book, { ...FACTS, tierId: "gold" }, [tea]).points).to.equal(150_015n);
    expect(tierOf(book, 499_999n as Fen)?.id).to.equal("plain");
    expect(tierOf(book, 500_000n as Fen)?.id).to.equal("gold");
    expect(nextTierOf(book, 499_999n as Fen)).to.deep.include({ missingFen: 1n });
    expect(nextTierOf(book, 500_000n as Fen)).to.equal(undefined);
  });
});

describe(`laws of earning (seed ${SEED}, ${RUNS} runs each)`, function () {
  this.timeout(120_000);

  it("fewer or smaller lines never earn more", () => {
    const cases = orderArb.chain((lines) => fc.tuple(bookArb, factsArb, fc.constant(lines), leftArb(lines)));
    fc.assert(
      fc.property(cases, ([book, facts, lines, left]) => {
        expect(evaluateOrder(book, facts, left).points <= evaluateOrder(book, facts, lines).points).to.equal(true);
      }),
      law,
    );
  });

  it("what rules gave adds up to what the order earned, and stays under every cap and room", () => {
    fc.assert(
      fc.property(bookArb, factsArb, orderArb, (book, facts, lines) => {
        const { points, byRule } = evaluateOrder(book, facts, lines);
        expect(byRule.reduce((sum, one) => sum + one.points, 0n)).to.equal(points);
        expect(points <= (book.caps.perOrder ?? points)).to.equal(true);
        expect(points <= (facts.room.get("") ?? points)).to.equal(true);
        for (const one of byRule) {
          const { caps } = book.rules.find(({ id }) => id === one.ruleId) as EarnRule;
          expect(one.points > 0n && one.points <= (caps.perOrder ?? one.points)).to.equal(true);
          const left = Object.values(caps).some((cap) => cap !== undefined) ? facts.room.get(one.ruleId) : undefined;
          expect(one.points <= (left ?? one.points)).to.equal(true);
        }
      }),
      law,
    );
  });

  it("a return asked with the room that the order took never takes more of any cap, whatever comes back first", () => {
    const cases = orderArb.chain((lines) => fc.tuple(bookArb, factsArb, fc.constant(lines), leftArb(lines)));
    fc.assert(
      fc.property(cases, ([book, facts, lines, left]) => {
        const earned = evaluateOrder(book, facts, lines);
        const kept = { ...facts, room: roomTaken(book, earned) };
        expect(evaluateOrder(book, kept, lines).points).to.equal(earned.points);
        const after = evaluateOrder(book, kept, left);
        for (const { ruleId, points } of after.byRule)
          expect(points <= (kept.room.get(ruleId) ?? points)).to.equal(true);
      }),
      law,
    );
  });

  it("nothing left earns nothing", () => {
    fc.assert(
      fc.property(bookArb, factsArb, orderArb, (book, facts, lines) => {
        const none = lines.map((one) => ({ ...one, quantity: 0, paidFen: 0n as Fen }));
        expect(evaluateOrder(book, facts, none)).to.deep.equal({ points: 0n, byRule: [] });
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it("the choice among rules that exclude each other is at least as good as any one of them alone", () => {
    fc.assert(
      fc.property(bookArb, factsArb, orderArb, (book, facts, lines) => {
        const free = {
          ...book,
          caps: {},
          rules: book.rules.map((one) => ({ ...one, stacking: "best" as const })).slice(0, 5),
        };
        const open = { ...facts, room: new Map([...facts.room].filter(([id]) => id !== "")) };
        const all = evaluateOrder(free, open, lines).points;
        for (const one of free.rules)
          expect(evaluateOrder({ ...free, rules: [one] }, open, lines).points <= all).to.equal(true);
      }),
      law,
    );
  });
});
