import { expect } from "chai";
import fc from "fast-check";

import {
  ALP_UNIT,
  BURGER_PRICES,
  COUNTRY_PRICES,
  EPOCH,
  LIMITS,
  POINT,
  PRICE_MAX,
  Refusal,
  UINT56_MAX,
  bareExchange,
  ethers,
  loadFixture,
  takeSnapshot,
  time,
  openExchange,
} from "../support/exchange.ts";

/** Printed with every failure; set LEDGER_FUZZ_SEED to walk elsewhere, LEDGER_FUZZ_RUNS to walk further. */
const SEED = Number(process.env["LEDGER_FUZZ_SEED"] ?? 20_261_122);
const RUNS = Number(process.env["LEDGER_FUZZ_RUNS"] ?? 150);

/** The token's error that a swap meets where the quote names one of the tokens' reasons. */
const TOKEN_ERRORS: Record<string, string> = {
  [`${Refusal.TokenPaused}`]: "MerchantPointPaused",
  [`${Refusal.AccountFrozen}`]: "MerchantPointAccountFrozen",
  [`${Refusal.BalanceTooLow}`]: "ERC20InsufficientBalance",
  [`${Refusal.WouldOutlive}`]: "MerchantPointNoLaneEndsBy",
};

type Exchange = Awaited<ReturnType<typeof openExchange>>;
type Probe = Awaited<ReturnType<typeof probed>>["probe"];

/** The open exchange with an account that quotes and swaps in one call. */
async function probed() {
  const exchange = await openExchange();
  const probe = await ethers.deployContract("QuoteProbe");
  await exchange.countryPoint.give(probe, 0n, 50_000n * POINT);
  return { ...exchange, probe };
}

/** Two bare sides whose tokens expire after 30 days and after 7. */
async function unlike() {
  const bare = await bareExchange();
  const probe = await ethers.deployContract("QuoteProbe");
  const burgerPoint = await ethers.deployContract("PoolPointStub", [bare.pool, EPOCH / 4]);
  await bare.book.set(burgerPoint, 2n, bare.burger);
  return { ...bare, burgerPoint, probe };
}

/** Quotes and swaps in one block; both have to say the same. */
async function agreed(
  exchange: Exchange & { probe: Probe },
  tokens: [string, string],
  amount: bigint,
  exactOut: boolean,
) {
  const { pool, probe, countryPoint } = exchange;
  const result = await probe.run.staticCall(pool, ...tokens, amount, exactOut);
  const { quote } = result;
  expect(result.isDone, `done, while the quote says ${quote.refusal}`).to.equal(quote.refusal === Refusal.None);
  if (result.isDone) {
    expect([result.amountIn, result.amountOut]).to.deep.equal([quote.amountIn, quote.amountOut]);
    return quote;
  }
  const errors = await ethers.getContractAt("IMerchantPoint", countryPoint);
  const failure =
    pool.interface.parseError(result.failure) ??
    countryPoint.interface.parseError(result.failure) ??
    errors.interface.parseError(result.failure);
  // With one reason both name it; with several the swap meets the pool's own first.
  const own = failure?.name === "ExchangeRefused";
  const isTokens = TOKEN_ERRORS[`${quote.refusal}`] !== undefined;
  if (isTokens && !own) expect(failure?.name).to.be.oneOf(Object.values(TOKEN_ERRORS));
  else expect(failure?.name).to.equal("ExchangeRefused");
  if (own && !isTokens) expect(failure.args[0]).to.equal(quote.refusal);
  return quote;
}

