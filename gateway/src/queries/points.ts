/** Point tokens: issuer, supply, coverage, when what expires. */
import type { Address } from "../kernel/ids.ts";
import { readTransfers } from "../store/read-activity.ts";
import {
  readCollaterals,
  readCoverage,
  readMerchants,
  readPools,
  readToken,
  readTokenDays,
  readTokensPage,
} from "../store/read-issuers.ts";
import type { MerchantRow, PointTokenRow } from "../store/tables-ledger.ts";
import type { Amount } from "./amounts.ts";
import { pointAmount } from "./amounts.ts";
import type { PageQuery, Reading, Snapshot } from "./at-block.ts";
import { atBlock, cutPage, found, integerCursor } from "./at-block.ts";
import { lotsOf, lotsView, splitView } from "./lots-view.ts";
import { coverageOf } from "./coverage.ts";
import { pricesAt } from "./pools.ts";
import { transferView } from "./transfers.ts";

async function tokenViews(snapshot: Snapshot, tokens: readonly PointTokenRow[]) {
  const { tx, alp, block } = snapshot;
  const ids = tokens.map(({ merchant_id }) => merchant_id);
  const merchants = new Map((await readMerchants(tx, ids)).map((row) => [row.id, row]));
  const collaterals = new Map((await readCollaterals(tx, ids)).map((row) => [row.merchant_id, row]));
  const addresses = tokens.map(({ address }) => address);
  const pools = new Map((await readPools(tx, addresses)).map((row) => [row.token, row]));
  const coverage = await readCoverage(tx);
  return tokens.map((token) => {
    const pool = pools.get(token.address);
    return {
      token: token.address,
      name: token.name,
      symbol: token.symbol,
      decimals: 2,
      issuer: issuerView(found(merchants.get(token.merchant_id), `merchant ${token.merchant_id}`)),
      pointsPerYuan: token.points_per_yuan,
      calendar: token.calendar,
      utcOffsetSeconds: token.utc_offset_seconds,
      currentEpoch: token.touched,
      createdAt: Number(token.created_at),
      createdBlock: token.created_block,
      ...pauseView(token, block.timestamp),
      isIssueHalted: token.is_issue_halted,
      supply: splitView(token),
      expiry: lotsView(token, lotsOf(token)),
      holderCount: token.holder_count,
      transferCount: Number(token.transfer_count),
      coverage: coverageOf({ alp, token, collateral: collaterals.get(token.merchant_id), coverage }),
      prices: pool === undefined ? null : pricesAt(alp, pool, block.timestamp).now,
    };
  });
}

/** A pause ends by itself, without an event: what counts is the block's time. */
function pauseView({ is_paused: isFlagged, paused_until: until }: PointTokenRow, now: number) {
  const isPaused = isFlagged && until !== null && BigInt(until) > BigInt(now);
  const isForGood = until !== null && BigInt(until) > BigInt(Number.MAX_SAFE_INTEGER);
  return { isPaused, pausedUntil: isPaused && !isForGood ? Number(until) : null };
}

function issuerView(merchant: MerchantRow) {
  return {
    id: merchant.id,
    legalName: merchant.legal_name,
    category: merchant.category,
    status: merchant.status,
    controller: merchant.controller,
    profileUri: merchant.profile_uri,
    profileHash: merchant.profile_hash,
  };
}

export function listPoints(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const rows = await readTokensPage(snapshot.tx, limit, integerCursor(cursor, 0));
    const page = cutPage(rows, limit, { item: (row) => row, cursor: (row) => String(row.merchant_id) });
    return { ...page, items: await tokenViews(snapshot, page.items) };
  });
}

export function showPoint(reading: Reading, token: Address) {
  return atBlock(reading, async (snapshot) => {
    const row = found(await readToken(snapshot.tx, token), `point token ${token}`);
    const [view] = await tokenViews(snapshot, [row]);
    const latest = await readTransfers(snapshot.tx, token, { limit: 5 });
    return {
      ...found(view, `point token ${token}`),
      latestTransfers: latest.slice(0, 5).map(transferView(() => row.symbol)),
    };
  });
}

/** Day by day in the merchant's own offset, newest first; days on which nothing happened are left out. */
export function listDays(reading: Reading, token: Address, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const row = found(await readToken(tx, token), `point token ${token}`);
    const before = integerCursor(cursor, 2_147_483_647);
    const days = await readTokenDays(tx, token, { limit, before });
    const points = (amount: string): Amount => pointAmount(row, amount);
    return cutPage(days, limit, {
      cursor: ({ day }) => String(day),
      item: (day) => ({
        day: new Date(day.day * 86_400_000).toISOString().slice(0, 10),
        issued: points(day.issued),
        redeemed: points(day.redeemed),
        refunded: points(day.refunded),
        expired: points(day.expired),
        reversed: points(day.reversed),
        swappedIn: points(day.swapped_in),
        swappedOut: points(day.swapped_out),
        transfers: day.transfers,
        holderCount: day.holder_count,
        circulating: points(day.circulating),
        held: points(day.held),
        pooled: points(day.pooled),
      }),
    });
  });
}
