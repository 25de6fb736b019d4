import { expect } from "chai";

import {
  ALP,
  BURGER_PRICES,
  COUNTRY_PRICES,
  LIMITS,
  POINT,
  Refusal,
  bareExchange,
  ethers,
  loadFixture,
  openExchange,
} from "../support/exchange.ts";
import { Status } from "../support/exit.ts";

const REF = ethers.id("ref");
const COUNTRY_ID = 1n;
const STOPPED = ["Suspended", "WindingDown", "Closed"] as const;
const RUNNING = ["Active", "IssueHalted"] as const;
type Bare = Awaited<ReturnType<typeof bareExchange>>;

/** An open side whose merchant's standing is as named, before anybody has told the pool. */
async function standing(name: keyof typeof Status) {
  const exchange = await loadFixture(openExchange);
  await exchange.book.setStatus(COUNTRY_ID, Status[name]);
  return exchange;
}

describe("PoolDesk, by the merchant's standing", () => {
  for (const name of RUNNING) {
    it(`changes nothing while it is ${name}`, async () => {
      const { pool, country, countryPoint } = await standing(name);
      const before = await pool.poolOf(countryPoint);
      await expect(pool.followStatus(countryPoint)).to.not.emit(pool, "PauseSet");
      expect(await pool.poolOf(countryPoint)).to.deep.equal(before);
      await pool.connect(country).setPause(countryPoint, false, false);
    });
  }

  for (const name of STOPPED) {
    it(`pauses both ways when it is ${name}, whoever says so, and says so once`, async () => {
      const { pool, stranger, countryPoint, burgerPoint, ann } = await standing(name);
      await expect(pool.connect(stranger).followStatus(countryPoint))
        .to.emit(pool, "PauseSet")
        .withArgs(countryPoint, true, true);
      await expect(pool.connect(stranger).followStatus(countryPoint)).to.not.emit(pool, "PauseSet");
      const quotes = [
        await pool.quote(ann, countryPoint, burgerPoint, POINT, false),
        await pool.quote(ann, burgerPoint, countryPoint, POINT, false),
      ];
      expect(quotes.map(({ refusal }) => refusal)).to.deep.equal([Refusal.AcceptPaused, Refusal.ReleasePaused]);
    });

    it(`completes a pause of one way when it is ${name}`, async () => {
      const { pool, book, country, countryPoint } = await loadFixture(openExchange);
      for (const [accept, release] of [
        [true, false],
        [false, true],
      ] as const) {
        await book.setStatus(COUNTRY_ID, Status.Active);
        await pool.connect(country).setPause(countryPoint, accept, release);
        await book.setStatus(COUNTRY_ID, Status[name]);
        await expect(pool.followStatus(countryPoint)).to.emit(pool, "PauseSet").withArgs(countryPoint, true, true);
      }
    });

    it(`lets the controller of a merchant that is ${name} take reserves out, and nothing else`, async () => {
      const { pool, country, stranger, countryPoint } = await standing(name);
      const desk = pool.connect(country);
      for (const call of [
        () => desk.postPrices(countryPoint, COUNTRY_PRICES),
        () => desk.setPause(countryPoint, true, true),
        () => desk.fundPoints(countryPoint, REF, 1n),
        () => desk.fundAlp(countryPoint, ALP),
        () => pool.connect(stranger).fundAlp(countryPoint, ALP),
        () => desk.open(countryPoint, COUNTRY_PRICES, LIMITS),
      ]) {
        await expect(call()).to.be.revertedWithCustomError(pool, "ExchangeMerchantStopped").withArgs(countryPoint);
      }
      await desk.setLimits(countryPoint, LIMITS);
      await desk.withdrawPoints(countryPoint, POINT);
      await expect(desk.withdrawAlp(countryPoint, 1_000n * ALP))
        .to.emit(pool, "AlpWithdrawn")
        .withArgs(countryPoint, country, 1_000n * ALP);
    });

    it(`opens no side of a merchant that is ${name}`, async () => {
      const { pool, book, country, countryPoint } = await loadFixture(bareExchange);
      await book.setStatus(COUNTRY_ID, Status[name]);
      await expect(pool.connect(country).open(countryPoint, COUNTRY_PRICES, LIMITS))
        .to.be.revertedWithCustomError(pool, "ExchangeMerchantStopped")
        .withArgs(countryPoint);
      await expect(pool.followStatus(countryPoint)).to.not.emit(pool, "PauseSet");
    });
  }

  it("keeps the points in reserve of a suspended merchant", async () => {
    const { pool, countryPoint } = await standing("Suspended");
    await expect(pool.followStatus(countryPoint)).to.not.emit(pool, "PointsWithdrawn");
    expect(await pool.pointReserveOf(countryPoint)).to.equal(1_000_000n * POINT);
  });

  for (const name of ["WindingDown", "Closed"] as const) {
    it(`destroys the points in reserve of a merchant that is ${name}; the ALP stays`, async () => {
      const { pool, countryPoint } = await standing(name);
      await expect(pool.followStatus(countryPoint))
        .to.emit(pool, "PointsWithdrawn")
        .withArgs(countryPoint, 1_000_000n * POINT);
      const side = await pool.poolOf(countryPoint);
      expect([side.pointReserve, side.alpReserve]).to.deep.equal([0n, 1_000n * ALP]);
      expect(await countryPoint.poolPoints()).to.equal(0n);
      await expect(pool.followStatus(countryPoint)).to.not.emit(pool, "PointsWithdrawn");
    });
  }

  it("leaves the other merchants' sides as they are", async () => {
    const { pool, burger, burgerPoint, countryPoint } = await standing("WindingDown");
    await pool.followStatus(countryPoint);
    await pool.followStatus(burgerPoint);
    expect((await pool.poolOf(burgerPoint)).isAcceptPaused).to.equal(false);
    await pool.connect(burger).postPrices(burgerPoint, BURGER_PRICES);
  });

  it("does not know a token the registry does not know", async () => {
    const { pool, stranger }: Bare = await loadFixture(bareExchange);
    await expect(pool.followStatus(stranger))
      .to.be.revertedWithCustomError(pool, "ExchangeTokenUnknown")
      .withArgs(stranger);
  });
});
