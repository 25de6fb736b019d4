import type { Result } from "ethers";
import { network } from "hardhat";

/** Base units of a whole point (2 decimals). */
export const POINT = 100n;
export const ALP = 10n ** 18n;
export const DAY = 86_400;
export const PRICE_DELAY = 2 * DAY;
export const PRICE_MOVE_MAX_BPS = 1_000n;
export const EPOCH = 30 * DAY;
export const UINT56_MAX = 2n ** 56n - 1n;
export const UINT64_MAX = 2n ** 64n - 1n;
/** Prices and amounts of ALP are whole multiples of this many wei. */
export const ALP_UNIT = 10n ** 6n;
/** What one side, and all together, can hold of ALP. */
export const ALP_MAX = (2n ** 80n - 1n) * ALP_UNIT;
export const PRICE_MAX = UINT64_MAX - (UINT64_MAX % ALP_UNIT);
export const UINT256_MAX = 2n ** 256n - 1n;

/** The reasons of IExchangePool, in the order of its enum. */
export const Refusal = {
  None: 0n,
  SameToken: 1n,
  PoolClosed: 2n,
  AmountOutOfRange: 3n,
  AcceptPaused: 4n,
  ReleasePaused: 5n,
  TokenPaused: 6n,
  AccountFrozen: 7n,
  BalanceTooLow: 8n,
  AlpReserveTooLow: 9n,
  PointReserveTooLow: 10n,
  PoolDailyLimit: 11n,
  AccountDailyLimit: 12n,
  WouldOutlive: 13n,
  Slippage: 14n,
  DeadlinePassed: 15n,
} as const;

/** What 乡村基 posts (100 points a yuan) and what 汉堡王 posts (1,000 points a yuan), in ALP wei a base unit. */
export const COUNTRY_PRICES = { accept: 80_000_000_000_000n, release: 100_000_000_000_000n };
export const BURGER_PRICES = { accept: 7_000_000_000_000n, release: 9_000_000_000_000n };
export const LIMITS = { poolDaily: 100_000n * POINT, accountDaily: 10_000n * POINT };

const { ethers, networkHelpers } = await network.create({
  // A fixed date: no test depends on the day it runs.
  override: { initialDate: "2027-01-15T02:00:00Z" },
});
export { ethers };
export const time = networkHelpers.time;
export const takeSnapshot = () => networkHelpers.takeSnapshot();

/** Runs the fixture once and comes back to its state for every other test that asks. */
export const loadFixture = <T>(fixture: () => Promise<T>): Promise<T> => networkHelpers.loadFixture(fixture);

/** The pool alone, before any side is open: two merchants' plain tokens, a registry book, an ALP stand-in. */
export async function bareExchange() {
  const [deployer, country, burger, ann, bob, stranger] = await ethers.getSigners();
  const book = await ethers.deployContract("MerchantBook");
  const alp = await ethers.deployContract("Erc20Stub");
  const pool = await ethers.deployContract("ExchangePool", [book, alp, PRICE_DELAY, PRICE_MOVE_MAX_BPS]);
  const countryPoint = await ethers.deployContract("PoolPointStub", [pool, EPOCH]);
  const burgerPoint = await ethers.deployContract("PoolPointStub", [pool, EPOCH]);
  await book.set(countryPoint, 1n, country!);
  await book.set(burgerPoint, 2n, burger!);
  for (const merchant of [country!, burger!]) {
    await alp.mint(merchant, 1_000_000n * ALP);
    await alp.connect(merchant).approve(pool, UINT256_MAX);
  }
  return {
    ...{ deployer: deployer!, country: country!, burger: burger!, ann: ann!, bob: bob!, stranger: stranger! },
    ...{ book, alp, pool, countryPoint, burgerPoint },
  };
}

/** Both sides open and funded; Ann and Bob hold points of this epoch. */
export async function openExchange() {
  const bare = await bareExchange();
  const { pool, country, burger, countryPoint, burgerPoint, ann, bob } = bare;
  await pool.connect(country).open(countryPoint, COUNTRY_PRICES, LIMITS);
  await pool.connect(burger).open(burgerPoint, BURGER_PRICES, LIMITS);
  await pool.connect(country).fundPoints(countryPoint, ethers.id("country"), 1_000_000n * POINT);
  await pool.connect(burger).fundPoints(burgerPoint, ethers.id("burger"), 1_000_000n * POINT);
  await pool.connect(country).fundAlp(countryPoint, 1_000n * ALP);
  await pool.connect(burger).fundAlp(burgerPoint, 1_000n * ALP);
  for (const member of [ann, bob]) {
    await countryPoint.give(member, 0n, 50_000n * POINT);
    await burgerPoint.give(member, 0n, 50_000n * POINT);
  }
  return bare;
}

/** The first second of the next day (UTC). */
export async function nextMidnight(): Promise<number> {
  return (Math.floor((await time.latest()) / DAY) + 1) * DAY;
}

/** A struct as ethers decodes it, as a plain object that can be compared. */
export function plain(struct: object): Record<string, unknown> {
  return (struct as Result).toObject();
}