describe("ExchangePool: quotes", () => {
  describe("name the reason", () => {
    const cases: [keyof typeof Refusal, (exchange: Awaited<ReturnType<typeof probed>>) => Promise<unknown>][] = [
      ["None", () => Promise.resolve()],
      ["AcceptPaused", (e) => e.pool.connect(e.country).setPause(e.countryPoint, true, false)],
      ["ReleasePaused", (e) => e.pool.connect(e.burger).setPause(e.burgerPoint, false, true)],
      ["TokenPaused", (e) => e.countryPoint.setPaused(true)],
      ["TokenPaused", (e) => e.burgerPoint.setPaused(true)],
      ["AccountFrozen", (e) => e.countryPoint.setFrozen(e.probe, true)],
      ["AccountFrozen", (e) => e.burgerPoint.setFrozen(e.probe, true)],
      ["BalanceTooLow", async () => time.increase(4 * EPOCH)],
      ["AlpReserveTooLow", (e) => e.pool.connect(e.country).withdrawAlp(e.countryPoint, 1_000n * 10n ** 18n)],
      ["PointReserveTooLow", (e) => e.pool.connect(e.burger).withdrawPoints(e.burgerPoint, 1_000_000n * POINT)],
      ["PoolDailyLimit", (e) => e.pool.connect(e.country).setLimits(e.countryPoint, { ...LIMITS, poolDaily: 899n })],
      [
        "AccountDailyLimit",
        (e) => e.pool.connect(e.country).setLimits(e.countryPoint, { ...LIMITS, accountDaily: 899n }),
      ],
    ];
    for (const [name, arrange] of cases) {
      it(name, async () => {
        const exchange = await loadFixture(probed);
        await arrange(exchange);
        const tokens = await tokensOf(exchange);
        const quote = await agreed(exchange, tokens, 900n, false);
        const { refusal, amountIn, hub, amountOut, epochOut } = quote;
        expect(refusal).to.equal(Refusal[name]);
        expect([amountIn, hub, amountOut]).to.deep.equal([900n, 900n * COUNTRY_PRICES.accept, 8_000n]);
        expect(epochOut).to.equal(name === "None" ? await exchange.burgerPoint.currentEpoch() : 0n);
      });
    }

    it("SameToken, PoolClosed, AmountOutOfRange, without a call to a token nobody vouches for", async () => {
      const exchange = await loadFixture(probed);
      const [tokenIn, tokenOut] = await tokensOf(exchange);
      const foreign = await exchange.stranger.getAddress();
      for (const [tokens, amount, refusal] of [
        [[tokenIn, tokenIn], 900n, Refusal.SameToken],
        [[foreign, tokenOut], 900n, Refusal.PoolClosed],
        [[tokenIn, foreign], 900n, Refusal.PoolClosed],
        [[tokenIn, tokenOut], 0n, Refusal.AmountOutOfRange],
      ] as [[string, string], bigint, bigint][]) {
        expect((await agreed(exchange, tokens, amount, false)).refusal).to.equal(refusal);
      }
    });

    it("WouldOutlive, when no lane of the points bought ends as soon as the oldest lot given", async () => {
      const exchange = await loadFixture(probed);
      const { pool, book, burger, probe, countryPoint } = exchange;
      const eternal = await ethers.deployContract("PoolPointStub", [pool, 0n]);
      await book.set(eternal, 2n, burger);
      await pool.connect(burger).open(eternal, BURGER_PRICES, LIMITS);
      await pool.connect(burger).fundPoints(eternal, ethers.id("eternal"), 1_000_000n * POINT);
      await pool.connect(burger).fundAlp(eternal, 10n ** 20n);
      await eternal.give(probe, 0n, 10_000n);
      const pair: [string, string] = [await countryPoint.getAddress(), await eternal.getAddress()];
      expect((await agreed(exchange, pair, 900n, false)).refusal).to.equal(Refusal.WouldOutlive);
      // The other way round they end with the youngest lane there is.
      const back = await agreed(exchange, [pair[1], pair[0]], 9_000n, false);
      expect([back.refusal, back.epochOut]).to.deep.equal([Refusal.None, await countryPoint.currentEpoch()]);
    });
  });

  it(`agree with execution in the same block, whatever the state (seed ${SEED}, ${RUNS} states)`, async () => {
    const exchange = await loadFixture(unlike);
    const tokens = await tokensOf(exchange);
    const snapshot = await takeSnapshot();
    const seen = new Map<bigint, number>();
    await fc.assert(
      fc.asyncProperty(states, async (state) => {
        await snapshot.restore();
        await arrange(exchange, state);
        const [tokenIn, tokenOut] = state.isBack ? [tokens[1], tokens[0]] : tokens;
        for (const exactOut of [false, true]) {
          const quote = await agreed(exchange, [tokenIn, tokenOut], state.amount, exactOut);
          seen.set(quote.refusal, (seen.get(quote.refusal) ?? 0) + 1);
        }
      }),
      { seed: SEED, numRuns: RUNS },
    );
    // The walk is worth something only if it meets both outcomes often and the reasons widely.
    expect(seen.get(Refusal.None) ?? 0).to.be.greaterThan(RUNS / 10);
    expect(seen.size).to.be.greaterThan(7);
  });
});

