/** A merchant keeps its shop window: stores with their places and hours, offers with their times and prices. */
import type { Fen, Points } from "../../kernel/ids.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { mapPoint } from "../../loyalty/places.ts";
import type { Hours } from "../../loyalty/week.ts";
import { openMinutes } from "../../loyalty/week.ts";
import type { OfferRow, StoreRow } from "../../store/loyalty-offers.ts";
import * as shelf from "../../store/loyalty-offers.ts";
import { findMerchant } from "../find-merchant.ts";
import type { Rooms } from "../rooms.ts";

/** A merchant with more is several merchants; and what one merchant shows near a place must not crowd out the others. */
const STORES_MAX = 20_000;
const OFFERS_MAX = 500;

interface Words {
  readonly zh: string;
  readonly en: string;
}

export interface StoreRequest {
  readonly name: Words;
  readonly address: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly hours: readonly Hours[];
}

export interface OfferRequest {
  readonly title: Words;
  readonly sku?: string | undefined;
  readonly points: Points;
  readonly cashFen: Fen;
  readonly worthFen: Fen;
  readonly startsAt: number;
  readonly endsAt: number;
  readonly hours: readonly Hours[];
  readonly stores?: readonly string[] | undefined;
}

interface Named {
  readonly merchantId: number;
  readonly ref: string;
}

export async function keepStore(rooms: Rooms, { merchantId, ref }: Named, store: StoreRequest): Promise<StoreRow> {
  await findMerchant(rooms, merchantId);
  return rooms.db.transaction().execute(async (tx) => {
    if ((await shelf.readStore(tx, merchantId, ref)) === undefined) {
      const { stores } = await shelf.countShops(tx, merchantId);
      assertRoom({ merchantId, what: "stores", count: stores, max: STORES_MAX });
    }
    return shelf.putStore(tx, {
      merchant_id: merchantId,
      ref,
      name_zh: store.name.zh,
      name_en: store.name.en,
      address: store.address,
      latitude: store.latitude,
      longitude: store.longitude,
      hours: store.hours,
      open_minutes: openMinutes(store.hours),
      ...mapPoint(store),
      now: rooms.clock.now(),
    });
  });
}

export async function keepOffer(rooms: Rooms, { merchantId, ref }: Named, offer: OfferRequest): Promise<OfferRow> {
  await findMerchant(rooms, merchantId);
  if (offer.endsAt <= offer.startsAt)
    throw new LedgerError("request_invalid", { field: "endsAt", problem: "must be after startsAt" });
  if (offer.cashFen >= offer.worthFen)
    throw new LedgerError("offer_worthless", { cashFen: String(offer.cashFen), worthFen: String(offer.worthFen) });
  const stores = offer.stores === undefined ? undefined : [...new Set(offer.stores)];
  return rooms.db.transaction().execute(async (tx) => {
    const [unknown] = await shelf.findUnknownStores(tx, merchantId, stores ?? []);
    if (unknown !== undefined) throw new LedgerError("store_unknown", { merchantId, storeRef: unknown });
    if ((await shelf.readOffer(tx, merchantId, ref)) === undefined) {
      const { offers } = await shelf.countShops(tx, merchantId);
      assertRoom({ merchantId, what: "offers", count: offers, max: OFFERS_MAX });
    }
    return shelf.putOffer(tx, {
      merchant_id: merchantId,
      ref,
      title_zh: offer.title.zh,
      title_en: offer.title.en,
      sku: offer.sku ?? null,
      points: String(offer.points),
      cash_fen: String(offer.cashFen),
      worth_fen: String(offer.worthFen),
      starts_at: String(offer.startsAt),
      ends_at: String(offer.endsAt),
      hours: offer.hours,
      open_minutes: openMinutes(offer.hours),
      stores,
      now: rooms.clock.now(),
    });
  });
}

export async function dropStore(rooms: Rooms, { merchantId, ref }: Named): Promise<void> {
  if (!(await shelf.deleteStore(rooms.db, merchantId, ref)))
    throw new LedgerError("not_found", { what: `store ${ref}` });
}

export async function dropOffer(rooms: Rooms, { merchantId, ref }: Named): Promise<void> {
  if (!(await shelf.deleteOffer(rooms.db, merchantId, ref)))
    throw new LedgerError("not_found", { what: `offer ${ref}` });
}

function assertRoom(shelves: { merchantId: number; what: string; count: number; max: number }): void {
  if (shelves.count >= shelves.max) throw new LedgerError("shop_window_full", shelves);
}
