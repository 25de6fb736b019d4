/** The arithmetic of ICollateral: what must be locked for points outstanding, rounded up. */

const BPS = 10_000n;
const BASE_UNITS = 100n;

export interface CoverageTerms {
  /** ALP wei a yuan. */
  readonly alpPerYuan: bigint;
  readonly coverageBps: bigint;
  readonly pointsPerYuan: number;
}

/** ALP wei for `outstanding` base units. */
export function requiredAlp(outstanding: bigint, terms: CoverageTerms): bigint {
  const face = outstanding * terms.alpPerYuan * terms.coverageBps;
  const divisor = BASE_UNITS * BigInt(terms.pointsPerYuan) * BPS;
  return (face + divisor - 1n) / divisor;
}

/** Basis points of what is required; undefined when nothing is. 10,000 is exactly covered. */
export function coverageRatioBps(available: bigint, required: bigint): bigint | undefined {
  return required === 0n ? undefined : (available * BPS) / required;
}
