/** Stores and offers as anybody reads them, and what is near a place. The place is used and forgotten: no row, no log. */
import type { Address, Fen, Points } from "../kernel/ids.ts";
import type { NearOffer, Ranked } from "../loyalty/nearby.ts";
import { rankOffers } from "../loyalty/nearby.ts";
import { around, distanceMeters } from "../loyalty/places.ts";
import type { Held, PointSide, PoolSide, Purse, Reach } from "../loyalty/reach.ts";
import { reachOf, utcDayStart } from "../loyalty/reach.ts";
import type { Tx } from "../store/database.ts";
import type { OfferRow, StoreRow } from "../store/loyalty-offers.ts";
import { readOffer, readOffers, readStore, readStores } from "../store/loyalty-offers.ts";
import { readHoldingsOf } from "../store/read-accounts.ts";
import { readPools, readTokensOf } from "../store/read-issuers.ts";
import type { NearRow } from "../store/read-nearby.ts";
import { isFrozen, readGivenSince, readNear } from "../store/read-nearby.ts";
import type { PointTokenRow, PoolRow } from "../store/tables-ledger.ts";
import { pointAmount } from "./amounts.ts";
import type { PageQuery, Reading } from "./at-block.ts";
import { atBlock, cutPage, found } from "./at-block.ts";
import { lotsOf, ruleOf } from "./lots-view.ts";
import { pricesAt } from "./pools.ts";

export function storeView(row: StoreRow) {
  return {
    merchantId: row.merchant_id,
    storeRef: row.ref,
    name: { zh: row.name_zh, en: row.name_en },
    address: row.address,
    latitude: row.latitude,
    longitude: row.longitude,
    hours: row.hours.map((hours) => ({ ...hours, weekdays: [...hours.weekdays] })),
    updatedAt: Math.floor(row.updated_at.getTime() / 1_000),
  };
}

export function offerView(row: OfferRow) {
  return {
    merchantId: row.merchant_id,
    offerRef: row.ref,
    title: { zh: row.title_zh, en: row.title_en },
    sku: row.sku,
    points: row.points,
    cashFen: row.cash_fen,
    worthFen: row.worth_fen,
    startsAt: Number(row.starts_at),
    endsAt: Number(row.ends_at),
    hours: row.hours.map((hours) => ({ ...hours, weekdays: [...hours.weekdays] })),
    stores: row.is_everywhere ? null : [...row.stores],
    updatedAt: Math.floor(row.updated_at.getTime() / 1_000),
  };
}

export async function listStores({ db }: Reading, merchantId: number, { limit, cursor }: PageQuery) {
  const rows = await readStores(db, merchantId, { limit, after: cursor ?? "" });
  return cutPage(rows, limit, { cursor: ({ ref }) => ref, item: storeView });
}

export async function listOffers({ db }: Reading, merchantId: number, { limit, cursor }: PageQuery) {
  const rows = await readOffers(db, merchantId, { limit, after: cursor ?? "" });
  return cutPage(rows, limit, { cursor: ({ ref }) => ref, item: offerView });
}

export async function showStore({ db }: Reading, merchantId: number, ref: string) {
  return storeView(found(await readStore(db, merchantId, ref), `store ${ref}`));
}

export async function showOffer({ db }: Reading, merchantId: number, ref: string) {
  return offerView(found(await readOffer(db, merchantId, ref), `offer ${ref}`));
}

export interface NearbyAsk {
  readonly latitude: number;
  readonly longitude: number;
  readonly radiusMeters: number;
  readonly account: Address | undefined;
  readonly limit: number;
  /** Unix seconds of the wall clock: shops open and close by it, whatever the chain does. */
  readonly now: number;
}

/** So many of the nearest are weighed against each other. */
const CANDIDATES = 300;

export function listNearby(reading: Reading, ask: NearbyAsk) {
  return atBlock(reading, async ({ tx, alp, block }) => {
    const now = Math.max(ask.now, block.timestamp);
    const rows = await readAround(tx, ask, now);
    const sides = await readSides(tx, alp, { tokens: rows.map(({ token }) => token), account: ask.account, now });
    const offers = rows
      .map((row) => nearOffer(row, ask, found(sides.of.get(row.token), `point token ${row.token}`)))
      .filter((offer) => offer.distanceMeters <= ask.radiusMeters);
    const reachFor = ({ side, price }: NearOffer): Reach | undefined =>
      sides.purse === undefined ? undefined : reachOf(sides.purse, side, price, now);
    return { items: rankOffers(offers, reachFor, ask.limit).map(rankedView) };
  });
}

