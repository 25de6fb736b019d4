import { expect } from "chai";
import fc from "fast-check";

import {
  ALP,
  ALP_UNIT,
  UINT256_MAX,
  UINT56_MAX,
  bareExchange,
  ethers,
  loadFixture,
  takeSnapshot,
  openExchange,
} from "../support/exchange.ts";

const SEED = Number(process.env["LEDGER_FUZZ_SEED"] ?? 20_261_122);
const RUNS = Number(process.env["LEDGER_FUZZ_RUNS"] ?? 40);
const UNLIMITED = { poolDaily: UINT56_MAX, accountDaily: UINT56_MAX };

/** Three bare sides of one controller; Ann has a million base units of each. */
async function threeSides() {
  const exchange = await bareExchange();
  const { pool, book, alp, country, countryPoint, burgerPoint, ann } = exchange;
  const third = await ethers.deployContract("PoolPointStub", [pool, 0n]);
  const tokens = [countryPoint, burgerPoint, third];
  for (const [index, token] of tokens.entries()) {
    await book.set(token, BigInt(index + 1), country);
    await token.give(ann, 0n, 1_000_000n);
  }
  await alp.mint(country, 10n ** 27n);
  return { ...exchange, tokens };
}

const price = fc.bigInt(1n, 10_000n).map((units) => units * ALP_UNIT);
const pricePair = fc
  .tuple(price, price)
  .map(([a, b]) => (a < b ? { accept: a, release: b } : { accept: b, release: a }));
const step = fc.record({
  from: fc.nat(2),
  hop: fc.integer({ min: 1, max: 2 }),
  amount: fc.bigInt(1n, 2_000_000n),
  exactOut: fc.boolean(),
});

describe("ExchangePool: economics", () => {
  it(`no walk of swaps raises the value an account holds, nor moves ALP out of the pool (seed ${SEED})`, async () => {
    const { pool, alp, country, tokens, ann } = await loadFixture(threeSides);
    const snapshot = await takeSnapshot();
    let swaps = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(pricePair, { minLength: 3, maxLength: 3 }),
        fc.array(step, { minLength: 4, maxLength: 12 }),
        async (prices, steps) => {
          await snapshot.restore();
          for (const [index, token] of tokens.entries()) {
            await pool.connect(country).open(token, prices[index]!, UNLIMITED);
            await pool.connect(country).fundPoints(token, ethers.id("fund"), 10n ** 9n);
            await pool.connect(country).fundAlp(token, 10n ** 18n);
          }
          const value = async () => {
            const balances = await Promise.all(tokens.map((token) => token.balanceOf(ann)));
            return balances.reduce((sum, balance, index) => sum + balance * prices[index]!.release, 0n);
          };
          const pooled = async () => {
            const sides = await Promise.all(tokens.map((token) => pool.poolOf(token)));
            return sides.reduce((sum, side) => sum + side.alpReserve, 0n);
          };
          let before = await value();
          for (const { from, hop, amount, exactOut } of steps) {
            const pair = [tokens[from]!, tokens[(from + hop) % 3]!] as const;
            const quote = await pool.quote(ann, ...pair, amount, exactOut);
            if (quote.refusal !== 0n) continue;
            if (exactOut) await pool.connect(ann).swapExactOut(...pair, amount, UINT256_MAX, UINT256_MAX);
            else await pool.connect(ann).swapExactIn(...pair, amount, 0n, UINT256_MAX);
            swaps += 1;
            const after = await value();
            expect(after <= before, `value rose from ${before} to ${after}`).to.equal(true);
            expect(await pooled()).to.equal(3n * 10n ** 18n);
            expect(await alp.balanceOf(pool)).to.equal(3n * 10n ** 18n);
            before = after;
          }
        },
      ),
      { seed: SEED, numRuns: RUNS },
    );
    expect(swaps).to.be.greaterThan(RUNS);
  });

  it(`splitting an order never buys more, and paying by parts never costs less (seed ${SEED})`, async () => {
    const { pool, tokens, ann, country } = await loadFixture(threeSides);
    const [tokenIn, tokenOut] = tokens as [(typeof tokens)[0], (typeof tokens)[0]];
    const snapshot = await takeSnapshot();
    await fc.assert(
      fc.asyncProperty(pricePair, pricePair, fc.bigInt(1n, 99_999n), fc.bigInt(1n, 99_999n), async (a, b, one, two) => {
        await snapshot.restore();
        for (const [token, prices] of [
          [tokenIn, a],
          [tokenOut, b],
        ] as const) {
          await pool.connect(country).open(token, prices, UNLIMITED);
          await pool.connect(country).fundPoints(token, ethers.id("fund"), 10n ** 12n);
          await pool.connect(country).fundAlp(token, 10n ** 18n);
        }
        const out = async (amount: bigint) => (await pool.quote(ann, tokenIn, tokenOut, amount, false)).amountOut;
        const needed = async (amount: bigint) => (await pool.quote(ann, tokenIn, tokenOut, amount, true)).amountIn;
        expect((await out(one)) + (await out(two)) <= (await out(one + two))).to.equal(true);
        expect((await needed(one)) + (await needed(two)) >= (await needed(one + two))).to.equal(true);
        const bought = await out(one);
        if (bought > 0n) expect((await needed(bought)) <= one).to.equal(true);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  it("ALP and points sent to the pool by hand change nothing", async () => {
    const { pool, alp, country, countryPoint, burgerPoint, ann } = await loadFixture(openExchange);
    const state = async () => [
      await pool.poolOf(countryPoint),
      await pool.poolOf(burgerPoint),
      await pool.quote(ann, countryPoint, burgerPoint, 900n, false),
    ];
    const before = await state();
    await alp.mint(pool, 1_000_000n * ALP);
    await countryPoint.give(pool, 0n, 1_000_000n);
    expect(await state()).to.deep.equal(before);
    await expect(
      pool.connect(country).withdrawAlp(countryPoint, 1_000n * ALP + ALP_UNIT),
    ).to.be.revertedWithCustomError(pool, "ExchangeReserveTooLow");
  });
});
