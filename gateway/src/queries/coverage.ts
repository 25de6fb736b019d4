/** How far a merchant's collateral covers the points it has outstanding: the arithmetic of ICollateral. */
import { coverageRatioBps, requiredAlp } from "../kernel/coverage.ts";
import type { Address } from "../kernel/ids.ts";
import type { CollateralRow, CoverageRow, PointTokenRow } from "../store/tables-ledger.ts";
import type { Amount } from "./amounts.ts";
import { alpAmount, pointAmount } from "./amounts.ts";

export interface CoverageView {
  /** circulating + held + pooled. */
  readonly outstanding: Amount;
  /** Locked, requested withdrawals included. */
  readonly deposited: Amount;
  readonly requested: Amount;
  readonly required: Amount;
  /** Deposited less requested, over required, in basis points (10,000 = exactly covered); null when nothing is required. */
  readonly ratioBps: string | null;
}

interface Facts {
  readonly alp: Address;
  readonly token: PointTokenRow;
  readonly collateral: CollateralRow | undefined;
  readonly coverage: CoverageRow | undefined;
}

export function coverageOf({ alp, token, collateral, coverage }: Facts): CoverageView {
  const outstanding = BigInt(token.circulating) + BigInt(token.held) + BigInt(token.pooled);
  const deposited = BigInt(collateral?.deposited ?? 0);
  const requested = BigInt(collateral?.requested ?? 0);
  const required = requiredAlp(outstanding, {
    alpPerYuan: BigInt(coverage?.alp_per_yuan ?? 0),
    coverageBps: BigInt(coverage?.coverage_bps ?? 0),
    pointsPerYuan: token.points_per_yuan,
  });
  return {
    outstanding: pointAmount(token, outstanding),
    deposited: alpAmount(alp, deposited),
    requested: alpAmount(alp, requested),
    required: alpAmount(alp, required),
    ratioBps: coverageRatioBps(deposited - requested, required)?.toString() ?? null,
  };
}
