/** Shops of merchants and the offers in them. A merchant writes its own; everybody reads them. */
import { sql } from "kysely";
import type { Tx } from "./database.ts";

/** As the merchant gave them; the store keeps them and asks the minutes (loyalty/week.ts). */
interface HoursRow {
  readonly weekdays: readonly number[];
  readonly minutesFrom: number;
  readonly minutesUntil: number;
}

interface OpenTimes {
  readonly hours: readonly HoursRow[];
  /** A multirange of minutes of the week. */
  readonly open_minutes: string;
}

export interface StoreRow {
  readonly merchant_id: number;
  readonly ref: string;
  readonly name_zh: string;
  readonly name_en: string;
  readonly address: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly hours: readonly HoursRow[];
  readonly updated_at: Date;
}

export type NewStore = Omit<StoreRow, "updated_at"> &
  OpenTimes & { readonly x: number; readonly y: number; /** Milliseconds since 1970. */ readonly now: number };

export interface OfferRow {
  readonly merchant_id: number;
  readonly ref: string;
  readonly title_zh: string;
  readonly title_en: string;
  readonly sku: string | null;
  readonly points: string;
  readonly cash_fen: string;
  readonly worth_fen: string;
  readonly starts_at: string;
  readonly ends_at: string;
  readonly hours: readonly HoursRow[];
  readonly is_everywhere: boolean;
  readonly stores: readonly string[];
  readonly updated_at: Date;
}

export type NewOffer = Omit<OfferRow, "updated_at" | "is_everywhere" | "stores"> &
  OpenTimes & { /** Undefined: everywhere. */ readonly stores: readonly string[] | undefined; readonly now: number };

const STORE = sql`merchant_id, ref, name_zh, name_en, address, latitude, longitude, hours, updated_at`;

export async function putStore(db: Tx, row: NewStore): Promise<StoreRow> {
  const at = new Date(row.now).toISOString();
  const { rows } = await sql<StoreRow>`
    insert into merchant_store (merchant_id, ref, name_zh, name_en, address, latitude, longitude, place, hours, open_minutes, updated_at)
    values (${row.merchant_id}, ${row.ref}, ${row.name_zh}, ${row.name_en}, ${row.address},
      ${row.latitude}::float8, ${row.longitude}::float8, point(${row.x}::float8, ${row.y}::float8),
      ${JSON.stringify(row.hours)}::jsonb, ${row.open_minutes}::int4multirange, ${at}::timestamptz)
    on conflict (merchant_id, ref) do update set
      name_zh = excluded.name_zh, name_en = excluded.name_en, address = excluded.address,
      latitude = excluded.latitude, longitude = excluded.longitude, place = excluded.place,
      hours = excluded.hours, open_minutes = excluded.open_minutes, updated_at = excluded.updated_at
    returning ${STORE}`.execute(db);
  return rows[0] as StoreRow;
}

/** By ref; `after` is the last ref of the page before. */
export async function readStores(
  db: Tx,
  merchantId: number,
  page: { limit: number; after: string },
): Promise<StoreRow[]> {
  const { rows } = await sql<StoreRow>`
    select ${STORE} from merchant_store where merchant_id = ${merchantId} and ref > ${page.after}
    order by ref limit ${page.limit + 1}`.execute(db);
  return rows;
}

export async function readStore(db: Tx, merchantId: number, ref: string): Promise<StoreRow | undefined> {
  const { rows } = await sql<StoreRow>`
    select ${STORE} from merchant_store where merchant_id = ${merchantId} and ref = ${ref}`.execute(db);
  return rows[0];
}

/** An offer that named it alone is nowhere afterwards. */
export async function deleteStore(db: Tx, merchantId: number, ref: string): Promise<boolean> {
  const { rows } = await sql<{ ref: string }>`
    delete from merchant_store where merchant_id = ${merchantId} and ref = ${ref} returning ref`.execute(db);
  return rows.length === 1;
}

