/** Each rule on histories that deserve it and on their neighbours that do not. Pure: rows in, findings out. */
import { expect } from "chai";
import { explainAlert, RULES } from "../../src/kernel/alerts.ts";
import { coverageRatioBps, requiredAlp } from "../../src/kernel/coverage.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { positionOf } from "../../src/kernel/position.ts";
import { findConcentrations } from "../../src/regulator/concentration.ts";
import { findLowCoverage } from "../../src/regulator/coverage-low.ts";
import { findWaking } from "../../src/regulator/dormant-waking.ts";
import { findIssueBursts } from "../../src/regulator/issue-burst.ts";
import { findPriceMoves } from "../../src/regulator/price-move.ts";
import type { TokenFacts } from "../../src/regulator/rows.ts";
import { findSwapCircles } from "../../src/regulator/swap-circles.ts";
import type { Edge } from "../../src/regulator/swap-circles.ts";
import { DEFAULT_THRESHOLDS, parseThresholds } from "../../src/regulator/thresholds.ts";

const DAY = 86_400;
const ALP = 10n ** 18n;
const T0 = 20_000 * DAY;
const address = (n: number): Address => `0x${n.toString(16).padStart(40, "0")}` as Address;
const hash = (n: number): Hex32 => `0x${n.toString(16).padStart(64, "0")}` as Hex32;
const token = (n: number, createdAt = T0 - 400 * DAY): TokenFacts => ({
  address: address(n),
  merchantId: n,
  symbol: `P${n}`,
  pointsPerYuan: 100,
  calendar: "quarter",
  utcOffsetSeconds: 28_800,
  createdAt,
});
const X = token(1);
const Y = token(2);
const tokens = new Map([X, Y].map((one) => [one.address, one]));
const place = (n: number, time: number) => ({ position: positionOf(n, 0), time, transactionHash: hash(n) });
/** Base units worth so many yuan at 100 points a yuan. */
const yuan = (n: number): bigint => BigInt(n) * 10_000n;

describe("the rule issue_burst", () => {
  const limits = DEFAULT_THRESHOLDS.issueBurst;
  const slotAt = (n: number, time: number, points: bigint) => ({
    token: X.address,
    slot: Math.floor(time / 60),
    points,
    lastPosition: positionOf(n, 0),
    lastHash: hash(n),
    lastTime: time,
  });
  /** 2,400 yuan a day: 100 yuan an hour. */
  const days = Array.from({ length: 31 }, (_, k) => ({ token: X.address, day: 20_000 - k, issued: yuan(2_400) }));
  const look = (slots: ReturnType<typeof slotAt>[], more = {}) =>
    findIssueBursts({ slots, days, tokens, fromPosition: positionOf(0, 0), ...more }, limits);

  for (const { issued, fires, why } of [
    { issued: 10_000, fires: true, why: "a hundred times the mean, at the floor" },
    { issued: 9_999, fires: false, why: "under the floor" },
  ])
    it(`${fires ? "tells" : "is silent"}: ${why}`, () => {
      const found = look([slotAt(5, T0, yuan(issued))]);
      expect(found).to.have.length(fires ? 1 : 0);
    });

  it("adds up what was issued in pieces within the window, and forgets what lies before it", () => {
    const half = yuan(5_000);
    expect(look([slotAt(5, T0, half), slotAt(6, T0 + 3_500, half)])).to.have.length(1);
    expect(look([slotAt(5, T0, half), slotAt(6, T0 + 3_660, half)])).to.deep.equal([]);
  });

  it("is silent for a merchant that always issues so much", () => {
    const busy = days.map((day) => ({ ...day, issued: yuan(240_000) }));
    expect(look([slotAt(5, T0, yuan(40_000))], { days: busy })).to.deep.equal([]);
    expect(look([slotAt(5, T0, yuan(60_000))], { days: busy })).to.have.length(1);
  });

  it("goes by the floor alone on a merchant's first day", () => {
    const born = new Map([[X.address, token(1, T0 - 100)]]);
    expect(look([slotAt(5, T0, yuan(10_000))], { tokens: born, days: [] })).to.have.length(1);
    expect(look([slotAt(5, T0, yuan(9_000))], { tokens: born, days: [] })).to.deep.equal([]);
  });

  it("tells with numbers, block and transaction, once a window", () => {
    const found = look([slotAt(5, T0, yuan(10_000)), slotAt(6, T0 + 60, yuan(10_000))]);
    expect(found).to.have.length(1);
    expect(found[0]).to.deep.include({ blockNumber: 5, transactionHash: hash(5), merchantId: 1 });
    expect(found[0]?.facts).to.include({ issued: "100000000", mean: "1000000", factor: 5, trailingDays: 30 });
  });

  it("does not tell again what was looked at before", () => {
    expect(look([slotAt(5, T0, yuan(10_000))], { fromPosition: positionOf(6, 0) })).to.deep.equal([]);
  });
});

