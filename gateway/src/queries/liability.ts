/**
 * What a merchant owes in points: how much expires when, what it is worth, what covers it, and how much of it will
 * probably expire unused (breakage), judged by what became of its earlier points.
 */
import { epochAt, expiryOf, startOfEpoch } from "../kernel/calendar.ts";
import type { EpochRule } from "../kernel/calendar.ts";
import { LANES, rollTo } from "../kernel/lots.ts";
import { readCollaterals, readCoverage, readPools, readTokenOfMerchant } from "../store/read-issuers.ts";
import type { EpochSum } from "../store/read-liability.ts";
import { readDaysSince, readEpochSums } from "../store/read-liability.ts";
import type { PointTokenRow, TokenDayRow } from "../store/tables-ledger.ts";
import { alpAmount, pointAmount } from "./amounts.ts";
import type { Reading } from "./at-block.ts";
import { atBlock, found } from "./at-block.ts";
import { coverageOf } from "./coverage.ts";
import { ASSUMPTIONS } from "./liability-assumptions.ts";
import { lotsOf, lotsView, ruleOf } from "./lots-view.ts";
import { pricesAt } from "./pools.ts";

const BPS = 10_000n;
/** Complete epochs that the expected breakage is taken from. */
const EPOCHS_JUDGED = 8;
const MONTHS_SHOWN = 13;
const DAY_SECONDS = 86_400;

export function showLiability(reading: Reading, merchantId: number) {
  return atBlock(reading, async ({ tx, alp, block }) => {
    const token = found(await readTokenOfMerchant(tx, merchantId), `token of merchant ${merchantId}`);
    const rule = ruleOf(token);
    const now = block.timestamp;
    const present = epochAt(rule, now);
    const [pool] = await readPools(tx, [token.address]);
    const prices = pool === undefined ? null : pricesAt(alp, pool, now).now;
    const accept = prices === null ? null : BigInt(prices.accept.amount);
    const [collateral] = await readCollaterals(tx, [merchantId]);
    const sums = await readEpochSums(tx, token.address, present - LANES - EPOCHS_JUDGED + 1);
    const breakage = judge(token, sums, present);
    const worth = (points: bigint) => ({
      faceFen: String(points / BigInt(token.points_per_yuan)),
      accept: accept === null ? null : alpAmount(alp, points * accept),
    });
    const items = lotsView(token, rollTo(lotsOf(token), present)).map(({ epoch, points, expiresAt }) => ({
      epoch,
      month: expiresAt === null ? null : monthAt(rule, expiresAt - 1),
      expiresAt,
      points,
      ...worth(BigInt(points.amount)),
      ...expectation(token, { epoch, points: BigInt(points.amount), expiresAt }, { sums, rateBps: breakage.rateBps }),
    }));
    const owed = BigInt(token.circulating) + BigInt(token.held);
    const expected = items.reduce((sum, item) => sum + BigInt(item.expectedExpired?.amount ?? 0), 0n);
    const isKnown = breakage.rateBps !== null;
    return {
      merchantId,
      token: token.address,
      name: token.name,
      symbol: token.symbol,
      pointsPerYuan: token.points_per_yuan,
      calendar: token.calendar,
      utcOffsetSeconds: token.utc_offset_seconds,
      prices,
      owed: { points: pointAmount(token, owed), ...worth(owed) },
      circulating: pointAmount(token, token.circulating),
      held: pointAmount(token, token.held),
      pooled: pointAmount(token, token.pooled),
      coverage: coverageOf({ alp, token, collateral, coverage: await readCoverage(tx) }),
      breakage,
      expectedExpired: isKnown ? { points: pointAmount(token, expected), ...worth(expected) } : null,
      expectedUsed: isKnown ? { points: pointAmount(token, owed - expected), ...worth(owed - expected) } : null,
      items,
      months: monthsOf(token, await readDaysSince(tx, token.address, firstDay(rule, now))),
      assumptions: [...ASSUMPTIONS],
    };
  });
}

