/** When the points of a whole token expire, and what expired before. */
import { epochAt } from "../kernel/calendar.ts";
import type { Address } from "../kernel/ids.ts";
import { rollTo } from "../kernel/lots.ts";
import { readExpiredDays } from "../store/read-figures.ts";
import { readToken } from "../store/read-issuers.ts";
import { pointAmount } from "./amounts.ts";
import type { Reading } from "./at-block.ts";
import { atBlock, found } from "./at-block.ts";
import { lotsOf, lotsView, ruleOf } from "./lots-view.ts";

const DAY_SECONDS = 86_400;
/** Days on which points expired: at the end of an epoch, and when points came back that had been held too long. */
const PAST_MAX = 400;

export function showPointExpiries(reading: Reading, address: Address) {
  return atBlock(reading, async ({ tx, block }) => {
    const token = found(await readToken(tx, address), `point token ${address}`);
    const now = block.timestamp;
    const lots = lotsView(token, rollTo(lotsOf(token), epochAt(ruleOf(token), now)));
    const past = await readExpiredDays(tx, address, PAST_MAX);
    const away = { held: pointAmount(token, token.held), pooled: pointAmount(token, token.pooled) };
    return {
      token: address,
      calendar: token.calendar,
      utcOffsetSeconds: token.utc_offset_seconds,
      circulating: pointAmount(token, token.circulating),
      /** Held points keep their age and expire when they come back too late; those of the pool have none. */
      ...away,
      items: lots.map(({ epoch, points, expiresAt }) => ({
        epoch,
        points,
        shareBps: String((BigInt(points.amount) * 10_000n) / BigInt(token.circulating)),
        expiresAt,
        daysLeft: expiresAt === null ? null : Math.max(0, Math.floor((expiresAt - now) / DAY_SECONDS)),
      })),
      past: past.map(({ day, expired }) => ({
        day: new Date(day * DAY_SECONDS * 1_000).toISOString().slice(0, 10),
        points: pointAmount(token, expired),
      })),
    };
  });
}
