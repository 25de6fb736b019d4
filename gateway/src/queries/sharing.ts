/** Sales and days of the sharing program, as the chain told them. */
import type { SalesOf } from "../store/read-sharing.ts";
import { readSharingDays, readSharingSales } from "../store/read-sharing.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, positionCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";

export function listSharingSales(reading: Reading, of: SalesOf, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const rows = await readSharingSales(tx, of, { limit, before: positionCursor(cursor) });
    return cutPage(rows, limit, {
      cursor: ({ position }) => position,
      item: (row) => ({
        ...placeOf(row),
        ref: row.ref,
        merchantId: row.merchant_id,
        consumer: row.consumer,
        amountFen: row.amount_fen,
        refundedFen: row.refunded_fen,
        rebateYuan: row.rebate_yuan,
        burnedPoints: row.burned_points,
      }),
    });
  });
}

/** A year of them at most. */
const DAYS_SHOWN = 366;

export function listSharingDays(reading: Reading) {
  return atBlock(reading, async ({ tx }) => ({
    items: (await readSharingDays(tx, DAYS_SHOWN)).map((row) => ({
      ...placeOf(row),
      day: row.day,
      points: row.points,
      shareValueYuan: row.share_value,
      navAlp: row.nav,
    })),
  }));
}