async function readAround(tx: Tx, ask: NearbyAsk, now: number): Promise<NearRow[]> {
  const { centers, half } = around(ask, ask.radiusMeters);
  const found = [];
  for (const { x, y } of centers) found.push(...(await readNear(tx, { x, y, half, now, limit: CANDIDATES })));
  return found;
}

function nearOffer(row: NearRow, from: NearbyAsk, side: PointSide): NearOffer {
  return {
    merchantId: row.merchant_id,
    offerRef: row.offer_ref,
    title: { zh: row.title_zh, en: row.title_en },
    sku: row.sku ?? undefined,
    price: BigInt(row.points) as Points,
    cashFen: BigInt(row.cash_fen) as Fen,
    worthFen: BigInt(row.worth_fen) as Fen,
    endsAt: Number(row.ends_at),
    store: {
      storeRef: row.store_ref,
      name: { zh: row.name_zh, en: row.name_en },
      address: row.address,
      latitude: row.latitude,
      longitude: row.longitude,
    },
    distanceMeters: distanceMeters(from, row),
    side,
  };
}

/** The tokens of the offers, and, when an account is named, those it holds with what it holds of them. */
async function readSides(
  tx: Tx,
  alp: Address,
  { tokens, account, now }: { tokens: readonly Address[]; account: Address | undefined; now: number },
): Promise<{ of: Map<Address, PointSide>; purse: Purse | undefined }> {
  const holdings = account === undefined ? [] : await readHoldingsOf(tx, account);
  const all = [...new Set([...tokens, ...holdings.map(({ token }) => token)])];
  const pools = new Map((await readPools(tx, all)).map((pool) => [pool.token, pool]));
  const rows = await readTokensOf(tx, all);
  const of = new Map(
    rows.map((token) => [token.address, sideOf(token, poolSide(alp, pools.get(token.address), now), now)]),
  );
  if (account === undefined) return { of, purse: undefined };
  const given = await readGivenSince(tx, account, utcDayStart(now));
  const held = new Map<Address, Held>();
  for (const row of holdings) {
    const side = of.get(row.token);
    if (side === undefined || BigInt(row.balance) === 0n) continue;
    held.set(row.token, { ...side, lots: lotsOf(row), givenToday: given.get(row.token) ?? 0n });
  }
  return { of, purse: { isFrozen: await isFrozen(tx, account), held } };
}

function sideOf(token: PointTokenRow, pool: PoolSide | undefined, now: number): PointSide {
  const isPaused = token.is_paused && (token.paused_until === null || Number(token.paused_until) > now);
  return { token: token.address, name: token.name, symbol: token.symbol, rule: ruleOf(token), isPaused, pool };
}

function poolSide(alp: Address, pool: PoolRow | undefined, now: number): PoolSide | undefined {
  if (pool === undefined) return undefined;
  const prices = pricesAt(alp, pool, now).now;
  return {
    pointReserve: BigInt(pool.point_reserve),
    alpReserve: BigInt(pool.alp_reserve),
    accept: BigInt(prices.accept.amount),
    release: BigInt(prices.release.amount),
    poolDaily: BigInt(pool.pool_daily),
    accountDaily: BigInt(pool.account_daily),
    takenToday: pool.day === Math.floor(now / 86_400) ? BigInt(pool.taken_today) : 0n,
    isAcceptPaused: pool.is_accept_paused,
    isReleasePaused: pool.is_release_paused,
  };
}

function rankedView({ offer, reach, score, sentence }: Ranked) {
  const amount = (side: { token: Address; symbol: string }, points: bigint) =>
    pointAmount({ address: side.token, symbol: side.symbol }, points);
  return {
    merchantId: offer.merchantId,
    offerRef: offer.offerRef,
    title: offer.title,
    sku: offer.sku ?? null,
    points: amount(offer.side, offer.price),
    cashFen: String(offer.cashFen),
    worthFen: String(offer.worthFen),
    endsAt: offer.endsAt,
    store: offer.store,
    distanceMeters: offer.distanceMeters,
    reach: reach?.kind ?? null,
    swap:
      reach?.kind === "swap"
        ? { give: amount(reach.swap.from, reach.swap.amountIn), get: amount(offer.side, reach.swap.amountOut) }
        : null,
    missing: reach?.kind === "short" ? amount(offer.side, reach.missing) : null,
    score,
    sentence,
  };
}
