/** How a token is spread over those who hold it. */
import type { Address } from "../kernel/ids.ts";
import { readHolders } from "../store/read-accounts.ts";
import type { SpreadRow } from "../store/read-figures.ts";
import { readSpread } from "../store/read-figures.ts";
import { readToken } from "../store/read-issuers.ts";
import type { PointTokenRow } from "../store/tables-ledger.ts";
import { POINT_DECIMALS, pointAmount } from "./amounts.ts";
import type { Reading } from "./at-block.ts";
import { atBlock, found } from "./at-block.ts";

const BPS = 10_000n;
const TOP = [1, 10, 100] as const;

export function showDistribution(reading: Reading, address: Address) {
  return atBlock(reading, async ({ tx }) => {
    const token = found(await readToken(tx, address), `point token ${address}`);
    const [holders, total] = [token.holder_count, BigInt(token.circulating)];
    const rows = holders === 0 ? [] : await readSpread(tx, address, { holders, total: token.circulating });
    const largest = await readHolders(tx, address, { limit: Math.max(...TOP) });
    const shareBps = (points: bigint): string => String(total === 0n ? 0n : (points * BPS) / total);
    return {
      token: address,
      holderCount: holders,
      circulating: pointAmount(token, total),
      giniBps: giniBps(rows, { holders: BigInt(holders), total }),
      halfHeldBy: rows.reduce((sum, row) => sum + row.to_half, 0),
      top: TOP.map((count) => {
        const points = largest.slice(0, count).reduce((sum, { balance }) => sum + BigInt(balance), 0n);
        return { count, points: pointAmount(token, points), shareBps: shareBps(points) };
      }),
      curve: curveOf(token, rows).map((step) => ({ ...step, shareBps: shareBps(BigInt(step.points.amount)) })),
      sizes: sizesOf(token, rows),
    };
  });
}

/** 0 when all hold the same, towards 10,000 when one holds everything; null when nobody holds anything. */
function giniBps(rows: readonly SpreadRow[], { holders, total }: { holders: bigint; total: bigint }): string | null {
  if (holders === 0n || total === 0n) return null;
  const ranked = rows.reduce((sum, row) => sum + BigInt(row.ranked), 0n);
  // With ranks from the largest down: ((n + 1) · T − 2 · Σ rank · x) / (n · T).
  return String((((holders + 1n) * total - 2n * ranked) * BPS) / (holders * total));
}

/** What the largest so many percent of the holders have together. */
function curveOf(token: PointTokenRow, rows: readonly SpreadRow[]) {
  let [holders, points] = [0, 0n];
  const steps = new Map<number, { holders: number; points: bigint }>();
  for (const row of rows) {
    holders += row.holders;
    points += BigInt(row.points);
    steps.set(row.percent, { holders, points });
  }
  return [...steps].map(([holdersPercent, step]) => ({
    holdersPercent,
    holders: step.holders,
    points: pointAmount(token, step.points),
  }));
}

/** Holders by the order of magnitude of what they hold; what is less than a point stands together. */
function sizesOf(token: PointTokenRow, rows: readonly SpreadRow[]) {
  const sizes = new Map<number, { holders: number; points: bigint }>();
  for (const row of rows) {
    const digits = Math.max(row.digits, POINT_DECIMALS);
    const size = sizes.get(digits) ?? { holders: 0, points: 0n };
    sizes.set(digits, { holders: size.holders + row.holders, points: size.points + BigInt(row.points) });
  }
  return [...sizes]
    .sort(([one], [other]) => one - other)
    .map(([digits, { holders, points }]) => ({
      from: pointAmount(token, digits === POINT_DECIMALS ? 1n : 10n ** BigInt(digits - 1)),
      /** Exclusive. */
      to: pointAmount(token, 10n ** BigInt(digits)),
      holders,
      points: pointAmount(token, points),
    }));
}
