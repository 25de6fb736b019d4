/** The alliance day by day, for charts: no day is left out, and every token goes on as its last day left it. */
import { allianceDayAt } from "../kernel/calendar.ts";
import type { TokenDaySum } from "../store/read-figures.ts";
import { readLedgerDays, readTokenDaysFrom } from "../store/read-figures.ts";
import { readTokensOf } from "../store/read-issuers.ts";
import type { PointTokenRow } from "../store/tables-ledger.ts";
import { pointAmount } from "./amounts.ts";
import type { Reading } from "./at-block.ts";
import { atBlock } from "./at-block.ts";

/** Tokens that are shown one by one: those with the most outstanding, by face value. */
const SERIES_MAX = 12;

interface Day {
  issued: bigint;
  redeemed: bigint;
  expired: bigint;
  outstanding: bigint;
}

/**
 * Points of different merchants are worth different amounts: sums over merchants are their face value, in fen. A token's
 * day is that of its merchant's offset, everything else is of the alliance's.
 */
export function listOverviewDays(reading: Reading, days: number) {
  return atBlock(reading, async ({ tx, block }) => {
    const last = allianceDayAt(block.timestamp);
    const first = last - days + 1;
    const counts = new Map((await readLedgerDays(tx, first)).map((row) => [row.day, row]));
    const sums = await readTokenDaysFrom(tx, first);
    const tokens = new Map(
      (await readTokensOf(tx, [...new Set(sums.map(({ token }) => token))])).map((token) => [token.address, token]),
    );
    const byToken = Map.groupBy(sums, ({ token }) => token);
    const series = [...byToken].flatMap(([address, rows]) => {
      const token = tokens.get(address);
      return token === undefined ? [] : [{ token, days: fill(rows, { first, days }) }];
    });
    return {
      items: Array.from({ length: days }, (_, index) => {
        const count = counts.get(first + index);
        return {
          day: dayText(first + index),
          transactions: Number(count?.transactions ?? 0),
          transfers: Number(count?.transfers ?? 0),
          swaps: Number(count?.swaps ?? 0),
          activeAccounts: count?.active_accounts ?? 0,
          newAccounts: count?.new_accounts ?? 0,
          ...sumFen(series, index),
        };
      }),
      series: series
        .sort((one, other) => (lastFen(one) < lastFen(other) ? 1 : -1))
        .slice(0, SERIES_MAX)
        .map(({ token, days: own }) => ({
          token: token.address,
          name: token.name,
          symbol: token.symbol,
          merchantId: token.merchant_id,
          outstanding: own.map(({ outstanding }) => pointAmount(token, outstanding)),
        })),
    };
  });
}

interface Series {
  readonly token: PointTokenRow;
  readonly days: readonly Day[];
}

/** 0.01 point is worth 1 / pointsPerYuan fen at its face. */
const fenOf = ({ token }: Series, points: bigint): bigint => points / BigInt(token.points_per_yuan);
const lastFen = (series: Series): bigint => fenOf(series, series.days.at(-1)?.outstanding ?? 0n);

function sumFen(series: readonly Series[], index: number) {
  const sum = (part: keyof Day): string =>
    String(series.reduce((total, one) => total + fenOf(one, one.days[index]?.[part] ?? 0n), 0n));
  return {
    issuedFen: sum("issued"),
    redeemedFen: sum("redeemed"),
    expiredFen: sum("expired"),
    outstandingFen: sum("outstanding"),
  };
}

/** A token's days without gaps; `rows` are in order and begin with the last day before `first`, if there is one. */
function fill(rows: readonly TokenDaySum[], { first, days }: { first: number; days: number }): Day[] {
  const byDay = new Map(rows.map((row) => [row.day, row]));
  const before = rows.find(({ day }) => day < first);
  let outstanding = BigInt(before?.outstanding ?? 0);
  return Array.from({ length: days }, (_, index) => {
    const row = byDay.get(first + index);
    outstanding = row === undefined ? outstanding : BigInt(row.outstanding);
    return {
      issued: BigInt(row?.issued ?? 0),
      redeemed: BigInt(row?.redeemed ?? 0),
      expired: BigInt(row?.expired ?? 0),
      outstanding,
    };
  });
}

function dayText(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}
