/** Coverage under threshold: what is locked for a merchant against what its outstanding points require. */
import type { Finding } from "../kernel/alerts.ts";
import { coverageRatioBps } from "../kernel/coverage.ts";
import type { Now, TokenFacts } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";
import { DAY_SECONDS } from "./thresholds.ts";

export interface Covered {
  readonly token: TokenFacts;
  /** ALP wei locked, less requested withdrawals. */
  readonly available: bigint;
  readonly required: bigint;
}

export function findLowCoverage(merchants: readonly Covered[], now: Now, limits: Thresholds["coverage"]): Finding[] {
  const bucket = Math.floor(now.time / (limits.againAfterDays * DAY_SECONDS));
  const findings: Finding[] = [];
  for (const { token, available, required } of merchants) {
    const ratio = coverageRatioBps(available, required);
    if (ratio === undefined || ratio >= BigInt(limits.ratioBpsMin)) continue;
    findings.push({
      key: `coverage_low/${token.address}/${bucket}`,
      rule: "coverage_low",
      merchantId: token.merchantId,
      token: token.address,
      facts: {
        symbol: token.symbol,
        available: String(available),
        required: String(required),
        ratioBps: String(ratio),
        ratioBpsMin: limits.ratioBpsMin,
      },
      blockNumber: now.blockNumber,
      time: now.time,
    });
  }
  return findings;
}
