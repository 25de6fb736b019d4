/** Stores and offers: a merchant keeps its own, everybody reads them, and asks what is near. */
import { z } from "zod";
import { dropOffer, dropStore, keepOffer, keepStore } from "../../../commands/loyalty/keep-shops.ts";
import { LATITUDE_MAX, RADIUS_METERS_MAX } from "../../../loyalty/places.ts";
import { parseFen } from "../../../kernel/ids.ts";
import {
  listNearby,
  listOffers,
  listStores,
  offerView,
  showOffer,
  showStore,
  storeView,
} from "../../../queries/shops.ts";
import { listOut } from "../../desk-schemas.ts";
import { amountOut, readingOf } from "../../read-schemas.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { addressIn, blockOut, pageQuery, pointsIn, textIn, timeIn, timestampOut } from "../../schemas.ts";
import { merchantIdIn, merchantPath } from "../../write-schemas.ts";

const tag = "Offers";

const nameIn = (what: string) =>
  z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, ".", "_" or "-"')
    .meta({ description: `Your own name of the ${what}.`, example: `${what}-17` });

const storePath = z.strictObject({ id: merchantIdIn, storeRef: nameIn("store") });
const offerPath = z.strictObject({ id: merchantIdIn, offerRef: nameIn("offer") });
const page = z.strictObject(pageQuery);

const wordsIn = z
  .strictObject({ zh: textIn(60), en: textIn(60) })
  .meta({ description: "In Chinese and in English.", example: { zh: "双层皇堡套餐", en: "Double Whopper meal" } });
const wordsOut = z.strictObject({ zh: z.string(), en: z.string() });

const fenIn = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,11})$/, "must be a whole number of fen, as a decimal string")
  .transform((text) => parseFen(text))
  .meta({ description: "Fen (0.01 yuan) as a decimal string.", example: "3500" });
const fenOut = z
  .string()
  .regex(/^(0|[1-9][0-9]*)$/)
  .meta({ description: "Fen (0.01 yuan).", example: "3500" });

const minuteIn = z.int().min(0).max(1_440);
const hoursIn = z
  .array(
    z.strictObject({
      weekdays: z.array(z.int().min(1).max(7)).min(1).max(7),
      minutesFrom: minuteIn.max(1_439),
      minutesUntil: minuteIn,
    }),
  )
  .max(14)
  .default([])
  .meta({
    description: "Minutes of the shop's local day, 1 = Monday; from ≥ until goes over midnight. None: always.",
    example: [{ weekdays: [1, 2, 3, 4, 5, 6, 7], minutesFrom: 600, minutesUntil: 1320 }],
  });
const hoursOut = z.array(z.strictObject({ weekdays: z.array(z.int()), minutesFrom: z.int(), minutesUntil: z.int() }));

const degrees = (max: number, example: number) =>
  z.number().min(-max).max(max).meta({ description: "Degrees.", example });
const latitude = degrees(LATITUDE_MAX, 30.6598);
const longitude = degrees(180, 104.0805);

const storeIn = z.strictObject({
  name: wordsIn.meta({ example: { zh: "春熙路店", en: "Chunxi Road" } }),
  address: textIn(120).meta({ example: "成都市锦江区春熙路 8 号" }),
  latitude,
  longitude,
  hours: hoursIn,
});

const storeOut = z
  .strictObject({
    merchantId: z.int(),
    storeRef: z.string().meta({ example: "store-17" }),
    name: wordsOut.meta({ example: { zh: "春熙路店", en: "Chunxi Road" } }),
    address: z.string().meta({ example: "成都市锦江区春熙路 8 号" }),
    latitude,
    longitude,
    hours: hoursOut,
    updatedAt: timestampOut,
  })
  .meta({ id: "Store", description: "A shop: where it is and when it is open." });

const offerIn = z.strictObject({
  title: wordsIn,
  sku: textIn(64).optional().meta({ description: "The goods of yours that it is, if it is one.", example: "BK-8801" }),
  points: pointsIn.meta({ example: "320000" }),
  cashFen: fenIn.meta({ description: "To be paid in money besides the points.", example: "0" }),
  worthFen: fenIn.meta({ description: "What it costs without points." }),
  startsAt: timeIn.meta({ example: 1_790_000_000 }),
  endsAt: timeIn.meta({ description: "Unix seconds, exclusive.", example: 1_795_000_000 }),
  hours: hoursIn,
  stores: z
    .array(nameIn("store"))
    .min(1)
    .max(1_000)
    .optional()
    .meta({ description: "Your stores where it holds; left out: in all of them.", example: ["store-17"] }),
});

const offerOut = z
  .strictObject({
    merchantId: z.int(),
    offerRef: z.string().meta({ example: "offer-17" }),
    title: wordsOut.meta({ example: { zh: "双层皇堡套餐", en: "Double Whopper meal" } }),
    sku: z.string().nullable().meta({ example: "BK-8801" }),
    points: z.string().meta({ description: "Base units of the merchant's points.", example: "320000" }),
    cashFen: fenOut.meta({ example: "0" }),
    worthFen: fenOut,
    startsAt: timestampOut,
    endsAt: timestampOut,
    hours: hoursOut,
    stores: z
      .array(z.string())
      .nullable()
      .meta({ description: "null: all of them.", example: ["store-17"] }),
    updatedAt: timestampOut,
  })
  .meta({ id: "Offer", description: "What a merchant's points buy in its shops." });

