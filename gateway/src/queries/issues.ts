/** Issues and redemptions of a token. */
import type { Address } from "../kernel/ids.ts";
import { parseLots } from "../kernel/lots.ts";
import type { RedemptionsOf } from "../store/read-activity.ts";
import { readIssues, readRedemptions } from "../store/read-activity.ts";
import { readToken } from "../store/read-issuers.ts";
import type { IssueRow, PointTokenRow, RedemptionRow } from "../store/tables-ledger.ts";
import { pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, positionCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";
import { expiryView, lotsView } from "./lots-view.ts";

export const issueView = (token: PointTokenRow) => (row: IssueRow) => ({
  ...placeOf(row),
  ref: row.ref,
  till: row.till,
  isToPool: row.is_to_pool,
  epoch: row.epoch,
  expiresAt: row.epoch === null ? null : expiryView(token, row.epoch),
  itemCount: row.item_count,
  points: pointAmount(token, row.points),
  reversed: pointAmount(token, row.reversed),
});

export const redemptionView = (token: PointTokenRow) => (row: RedemptionRow) => ({
  ...placeOf(row),
  holder: row.holder,
  ref: row.ref,
  kind: row.kind,
  state: row.state,
  points: pointAmount(token, row.points),
  redeemed: pointAmount(token, row.redeemed),
  returned: pointAmount(token, row.returned),
  lots: lotsView(token, parseLots(BigInt(row.lots))),
  releaseAt: row.release_at === "0" ? null : Number(row.release_at),
  updatedAt: Number(row.updated_at),
});

export function listIssues(reading: Reading, token: Address, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const row = found(await readToken(tx, token), `point token ${token}`);
    const rows = await readIssues(tx, token, { limit, before: positionCursor(cursor) });
    return cutPage(rows, limit, { item: issueView(row), cursor: ({ position }) => position });
  });
}

export function listRedemptions(reading: Reading, of: RedemptionsOf, { limit, cursor }: PageQuery) {
  const { token } = of;
  return atBlock(reading, async ({ tx }) => {
    const row = found(await readToken(tx, token), `point token ${token}`);
    const rows = await readRedemptions(tx, of, { limit, before: positionCursor(cursor) });
    return cutPage(rows, limit, { item: redemptionView(row), cursor: ({ position }) => position });
  });
}
