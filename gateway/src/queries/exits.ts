/** How a merchant leaves: where it stands, what holders get, who was paid. */
import { readMerchants, readTokensOf } from "../store/read-issuers.ts";
import { readExit, readPayouts } from "../store/read-supervision.ts";
import type { MerchantExitRow } from "../store/tables-governance.ts";
import { alpAmount, pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, positionCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";

const seconds = (time: string | null): number | null => (time === null ? null : Number(time));

/** Where it stands: it goes on, gave notice, may begin, winds down, may be closed, is closed. */
type Stage = "none" | "notice" | "noticeOver" | "windingDown" | "closable" | "closed";

function stageOf(exit: MerchantExitRow | undefined, now: number): Stage {
  if (exit === undefined) return "none";
  if (exit.closed_at !== null) return "closed";
  if (exit.closable_from !== null) return now >= Number(exit.closable_from) ? "closable" : "windingDown";
  if (exit.wind_down_from === null) return "none";
  return now >= Number(exit.wind_down_from) ? "noticeOver" : "notice";
}

export function showExit(reading: Reading, merchantId: number, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx, alp, block }) => {
    const [merchant] = await readMerchants(tx, [merchantId]);
    const { status, token: address } = found(merchant, `merchant ${merchantId}`);
    const [token] = address === null ? [] : await readTokensOf(tx, [address]);
    const label = token ?? { address: alp, symbol: "" };
    const exit = await readExit(tx, merchantId);
    const rows = await readPayouts(tx, merchantId, { limit, before: positionCursor(cursor) });
    const outstanding =
      token === undefined ? 0n : BigInt(token.circulating) + BigInt(token.held) + BigInt(token.pooled);
    return {
      merchantId,
      status,
      stage: stageOf(exit, block.timestamp),
      announcedAt: seconds(exit?.announced_at ?? null),
      windDownFrom: seconds(exit?.wind_down_from ?? null),
      begunAt: seconds(exit?.begun_at ?? null),
      closableFrom: seconds(exit?.closable_from ?? null),
      closedAt: seconds(exit?.closed_at ?? null),
      outstanding: pointAmount(label, outstanding),
      payouts:
        exit?.pot === undefined || exit.pot === null || exit.points === null
          ? null
          : {
              pot: alpAmount(alp, exit.pot),
              points: pointAmount(label, exit.points),
              paid: alpAmount(alp, exit.paid),
              pointsPaid: pointAmount(label, exit.points_paid),
              count: exit.payout_count,
              /** ALP wei for 1,000 points, rounded down; the exact payout of n is ⌊pot · n / points⌋. */
              perThousandPoints: alpAmount(alp, perThousand(BigInt(exit.pot), BigInt(exit.points))),
              surplusLeft: alpAmount(alp, exit.surplus),
              rest: exit.rest === null ? null : alpAmount(alp, exit.rest),
            },
      ...cutPage(rows, limit, {
        item: (row) => ({
          ...placeOf(row),
          holder: row.holder,
          ref: row.ref,
          points: pointAmount(label, row.points),
          alp: alpAmount(alp, row.alp),
        }),
        cursor: ({ position }) => position,
      }),
    };
  });
}

const BASE_UNITS_OF_THOUSAND = 100_000n;

function perThousand(pot: bigint, points: bigint): bigint {
  return points === 0n ? 0n : (pot * BASE_UNITS_OF_THOUSAND) / points;
}