/** The rate of all complete epochs together, and of each: of what customers got, how much expired. */
function judge(token: PointTokenRow, sums: readonly EpochSum[], present: number) {
  const rule = ruleOf(token);
  const complete = sums.filter(({ epoch, received }) => epoch <= present - LANES && received !== "0");
  const epochs = complete.map(({ epoch, received, expired }) => ({
    epoch,
    startsAt: startOfEpoch(rule, epoch),
    expiredAt: expiryOf(rule, epoch),
    received: pointAmount(token, received),
    expired: pointAmount(token, expired),
    rateBps: String(rateOf(BigInt(expired), BigInt(received))),
  }));
  const received = complete.reduce((sum, row) => sum + BigInt(row.received), 0n);
  const expired = complete.reduce((sum, row) => sum + BigInt(row.expired), 0n);
  return { rateBps: received === 0n ? null : String(rateOf(expired, received)), epochs };
}

/** Points that came back late count as expired of their own epoch: never more than all. */
function rateOf(expired: bigint, received: bigint): bigint {
  const rate = (expired * BPS) / received;
  return rate > BPS ? BPS : rate;
}

interface Lot {
  readonly epoch: number;
  readonly points: bigint;
  readonly expiresAt: number | null;
}

/** Of what customers got of this epoch the usual part expires; what of that is still there can not be more than is left. */
function expectation(
  token: PointTokenRow,
  { epoch, points, expiresAt }: Lot,
  { sums, rateBps }: { sums: readonly EpochSum[]; rateBps: string | null },
) {
  const received = BigInt(sums.find((sum) => sum.epoch === epoch)?.received ?? 0);
  const known = { received: pointAmount(token, received) };
  if (expiresAt === null)
    return { ...known, expectedExpired: pointAmount(token, 0n), expectedUsed: pointAmount(token, points) };
  if (rateBps === null) return { ...known, expectedExpired: null, expectedUsed: null };
  // Points that came by other ways (given back, reinstated) are judged like those that were issued.
  const base = received > points ? received : points;
  const usual = (base * BigInt(rateBps)) / BPS;
  const expired = usual < points ? usual : points;
  return {
    ...known,
    expectedExpired: pointAmount(token, expired),
    expectedUsed: pointAmount(token, points - expired),
  };
}

function monthAt(rule: EpochRule, time: number): string {
  return new Date((time + rule.utcOffsetSeconds) * 1_000).toISOString().slice(0, 7);
}

/** The first day of the month twelve months ago. */
function firstDay(rule: EpochRule, now: number): number {
  const today = new Date((now + rule.utcOffsetSeconds) * 1_000);
  const first = Date.UTC(today.getUTCFullYear(), today.getUTCMonth() - MONTHS_SHOWN + 1, 1);
  return Math.floor(first / 1_000 / DAY_SECONDS);
}

type Flow = "issued" | "reversed" | "redeemed" | "refunded" | "expired" | "swapped_in" | "swapped_out";

/** The newest first; a month in which nothing happened is left out. */
function monthsOf(token: PointTokenRow, days: readonly TokenDayRow[]) {
  const byMonth = Map.groupBy(days, ({ day }) => new Date(day * DAY_SECONDS * 1_000).toISOString().slice(0, 7));
  return [...byMonth].reverse().map(([month, rows]) => {
    const sum = (flow: Flow) =>
      pointAmount(
        token,
        rows.reduce((total, row) => total + BigInt(row[flow]), 0n),
      );
    const last = rows.at(-1);
    return {
      month,
      issued: sum("issued"),
      reversed: sum("reversed"),
      redeemed: sum("redeemed"),
      refunded: sum("refunded"),
      expired: sum("expired"),
      swappedIn: sum("swapped_in"),
      swappedOut: sum("swapped_out"),
      /** circulating + held as the month ended. */
      owed: pointAmount(token, BigInt(last?.circulating ?? 0) + BigInt(last?.held ?? 0)),
    };
  });
}