const price = fc.oneof(
  { weight: 8, arbitrary: fc.bigInt(20n, 200n).map((units) => units * ALP_UNIT) },
  { weight: 1, arbitrary: fc.bigInt(1n, 10n ** 13n).map((units) => units * ALP_UNIT) },
  { weight: 1, arbitrary: fc.constant(PRICE_MAX) },
);
const amount = fc.oneof(
  { weight: 9, arbitrary: fc.bigInt(1n, 2_000n) },
  { weight: 1, arbitrary: fc.bigInt(0n, UINT56_MAX + 1n) },
);
const rarely = fc.integer({ min: 1, max: 24 }).map((n) => n === 7);
const states = fc.record({
  prices: fc.array(fc.tuple(price, price), { minLength: 2, maxLength: 2 }),
  limits: fc.array(fc.oneof(fc.bigInt(0n, 9_000n), fc.constant(UINT56_MAX)), { minLength: 4, maxLength: 4 }),
  points: fc.array(fc.oneof(fc.bigInt(1n, 9_000n), fc.constant(UINT56_MAX)), { minLength: 2, maxLength: 2 }),
  alp: fc.oneof(
    fc.bigInt(1n, 10n ** 6n).map((units) => units * ALP_UNIT),
    fc.constant(10n ** 28n),
  ),
  lots: fc.array(fc.tuple(fc.bigInt(0n, 3n), amount), { minLength: 1, maxLength: 3 }),
  pauses: fc.array(rarely, { minLength: 4, maxLength: 4 }),
  isFrozen: rarely,
  wait: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 * EPOCH })),
  isBack: fc.boolean(),
  amount,
});
type State = typeof states extends fc.Arbitrary<infer T> ? T : never;

/** Builds one random state from two closed sides. */
async function arrange(exchange: Awaited<ReturnType<typeof unlike>>, state: State): Promise<void> {
  const { pool, alp, country, burger, countryPoint, burgerPoint, probe } = exchange;
  const sides = [
    [country, countryPoint],
    [burger, burgerPoint],
  ] as const;
  for (const [index, [merchant, token]] of sides.entries()) {
    const [one, two] = state.prices[index]!;
    const prices = one < two ? { accept: one, release: two } : { accept: two, release: one };
    const limits = { poolDaily: state.limits[2 * index]!, accountDaily: state.limits[2 * index + 1]! };
    const desk = pool.connect(merchant);
    await desk.open(token, prices, limits);
    await desk.fundPoints(token, ethers.id("fund"), state.points[index]!);
    await alp.mint(merchant, state.alp);
    await desk.fundAlp(token, state.alp);
    await desk.setPause(token, state.pauses[index]!, state.pauses[3 - index]!);
    for (const [age, points] of state.lots) await token.give(probe, age, points);
  }
  await countryPoint.setPaused(state.pauses[0]! && state.pauses[1]!);
  await burgerPoint.setFrozen(probe, state.isFrozen);
  await time.increase(state.wait + 1);
}

async function tokensOf({ countryPoint, burgerPoint }: Exchange): Promise<[string, string]> {
  return [await countryPoint.getAddress(), await burgerPoint.getAddress()];
}
