/** The exchange pool: reserves, prices, limits and swaps. */
import type { EventOf, LedgerEvent } from "../../kernel/events.ts";
import type { Address } from "../../kernel/ids.ts";
import type { Books, Pool } from "../books.ts";
import { positionOfEvent, utcDayOf } from "../books.ts";
import { dayOf, projectFlow } from "./days.ts";

type PoolEvent = Extract<LedgerEvent, { type: `pool.${string}` }>;

export function projectPool(books: Books, event: PoolEvent): void {
  switch (event.type) {
    case "pool.PoolOpened":
      open(books, event);
      return;
    case "pool.PricesPosted":
      postPrices(books, event);
      return;
    case "pool.LimitsSet": {
      const pool = changed(books, event.token);
      pool.pool_daily = event.poolDaily;
      pool.account_daily = event.accountDaily;
      return;
    }
    case "pool.PauseSet": {
      const pool = changed(books, event.token);
      pool.is_accept_paused = event.acceptPaused;
      pool.is_release_paused = event.releasePaused;
      return;
    }
    case "pool.PointsFunded":
      movePoints(books, event.token, event.points);
      return;
    case "pool.PointsWithdrawn":
      movePoints(books, event.token, -event.points);
      return;
    case "pool.AlpFunded":
      changed(books, event.token).alp_reserve += event.alp;
      return;
    case "pool.AlpWithdrawn":
      changed(books, event.token).alp_reserve -= event.alp;
      return;
    case "pool.Swapped":
      swap(books, event);
      return;
  }
}

function open(books: Books, event: EventOf<"pool.PoolOpened">): void {
  books.pools.add({
    token: event.token,
    opened_at: BigInt(books.time),
    point_reserve: 0n,
    alp_reserve: 0n,
    accept: event.accept,
    release: event.release,
    next_accept: null,
    next_release: null,
    next_at: null,
    pool_daily: 0n,
    account_daily: 0n,
    taken_today: 0n,
    day: 0,
    is_accept_paused: false,
    is_release_paused: false,
  });
  recordPrices(books, { ...event, effectiveAt: BigInt(books.time) });
}

function postPrices(books: Books, event: EventOf<"pool.PricesPosted">): void {
  const pool = changed(books, event.token);
  takeOverPrices(pool, books.time);
  pool.next_accept = event.accept;
  pool.next_release = event.release;
  pool.next_at = event.effectiveAt;
  recordPrices(books, event);
}

/** Posted prices take over in the second they take effect, whether or not an event follows. */
function takeOverPrices(pool: Pool, time: number): void {
  if (pool.next_at === null || pool.next_at > BigInt(time)) return;
  pool.accept = pool.next_accept ?? pool.accept;
  pool.release = pool.next_release ?? pool.release;
  pool.next_accept = pool.next_release = pool.next_at = null;
}

type Posted = Omit<EventOf<"pool.PricesPosted">, "type">;

function recordPrices(books: Books, event: Posted): void {
  books.pricePosts.push({
    position: positionOfEvent(event),
    token: event.token,
    accept: String(event.accept),
    release: String(event.release),
    effective_at: String(event.effectiveAt),
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

function swap(books: Books, event: EventOf<"pool.Swapped">): void {
  const giver = movePoints(books, event.tokenIn, event.amountIn);
  const taker = movePoints(books, event.tokenOut, -event.amountOut);
  giver.alp_reserve -= event.hub;
  taker.alp_reserve += event.hub;
  const today = utcDayOf(books.time);
  giver.taken_today = (giver.day === today ? giver.taken_today : 0n) + event.amountIn;
  giver.day = today;
  dayOf(books, books.tokens.need(event.tokenIn)).swapped_in += event.amountIn;
  dayOf(books, books.tokens.need(event.tokenOut)).swapped_out += event.amountOut;
  projectFlow(books, event);
  books.swaps.push({
    position: positionOfEvent(event),
    account: event.account,
    token_in: event.tokenIn,
    token_out: event.tokenOut,
    amount_in: String(event.amountIn),
    hub: String(event.hub),
    amount_out: String(event.amountOut),
    epoch_out: Number(event.epochOut),
    transaction_hash: event.transactionHash,
    time: String(books.time),
  });
}

function movePoints(books: Books, address: Address, points: bigint): Pool {
  const pool = changed(books, address);
  pool.point_reserve += points;
  const token = books.tokens.need(address);
  token.pooled += points;
  books.tokens.change(token);
  books.moved.add(token);
  return pool;
}

function changed(books: Books, token: Address): Pool {
  const pool = books.pools.need(token);
  books.pools.change(pool);
  return pool;
}
