/** What the regulator did and what of it is in force at the block's time. */
import {
  readFrozenAccounts,
  readLastPauseChanges,
  readMeasures,
  readOrders,
  readPauseChanges,
} from "../store/read-supervision.ts";
import { readMerchants } from "../store/read-issuers.ts";
import type { TransferOrderRow } from "../store/tables-governance.ts";
import { labelAmounts } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, positionCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";

/** The largest uint64: until the council lifts it. */
const FOR_GOOD = 2n ** 64n - 1n;

export function listFrozenAccounts(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const rows = await readFrozenAccounts(tx, { limit, before: positionCursor(cursor) });
    return cutPage(rows, limit, {
      item: (row) => ({ ...placeOf(row), account: row.account, caseNumber: row.case_number }),
      cursor: ({ position }) => position,
    });
  });
}

export function listPauses(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const { tx, block } = snapshot;
    const rows = await readPauseChanges(tx, { limit, before: positionCursor(cursor) });
    const tokens = [...new Set(rows.map(({ token }) => token))];
    const last = await readLastPauseChanges(tx, tokens);
    const amountOf = await labelAmounts(snapshot, tokens);
    return cutPage(rows, limit, {
      item: (row) => {
        const until = row.until === null ? null : BigInt(row.until);
        return {
          ...placeOf(row),
          token: row.token,
          symbol: amountOf(row.token, "0").symbol,
          caseNumber: row.case_number,
          change: until === null ? ("lifted" as const) : ("paused" as const),
          /** Null: for good, or lifted. */
          until: until === null || until === FOR_GOOD ? null : Number(until),
          isForGood: until === FOR_GOOD,
          isInForce: until !== null && until > BigInt(block.timestamp) && last.has(row.position),
        };
      },
      cursor: ({ position }) => position,
    });
  });
}

export function listMeasures(reading: Reading, merchantId: number | undefined, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const rows = await readMeasures(tx, merchantId, { limit, before: positionCursor(cursor) });
    const merchants = await readMerchants(tx, [...new Set(rows.map(({ merchant_id }) => merchant_id))]);
    const names = new Map(merchants.map(({ id, legal_name }) => [id, legal_name]));
    return cutPage(rows, limit, {
      item: (row) => ({
        ...placeOf(row),
        merchantId: row.merchant_id,
        merchantName: names.get(row.merchant_id) ?? "",
        measure: row.measure,
        caseNumber: row.case_number,
        value: row.value,
      }),
      cursor: ({ position }) => position,
    });
  });
}

/** An order that nobody carried out in time says nothing: the block's time does. */
function stateOf(row: TransferOrderRow, now: number): TransferOrderRow["state"] | "expired" {
  return row.state === "ordered" && Number(row.expires_at) < now ? "expired" : row.state;
}

export function listOrders(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const { tx, block } = snapshot;
    const rows = await readOrders(tx, { limit, before: positionCursor(cursor) });
    const amountOf = await labelAmounts(
      snapshot,
      rows.map(({ token }) => token),
    );
    return cutPage(rows, limit, {
      item: (row) => ({
        ...placeOf(row),
        id: row.id,
        state: stateOf(row, block.timestamp),
        token: row.token,
        from: row.from_account,
        to: row.to_account,
        points: amountOf(row.token, row.points),
        caseNumber: row.case_number,
        expiresAt: Number(row.expires_at),
        executedBy: row.executed_by,
        endedAt: row.ended_at === null ? null : Number(row.ended_at),
        endedBy: row.ended_hash,
      }),
      cursor: ({ position }) => position,
    });
  });
}