describe("the rules circular_swaps and swap_ring", () => {
  const [a, b, c] = [address(0xa), address(0xb), address(0xc)];
  const limits = { ...DEFAULT_THRESHOLDS.swapCircles, timesAlone: 1 };
  const symbols = new Map([X, Y].map(({ address: at, symbol }) => [at, symbol]));
  const swap = (n: number, account: Address, [from, to]: [TokenFacts, TokenFacts], hub = 200n * ALP): Edge => ({
    ...place(n, T0 + n * 60),
    from: { account, token: from.address },
    to: { account, token: to.address },
    hub,
  });
  const send = (n: number, from: Address, to: Address, of: TokenFacts): Edge => ({
    ...place(n, T0 + n * 60),
    from: { account: from, token: of.address },
    to: { account: to, token: of.address },
  });
  const look = (edges: Edge[], more = {}) =>
    findSwapCircles({ edges, symbols, fromPosition: positionOf(0, 0) }, { ...limits, ...more });
  const thereAndBack = [swap(1, a, [X, Y]), swap(2, a, [Y, X])];

  it("tells of an account that is back at its token, with its way", () => {
    const [found, ...others] = look(thereAndBack);
    expect(others).to.deep.equal([]);
    expect(found).to.deep.include({ rule: "circular_swaps", account: a, transactionHash: hash(2) });
    expect(found?.facts).to.include({ path: "P1 → P2 → P1", times: 1, hub: String(200n * ALP) });
  });

  it("is silent for swaps that go on, for small ones, for other accounts', and beyond the window", () => {
    const Z = token(3);
    expect(look([swap(1, a, [X, Y]), swap(2, a, [Y, Z])])).to.deep.equal([]);
    expect(look([swap(1, a, [X, Y]), swap(2, a, [Y, X], 99n * ALP)])).to.deep.equal([]);
    expect(look([swap(1, a, [X, Y]), swap(2, b, [Y, X])])).to.deep.equal([]);
    expect(look([swap(1, a, [X, Y]), swap(1 + DAY / 60, a, [Y, X])])).to.deep.equal([]);
    expect(look([swap(1, a, [Y, X]), send(2, a, b, X), send(3, b, a, X)])).to.deep.equal([]);
  });

  it("counts returns: three within the window by default", () => {
    const edges = [1, 2, 3].flatMap((n) => [swap(2 * n, a, [X, Y]), swap(2 * n + 1, a, [Y, X])]);
    const found = look(edges, { timesAlone: 3 });
    expect(found.map(({ facts }) => facts["times"])).to.deep.equal([3]);
    expect(look(edges.slice(0, 4), { timesAlone: 3 })).to.deep.equal([]);
  });

  it("tells of a ring of accounts that swap and pass on", () => {
    const ring = [swap(1, a, [X, Y]), send(2, a, b, Y), swap(3, b, [Y, X]), send(4, b, a, X)];
    const [found, ...others] = look(ring);
    expect(others).to.deep.equal([]);
    expect(found).to.include({ rule: "swap_ring", transactionHash: hash(4) });
    expect(found?.facts).to.include({ accountCount: 2, accounts: `${a}, ${b}`, path: "P1 → P2 → P2 → P1 → P1" });
    expect(look(ring.slice(0, 3))).to.deep.equal([]);
    const through = [swap(1, a, [X, Y]), send(2, a, c, Y), send(3, c, b, Y), swap(4, b, [Y, X]), send(5, b, a, X)];
    expect(look(through)).to.have.length(1);
    expect(look(through, { accountsMax: 2 })).to.deep.equal([]);
  });

  it("comes to an end on an account that swaps a thousand times", () => {
    const busy = Array.from({ length: 1_000 }, (_, n) => swap(n + 1, a, n % 2 === 0 ? [X, Y] : [Y, token(3)]));
    expect(look(busy)).to.deep.equal([]);
  });
});

describe("the rules about states", () => {
  const now = { blockNumber: 9, time: T0 };
  const limits = DEFAULT_THRESHOLDS;

  for (const { balance, circulating, fires, why } of [
    { balance: 20_001n, circulating: 100_000n, fires: false, why: "a fifth and more of little is nothing" },
    { balance: yuan(2_001), circulating: yuan(10_000), fires: true, why: "more than a fifth of enough" },
    { balance: yuan(2_000), circulating: yuan(10_000), fires: false, why: "exactly a fifth" },
  ])
    it(`concentration ${fires ? "tells" : "is silent"}: ${why}`, () => {
      const found = findConcentrations(
        [{ token: X, circulating, account: address(7), balance }],
        now,
        limits.concentration,
      );
      expect(found.map(({ facts }) => facts["shareBps"])).to.deep.equal(fires ? ["2001"] : []);
    });

  for (const { available, fires } of [
    { available: 1_049n, fires: true },
    { available: 1_050n, fires: false },
  ])
    it(`coverage_low ${fires ? "tells" : "is silent"} at ${available} of 1,000 with a threshold of 105 %`, () => {
      const found = findLowCoverage([{ token: X, available, required: 1_000n }], now, limits.coverage);
      expect(found).to.have.length(fires ? 1 : 0);
    });

  it("coverage_low asks nothing of a merchant that owes nothing", () => {
    expect(findLowCoverage([{ token: X, available: 0n, required: 0n }], now, limits.coverage)).to.deep.equal([]);
    expect(coverageRatioBps(5n, 0n)).to.equal(undefined);
    expect(requiredAlp(1n, { alpPerYuan: 10n ** 18n, coverageBps: 5_000n, pointsPerYuan: 100 })).to.equal(
      5n * 10n ** 13n,
    );
  });

  it("is raised again while it lasts, after the days of the configuration and not before", () => {
    const at = (time: number) =>
      findLowCoverage([{ token: X, available: 1n, required: 10n }], { blockNumber: 9, time }, limits.coverage)[0]?.key;
    expect(at(T0)).to.equal(at(T0 + DAY - 1));
    expect(at(T0)).to.not.equal(at(T0 + DAY));
  });
});

