/** A city full of shops: what offers nearby are measured in. */
import { sql } from "kysely";
import type { Address } from "../../src/kernel/ids.ts";
import type { Database } from "../../src/store/database.ts";

/** Chunxi Road, Chengdu: the middle of the city below. */
export const CHUNXI = { latitude: 30.659_812_3, longitude: 104.080_523_7 };

/** So many stores all over a city of 40 km, of the merchants in turn, each with all offers of its merchant. */
export async function fillCity(db: Database, count: number, merchants: number): Promise<void> {
  await sql`
    insert into merchant_store (merchant_id, ref, name_zh, name_en, address, latitude, longitude, place, hours, open_minutes, updated_at)
    select 1 + i % ${merchants}::int, 'city-' || i, '店', 'Store', 'street', lat, lon,
      point(6371008.8 * radians(lon), 6371008.8 * ln(tan(pi() / 4 + radians(lat) / 2))), '[]', '{[0,10080)}', now()
    from (select i, 30.45 + (i::bigint * 7919 % 100003) / 100003.0 * 0.4 as lat,
      103.85 + (i::bigint * 104729 % 100019) / 100019.0 * 0.4 as lon from generate_series(1, ${count}::int) i) city`.execute(
    db,
  );
}

export async function insertOffers(
  db: Database,
  { merchants, until }: { merchants: number; until: number },
): Promise<void> {
  await sql`
    insert into offer (merchant_id, ref, title_zh, title_en, points, cash_fen, worth_fen, starts_at, ends_at, hours,
      open_minutes, is_everywhere, updated_at)
    select m, 'offer-' || k, '套餐', 'Meal', 100000 * k, 0, 1000 * k, 0, ${until}::bigint, '[]', '{[0,10080)}', true, now()
    from generate_series(1, ${merchants}::int) m, generate_series(1, 2) k`.execute(db);
}

/** A side of the exchange as the indexer would have written it: wide open. */
export async function insertPool(db: Database, token: Address): Promise<void> {
  await db
    .insertInto("pool")
    .values({
      token,
      opened_at: "1",
      point_reserve: "1000000000",
      alp_reserve: String(10n ** 24n),
      accept: String(80n * 10n ** 12n),
      release: String(10n ** 14n),
      next_accept: null,
      next_release: null,
      next_at: null,
      pool_daily: "1000000000",
      account_daily: "100000000",
      taken_today: "0",
      day: 0,
      is_accept_paused: false,
      is_release_paused: false,
    })
    .execute();
}

/** In milliseconds. */
export async function median(times: number, run: () => Promise<unknown>): Promise<number> {
  const took: number[] = [];
  for (let index = 0; index < times; index += 1) {
    const startedAt = performance.now();
    await run();
    took.push(performance.now() - startedAt);
  }
  return took.sort((a, b) => a - b)[times >> 1]!;
}
