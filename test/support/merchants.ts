/** Merchants for contract tests: applied, approved, covered by collateral, with a till, prices and funded reserves. */
import type { Ledger, Signer } from "./alliance.ts";
import { ALP, POINT } from "./alliance.ts";
import { Calendar, UTC_PLUS_8 } from "./time.ts";

export const PROFILE_URI = "https://example.com/profile.json";
export const PROFILE_HASH = "0x" + "11".repeat(32);

/** What a merchant asks for when it applies. */
export function termsOf(plan: Pick<MerchantPlan, "name" | "symbol" | "pointsPerYuan" | "calendar">) {
  return {
    legalName: `${plan.name} Ltd.`,
    tokenName: `${plan.name} Points`,
    tokenSymbol: plan.symbol,
    category: "restaurant",
    pointsPerYuan: plan.pointsPerYuan,
    calendar: plan.calendar,
    utcOffsetSeconds: UTC_PLUS_8,
  };
}

export interface MerchantPlan {
  readonly name: string;
  readonly symbol: string;
  readonly pointsPerYuan: bigint;
  readonly calendar: bigint;
  /** Deposit, ALP wei. */
  readonly collateral: bigint;
  /** What its till may issue a day, base units. */
  readonly tillDailyLimit: bigint;
  /** ALP wei a base unit. */
  readonly prices: { readonly accept: bigint; readonly release: bigint };
  readonly limits: { readonly poolDaily: bigint; readonly accountDaily: bigint };
  /** Reserves of the exchange pool: base units and ALP wei. */
  readonly reserves: { readonly points: bigint; readonly alp: bigint };
}

const LIMITS = { poolDaily: 100_000n * POINT, accountDaily: 10_000n * POINT };

/** 乡村基, 100 points a yuan; a base unit is worth 10^-4 yuan. It sells at face value and takes back at 80 %. */
export const COUNTRY_STYLE: MerchantPlan = {
  name: "Country Style",
  symbol: "CSC",
  pointsPerYuan: 100n,
  calendar: Calendar.Quarter,
  collateral: 6_000n * ALP,
  tillDailyLimit: 100_000n * POINT,
  prices: { accept: 80_000_000_000_000n, release: 100_000_000_000_000n },
  limits: LIMITS,
  reserves: { points: 1_000_000n * POINT, alp: 1_000n * ALP },
};

/** 汉堡王, 1,000 points a yuan; a base unit is worth 10^-5 yuan. It sells at 90 % of face value and takes back at 70 %. */
export const BURGER: MerchantPlan = {
  ...COUNTRY_STYLE,
  name: "Burger King",
  symbol: "BKP",
  pointsPerYuan: 1_000n,
  calendar: Calendar.Month,
  prices: { accept: 7_000_000_000_000n, release: 9_000_000_000_000n },
};

export type Merchant = Awaited<ReturnType<typeof admitMerchant>>;

/** Applies and is approved: the merchant has a token and may hold ALP, and nothing else. */
export async function approveMerchant(ledger: Ledger, controller: Signer, plan: MerchantPlan) {
  const { merchantRegistry, ethers, actors } = ledger;
  await merchantRegistry.connect(controller).applyFor(termsOf(plan), PROFILE_URI, PROFILE_HASH);
  const merchantId = await merchantRegistry.merchantCount();
  await merchantRegistry.connect(actors.platform).approve(merchantId);
  const token = await ethers.getContractAt("MerchantPoint", await merchantRegistry.tokenOf(merchantId));
  return { merchantId, token, controller };
}

/**
 * Admits a merchant in full. `seat` 0 to 3 picks its controller and till among the actors. The platform lends it ALP for
 * collateral and reserve.
 */
export async function admitMerchant(ledger: Ledger, seat: number, plan: MerchantPlan) {
  const { allianceToken, collateral, exchangePool, actors, ethers } = ledger;
  const controller = actors.controllers[seat]!;
  const till = actors.tills[seat]!;
  const { merchantId, token } = await approveMerchant(ledger, controller, plan);

  await allianceToken.connect(actors.platform).transfer(controller, plan.collateral + plan.reserves.alp);
  await allianceToken.connect(controller).approve(collateral, plan.collateral);
  await collateral.connect(controller).deposit(merchantId, plan.collateral);
  await token.connect(controller).setTill(till, plan.tillDailyLimit);

  const pool = exchangePool.connect(controller);
  await pool.open(token, plan.prices, plan.limits);
  await pool.fundPoints(token, ethers.id(`${plan.name}: first reserve`), plan.reserves.points);
  await allianceToken.connect(controller).approve(exchangePool, plan.reserves.alp);
  await pool.fundAlp(token, plan.reserves.alp);
  return { merchantId, token, controller, till, plan };
}
