/** Merchants, their coverage and tills. */
import type { Tx } from "../store/database.ts";
import {
  readCollaterals,
  readCoverage,
  readMerchants,
  readMerchantsPage,
  readTills,
  readTokensOf,
} from "../store/read-issuers.ts";
import { readSeized } from "../store/read-supervision.ts";
import type { MerchantRow } from "../store/tables-ledger.ts";
import { alpAmount, pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, integerCursor } from "./at-block.ts";
import { coverageOf } from "./coverage.ts";

function merchantView(row: MerchantRow) {
  return {
    id: row.id,
    legalName: row.legal_name,
    category: row.category,
    status: row.status,
    controller: row.controller,
    proposedController: row.proposed_controller,
    token: row.token,
    tokenName: row.token_name,
    tokenSymbol: row.token_symbol,
    pointsPerYuan: row.points_per_yuan,
    calendar: row.calendar,
    utcOffsetSeconds: row.utc_offset_seconds,
    profileUri: row.profile_uri,
    profileHash: row.profile_hash,
    appliedAt: Number(row.applied_at),
    approvedAt: row.approved_at === null ? null : Number(row.approved_at),
  };
}

export function listMerchants(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const rows = await readMerchantsPage(tx, limit, integerCursor(cursor, 0));
    return cutPage(rows, limit, { item: merchantView, cursor: ({ id }) => String(id) });
  });
}

export function showMerchant(reading: Reading, id: number) {
  return atBlock(reading, async ({ tx, alp }) => {
    const [row] = await readMerchants(tx, [id]);
    const merchant = found(row, `merchant ${id}`);
    const [token] = merchant.token === null ? [] : await readTokensOf(tx, [merchant.token]);
    const [collateral] = await readCollaterals(tx, [id]);
    const coverage = await readCoverage(tx);
    return {
      ...merchantView(merchant),
      coverage: token === undefined ? null : coverageOf({ alp, token, collateral, coverage }),
      /** Percent of what the deposit allows, cut by the regulator. */
      limitCutPercent: collateral?.limit_cut ?? 0,
      seized: alpAmount(alp, await readSeized(tx, id)),
      withdrawalAvailableAt: collateral?.available_at ? Number(collateral.available_at) : null,
      tills: token === undefined ? [] : await tillViews(tx, token),
    };
  });
}

async function tillViews(tx: Tx, token: Parameters<typeof pointAmount>[0]) {
  return (await readTills(tx, token.address)).map((till) => ({
    address: till.address,
    dailyLimit: pointAmount(token, till.daily_limit),
    /** Issued on the last day it issued. */
    issued: pointAmount(token, till.issued_today),
    day: new Date(till.day * 86_400_000).toISOString().slice(0, 10),
  }));
}
