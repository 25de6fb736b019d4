import { expect } from "chai";

import {
  ALP,
  ALP_UNIT,
  COUNTRY_PRICES,
  LIMITS,
  POINT,
  PRICE_MAX,
  Refusal,
  UINT256_MAX,
  UINT56_MAX,
  bareExchange,
  ethers,
  loadFixture,
  time,
  nextMidnight,
  openExchange,
} from "../support/exchange.ts";

type Exchange = Awaited<ReturnType<typeof openExchange>>;

/** Two open sides at these prices, in units of ALP, with room for anything a lane can hold; Ann holds all that a lane can hold. */
async function pricedExchange(accept: bigint, release: bigint): Promise<Exchange> {
  const exchange = await bareExchange();
  const { pool, alp, country, burger, countryPoint, burgerPoint, ann } = exchange;
  const limits = { poolDaily: UINT56_MAX, accountDaily: UINT56_MAX };
  await pool.connect(country).open(countryPoint, { accept: accept * ALP_UNIT, release: PRICE_MAX }, limits);
  await pool.connect(burger).open(burgerPoint, { accept: ALP_UNIT, release: release * ALP_UNIT }, limits);
  await alp.mint(country, 10n ** 28n);
  await pool.connect(country).fundAlp(countryPoint, 10n ** 28n);
  await pool.connect(burger).fundPoints(burgerPoint, ethers.id("burger"), UINT56_MAX);
  await countryPoint.give(ann, 0n, UINT56_MAX);
  return exchange;
}

