/** Random rule books and orders of a small shop: few articles, so that rules meet. */
import fc from "fast-check";
import type { Fen, Points } from "../../src/kernel/ids.ts";
import type { OrderFacts, OrderLine } from "../../src/loyalty/evaluate.ts";
import type { Caps, EarnRule, Goods, Rate, RuleBook, Times } from "../../src/loyalty/rule-book.ts";
import { looksAtWholeOrder } from "../../src/loyalty/best.ts";

const SKUS = ["tea", "cup", "rice"] as const;
const CATEGORIES: Readonly<Record<string, string>> = { tea: "drinks", cup: "goods", rice: "food" };
/** 2026-05-01 00:00 in Beijing, a Friday. */
export const MAY = 1_777_564_800;
const names = { zh: "规则", en: "rule" };

const pointsUpTo = (max: number): fc.Arbitrary<Points> => fc.integer({ min: 1, max }).map((n) => BigInt(n) as Points);
const rate: fc.Arbitrary<Rate> = fc.oneof(
  fc.integer({ min: 1, max: 2_000 }).map((bps) => ({ kind: "percent" as const, bps })),
  fc.record({
    kind: fc.constant("perUnit" as const),
    points: pointsUpTo(3_000),
    unitFen: fc.integer({ min: 1, max: 3_000 }).map((n) => BigInt(n) as Fen),
  }),
  fc.record({ kind: fc.constant("perPiece" as const), points: pointsUpTo(3_000) }),
  fc.record({ kind: fc.constant("fixed" as const), points: pointsUpTo(3_000) }),
);
const some = <T>(from: readonly T[]): fc.Arbitrary<T[]> => fc.subarray([...from], { minLength: 1 });
const goods: fc.Arbitrary<Goods> = fc.record(
  { skus: some(SKUS), categories: some(Object.values(CATEGORIES)), exceptSkus: some(SKUS) },
  { requiredKeys: [] },
);
const times: fc.Arbitrary<Times> = fc.record(
  {
    weekdays: some([1, 2, 3, 4, 5, 6, 7]),
    minutesFrom: fc.integer({ min: 0, max: 700 }),
    minutesUntil: fc.integer({ min: 701, max: 1_439 }),
  },
  { requiredKeys: [] },
);
const caps: fc.Arbitrary<Caps> = fc.oneof(
  { weight: 2, arbitrary: fc.constant({}) },
  fc.record(
    { perOrder: pointsUpTo(5_000), perCustomerDay: pointsUpTo(5_000), budget: pointsUpTo(5_000) },
    { requiredKeys: [] },
  ),
);
const rule: fc.Arbitrary<Omit<EarnRule, "id">> = fc.record({
  name: fc.constant(names),
  rate,
  goods,
  times,
  minimumFen: fc.option(
    fc.integer({ min: 0, max: 9_000 }).map((n) => BigInt(n) as Fen),
    { nil: undefined },
  ),
  firstPurchaseOnly: fc.boolean(),
  tiers: fc.option(some(["plain", "gold"]), { nil: undefined }),
  stacking: fc.constantFrom("add" as const, "best" as const, "best" as const),
  caps,
});

/** At most five that look at the whole order: the schema refuses more. */
function within(rules: readonly EarnRule[]): EarnRule[] {
  let wide = 0;
  return rules.map((one) => {
    if (one.stacking === "best" && looksAtWholeOrder(one)) wide += 1;
    return wide > 5 ? { ...one, stacking: "add" } : one;
  });
}

export const bookArb: fc.Arbitrary<RuleBook> = fc
  .record({ rules: fc.array(rule, { maxLength: 7 }), caps, multiplierBps: fc.integer({ min: 1, max: 50_000 }) })
  .map(({ rules, caps: bookCaps, multiplierBps }) => ({
    returnWindowSeconds: 0,
    maturesBy: "window" as const,
    rules: within(rules.map((one, index) => ({ ...one, id: `rule-${index}` }))),
    tiers: [
      { id: "plain", name: names, fromFen: 0n as Fen, multiplierBps: 10_000 },
      { id: "gold", name: names, fromFen: 100_000n as Fen, multiplierBps },
    ],
    caps: bookCaps,
    tasks: [],
    deduction: {
      isOpen: true,
      maxBps: 5_000,
      minimumOrderFen: 0n as Fen,
      minimumPoints: 10_000n as Points,
      stepPoints: 10_000n as Points,
      excluded: {},
    },
    guards: {
      ordersPerHourMax: 20,
      eventsPerMinuteMax: 30,
      accountsPerDeviceMax: 3,
      devicesPerAccountMax: 5,
      ownAccounts: [],
    },
  }));

const line: fc.Arbitrary<OrderLine> = fc
  .record({
    sku: fc.constantFrom(...SKUS),
    quantity: fc.integer({ min: 0, max: 9 }),
    paid: fc.integer({ min: 0, max: 9_000 }),
    isFreight: fc.integer({ min: 0, max: 9 }).map((n) => n === 0),
  })
  .map(({ sku, quantity, paid, isFreight }) => ({
    sku,
    category: CATEGORIES[sku] ?? "",
    quantity,
    paidFen: BigInt(paid) as Fen,
    isFreight,
  }));

export const orderArb: fc.Arbitrary<OrderLine[]> = fc.array(line, { maxLength: 6 });

export const factsArb: fc.Arbitrary<OrderFacts> = fc.record({
  placedAt: fc.integer({ min: MAY, max: MAY + 7 * 86_400 }),
  utcOffsetSeconds: fc.constant(28_800),
  pointsPerYuan: fc.constantFrom(100, 1_000),
  isFirstPurchase: fc.boolean(),
  tierId: fc.constantFrom("plain", "gold", undefined),
  room: fc
    .dictionary(fc.constantFrom("", "rule-0", "rule-1", "rule-2", "rule-3"), fc.integer({ min: 0, max: 4_000 }))
    .map((room) => new Map(Object.entries(room).map(([id, points]) => [id, BigInt(points) as Points]))),
});

/** What is left of an order after some of it came back: each line smaller or gone, pieces and money each by themselves. */
export function leftArb(lines: readonly OrderLine[]): fc.Arbitrary<OrderLine[]> {
  return fc
    .array(
      fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), fc.boolean()),
      {
        minLength: lines.length,
        maxLength: lines.length,
      },
    )
    .map((shares) =>
      lines.flatMap((one, index) => {
        const [pieces, money, isGone] = shares[index] ?? [1, 1, false];
        if (isGone && pieces < 0.5) return [];
        const paid = Math.floor(Number(one.paidFen) * money);
        return [{ ...one, quantity: Math.floor(one.quantity * pieces), paidFen: BigInt(paid) as Fen }];
      }),
    );
}