describe("the rule price_move", () => {
  const post = (accept: bigint, release: bigint, before?: { accept: bigint; release: bigint }) =>
    findPriceMoves(
      [{ ...place(3, T0), token: X, posted: { accept, release }, ...(before === undefined ? {} : { before }) }],
      DEFAULT_THRESHOLDS.priceMove,
    );
  const before = { accept: 1_000n, release: 2_000n };

  it("tells each side that moved more than a fifth, up or down", () => {
    expect(post(799n, 2_000n, before).map(({ facts }) => [facts["side"], facts["moveBps"]])).to.deep.equal([
      ["accept", "-2010"],
    ]);
    expect(post(1_000n, 2_401n, before).map(({ facts }) => facts["side"])).to.deep.equal(["release"]);
  });

  it("is silent up to the threshold, and for a pool that had no price then", () => {
    expect(post(800n, 2_400n, before)).to.deep.equal([]);
    expect(post(1n, 10n ** 18n)).to.deep.equal([]);
  });
});

describe("the rule dormant_waking", () => {
  const limits = DEFAULT_THRESHOLDS.dormantWaking;
  const account = address(7);
  const move = (n: number, time: number, amount: bigint, isOut = true) => ({
    ...place(n, time),
    token: X.address,
    amount,
    isOut,
  });
  const look = (movements: ReturnType<typeof move>[], fromPosition = positionOf(0, 0)) =>
    findWaking({ histories: [{ account, movements }], tokens, fromPosition }, limits);
  const asleep = move(1, T0 - 180 * DAY, yuan(900), false);

  it("tells of much that leaves after a long rest, at once or in pieces within the window", () => {
    expect(look([asleep, move(2, T0, yuan(501))])).to.have.length(1);
    const pieces = [asleep, move(2, T0, yuan(300)), move(3, T0 + 3_600, yuan(300))];
    const [found] = look(pieces);
    expect(found).to.include({ blockNumber: 3, account });
    expect(found?.facts).to.include({ idleDays: 180, moved: String(yuan(600)) });
  });

  it("is silent for little, for a shorter rest, for what arrives, and for a new account", () => {
    expect(look([asleep, move(2, T0, yuan(500))])).to.deep.equal([]);
    expect(look([move(1, T0 - 179 * DAY, 1n, false), move(2, T0, yuan(900))])).to.deep.equal([]);
    expect(look([asleep, move(2, T0, yuan(900), false)])).to.deep.equal([]);
    expect(look([move(2, T0, yuan(900))])).to.deep.equal([]);
    expect(look([asleep, move(2, T0, yuan(300)), move(3, T0 + DAY, yuan(300))])).to.deep.equal([]);
  });

  it("has one key for one waking, however it is cut into ranges", () => {
    const all = [asleep, move(2, T0, yuan(600)), move(3, T0 + 60, yuan(600))];
    const keys = [look(all), look(all, positionOf(3, 0))].map((found) => found.map(({ key }) => key));
    expect(keys[0]).to.deep.equal(keys[1]);
    expect(keys[0]).to.have.length(1);
  });
});

describe("the thresholds", () => {
  it("are all optional, and named one by one when they are wrong", () => {
    expect(parseThresholds("{}")).to.deep.equal(DEFAULT_THRESHOLDS);
    expect(parseThresholds('{"coverage":{"ratioBpsMin":9000}}').coverage).to.deep.equal({
      isOn: true,
      ratioBpsMin: 9_000,
      againAfterDays: 1,
    });
    const wrong = '{"coverage":{"ratioBpsMin":0},"priceMove":{"days":1.5},"ringOfFire":{}}';
    expect(() => parseThresholds(wrong)).to.throw(RangeError, /coverage\.ratioBpsMin.*priceMove\.days.*ringOfFire/s);
    expect(() => parseThresholds("nonsense")).to.throw(RangeError, "is not JSON");
  });

  it("leave no hole in the words of any rule", () => {
    for (const rule of RULES) {
      const { en, zh } = explainAlert(rule, {});
      const holes = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
      expect(holes(en), rule).to.deep.equal(holes(zh));
      expect(holes(en).length, rule).to.be.greaterThan(rule === "manual" ? 0 : 3);
    }
  });
});