export async function countShops(db: Tx, merchantId: number): Promise<{ stores: number; offers: number }> {
  const { rows } = await sql<{ stores: string; offers: string }>`
    select (select count(*) from merchant_store where merchant_id = ${merchantId}) as stores,
      (select count(*) from offer where merchant_id = ${merchantId}) as offers`.execute(db);
  return { stores: Number(rows[0]?.stores ?? 0), offers: Number(rows[0]?.offers ?? 0) };
}

/** Of these refs those that are no store of the merchant. */
export async function findUnknownStores(db: Tx, merchantId: number, refs: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ ref: string }>`
    select ref from merchant_store where merchant_id = ${merchantId} and ref = any(${refs}::text[])`.execute(db);
  const known = new Set(rows.map(({ ref }) => ref));
  return refs.filter((ref) => !known.has(ref));
}

const OFFER = sql`merchant_id, ref, title_zh, title_en, sku, points, cash_fen, worth_fen, starts_at, ends_at, hours,
  is_everywhere, updated_at, coalesce((select array_agg(s.store_ref order by s.store_ref) from offer_store s
    where s.merchant_id = offer.merchant_id and s.offer_ref = offer.ref), '{}'::text[]) as stores`;

/** In a transaction of its own: an offer and where it holds change together. */
export async function putOffer(tx: Tx, row: NewOffer): Promise<OfferRow> {
  const at = new Date(row.now).toISOString();
  await sql`
    insert into offer (merchant_id, ref, title_zh, title_en, sku, points, cash_fen, worth_fen, starts_at, ends_at, hours,
      open_minutes, is_everywhere, updated_at)
    values (${row.merchant_id}, ${row.ref}, ${row.title_zh}, ${row.title_en}, ${row.sku}, ${row.points}, ${row.cash_fen},
      ${row.worth_fen}, ${row.starts_at}, ${row.ends_at}, ${JSON.stringify(row.hours)}::jsonb,
      ${row.open_minutes}::int4multirange, ${row.stores === undefined}, ${at}::timestamptz)
    on conflict (merchant_id, ref) do update set
      title_zh = excluded.title_zh, title_en = excluded.title_en, sku = excluded.sku, points = excluded.points,
      cash_fen = excluded.cash_fen, worth_fen = excluded.worth_fen, starts_at = excluded.starts_at,
      ends_at = excluded.ends_at, hours = excluded.hours, open_minutes = excluded.open_minutes,
      is_everywhere = excluded.is_everywhere, updated_at = excluded.updated_at`.execute(tx);
  await sql`delete from offer_store where merchant_id = ${row.merchant_id} and offer_ref = ${row.ref}`.execute(tx);
  await sql`
    insert into offer_store (merchant_id, offer_ref, store_ref)
    select ${row.merchant_id}::int, ${row.ref}::text, ref from unnest(${row.stores ?? []}::text[]) as ref`.execute(tx);
  return (await readOffer(tx, row.merchant_id, row.ref)) as OfferRow;
}

export async function readOffers(
  db: Tx,
  merchantId: number,
  page: { limit: number; after: string },
): Promise<OfferRow[]> {
  const { rows } = await sql<OfferRow>`
    select ${OFFER} from offer where merchant_id = ${merchantId} and ref > ${page.after}
    order by ref limit ${page.limit + 1}`.execute(db);
  return rows;
}

export async function readOffer(db: Tx, merchantId: number, ref: string): Promise<OfferRow | undefined> {
  const { rows } = await sql<OfferRow>`
    select ${OFFER} from offer where merchant_id = ${merchantId} and ref = ${ref}`.execute(db);
  return rows[0];
}

export async function deleteOffer(db: Tx, merchantId: number, ref: string): Promise<boolean> {
  const { rows } = await sql<{ ref: string }>`
    delete from offer where merchant_id = ${merchantId} and ref = ${ref} returning ref`.execute(db);
  return rows.length === 1;
}
