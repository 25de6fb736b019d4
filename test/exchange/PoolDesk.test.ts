import { expect } from "chai";

import {
  ALP,
  ALP_MAX,
  ALP_UNIT,
  BURGER_PRICES,
  COUNTRY_PRICES,
  DAY,
  LIMITS,
  POINT,
  PRICE_DELAY,
  PRICE_MAX,
  PRICE_MOVE_MAX_BPS,
  UINT56_MAX,
  UINT256_MAX,
  bareExchange,
  ethers,
  loadFixture,
  time,
  nextMidnight,
  openExchange,
  plain,
} from "../support/exchange.ts";

const REF = ethers.id("ref");

describe("PoolDesk", () => {
  describe("construction", () => {
    it("publishes what it was built with", async () => {
      const { pool, book, alp } = await loadFixture(bareExchange);
      expect(await pool.registry()).to.equal(await book.getAddress());
      expect(await pool.allianceToken()).to.equal(await alp.getAddress());
      expect(await pool.PRICE_DELAY()).to.equal(PRICE_DELAY);
      expect(await pool.PRICE_MOVE_MAX_BPS()).to.equal(PRICE_MOVE_MAX_BPS);
    });

    for (const [delay, bps, why] of [
      [30 * DAY + 1, 1_000, "a delay of more than 30 days"],
      [DAY, 0, "prices that could never move"],
      [DAY, 10_001, "a move of more than the whole price"],
    ] as const) {
      it(`refuses ${why}`, async () => {
        const { pool, book, alp } = await loadFixture(bareExchange);
        await expect(ethers.deployContract("ExchangePool", [book, alp, delay, bps]))
          .to.be.revertedWithCustomError(pool, "ExchangePriceRulesInvalid")
          .withArgs(delay, bps);
      });
    }
  });

  describe("open", () => {
    it("opens a side with prices and limits, nothing paused, nothing in it", async () => {
      const { pool, country, countryPoint } = await loadFixture(bareExchange);
      await expect(pool.connect(country).open(countryPoint, COUNTRY_PRICES, LIMITS))
        .to.emit(pool, "PoolOpened")
        .withArgs(countryPoint, COUNTRY_PRICES.accept, COUNTRY_PRICES.release)
        .and.to.emit(pool, "LimitsSet")
        .withArgs(countryPoint, LIMITS.poolDaily, LIMITS.accountDaily);
      const side = await pool.poolOf(countryPoint);
      expect(plain(side.prices)).to.deep.equal(COUNTRY_PRICES);
      expect(plain(side.nextPrices)).to.deep.equal({ accept: 0n, release: 0n });
      expect(plain(side.limits)).to.deep.equal(LIMITS);
      expect([side.pointReserve, side.alpReserve, side.takenToday, side.nextPricesAt]).to.deep.equal([0n, 0n, 0n, 0n]);
      expect([side.isOpen, side.isAcceptPaused, side.isReleasePaused]).to.deep.equal([true, false, false]);
    });

    it("keeps the largest prices and limits apart in their slot", async () => {
      const { pool, country, countryPoint } = await loadFixture(bareExchange);
      const prices = { accept: PRICE_MAX, release: PRICE_MAX };
      const limits = { poolDaily: UINT56_MAX, accountDaily: UINT56_MAX };
      await pool.connect(country).open(countryPoint, prices, limits);
      await pool.connect(country).setPause(countryPoint, true, true);
      await pool.connect(country).setLimits(countryPoint, { poolDaily: 0n, accountDaily: UINT56_MAX });
      const side = await pool.poolOf(countryPoint);
      expect(plain(side.prices)).to.deep.equal(prices);
      expect(plain(side.limits)).to.deep.equal({ poolDaily: 0n, accountDaily: UINT56_MAX });
      expect([side.isOpen, side.isAcceptPaused, side.isReleasePaused]).to.deep.equal([true, true, true]);
    });

    it("says of a token without a side that it is closed and empty", async () => {
      const { pool, stranger } = await loadFixture(bareExchange);
      const side = await pool.poolOf(stranger);
      expect([side.isOpen, side.prices.accept, side.pointReserve]).to.deep.equal([false, 0n, 0n]);
      expect(await pool.pointReserveOf(stranger)).to.equal(0n);
    });

    for (const [accept, release] of [
      [0n, 0n],
      [0n, 5n * ALP_UNIT],
      [6n * ALP_UNIT, 5n * ALP_UNIT],
      [4n * ALP_UNIT + 1n, 5n * ALP_UNIT],
      [4n * ALP_UNIT, 5n * ALP_UNIT - 1n],
    ] as const) {
      it(`refuses prices ${accept}/${release}`, async () => {
        const { pool, country, countryPoint } = await loadFixture(bareExchange);
        await expect(pool.connect(country).open(countryPoint, { accept, release }, LIMITS))
          .to.be.revertedWithCustomError(pool, "ExchangePricesInvalid")
          .withArgs(accept, release);
      });
    }

    it("refuses to open twice", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      await expect(pool.connect(country).open(countryPoint, COUNTRY_PRICES, LIMITS))
        .to.be.revertedWithCustomError(pool, "ExchangePoolAlreadyOpen")
        .withArgs(countryPoint);
    });

    it("refuses a token the registry does not know", async () => {
      const { pool, country } = await loadFixture(bareExchange);
      const foreign = await ethers.deployContract("PoolPointStub", [pool, 0n]);
      await expect(pool.connect(country).open(foreign, COUNTRY_PRICES, LIMITS))
        .to.be.revertedWithCustomError(pool, "ExchangeTokenUnknown")
        .withArgs(foreign);
    });

    it("refuses a token that was built for another pool", async () => {
      const { pool, book, country, stranger } = await loadFixture(bareExchange);
      const other = await ethers.deployContract("PoolPointStub", [stranger, 0n]);
      await book.set(other, 1n, country);
      await expect(pool.connect(country).open(other, COUNTRY_PRICES, LIMITS))
        .to.be.revertedWithCustomError(pool, "ExchangeTokenUnknown")
        .withArgs(other);
    });
  });

  describe("powers", () => {
    const calls = {
      open: (pool, token) => pool.open(token, COUNTRY_PRICES, LIMITS),
      postPrices: (pool, token) => pool.postPrices(token, COUNTRY_PRICES),
      setLimits: (pool, token) => pool.setLimits(token, LIMITS),
      setPause: (pool, token) => pool.setPause(token, true, true),
      fundPoints: (pool, token) => pool.fundPoints(token, REF, 1n),
      withdrawPoints: (pool, token) => pool.withdrawPoints(token, 1n),
      withdrawAlp: (pool, token) => pool.withdrawAlp(token, 1n),
    } satisfies Record<string, (pool: Pool, token: string) => Promise<unknown>>;
    type Pool = Awaited<ReturnType<typeof bareExchange>>["pool"];

    for (const [name, call] of Object.entries(calls)) {
      it(`${name} is the controller's alone`, async () => {
        const { pool, burger, countryPoint } = await loadFixture(openExchange);
        const token = await countryPoint.getAddress();
        await expect(call(pool.connect(burger), token))
          .to.be.revertedWithCustomError(pool, "ExchangeNotController")
          .withArgs(token, burger);
      });

      if (name === "open") continue;
      it(`${name} needs an open side`, async () => {
        const { pool, country, countryPoint } = await loadFixture(bareExchange);
        const token = await countryPoint.getAddress();
        await expect(call(pool.connect(country), token))
          .to.be.revertedWithCustomError(pool, "ExchangePoolNotOpen")
          .withArgs(token);
      });
    }

    it("passes with the controller the registry names", async () => {
      const { pool, book, country, stranger, countryPoint } = await loadFixture(openExchange);
      await book.set(countryPoint, 1n, stranger);
      await expect(pool.connect(country).setPause(countryPoint, true, false)).to.be.revertedWithCustomError(
        pool,
        "ExchangeNotController",
      );
      await pool.connect(stranger).setPause(countryPoint, true, false);
    });
  });

  describe("prices", () => {
    const posted = { accept: 88_000_000_000_000n, release: 110_000_000_000_000n }; // +10 % each, the most allowed

    it("take effect in the very second, both together", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      const postedAt = (await time.latest()) + 100;
      const effectiveAt = postedAt + PRICE_DELAY;
      await time.setNextBlockTimestamp(postedAt);
      await expect(pool.connect(country).postPrices(countryPoint, posted))
        .to.emit(pool, "PricesPosted")
        .withArgs(countryPoint, posted.accept, posted.release, effectiveAt);

      await time.increaseTo(effectiveAt - 1);
      const before = await pool.poolOf(countryPoint);
      expect(plain(before.prices)).to.deep.equal(COUNTRY_PRICES);
      expect(plain(before.nextPrices)).to.deep.equal(posted);
      expect(before.nextPricesAt).to.equal(effectiveAt);

      await time.increaseTo(effectiveAt);
      const after = await pool.poolOf(countryPoint);
      expect(plain(after.prices)).to.deep.equal(posted);
      expect(plain(after.nextPrices)).to.deep.equal({ accept: 0n, release: 0n });
      expect(after.nextPricesAt).to.equal(0n);
    });

    it("are what a swap pays from that second on, and the swap writes them down", async () => {
      const { pool, country, burger, countryPoint, burgerPoint, ann } = await loadFixture(openExchange);
      const both = [
        [country, countryPoint, posted],
        [burger, burgerPoint, { accept: 7_700_000_000_000n, release: 9_900_000_000_000n }],
      ] as const;
      for (const [merchant, token, prices] of both) await pool.connect(merchant).postPrices(token, prices);
      const effectiveAt = Number((await pool.poolOf(burgerPoint)).nextPricesAt);

      const swap = () => pool.connect(ann).swapExactIn(countryPoint, burgerPoint, 9_000n, 0n, UINT256_MAX);
      await time.setNextBlockTimestamp(effectiveAt - 5);
      await expect(swap()).to.emit(pool, "Swapped"); // old: ⌊9,000·80 / 9⌋
      expect((await pool.poolOf(burgerPoint)).pointReserve).to.equal(1_000_000n * POINT - 80_000n);

      await time.setNextBlockTimestamp(effectiveAt);
      await swap(); // new: ⌊9,000·88 / 9.9⌋
      expect((await pool.poolOf(burgerPoint)).pointReserve).to.equal(1_000_000n * POINT - 160_000n);
      for (const [, token, prices] of both) {
        const side = await pool.poolOf(token);
        expect(plain(side.prices)).to.deep.equal(prices);
        expect(side.nextPricesAt).to.equal(0n);
      }
    });

    it("can be posted again after a day, to the second; a new post replaces one that is still to come", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      const postedAt = (await time.latest()) + 100;
      await time.setNextBlockTimestamp(postedAt);
      await pool.connect(country).postPrices(countryPoint, posted);
      await time.setNextBlockTimestamp(postedAt + DAY - 1);
      await expect(pool.connect(country).postPrices(countryPoint, COUNTRY_PRICES))
        .to.be.revertedWithCustomError(pool, "ExchangePricesTooSoon")
        .withArgs(postedAt + DAY);
      await time.setNextBlockTimestamp(postedAt + DAY);
      await pool.connect(country).postPrices(countryPoint, COUNTRY_PRICES);
      await time.increaseTo(postedAt + PRICE_DELAY);
      expect(plain((await pool.poolOf(countryPoint)).prices)).to.deep.equal(COUNTRY_PRICES);
    });

    it("move from what is in force, also when nobody has written it down", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      await pool.connect(country).postPrices(countryPoint, posted);
      await time.increase(PRICE_DELAY);
      const further = { accept: 96_800_000_000_000n, release: 121_000_000_000_000n };
      await pool.connect(country).postPrices(countryPoint, further);
      const side = await pool.poolOf(countryPoint);
      expect(plain(side.prices)).to.deep.equal(posted);
      expect(plain(side.nextPrices)).to.deep.equal(further);
    });

    for (const name of ["setLimits", "setPause"] as const) {
      it(`survive ${name} before and after they take effect`, async () => {
        const { pool, country, countryPoint } = await loadFixture(openExchange);
        const desk = pool.connect(country);
        const change = () =>
          name === "setLimits" ? desk.setLimits(countryPoint, LIMITS) : desk.setPause(countryPoint, false, true);
        await desk.postPrices(countryPoint, posted);
        await change();
        expect(plain((await pool.poolOf(countryPoint)).nextPrices)).to.deep.equal(posted);
        await time.increase(PRICE_DELAY);
        await change();
        expect(plain((await pool.poolOf(countryPoint)).prices)).to.deep.equal(posted);
      });
    }

    for (const { prices, from, to } of [
      {
        prices: { ...posted, accept: posted.accept + ALP_UNIT },
        from: COUNTRY_PRICES.accept,
        to: posted.accept + ALP_UNIT,
      },
      {
        prices: { ...posted, release: posted.release + ALP_UNIT },
        from: COUNTRY_PRICES.release,
        to: posted.release + ALP_UNIT,
      },
      { prices: { accept: 71_999_999_000_000n, release: 90_000_000_000_000n }, from: 0n, to: 71_999_999_000_000n },
    ]) {
      it(`refuse to move to ${prices.accept}/${prices.release}`, async () => {
        const { pool, country, countryPoint } = await loadFixture(openExchange);
        await expect(pool.connect(country).postPrices(countryPoint, prices))
          .to.be.revertedWithCustomError(pool, "ExchangePriceMoveTooLarge")
          .withArgs(from === 0n ? COUNTRY_PRICES.accept : from, to, PRICE_MOVE_MAX_BPS);
      });
    }

    it("may move down by the whole daily step", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      await pool
        .connect(country)
        .postPrices(countryPoint, { accept: 72_000_000_000_000n, release: 90_000_000_000_000n });
    });

    it("refuse accept above release", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      await expect(pool.connect(country).postPrices(countryPoint, { accept: 2n * ALP_UNIT, release: ALP_UNIT }))
        .to.be.revertedWithCustomError(pool, "ExchangePricesInvalid")
        .withArgs(2n * ALP_UNIT, ALP_UNIT);
    });
  });

  it("sets limits and pauses and says so", async () => {
    const { pool, country, countryPoint } = await loadFixture(openExchange);
    await expect(pool.connect(country).setLimits(countryPoint, { poolDaily: 5n, accountDaily: 3n }))
      .to.emit(pool, "LimitsSet")
      .withArgs(countryPoint, 5n, 3n);
    await expect(pool.connect(country).setPause(countryPoint, false, true))
      .to.emit(pool, "PauseSet")
      .withArgs(countryPoint, false, true);
    const side = await pool.poolOf(countryPoint);
    expect(plain(side.limits)).to.deep.equal({ poolDaily: 5n, accountDaily: 3n });
    expect([side.isAcceptPaused, side.isReleasePaused]).to.deep.equal([false, true]);
    expect(plain(side.prices)).to.deep.equal(COUNTRY_PRICES);
  });

  describe("reserves", () => {
    it("grow by points issued into them, once a ref", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      await expect(pool.connect(country).fundPoints(countryPoint, REF, 7n))
        .to.emit(pool, "PointsFunded")
        .withArgs(countryPoint, REF, 7n);
      expect(await pool.pointReserveOf(countryPoint)).to.equal(1_000_000n * POINT + 7n);
      expect(await countryPoint.poolPoints()).to.equal(1_000_000n * POINT + 7n);
      const errors = await ethers.getContractAt("IMerchantPoint", countryPoint);
      await expect(pool.connect(country).fundPoints(countryPoint, REF, 7n))
        .to.be.revertedWithCustomError(errors, "MerchantPointRefUsed")
        .withArgs(REF);
    });

    it("shrink by points retired, down to nothing", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      const all = 1_000_000n * POINT;
      await expect(pool.connect(country).withdrawPoints(countryPoint, all + 1n))
        .to.be.revertedWithCustomError(pool, "ExchangeReserveTooLow")
        .withArgs(all + 1n, all);
      await expect(pool.connect(country).withdrawPoints(countryPoint, all))
        .to.emit(pool, "PointsWithdrawn")
        .withArgs(countryPoint, all);
      expect(await countryPoint.poolPoints()).to.equal(0n);
      expect((await pool.poolOf(countryPoint)).alpReserve).to.equal(1_000n * ALP);
    });

    it("take ALP from anyone and give it back to the controller alone", async () => {
      const { pool, alp, country, stranger, countryPoint } = await loadFixture(openExchange);
      await alp.mint(stranger, 5n * ALP_UNIT);
      await alp.connect(stranger).approve(pool, 5n * ALP_UNIT);
      await expect(pool.connect(stranger).fundAlp(countryPoint, 5n * ALP_UNIT))
        .to.emit(pool, "AlpFunded")
        .withArgs(countryPoint, stranger, 5n * ALP_UNIT);
      const all = 1_000n * ALP + 5n * ALP_UNIT;
      await expect(pool.connect(country).withdrawAlp(countryPoint, all + ALP_UNIT))
        .to.be.revertedWithCustomError(pool, "ExchangeReserveTooLow")
        .withArgs(all + ALP_UNIT, all);
      const withdrawal = pool.connect(country).withdrawAlp(countryPoint, all);
      await expect(withdrawal).to.emit(pool, "AlpWithdrawn").withArgs(countryPoint, country, all);
      await expect(withdrawal).to.changeTokenBalances(ethers, alp, [pool, country], [-all, all]);
      expect((await pool.poolOf(countryPoint)).pointReserve).to.equal(1_000_000n * POINT);
    });

    it("refuse ALP for a side that is not open", async () => {
      const { pool, country, countryPoint } = await loadFixture(bareExchange);
      await expect(pool.connect(country).fundAlp(countryPoint, ALP_UNIT))
        .to.be.revertedWithCustomError(pool, "ExchangePoolNotOpen")
        .withArgs(countryPoint);
    });

    it("hold what fits one slot, in all sides together for ALP", async () => {
      const { pool, alp, country, burger, countryPoint, burgerPoint } = await loadFixture(openExchange);
      await alp.mint(country, ALP_MAX);
      const left = ALP_MAX - 2_000n * ALP;
      await expect(pool.connect(country).fundAlp(countryPoint, left + ALP_UNIT))
        .to.be.revertedWithCustomError(pool, "ExchangeAmountOutOfRange")
        .withArgs(left + ALP_UNIT);
      await pool.connect(country).fundAlp(countryPoint, left);
      await expect(pool.connect(burger).fundAlp(burgerPoint, ALP_UNIT)).to.be.revertedWithCustomError(
        pool,
        "ExchangeAmountOutOfRange",
      );
      await pool.connect(country).withdrawAlp(countryPoint, ALP_UNIT);
      await pool.connect(burger).fundAlp(burgerPoint, ALP_UNIT);

      const room = UINT56_MAX - 1_000_000n * POINT;
      await expect(pool.connect(country).fundPoints(countryPoint, REF, room + 1n))
        .to.be.revertedWithCustomError(pool, "ExchangeAmountOutOfRange")
        .withArgs(room + 1n);
      await pool.connect(country).fundPoints(countryPoint, REF, room);
      const side = await pool.poolOf(countryPoint);
      expect([side.pointReserve, side.alpReserve]).to.deep.equal([UINT56_MAX, ALP_MAX - 1_000n * ALP - ALP_UNIT]);
    });

    it("refuse zero, which would only look like something happened", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      const desk = pool.connect(country);
      for (const call of [
        desk.fundPoints(countryPoint, REF, 0n),
        desk.withdrawPoints(countryPoint, 0n),
        desk.fundAlp(countryPoint, 0n),
        desk.withdrawAlp(countryPoint, 0n),
      ]) {
        await expect(call).to.be.revertedWithCustomError(pool, "ExchangeAmountOutOfRange").withArgs(0n);
      }
    });

    it("are whole units of ALP", async () => {
      const { pool, country, countryPoint } = await loadFixture(openExchange);
      expect(await pool.ALP_UNIT()).to.equal(ALP_UNIT);
      for (const call of [
        pool.connect(country).fundAlp(countryPoint, ALP_UNIT + 1n),
        pool.connect(country).withdrawAlp(countryPoint, ALP_UNIT + 1n),
      ]) {
        await expect(call)
          .to.be.revertedWithCustomError(pool, "ExchangeAmountOutOfRange")
          .withArgs(ALP_UNIT + 1n);
      }
    });

    it("keep today's tally when they are changed", async () => {
      const { pool, country, countryPoint, burgerPoint, ann } = await loadFixture(openExchange);
      await time.increaseTo(await nextMidnight());
      await pool.connect(ann).swapExactIn(countryPoint, burgerPoint, 500n, 0n, UINT256_MAX);
      const desk = pool.connect(country);
      await desk.fundAlp(countryPoint, ALP_UNIT);
      await desk.withdrawAlp(countryPoint, ALP_UNIT);
      await desk.fundPoints(countryPoint, REF, 1n);
      await desk.withdrawPoints(countryPoint, 1n);
      expect((await pool.poolOf(countryPoint)).takenToday).to.equal(500n);
    });
  });

  it("starts from the prices it was opened with", async () => {
    const { pool, burgerPoint } = await loadFixture(openExchange);
    expect(plain((await pool.poolOf(burgerPoint)).prices)).to.deep.equal(BURGER_PRICES);
  });
});
