/** Movements of points and of ALP. */
import type { Address } from "../kernel/ids.ts";
import { readTransfersOf } from "../store/read-activity.ts";
import { readHolders } from "../store/read-accounts.ts";
import type { TransfersOf } from "../store/read-transfers.ts";
import { readTransfersOfToken } from "../store/read-transfers.ts";
import { readToken } from "../store/read-issuers.ts";
import type { TransferRow } from "../store/tables-ledger.ts";
import { labelAmounts, pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, positionCursor, refuseCursor } from "./at-block.ts";
import { lotsOf, lotsView, ruleOf } from "./lots-view.ts";
import { epochAt } from "../kernel/calendar.ts";
import { rollTo } from "../kernel/lots.ts";
import { placeOf } from "./places.ts";

/** `symbolOf` names point tokens. */
export const transferView = (symbolOf: (token: Address) => string) => (row: TransferRow) => ({
  ...placeOf(row),
  kind: row.kind,
  from: row.from_account,
  to: row.to_account,
  points: pointAmount({ address: row.token, symbol: symbolOf(row.token) }, row.amount),
});

export function listTransfers(reading: Reading, of: TransfersOf, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const row = found(await readToken(tx, of.token), `point token ${of.token}`);
    const rows = await readTransfersOfToken(tx, of, { limit, before: positionCursor(cursor) });
    return cutPage(rows, limit, { item: transferView(() => row.symbol), cursor: ({ position }) => position });
  });
}

/** Points and ALP that an account sent or received. */
export function listTransfersOf(reading: Reading, account: Address, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const rows = await readTransfersOf(snapshot.tx, account, { limit, before: positionCursor(cursor) });
    const amountOf = await labelAmounts(
      snapshot,
      rows.map(({ token }) => token),
    );
    return cutPage(rows, limit, {
      cursor: ({ position }) => position,
      item: (row) => ({
        ...placeOf(row),
        kind: row.kind,
        from: row.from_account,
        to: row.to_account,
        points: amountOf(row.token, row.amount),
      }),
    });
  });
}

/** The largest first. */
export function listHolders(reading: Reading, token: Address, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx, block }) => {
    const row = found(await readToken(tx, token), `point token ${token}`);
    const rows = await readHolders(tx, token, { limit, after: holderCursor(cursor) });
    const epoch = epochAt(ruleOf(row), block.timestamp);
    return cutPage(rows, limit, {
      cursor: ({ balance, account }) => `${balance}.${account}`,
      item: (holding) => ({
        account: holding.account,
        balance: pointAmount(row, holding.balance),
        shareBps: row.circulating === "0" ? "0" : String((BigInt(holding.balance) * 10_000n) / BigInt(row.circulating)),
        lots: lotsView(row, rollTo(lotsOf(holding), epoch)),
        debt: pointAmount(row, holding.debt),
        isFrozen: holding.is_frozen,
      }),
    });
  });
}

function holderCursor(cursor: string | undefined): { balance: string; account: string } | undefined {
  if (cursor === undefined) return undefined;
  const match = /^([0-9]{1,18})\.(0x[0-9a-f]{40})$/.exec(cursor);
  if (match?.[1] === undefined || match[2] === undefined) return refuseCursor();
  return { balance: match[1], account: match[2] };
}
