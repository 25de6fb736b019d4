/** The exchange pool's sides: reserves, prices in force and to come, limits. */
import type { Address } from "../kernel/ids.ts";
import { readPricePosts } from "../store/read-activity.ts";
import { readPrices } from "../store/read-figures.ts";
import { readPools, readPoolsPage, readToken, readTokensOf } from "../store/read-issuers.ts";
import type { PointTokenRow, PoolRow } from "../store/tables-ledger.ts";
import type { Amount } from "./amounts.ts";
import { alpAmount, pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found, positionCursor, refuseCursor } from "./at-block.ts";
import { placeOf } from "./places.ts";

/** ALP for one base unit (0.01 point). */
export interface PricesView {
  /** What the pool pays for a base unit coming in. */
  readonly accept: Amount;
  /** What it asks for a base unit going out. */
  readonly release: Amount;
}

export interface PricesAt {
  readonly now: PricesView;
  readonly next: (PricesView & { readonly effectiveAt: number }) | null;
}

/** Posted prices take over in the second they take effect, without an event. */
export function pricesAt(alp: Address, pool: PoolRow, now: number): PricesAt {
  const prices = (accept: string, release: string): PricesView => ({
    accept: alpAmount(alp, accept),
    release: alpAmount(alp, release),
  });
  const present = prices(pool.accept, pool.release);
  if (pool.next_at === null || pool.next_accept === null || pool.next_release === null)
    return { now: present, next: null };
  const next = prices(pool.next_accept, pool.next_release);
  const effectiveAt = Number(pool.next_at);
  return effectiveAt <= now ? { now: next, next: null } : { now: present, next: { ...next, effectiveAt } };
}

function poolView(alp: Address, { pool, token, now }: { pool: PoolRow; token: PointTokenRow; now: number }) {
  const { now: prices, next } = pricesAt(alp, pool, now);
  const points = (amount: string): Amount => pointAmount(token, amount);
  return {
    token: pool.token,
    name: token.name,
    symbol: token.symbol,
    merchantId: token.merchant_id,
    pointReserve: points(pool.point_reserve),
    alpReserve: alpAmount(alp, pool.alp_reserve),
    prices,
    nextPrices: next,
    poolDailyLimit: points(pool.pool_daily),
    accountDailyLimit: points(pool.account_daily),
    takenToday: points(pool.day === Math.floor(now / 86_400) ? pool.taken_today : "0"),
    isAcceptPaused: pool.is_accept_paused,
    isReleasePaused: pool.is_release_paused,
    openedAt: Number(pool.opened_at),
  };
}

export function listPools(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx, alp, block }) => {
    if (cursor !== undefined && !/^0x[0-9a-f]{40}$/.test(cursor)) refuseCursor();
    const rows = await readPoolsPage(tx, limit, cursor ?? "");
    const tokens = await readTokensOf(
      tx,
      rows.map(({ token }) => token),
    );
    const byAddress = new Map(tokens.map((token) => [token.address, token]));
    return cutPage(rows, limit, {
      cursor: ({ token }) => token,
      item: (pool) => {
        const token = found(byAddress.get(pool.token), `point token ${pool.token}`);
        return poolView(alp, { pool, token, now: block.timestamp });
      },
    });
  });
}

export function showPool(reading: Reading, address: Address) {
  return atBlock(reading, async ({ tx, alp, block }) => {
    const token = found(await readToken(tx, address), `point token ${address}`);
    const [row] = await readPools(tx, [address]);
    const pool = found(row, `open pool of ${address}`);
    const posts = await readPricePosts(tx, address, 100);
    return {
      ...poolView(alp, { pool, token, now: block.timestamp }),
      priceHistory: posts.map((post) => ({
        ...placeOf(post),
        accept: alpAmount(alp, post.accept),
        release: alpAmount(alp, post.release),
        effectiveAt: Number(post.effective_at),
      })),
    };
  });
}

/** Every price that was ever posted, newest first; one that was replaced before its time never came into force. */
export function listPrices(reading: Reading, address: Address, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx, alp, block }) => {
    found(await readToken(tx, address), `point token ${address}`);
    const rows = await readPrices(tx, address, { limit, before: positionCursor(cursor) });
    return cutPage(rows, limit, {
      cursor: ({ position }) => position,
      item: (post) => {
        const effectiveAt = Number(post.effective_at);
        const wasReplaced = post.replaced_at !== null && Number(post.replaced_at) < effectiveAt;
        return {
          ...placeOf(post),
          accept: alpAmount(alp, post.accept),
          release: alpAmount(alp, post.release),
          effectiveAt,
          state: wasReplaced
            ? ("replaced" as const)
            : effectiveAt > block.timestamp
              ? ("coming" as const)
              : ("inForce" as const),
        };
      },
    });
  });
}