describe("ExchangePool: swaps", () => {
  describe("prices and rounding", () => {
    // hub = in · accept, out = ⌊hub / release⌋
    for (const { accept, release, amountIn, hub, amountOut, why } of [
      { accept: 80n, release: 9n, amountIn: 9n, hub: 720n, amountOut: 80n, why: "divides evenly" },
      { accept: 80n, release: 9n, amountIn: 10n, hub: 800n, amountOut: 88n, why: "the fraction stays in the pool" },
      { accept: 1n, release: 3n, amountIn: 3n, hub: 3n, amountOut: 1n, why: "the least that buys anything" },
      { accept: 1n, release: 3n, amountIn: 5n, hub: 5n, amountOut: 1n, why: "almost two is one" },
      { accept: 1n, release: 1n, amountIn: UINT56_MAX, hub: UINT56_MAX, amountOut: UINT56_MAX, why: "a full lane" },
      {
        ...{ accept: 100_000n, release: PRICE_MAX / ALP_UNIT, amountIn: UINT56_MAX, why: "the dearest points" },
        ...{ hub: UINT56_MAX * 100_000n, amountOut: (UINT56_MAX * 100_000n) / (PRICE_MAX / ALP_UNIT) },
      },
    ]) {
      it(`giving ${amountIn} at ${accept}/${release} buys ${amountOut}: ${why}`, async () => {
        const { pool, countryPoint, burgerPoint, ann } = await pricedExchange(accept, release);
        const epoch = await burgerPoint.currentEpoch();
        await expect(pool.connect(ann).swapExactIn(countryPoint, burgerPoint, amountIn, amountOut, UINT256_MAX))
          .to.emit(pool, "Swapped")
          .withArgs(ann, countryPoint, burgerPoint, amountIn, hub * ALP_UNIT, amountOut, epoch);
        expect(await burgerPoint.balanceOf(ann)).to.equal(amountOut);
        expect(await countryPoint.balanceOf(ann)).to.equal(UINT56_MAX - amountIn);
        const [gave, got] = [await pool.poolOf(burgerPoint), await pool.poolOf(countryPoint)];
        expect([gave.pointReserve, gave.alpReserve]).to.deep.equal([UINT56_MAX - amountOut, hub * ALP_UNIT]);
        expect([got.pointReserve, got.alpReserve]).to.deep.equal([amountIn, 10n ** 28n - hub * ALP_UNIT]);
      });
    }

    // hub = out · release, in = ⌈hub / accept⌉
    for (const { accept, release, amountOut, hub, amountIn, why } of [
      { accept: 80n, release: 9n, amountOut: 80n, hub: 720n, amountIn: 9n, why: "divides evenly" },
      { accept: 80n, release: 9n, amountOut: 81n, hub: 729n, amountIn: 10n, why: "a fraction costs a whole unit" },
      { accept: 3n, release: 1n, amountOut: 1n, hub: 1n, amountIn: 1n, why: "nothing is free" },
      { accept: 1n, release: 1n, amountOut: UINT56_MAX, hub: UINT56_MAX, amountIn: UINT56_MAX, why: "a full lane" },
    ]) {
      it(`buying ${amountOut} at ${accept}/${release} costs ${amountIn}: ${why}`, async () => {
        const { pool, countryPoint, burgerPoint, ann } = await pricedExchange(accept, release);
        const epoch = await burgerPoint.currentEpoch();
        await expect(pool.connect(ann).swapExactOut(countryPoint, burgerPoint, amountOut, amountIn, UINT256_MAX))
          .to.emit(pool, "Swapped")
          .withArgs(ann, countryPoint, burgerPoint, amountIn, hub * ALP_UNIT, amountOut, epoch);
        expect(await burgerPoint.balanceOf(ann)).to.equal(amountOut);
        expect(await countryPoint.balanceOf(ann)).to.equal(UINT56_MAX - amountIn);
        expect((await pool.poolOf(burgerPoint)).alpReserve).to.equal(hub * ALP_UNIT);
      });
    }

    it("answers the amount that was not exact", async () => {
      const { pool, countryPoint, burgerPoint, ann } = await loadFixture(openExchange);
      const asAnn = pool.connect(ann);
      const bought = await asAnn.swapExactIn.staticCall(countryPoint, burgerPoint, 900n, 0n, UINT256_MAX);
      const given = await asAnn.swapExactOut.staticCall(countryPoint, burgerPoint, 8_000n, 900n, UINT256_MAX);
      expect([bought, given]).to.deep.equal([8_000n, 900n]);
    });

    it("emits nothing in the pool but Swapped", async () => {
      const { pool, countryPoint, burgerPoint, ann } = await loadFixture(openExchange);
      const sent = await pool.connect(ann).swapExactIn(countryPoint, burgerPoint, 900n, 0n, UINT256_MAX);
      const receipt = await sent.wait();
      const senders = receipt!.logs.map((log) => log.address);
      const expected = await Promise.all([countryPoint, burgerPoint, pool].map((contract) => contract.getAddress()));
      expect(senders).to.deep.equal(expected);
    });
  });

  describe("refusals of the pool itself", () => {
    const swaps: [string, bigint, (exchange: Exchange) => Promise<unknown>][] = [
      ["the same token", Refusal.SameToken, (e) => exactIn(e, 900n, { out: e.countryPoint })],
      ["a token without a side in", Refusal.PoolClosed, (e) => exactIn(e, 900n, { in: e.alp })],
      ["a token without a side out", Refusal.PoolClosed, (e) => exactIn(e, 900n, { out: e.alp })],
      ["nothing given", Refusal.AmountOutOfRange, (e) => exactIn(e, 0n)],
      ["nothing asked", Refusal.AmountOutOfRange, (e) => exactOut(e, 0n)],
      ["more than a lane given", Refusal.AmountOutOfRange, (e) => exactIn(e, UINT56_MAX + 1n)],
      ["more than a lane asked", Refusal.AmountOutOfRange, (e) => exactOut(e, UINT56_MAX + 1n)],
      ["more than a lane bought", Refusal.AmountOutOfRange, (e) => exactIn(e, UINT56_MAX)],
      [
        "less than a unit bought",
        Refusal.AmountOutOfRange,
        (e) => exactIn(e, 1n, { in: e.burgerPoint, out: e.countryPoint }, 0n),
      ],
      [
        "more than a lane to give",
        Refusal.AmountOutOfRange,
        (e) => exactOut(e, UINT56_MAX, { in: e.burgerPoint, out: e.countryPoint }),
      ],
      [
        "too little ALP on the side that takes in",
        Refusal.AlpReserveTooLow,
        async (e) => {
          await e.pool.connect(e.country).withdrawAlp(e.countryPoint, 1_000n * ALP - COUNTRY_PRICES.accept * 899n);
          await exactIn(e, 899n);
          return exactIn(e, 900n);
        },
      ],
      [
        "too few points on the side that gives out",
        Refusal.PointReserveTooLow,
        async (e) => {
          await e.pool.connect(e.burger).withdrawPoints(e.burgerPoint, 1_000_000n * POINT - 7_999n);
          return exactIn(e, 900n);
        },
      ],
      [
        "accept paused",
        Refusal.AcceptPaused,
        async (e) => {
          await e.pool.connect(e.country).setPause(e.countryPoint, true, false);
          return exactIn(e, 900n);
        },
      ],
      [
        "release paused",
        Refusal.ReleasePaused,
        async (e) => {
          await e.pool.connect(e.burger).setPause(e.burgerPoint, false, true);
          return exactIn(e, 900n);
        },
      ],
      ["less bought than wanted", Refusal.Slippage, (e) => exactIn(e, 900n, {}, 8_001n)],
      ["more given than wanted", Refusal.Slippage, (e) => exactOut(e, 8_000n, {}, 899n)],
    ];
    for (const [why, refusal, swap] of swaps) {
      it(`refuses ${why}`, async () => {
        const exchange = await loadFixture(openExchange);
        await expect(swap(exchange)).to.be.revertedWithCustomError(exchange.pool, "ExchangeRefused").withArgs(refusal);
      });
    }

    it("goes one way while the other is paused", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, country, countryPoint, burgerPoint } = exchange;
      await pool.connect(country).setPause(countryPoint, true, false);
      await exactIn(exchange, 9_000n, { in: burgerPoint, out: countryPoint });
      await pool.connect(country).setPause(countryPoint, false, true);
      await exactIn(exchange, 900n);
    });

    it("spends reserves to the last unit", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, country, burger, countryPoint, burgerPoint } = exchange;
      await pool.connect(country).withdrawAlp(countryPoint, 1_000n * ALP - COUNTRY_PRICES.accept * 900n);
      await pool.connect(burger).withdrawPoints(burgerPoint, 1_000_000n * POINT - 8_000n);
      await exactIn(exchange, 900n);
      expect((await pool.poolOf(countryPoint)).alpReserve).to.equal(0n);
      expect((await pool.poolOf(burgerPoint)).pointReserve).to.equal(0n);
    });

    it("refuses points that would overflow a side", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, country, countryPoint } = exchange;
      const room = UINT56_MAX - 1_000_000n * POINT;
      await pool.connect(country).fundPoints(countryPoint, ethers.id("fill"), room - 899n);
      await expect(exactIn(exchange, 900n))
        .to.be.revertedWithCustomError(pool, "ExchangeRefused")
        .withArgs(Refusal.AmountOutOfRange);
      await exactIn(exchange, 899n);
    });

    for (const [name, late] of [
      ["swapExactIn", 1],
      ["swapExactOut", 1],
    ] as const) {
      it(`${name} runs in the second of its deadline and not ${late} s later`, async () => {
        const { pool, countryPoint, burgerPoint, ann } = await loadFixture(openExchange);
        const deadline = (await time.latest()) + 50;
        const swap = () => pool.connect(ann)[name](countryPoint, burgerPoint, 900n, 900n, deadline);
        await time.setNextBlockTimestamp(deadline);
        await swap();
        await expect(swap()).to.be.revertedWithCustomError(pool, "ExchangeRefused").withArgs(Refusal.DeadlinePassed);
      });
    }
  });

  describe("daily limits", () => {
    it("stop an account at its limit, and only it", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, countryPoint, ann, bob } = exchange;
      await time.increaseTo(await nextMidnight());
      await exactIn(exchange, LIMITS.accountDaily);
      expect(await pool.takenTodayBy(ann, countryPoint)).to.equal(LIMITS.accountDaily);
      await expect(exactIn(exchange, 1n))
        .to.be.revertedWithCustomError(pool, "ExchangeRefused")
        .withArgs(Refusal.AccountDailyLimit);
      await exactIn({ ...exchange, ann: bob }, 1n);
      expect(await pool.takenTodayBy(bob, countryPoint)).to.equal(1n);
    });

    it("stop the pool at its limit", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, country, countryPoint, ann, bob } = exchange;
      await time.increaseTo(await nextMidnight());
      await pool.connect(country).setLimits(countryPoint, { poolDaily: 1_000n, accountDaily: 800n });
      await exactIn(exchange, 800n);
      await expect(exactIn({ ...exchange, ann: bob }, 201n))
        .to.be.revertedWithCustomError(pool, "ExchangeRefused")
        .withArgs(Refusal.PoolDailyLimit);
      await exactIn({ ...exchange, ann: bob }, 200n);
      expect((await pool.poolOf(countryPoint)).takenToday).to.equal(1_000n);
      expect(await pool.takenTodayBy(ann, countryPoint)).to.equal(800n);
    });

    it("begin anew at midnight UTC, to the second", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, countryPoint, ann } = exchange;
      const midnight = await nextMidnight();
      await time.setNextBlockTimestamp(midnight - 2);
      await exactIn(exchange, LIMITS.accountDaily);
      await time.setNextBlockTimestamp(midnight - 1);
      await expect(exactIn(exchange, 1n)).to.be.revertedWithCustomError(pool, "ExchangeRefused");
      await time.increaseTo(midnight);
      expect(await pool.takenTodayBy(ann, countryPoint)).to.equal(0n);
      expect((await pool.poolOf(countryPoint)).takenToday).to.equal(0n);
      await exactIn(exchange, LIMITS.accountDaily);
      expect((await pool.poolOf(countryPoint)).takenToday).to.equal(LIMITS.accountDaily);
    });

    it("of zero let nothing in, and do not keep points from going out", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, country, countryPoint, burgerPoint } = exchange;
      await pool.connect(country).setLimits(countryPoint, { poolDaily: 0n, accountDaily: 0n });
      await expect(exactIn(exchange, 1n))
        .to.be.revertedWithCustomError(pool, "ExchangeRefused")
        .withArgs(Refusal.PoolDailyLimit);
      await exactIn(exchange, 9_000n, { in: burgerPoint, out: countryPoint });
    });

    it("lowered below what was taken hold until tomorrow", async () => {
      const exchange = await loadFixture(openExchange);
      const { pool, country, countryPoint } = exchange;
      await time.increaseTo(await nextMidnight());
      await exactIn(exchange, 900n);
      await pool.connect(country).setLimits(countryPoint, { poolDaily: 899n, accountDaily: 899n });
      await expect(exactIn(exchange, 1n)).to.be.revertedWithCustomError(pool, "ExchangeRefused");
      await time.increaseTo(await nextMidnight());
      await exactIn(exchange, 899n);
    });
  });

  describe("refusals of the tokens", () => {
    for (const side of ["countryPoint", "burgerPoint"] as const) {
      it(`lets a paused ${side} refuse`, async () => {
        const exchange = await loadFixture(openExchange);
        await exchange[side].setPaused(true);
        const errors = await ethers.getContractAt("IMerchantPoint", exchange[side]);
        await expect(exactIn(exchange, 900n)).to.be.revertedWithCustomError(errors, "MerchantPointPaused");
      });

      it(`lets a ${side} refuse a frozen account`, async () => {
        const exchange = await loadFixture(openExchange);
        await exchange[side].setFrozen(exchange.ann, true);
        const errors = await ethers.getContractAt("IMerchantPoint", exchange[side]);
        await expect(exactIn(exchange, 900n)).to.be.revertedWithCustomError(errors, "MerchantPointAccountFrozen");
      });
    }

    it("lets the token refuse more than the account has", async () => {
      const exchange = await loadFixture(openExchange);
      await expect(exactIn({ ...exchange, ann: exchange.stranger }, 900n)).to.be.revertedWithCustomError(
        exchange.countryPoint,
        "ERC20InsufficientBalance",
      );
    });
  });
});

interface Pair {
  in?: Exchange["countryPoint"] | Exchange["alp"];
  out?: Exchange["countryPoint"] | Exchange["alp"];
}

/** Ann gives exactly `amount`: 乡村基 for 汉堡王 unless said otherwise. */
function exactIn(exchange: Exchange, amount: bigint, pair: Pair = {}, amountOutMin = 0n) {
  const { pool, ann, countryPoint, burgerPoint } = exchange;
  const [tokenIn, tokenOut] = [pair.in ?? countryPoint, pair.out ?? burgerPoint];
  return pool.connect(ann).swapExactIn(tokenIn, tokenOut, amount, amountOutMin, UINT256_MAX);
}

/** Ann buys exactly `amount`. */
function exactOut(exchange: Exchange, amount: bigint, pair: Pair = {}, amountInMax = UINT256_MAX) {
  const { pool, ann, countryPoint, burgerPoint } = exchange;
  const [tokenIn, tokenOut] = [pair.in ?? countryPoint, pair.out ?? burgerPoint];
  return pool.connect(ann).swapExactOut(tokenIn, tokenOut, amount, amountInMax, UINT256_MAX);
}