const nearOut = z
  .strictObject({
    merchantId: z.int(),
    offerRef: z.string().meta({ example: "offer-17" }),
    title: wordsOut.meta({ example: { zh: "双层皇堡套餐", en: "Double Whopper meal" } }),
    sku: z.string().nullable(),
    points: amountOut.meta({ description: "The price in points of this merchant." }),
    cashFen: fenOut.meta({ example: "0" }),
    worthFen: fenOut,
    endsAt: timestampOut,
    store: z.strictObject({
      storeRef: z.string().meta({ example: "store-17" }),
      name: wordsOut.meta({ example: { zh: "春熙路店", en: "Chunxi Road" } }),
      address: z.string(),
      latitude,
      longitude,
    }),
    distanceMeters: z.int().meta({ example: 350 }),
    reach: z.enum(["held", "swap", "short"]).nullable().meta({
      description:
        "held: the account's own points are enough. swap: one swap brings what is missing. null: no account.",
      example: "swap",
    }),
    swap: z
      .strictObject({ give: amountOut, get: amountOut })
      .nullable()
      .meta({ description: "What to give for what is missing, at the prices of the answer's block." }),
    missing: amountOut.nullable().meta({ description: "What is short, of the merchant's points.", example: null }),
    score: z.int().meta({ description: "The order of the list: saving × reach, halved at 500 m.", example: 1853 }),
    sentence: wordsOut.meta({
      example: {
        zh: "您的 3,200 乡村基积分可换得这份汉堡王积分的「双层皇堡套餐」（春熙路店，350 米）。",
        en: "Your 3,200 乡村基积分 buy this 汉堡王积分 “Double Whopper meal” (Chunxi Road, 350 m away).",
      },
    }),
  })
  .meta({ id: "NearbyOffer" });

const nearbyQuery = z.strictObject({
  lat: z.coerce
    .number<string>()
    .min(-LATITUDE_MAX)
    .max(LATITUDE_MAX)
    .meta({ description: "Degrees.", example: "30.6598" }),
  lon: z.coerce.number<string>().min(-180).max(180).meta({ description: "Degrees.", example: "104.0805" }),
  radiusMeters: z.coerce.number<string>().int().min(50).max(RADIUS_METERS_MAX).default(2_000),
  account: addressIn.optional(),
  limit: z.coerce.number<string>().int().min(1).max(50).default(20),
});

const gone = z.strictObject({ deleted: z.literal(true) });
const merchant = { tag, roles: ["merchant"], owned: "merchant" } as const;

export const offersRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/offers/nearby",
    operationId: "listNearbyOffers",
    summary: "What points buy near a place, best first",
    description:
      "Offers that hold now in shops that are open now. With an account, each says whether what it holds or could swap into is enough, with exact amounts. The place is neither stored nor logged.",
    tag,
    roles: "public",
    query: nearbyQuery,
    output: z.strictObject({ items: z.array(nearOut), block: blockOut }),
    run: ({ query }, rooms) =>
      listNearby(readingOf(rooms), {
        latitude: query.lat,
        longitude: query.lon,
        radiusMeters: query.radiusMeters,
        account: query.account,
        limit: query.limit,
        now: Math.floor(rooms.clock.now() / 1_000),
      }),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/stores",
    operationId: "listStores",
    summary: "A merchant's shops",
    tag,
    roles: "public",
    params: merchantPath,
    query: page,
    output: listOut(storeOut),
    run: ({ params, query }, rooms) => listStores(readingOf(rooms), params.id, query),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/stores/:storeRef",
    operationId: "getStore",
    summary: "One shop",
    tag,
    roles: "public",
    params: storePath,
    output: storeOut,
    run: ({ params }, rooms) => showStore(readingOf(rooms), params.id, params.storeRef),
  }),
  route({
    ...merchant,
    method: "put",
    path: "/v1/merchants/:id/stores/:storeRef",
    operationId: "putStore",
    summary: "Say where a shop is and when it is open; replaces what was said before",
    params: storePath,
    body: storeIn,
    output: storeOut,
    run: async ({ params, body }, rooms) =>
      storeView(await keepStore(rooms, { merchantId: params.id, ref: params.storeRef }, body)),
  }),
  route({
    ...merchant,
    method: "delete",
    path: "/v1/merchants/:id/stores/:storeRef",
    operationId: "deleteStore",
    summary: "Take a shop out; offers that named it alone are nowhere then",
    params: storePath,
    output: gone,
    run: async ({ params }, rooms) => {
      await dropStore(rooms, { merchantId: params.id, ref: params.storeRef });
      return { deleted: true as const };
    },
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/offers",
    operationId: "listOffers",
    summary: "A merchant's offers, past and coming ones too",
    tag,
    roles: "public",
    params: merchantPath,
    query: page,
    output: listOut(offerOut),
    run: ({ params, query }, rooms) => listOffers(readingOf(rooms), params.id, query),
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/offers/:offerRef",
    operationId: "getOffer",
    summary: "One offer",
    tag,
    roles: "public",
    params: offerPath,
    output: offerOut,
    run: ({ params }, rooms) => showOffer(readingOf(rooms), params.id, params.offerRef),
  }),
  route({
    ...merchant,
    method: "put",
    path: "/v1/merchants/:id/offers/:offerRef",
    operationId: "putOffer",
    summary: "Offer something for points, in all shops or some; replaces what was offered under this name",
    params: offerPath,
    body: offerIn,
    output: offerOut,
    run: async ({ params, body }, rooms) =>
      offerView(await keepOffer(rooms, { merchantId: params.id, ref: params.offerRef }, body)),
  }),
  route({
    ...merchant,
    method: "delete",
    path: "/v1/merchants/:id/offers/:offerRef",
    operationId: "deleteOffer",
    summary: "Take an offer out",
    params: offerPath,
    output: gone,
    run: async ({ params }, rooms) => {
      await dropOffer(rooms, { merchantId: params.id, ref: params.offerRef });
      return { deleted: true as const };
    },
  }),
];
