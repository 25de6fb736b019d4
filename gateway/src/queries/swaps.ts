/** Swaps, and what flows between merchants. */
import type { Address } from "../kernel/ids.ts";
import { readSwaps } from "../store/read-activity.ts";
import type { SwapsOf } from "../store/read-activity.ts";
import { readFlows } from "../store/read-issuers.ts";
import { alpAmount, labelAmounts } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, positionCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";

export function listSwaps(reading: Reading, of: SwapsOf, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const rows = await readSwaps(snapshot.tx, of, { limit, before: positionCursor(cursor) });
    const amountOf = await labelAmounts(
      snapshot,
      rows.flatMap((row): Address[] => [row.token_in, row.token_out]),
    );
    return cutPage(rows, limit, {
      cursor: ({ position }) => position,
      item: (row) => ({
        ...placeOf(row),
        account: row.account,
        given: amountOf(row.token_in, row.amount_in),
        hub: alpAmount(snapshot.alp, row.hub),
        bought: amountOf(row.token_out, row.amount_out),
        epochBought: row.epoch_out,
      }),
    });
  });
}

/** Sums over the last `days` UTC days, the largest first. */
export function listFlows(reading: Reading, days: number) {
  return atBlock(reading, async (snapshot) => {
    const today = Math.floor(snapshot.block.timestamp / 86_400);
    const rows = await readFlows(snapshot.tx, today - days + 1);
    const amountOf = await labelAmounts(
      snapshot,
      rows.flatMap((row): Address[] => [row.token_in, row.token_out]),
    );
    return {
      items: rows.map((row) => ({
        swaps: Number(row.swaps),
        given: amountOf(row.token_in, row.amount_in),
        hub: alpAmount(snapshot.alp, row.hub),
        bought: amountOf(row.token_out, row.amount_out),
      })),
    };
  });
}
