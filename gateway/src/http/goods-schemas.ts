/** Schemas of goods for points and of their redemptions, and how they are shown. */
import { z } from "zod";
import type { Goods } from "../commands/goods/manage-goods.ts";
import type { GoodsRedemption } from "../commands/goods/show-redemptions.ts";
import { FULFILMENT_STATES } from "../commands/goods/show-redemptions.ts";
import { nameIn, skuIn } from "../loyalty/fields.ts";
import { orderNumberIn, signedHoldIn } from "./checkout-schemas.ts";
import { addressIn, addressOut, amountOut, pointsIn, timestampOut } from "./schemas.ts";
import { merchantIdIn } from "./write-schemas.ts";

const DAY_SECONDS = 86_400;
const STOCK_MAX = 1_000_000_000;
const pathSkuIn = skuIn.meta({ description: "The article.", example: "cup-350" });

const connectorRefIn = z
  .string()
  .regex(/^[a-z0-9-]{1,40}$/, "must be 1 to 40 lower-case letters, digits and dashes")
  .meta({ description: "An outside catalogue of the merchant.", example: "gift-house" });

const redemptionNumberIn = orderNumberIn.meta({
  description: "Your number of the redemption, unique at this merchant.",
  example: "redemption-20260501-3",
});

export const goodsPath = z.strictObject({ id: merchantIdIn, sku: pathSkuIn });
export const redemptionPath = z.strictObject({ id: merchantIdIn, redemptionRef: redemptionNumberIn });

export const connectorPath = z.strictObject({ id: merchantIdIn, connectorRef: connectorRefIn });

export const connectorBody = z.strictObject({
  kind: z.literal("http").default("http"),
  url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .meta({
      description: "Where its reservations are: POST {url}/reservations.",
      example: "https://gifts.example.com/v1",
    }),
  secret: z
    .string()
    .regex(/^[\x21-\x7e]{16,200}$/, "must be 16 to 200 printable ASCII characters without spaces")
    .meta({
      description: "Sent as a bearer token; kept sealed and never shown.",
      example: "example-secret-of-24-chars",
    }),
});

export const connectorOut = z
  .strictObject({ merchantId: z.int(), connectorRef: z.string(), kind: z.literal("http"), url: z.string() })
  .meta({ id: "GoodsConnector", description: "An outside catalogue." });

export const goodsBody = z.strictObject({
  name: nameIn,
  points: pointsIn.meta({ description: "Price of one piece in base units (0.01 point).", example: "350000" }),
  stock: z
    .int()
    .min(0)
    .max(STOCK_MAX)
    .optional()
    .meta({ description: "Pieces left to redeem; left out only when an outside catalogue keeps it.", example: 40 }),
  perCustomer: z
    .strictObject({
      max: z.int().min(1).max(1_000_000).meta({ example: 2 }),
      seconds: z
        .int()
        .min(1)
        .max(3_650 * DAY_SECONDS)
        .meta({ description: "Counted back from now.", example: 2_592_000 }),
    })
    .optional()
    .meta({ description: "Pieces one account may redeem in that time; left out: no limit." }),
  isOpen: z.boolean().default(true),
  acceptWithinSeconds: z
    .int()
    .min(5)
    .max(30 * DAY_SECONDS)
    .default(3 * DAY_SECONDS)
    .meta({ description: "What the shop has not accepted by then gives points and pieces back.", example: 259_200 }),
  connector: connectorRefIn.optional(),
});

export const goodsOut = z
  .strictObject({
    merchantId: z.int(),
    sku: z.string(),
    name: z.strictObject({ zh: z.string(), en: z.string() }),
    points: amountOut,
    stock: z.int().nullable().meta({ description: "Pieces left; null: the outside catalogue knows." }),
    perCustomer: z.strictObject({ max: z.int(), seconds: z.int() }).nullable(),
    isOpen: z.boolean(),
    acceptWithinSeconds: z.int(),
    connector: z.string().nullable(),
  })
  .meta({ id: "Goods", description: "What points buy." });

export const goodsPageOut = z.strictObject({ items: z.array(goodsOut), nextCursor: z.string().nullable() });

export const goodsRedemptionBody = z.strictObject({
  redemptionRef: redemptionNumberIn,
  quantity: z.int().min(1).max(10_000).default(1).meta({ example: 1 }),
  customerId: z.uuid().optional().meta({ description: "A customer of yours whose key the gateway keeps." }),
  account: addressIn.optional().meta({ description: "An account that has signed for itself." }),
  signatures: z
    .strictObject({ hold: signedHoldIn })
    .optional()
    .meta({ description: "The hold signed has the kind goods and the ref `goods:` and redemptionRef." }),
});

export const fulfilmentIn = z.enum(FULFILMENT_STATES);

export const redemptionOut = z
  .strictObject({
    redemptionRef: z.string(),
    sku: z.string(),
    quantity: z.int(),
    account: addressOut,
    points: amountOut,
    state: fulfilmentIn,
    reason: z.string().nullable().meta({ description: "Why it was cancelled." }),
    tracking: z.string().nullable(),
    outside: z
      .strictObject({
        connector: z.string(),
        state: z.enum(["reserve", "reserved", "confirm", "confirmed", "cancel", "cancelled"]).nullable(),
        ref: z.string().nullable(),
        problem: z.string().nullable(),
      })
      .nullable()
      .meta({ description: "Where it stands at an outside catalogue; the present tense is still to be done." }),
    createdAt: timestampOut,
    updatedAt: timestampOut,
  })
  .meta({ id: "GoodsRedemption" });

export const redemptionPageOut = z.strictObject({ items: z.array(redemptionOut), nextCursor: z.string().nullable() });

export function goodsOf(merchantId: number, sku: string, body: z.output<typeof goodsBody>): Goods {
  const { stock, perCustomer, connector, ...rest } = body;
  const open = { stock: stock ?? null, perCustomer: perCustomer ?? null, connectorRef: connector ?? null };
  return { ...rest, ...open, merchantId, sku };
}

export function presentGoods({ connectorRef, points, ...goods }: Goods): z.input<typeof goodsOut> {
  return { ...goods, points: points.toString(), connector: connectorRef };
}

export function presentRedemption(redemption: GoodsRedemption): z.input<typeof redemptionOut> {
  const { redemptionRef, sku, quantity, account, points, state, reason, tracking, connectorRef } = redemption;
  const { outside, outsideRef, outsideProblem, createdAt, updatedAt } = redemption;
  return {
    redemptionRef,
    sku,
    quantity,
    account,
    points,
    state,
    reason,
    tracking,
    outside:
      connectorRef === null
        ? null
        : { connector: connectorRef, state: outside, ref: outsideRef, problem: outsideProblem },
    createdAt,
    updatedAt,
  };
}
