/** Distances, weeks, reach and rank: known answers, and the pool's arithmetic from both of its ends. */
import { expect } from "chai";
import fc from "fast-check";
import type { Address, Fen, Points } from "../../src/kernel/ids.ts";
import { epochAt } from "../../src/kernel/calendar.ts";
import type { NearOffer } from "../../src/loyalty/nearby.ts";
import { pointsText, rankOffers } from "../../src/loyalty/nearby.ts";
import { around, distanceMeters, mapPoint } from "../../src/loyalty/places.ts";
import type { Held, PointSide, PoolSide } from "../../src/loyalty/reach.ts";
import { reachOf, swapFor } from "../../src/loyalty/reach.ts";
import { openMinutes, weekMinute } from "../../src/loyalty/week.ts";

const NOW = 1_790_000_000;
const RULE = { calendar: "quarter", utcOffsetSeconds: 28_800 } as const;
const POOL: PoolSide = {
  pointReserve: 10n ** 9n,
  alpReserve: 10n ** 24n,
  accept: 80n * 10n ** 12n,
  release: 10n ** 14n,
  poolDaily: 10n ** 9n,
  accountDaily: 10n ** 8n,
  takenToday: 0n,
  isAcceptPaused: false,
  isReleasePaused: false,
};
const XCJ: PointSide = {
  token: `0x${"1".repeat(40)}` as Address,
  name: "乡村基积分",
  symbol: "XCJ",
  rule: RULE,
  isPaused: false,
  pool: POOL,
};
const BKC: PointSide = { ...XCJ, token: `0x${"2".repeat(40)}` as Address, name: "汉堡王积分", symbol: "BKC" };

/** `ages`: the points of this epoch, of the one before, and so on. */
function held(side: PointSide, ...ages: bigint[]): Held {
  const [a = 0n, b = 0n, c = 0n, d = 0n] = ages;
  return { ...side, lots: { touched: epochAt(RULE, NOW), lanes: [a, b, c, d] }, givenToday: 0n };
}

const purse = (...all: Held[]) => ({ isFrozen: false, held: new Map(all.map((one) => [one.token, one])) });

