/** Tells holders that points expire: each account once for 30, 7 and 1 days, some hundred at a time. */
import { dueNotice, NOTICE_DAYS, noticeAt } from "../../loyalty/expiry.ts";
import type { ExpiringToken } from "../../store/expiry-notices.ts";
import {
  insertNotices,
  lockPass,
  noticeKey,
  readDonePasses,
  readExpiringHolders,
  readExpiringTokens,
  savePass,
} from "../../store/expiry-notices.ts";
import { readCursor } from "../../store/ledger-cursor.ts";
import { insertLoyaltyEvents } from "../../store/loyalty-events.ts";
import type { Rooms } from "../rooms.ts";

/** Accounts of one database transaction. */
const PORTION = 200;
/** While the read side catches up, what it calls now is the past: nobody is told of what expired long ago. */
const LAG_BLOCKS_MAX = 20;

interface Due {
  readonly token: ExpiringToken;
  readonly days: number;
}

/** One portion; true when there is more. Now is the time of the newest indexed block, like everything about points. */
export async function tellExpiry(rooms: Rooms): Promise<boolean> {
  const cursor = await readCursor(rooms.db);
  if (cursor === undefined) return false;
  const due = await findDue(rooms, cursor.timestamp);
  if (due.length === 0) return false;
  if ((await rooms.chain.headNumber()) > cursor.blockNumber + LAG_BLOCKS_MAX) return false;
  for (const one of due) {
    const told = await tellPortion(rooms, one);
    if (told !== undefined) return told || due.length > 1;
  }
  // Others walk through all of them.
  return false;
}

async function findDue({ db }: Rooms, now: number): Promise<Due[]> {
  const furthest = Math.max(...NOTICE_DAYS);
  const tokens = await readExpiringTokens(db, now + (now - noticeAt(now, furthest)));
  const due = tokens.flatMap((token) => {
    const days = dueNotice(Number(token.expires_at), now);
    return days === undefined ? [] : [{ token, days }];
  });
  const done = await readDonePasses(
    db,
    due.map(({ token, days }) => ({ token: token.token, epoch: token.epoch, days })),
  );
  return due.filter(({ token, days }) => !done.has(`${token.token}/${token.epoch}/${days}`));
}

/** True when there are more holders, undefined when another process is at it. */
async function tellPortion({ db, clock }: Rooms, { token, days }: Due): Promise<boolean | undefined> {
  return db.transaction().execute(async (tx) => {
    const pass = { token: token.token, epoch: token.epoch, days };
    const place = await lockPass(tx, pass);
    if (place === undefined) return undefined;
    const holders = await readExpiringHolders(tx, { ...pass, ...place, limit: PORTION });
    const now = clock.now();
    const told = new Set(await insertNotices(tx, token, { days, holders, now }));
    const events = holders.filter(({ account }) => told.has(account));
    await insertLoyaltyEvents(
      tx,
      events.map(({ account, points }) => ({
        merchantId: token.merchant_id,
        name: "points.expiring",
        key: noticeKey(pass, account),
        data: {
          account,
          token: token.token,
          symbol: token.symbol,
          points,
          epoch: token.epoch,
          expiresAt: Number(token.expires_at),
          days,
        },
        now,
      })),
    );
    const isDone = holders.length < PORTION;
    await savePass(tx, pass, { after: holders.at(-1)?.account ?? place.after, notices: told.size, isDone });
    return !isDone;
  });
}
