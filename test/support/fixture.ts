import { actors, ethers, networkHelpers } from "./actors.ts";
import { agesOf, packItem, type Ages } from "./lots.ts";
import { at, Calendar, DAY, UTC_PLUS_8 } from "./time.ts";

export const MERCHANT_ID = 7n;
export const REGULATOR_ROLE = 2n;
export const DAILY_LIMIT = 1_000_000_000n;
export const CASE = ethers.id("case 2027-001");
export const HOLD_SECONDS_MAX = 30 * DAY;
export const MAX_UINT256 = 2n ** 256n - 1n;
/** A pause that lasts until somebody ends it. */
export const ENDLESS = 2n ** 64n - 1n;

/** Noon of 15 January 2027 in China: the middle of a month, a quarter, a half-year and a year's first epoch. */
export const START = at("2027-01-15", "12:00:00");

const REGULATOR_POWERS = ["freeze", "unfreeze", "pause", "unpause", "forceTransfer"] as const;

export type Terms = { calendar: bigint; utcOffsetSeconds: number; name: string };

const COUNTRY_STYLE: Terms = { calendar: Calendar.Month, utcOffsetSeconds: UTC_PLUS_8, name: "Country Style Points" };

/** One merchant's token made by the factory, with the smallest registry, collateral and pool that it can live with. */
export async function deployToken(terms: Partial<Terms> = {}) {
  const { calendar, utcOffsetSeconds, name } = { ...COUNTRY_STYLE, ...terms };
  await networkHelpers.time.increaseTo(START);
  const access = await ethers.deployContract("AllianceAccess", [actors.council]);
  const registry = await ethers.deployContract("PointRegistryMock");
  const collateral = await ethers.deployContract("PointCollateralMock");
  const pool = await ethers.deployContract("PointPoolMock");
  const factory = await ethers.deployContract("MerchantPointFactory", [
    { authority: access, registry, pool, collateral },
  ]);
  const params = { merchantId: MERCHANT_ID, name, symbol: "CSP", pointsPerYuan: 100n, calendar, utcOffsetSeconds };
  await registry.create(factory, params);
  const [created] = await factory.queryFilter(factory.filters.MerchantPointCreated());
  const token = await ethers.getContractAt("MerchantPoint", created!.args.token);

  await registry.setController(MERCHANT_ID, actors.merchant);
  await token.connect(actors.merchant).setTill(actors.till, DAILY_LIMIT);
  const selectors = REGULATOR_POWERS.map((power) => token.interface.getFunction(power).selector);
  await access.setTargetFunctionRole(token, selectors, REGULATOR_ROLE);
  await access.grantRole(REGULATOR_ROLE, actors.regulator, 0);
  return { token, access, registry, collateral, pool, factory, params };
}

export type Deployed = Awaited<ReturnType<typeof deployToken>>;
export type Token = Deployed["token"];

/** The usual token: monthly epochs, UTC+8. */
export async function monthly() {
  return deployToken();
}

const genesis = await networkHelpers.takeSnapshot();
let loaded: { fixture: () => Promise<unknown>; state: typeof genesis; result: unknown } | undefined;

/** Like Hardhat's loadFixture, but a fixture that was not the last one starts from the first block again: otherwise
 * its clock would go on from wherever the test before had moved it. */
export async function load<T>(fixture: () => Promise<T>): Promise<T> {
  if (loaded?.fixture === fixture) {
    await loaded.state.restore();
    return loaded.result as T;
  }
  await genesis.restore();
  const result = await fixture();
  loaded = { fixture, state: await networkHelpers.takeSnapshot(), result };
  return result;
}

let refCount = 0;

/** A ref that no other issue of this run has. */
export function freshRef(): string {
  refCount += 1;
  return ethers.id(`ref ${refCount}`);
}

/** Issues `ages` to an account, each into its own epoch (which must have begun). Every lane may be empty. */
export async function issueAges(token: Token, to: { address: string }, ages: Ages): Promise<void> {
  const current = await token.currentEpoch();
  for (const [age, points] of ages.entries()) {
    if (points === 0n) continue;
    const items = [packItem(to.address, points)];
    await token.connect(actors.till).issueBatch(freshRef(), current - BigInt(age), items);
  }
}

/** Live base units of an account by age. */
export async function agesAt(token: Token, account: { address: string }): Promise<Ages> {
  return agesOf(await token.lotsOf(account.address));
}