describe("places", () => {
  const chunxi = { latitude: 30.6598, longitude: 104.0805 };

  it("are as far apart as the globe says", () => {
    expect(distanceMeters(chunxi, chunxi)).to.equal(0);
    // Chengdu to Chongqing, and across the antimeridian in Fiji.
    expect(distanceMeters(chunxi, { latitude: 29.563, longitude: 106.5516 })).to.be.closeTo(267_900, 1_500);
    expect(distanceMeters({ latitude: -17, longitude: 179.95 }, { latitude: -17, longitude: -179.95 })).to.equal(
      10_634,
    );
  });

  it("lie inside the square of the map that is asked whenever they lie within the radius", () => {
    const place = fc.record({
      latitude: fc.double({ min: -80, max: 80, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    });
    const step = fc.double({ min: -0.6, max: 0.6, noNaN: true });
    const laws = fc.property(place, step, step, fc.integer({ min: 50, max: 50_000 }), (from, north, east, radius) => {
      const wrapped = ((from.longitude + east + 540) % 360) - 180;
      const to = { latitude: from.latitude + north, longitude: wrapped };
      if (distanceMeters(from, to) > radius - 1) return;
      const { centers, half } = around(from, radius);
      const at = mapPoint(to);
      const isIn = centers.some(({ x, y }) => Math.abs(at.x - x) <= half && Math.abs(at.y - y) <= half);
      expect(isIn, JSON.stringify({ from, to, radius })).to.be.true;
    });
    fc.assert(laws, { numRuns: 2_000 });
  });
});

describe("hours of a week", () => {
  it("are minutes of the shop's own week, over midnight and over Sunday too", () => {
    expect(openMinutes([])).to.equal("{[0,10080)}");
    expect(openMinutes([{ weekdays: [1], minutesFrom: 600, minutesUntil: 1_320 }])).to.equal("{[600,1320)}");
    expect(openMinutes([{ weekdays: [7], minutesFrom: 1_200, minutesUntil: 120 }])).to.equal("{[9840,10080),[0,120)}");
    // Monday 23 November 2026, 08:30 in Chengdu.
    expect(weekMinute(Date.UTC(2026, 10, 23, 0, 30) / 1_000, 28_800)).to.equal(510);
    expect(weekMinute(Date.UTC(2026, 10, 22, 15, 59) / 1_000, 28_800)).to.equal(10_079);
    expect(weekMinute(0, 0)).to.equal(3 * 1_440);
  });
});

describe("what an account can do about a price", () => {
  it("pays with its own points when they are enough, and swaps exactly what is missing otherwise", () => {
    expect(reachOf(purse(held(BKC, 320_000n)), BKC, 320_000n, NOW)).to.deep.equal({ kind: "held" });
    // ⌈256,000 × 10^14 / 8·10^13⌉ = 320,000.
    const whole = reachOf(purse(held(XCJ, 320_000n)), BKC, 256_000n, NOW);
    expect(whole.kind === "swap" && [whole.own, whole.swap.amountIn, whole.swap.amountOut]).to.deep.equal([
      0n,
      320_000n,
      256_000n,
    ]);
    const part = reachOf(purse(held(XCJ, 320_000n), held(BKC, 100_000n)), BKC, 200_001n, NOW);
    expect(part.kind === "swap" && [part.own, part.swap.amountIn, part.swap.amountOut]).to.deep.equal([
      100_000n,
      125_002n,
      100_001n,
    ]);
    expect(reachOf(purse(held(XCJ, 319_999n)), BKC, 256_000n, NOW)).to.deep.equal({
      kind: "short",
      own: 0n,
      missing: 256_000n,
    });
  });

  const refusals: [string, Partial<PoolSide>, Partial<PoolSide>][] = [
    ["the giver's side is paused", { isAcceptPaused: true }, {}],
    ["the taker's side is paused", {}, { isReleasePaused: true }],
    ["the giver's merchant has too little ALP", { alpReserve: 10n ** 18n }, {}],
    ["the taker's merchant has too few points", {}, { pointReserve: 99_999n }],
    ["the merchant's day is full", { takenToday: POOL.poolDaily }, {}],
    ["the account's day is full", { accountDaily: 100n }, {}],
  ];
  for (const [why, giver, taker] of refusals)
    it(`offers no swap when ${why}`, () => {
      const from = { ...held(XCJ, 10n ** 7n), pool: { ...POOL, ...giver } };
      expect(swapFor(from, { ...BKC, pool: { ...POOL, ...taker } }, 100_000n, NOW)).to.equal(undefined);
      expect(swapFor({ ...from, pool: POOL }, BKC, 100_000n, NOW)?.amountIn).to.equal(125_000n);
    });

  it("offers no swap that would make points live longer, none to the frozen, and none of what has expired", () => {
    const never = { ...BKC, rule: { calendar: "never", utcOffsetSeconds: 0 } as const };
    expect(swapFor(held(XCJ, 10n ** 7n), never, 100_000n, NOW)).to.equal(undefined);
    expect(reachOf({ ...purse(held(BKC, 10n ** 7n)), isFrozen: true }, BKC, 1n, NOW).kind).to.equal("short");
    const old = held(XCJ, 0n, 0n, 0n, 10n ** 7n);
    expect(swapFor(old, BKC, 100_000n, NOW)?.amountIn).to.equal(125_000n);
    expect(swapFor(old, BKC, 100_000n, NOW + 93 * 86_400)).to.equal(undefined);
  });

  it("gives the points away that would expire first", () => {
    const other = { ...XCJ, token: `0x${"0".repeat(40)}` as Address };
    const reach = reachOf(purse(held(other, 10n ** 7n), held(XCJ, 0n, 0n, 10n ** 7n)), BKC, 100n, NOW);
    expect(reach.kind === "swap" && reach.swap.from.token).to.equal(XCJ.token);
  });
});

describe("offers near a place", () => {
  const offer = (ref: string, more: Partial<NearOffer> = {}): NearOffer => ({
    merchantId: 2,
    offerRef: ref,
    title: { zh: "汉堡王套餐", en: "Burger meal" },
    sku: undefined,
    price: 256_000n as Points,
    cashFen: 0n as Fen,
    worthFen: 3_500n as Fen,
    endsAt: NOW + 1,
    store: { storeRef: "s1", name: { zh: "春熙路店", en: "Chunxi Road" }, address: "", latitude: 0, longitude: 0 },
    distanceMeters: 350,
    side: BKC,
    ...more,
  });
  const refs = (offers: NearOffer[], reachFor: (offer: NearOffer) => ReturnType<typeof reachOf> | undefined) =>
    rankOffers(offers, reachFor, 10).map(({ offer: { offerRef } }) => offerRef);

  it("say what the caller's points buy, in both languages, with exact amounts", () => {
    const say = (mine: ReturnType<typeof purse> | undefined, more: Partial<NearOffer> = {}) =>
      rankOffers([offer("a", more)], ({ price }) => mine && reachOf(mine, BKC, price, NOW), 1)[0]?.sentence;
    expect(say(purse(held(XCJ, 320_000n)))).to.deep.equal({
      zh: "您的 3,200 乡村基积分可换得这份汉堡王积分的「汉堡王套餐」（春熙路店，350 米）。",
      en: "Your 3,200 乡村基积分 buy this 汉堡王积分 “Burger meal” (Chunxi Road, 350 m away).",
    });
    expect(say(purse(held(BKC, 10n ** 6n)), { cashFen: 500n as Fen })?.zh).to.equal(
      "您的 2,560 汉堡王积分加 5 元即可兑换「汉堡王套餐」（春熙路店，350 米）。",
    );
    expect(say(purse(), { distanceMeters: 1_250 })?.en).to.equal(
      "2,560 汉堡王积分 are missing for “Burger meal” (Chunxi Road, 1.3 km away).",
    );
    expect(say(undefined)?.zh).to.equal("2,560 汉堡王积分可兑「汉堡王套餐」（春熙路店，350 米）。");
    expect(pointsText(123_456_789n)).to.equal("1,234,567.89");
  });

  it("come nearer first, more valuable first, within reach first, and each once at its nearest store", () => {
    const none = () => undefined;
    expect(refs([offer("far", { distanceMeters: 900 }), offer("near")], none)).to.deep.equal(["near", "far"]);
    expect(refs([offer("small", { worthFen: 2_000n as Fen }), offer("big")], none)).to.deep.equal(["big", "small"]);
    const mine = purse(held(BKC, 256_000n));
    const reach = ({ price }: NearOffer) => reachOf(mine, BKC, price, NOW);
    const dear = offer("dear", { price: (10n ** 7n) as Points, worthFen: 6_000n as Fen });
    expect(refs([dear, offer("mine")], reach)).to.deep.equal(["mine", "dear"]);
    const twice = [offer("a", { distanceMeters: 800 }), offer("a", { distanceMeters: 100 })];
    expect(rankOffers(twice, none, 10).map(({ offer: { distanceMeters: m } }) => m)).to.deep.equal([100]);
  });
});
