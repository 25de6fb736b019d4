/** Price move: a posted price far from the one that was in force some days before. */
import type { Finding } from "../kernel/alerts.ts";
import { blockOf } from "../kernel/position.ts";
import type { Place, TokenFacts } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";
import { DAY_SECONDS } from "./thresholds.ts";

const BPS = 10_000n;

/** ALP wei a base unit. */
export interface Prices {
  readonly accept: bigint;
  readonly release: bigint;
}

export interface PostedPrice extends Place {
  readonly token: TokenFacts;
  readonly posted: Prices;
  /** In force `days` before the post; absent for a pool that is younger. */
  readonly before?: Prices;
}

export function findPriceMoves(posts: readonly PostedPrice[], limits: Thresholds["priceMove"]): Finding[] {
  const findings = new Map<string, Finding>();
  for (const post of posts) {
    const { token, posted, before, position, time, transactionHash } = post;
    if (before === undefined) continue;
    for (const side of ["accept", "release"] as const) {
      const move = posted[side] > before[side] ? posted[side] - before[side] : before[side] - posted[side];
      if (move * BPS <= before[side] * BigInt(limits.moveBpsMax)) continue;
      const key = `price_move/${token.address}/${side}/${Math.floor(time / (limits.days * DAY_SECONDS))}`;
      if (findings.has(key)) continue;
      findings.set(key, {
        key,
        rule: "price_move",
        merchantId: token.merchantId,
        token: token.address,
        facts: {
          symbol: token.symbol,
          side,
          price: String(posted[side]),
          before: String(before[side]),
          moveBps: String(((posted[side] - before[side]) * BPS) / before[side]),
          days: limits.days,
          moveBpsMax: limits.moveBpsMax,
        },
        blockNumber: blockOf(position),
        time,
        transactionHash,
      });
    }
  }
  return [...findings.values()];
}
