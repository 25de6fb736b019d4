/** What expires when: an account's calendar, a merchant's calendar, who was told, what was given back. */
import { epochAt } from "../kernel/calendar.ts";
import type { Address } from "../kernel/ids.ts";
import { rollTo } from "../kernel/lots.ts";
import { NOTICE_DAYS, noticeAt } from "../loyalty/expiry.ts";
import type { Database } from "../store/database.ts";
import { readNotices, readPasses } from "../store/expiry-notices.ts";
import { readHoldingsOf } from "../store/read-accounts.ts";
import { readTokenOfMerchant, readTokensOf } from "../store/read-issuers.ts";
import { readLapsesOf, readReinstatements } from "../store/reinstatements.ts";
import type { PointTokenRow } from "../store/tables-ledger.ts";
import { readDeliveriesOfEvents } from "../store/webhook-deliveries.ts";
import { pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, positionCursor } from "./at-block.ts";
import { expiryView, lotsOf, lotsView, ruleOf } from "./lots-view.ts";

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const DAY_SECONDS = 86_400;
const LAPSES_MAX = 100;

function labelOf(token: PointTokenRow) {
  return { token: token.address, name: token.name, symbol: token.symbol, merchantId: token.merchant_id };
}

/** Every lot that will expire, the next first, and what expired lately. */
export function showAccountExpiries(reading: Reading, account: Address) {
  return atBlock(reading, async ({ tx, block }) => {
    const [holdings, lapses] = [await readHoldingsOf(tx, account), await readLapsesOf(tx, account, LAPSES_MAX)];
    const addresses = [...new Set([...holdings, ...lapses].map(({ token }) => token))];
    const tokens = new Map((await readTokensOf(tx, addresses)).map((token) => [token.address, token]));
    const tokenOf = (address: Address) => found(tokens.get(address), `point token ${address}`);
    const items = holdings.flatMap((holding) => {
      const token = tokenOf(holding.token);
      const lots = lotsView(token, rollTo(lotsOf(holding), epochAt(ruleOf(token), block.timestamp)));
      return lots.flatMap(({ epoch, points, expiresAt }) =>
        expiresAt === null
          ? []
          : [{ ...labelOf(token), epoch, points, expiresAt, daysLeft: daysUntil(expiresAt, block.timestamp) }],
      );
    });
    return {
      account,
      items: items.sort((one, other) => one.expiresAt - other.expiresAt || one.merchantId - other.merchantId),
      lapsed: lapses.map((lapse) => ({
        ...labelOf(tokenOf(lapse.token)),
        epoch: lapse.epoch,
        points: pointAmount(tokenOf(lapse.token), lapse.points),
        reinstated: pointAmount(tokenOf(lapse.token), lapse.reinstated),
        expiredAt: Number(lapse.expired_at),
      })),
    };
  });
}

function daysUntil(expiresAt: number, now: number): number {
  return Math.floor((expiresAt - now) / DAY_SECONDS);
}

/** The circulating points by the second they expire at, with the notices planned and given. */
export function showMerchantExpiries(reading: Reading, merchantId: number) {
  return atBlock(reading, async ({ tx, block }) => {
    const token = found(await readTokenOfMerchant(tx, merchantId), `token of merchant ${merchantId}`);
    const lots = lotsView(token, rollTo(lotsOf(token), epochAt(ruleOf(token), block.timestamp)));
    const epochs = lots.map(({ epoch }) => epoch);
    const passes = new Map(
      (await readPasses(tx, token.address, epochs)).map((row) => [`${row.epoch}/${row.days}`, row]),
    );
    return {
      ...labelOf(token),
      calendar: token.calendar,
      utcOffsetSeconds: token.utc_offset_seconds,
      items: lots.map(({ epoch, points, expiresAt }) => ({
        epoch,
        points,
        expiresAt,
        notices:
          expiresAt === null
            ? []
            : NOTICE_DAYS.map((days) => {
                const pass = passes.get(`${epoch}/${days}`);
                return {
                  days,
                  at: noticeAt(expiresAt, days),
                  told: pass?.notices ?? 0,
                  isDone: pass?.is_done ?? false,
                };
              }),
      })),
    };
  });
}

/** Newest first, each with what became of telling it. */
export async function listExpiryNotices(
  db: Database,
  merchantId: number,
  { limit, cursor, account }: PageQuery & { account?: Address | undefined },
) {
  const rows = await readNotices(db, merchantId, { limit, before: positionCursor(cursor), account });
  const seqs = rows.flatMap(({ event_seq: seq }) => (seq === null ? [] : [seq]));
  const deliveries = Map.groupBy(await readDeliveriesOfEvents(db, seqs), ({ event_seq: seq }) => seq);
  return cutPage(rows, limit, {
    item: (row) => ({
      account: row.account,
      token: row.token,
      epoch: row.epoch,
      points: row.points,
      expiresAt: Number(row.expires_at),
      days: row.days,
      at: seconds(row.at),
      eventId: row.event_id,
      deliveries: (row.event_seq === null ? [] : (deliveries.get(row.event_seq) ?? [])).map((delivery) => ({
        id: delivery.id,
        webhookId: delivery.endpoint_id,
        state: delivery.state,
        attempts: delivery.attempts,
        deliveredAt: delivery.delivered_at === null ? null : seconds(delivery.delivered_at),
      })),
    }),
    cursor: ({ seq }) => seq,
  });
}

/** Newest first: who gave what back to whom, when and why. */
export async function listReinstatements(db: Database, merchantId: number, { limit, cursor }: PageQuery) {
  const token = await readTokenOfMerchant(db, merchantId);
  const rows = await readReinstatements(db, merchantId, { limit, before: positionCursor(cursor) });
  return cutPage(rows, limit, {
    item: (row) => ({
      reinstatementRef: row.ref,
      account: row.account,
      token: row.token,
      epoch: row.epoch,
      points: row.points,
      intoEpoch: row.into_epoch,
      expiresAt: token === undefined ? null : expiryView(token, row.into_epoch),
      reason: row.reason,
      askedBy: row.asked_by,
      keyId: row.key_id,
      commandId: row.command_id,
      state: row.state,
      at: seconds(row.at),
    }),
    cursor: ({ seq }) => seq,
  });
}
