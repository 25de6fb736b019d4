/** Schemas of orders, tasks, members and what they earn. */
import { z } from "zod";
import type { Fen } from "../kernel/ids.ts";
import { parseFen } from "../kernel/ids.ts";
import { categoryIn, eventNameIn, skuIn } from "../loyalty/fields.ts";
import { failureOut } from "./command-answer.ts";
import {
  addressIn,
  addressOut,
  amountOut,
  hex32In,
  hex32Out,
  pageQuery,
  pointsIn,
  textIn,
  timestampOut,
  timeIn,
  orNull,
} from "./schemas.ts";
import { merchantIdIn } from "./write-schemas.ts";

/** Room is left for what the chain's name of it adds. */
function refIn(what: string, example: string) {
  return z
    .string()
    .min(1)
    .max(96)
    .regex(/^[\x21-\x7e]+$/, "must be 1 to 96 printable ASCII characters without spaces")
    .meta({ description: what, example });
}

export const shopOrderRefIn = refIn("Your order number, unique at this merchant for ever.", "order-20260501-17");
export const returnRefIn = refIn("Your number of the return, unique for the order.", "return-1");
export const eventRefIn = refIn("Your number of the event, unique at this merchant for ever.", "visit-8842-cart");
const grantRefIn = refIn("Your number of the grant, unique at this merchant for ever.", "goodwill-2026-003");

const fenIn = z
  .string()
  .regex(/^(0|[1-9][0-9]{0,12})$/, "must be a whole number of fen (0.01 yuan), as a decimal string")
  .transform((text, context): Fen => {
    try {
      return parseFen(text);
    } catch {
      context.addIssue({ code: "custom", message: "must be at most 10^12 fen" });
      return z.NEVER;
    }
  })
  .meta({ description: "Fen (0.01 yuan) as a decimal string.", example: "12050" });

export const reasonIn = textIn(200).meta({ description: "Why; it stays with the points.", example: "Late delivery" });

const QUANTITY_MAX = 100_000;
const LINES_MAX = 200;

const deviceHashIn = hex32In.optional().meta({
  description: "A salted hash of the device, made by you; never the device's own number.",
  example: "0x5d1b0f6c3b8e4a7fb1c2d3e4f5061728394a5b6c7d8e9f00112233445566778a",
});

const ACCOUNT = "0x70997970c51812dc3a010c7d01b50e0d17dc79c8";

const whose = {
  customerId: z.uuid().optional().meta({ description: "A customer of yours; or give the account." }),
  account: addressIn.optional().meta({ description: "The customer's account; or give the customerId." }),
};

export const orderBody = z
  .strictObject({
    orderRef: shopOrderRefIn,
    ...whose,
    placedAt: timeIn.meta({ description: "When it was placed, unix seconds.", example: 1_777_600_000 }),
    lines: z
      .array(
        z.strictObject({
          sku: skuIn,
          category: categoryIn,
          quantity: z.int().min(1).max(QUANTITY_MAX).meta({ description: "Pieces.", example: 2 }),
          paidFen: fenIn.meta({
            description: "Paid in money for the whole line, after every discount and deduction.",
            example: "12050",
          }),
          isFreight: z.boolean().default(false).meta({ description: "Freight earns nothing.", example: false }),
        }),
      )
      .min(1)
      .max(LINES_MAX)
      .meta({ description: "Each SKU once." }),
    deviceHash: deviceHashIn,
  })
  .meta({
    id: "NewOrder",
    example: {
      orderRef: "order-20260501-17",
      account: ACCOUNT,
      placedAt: 1_777_600_000,
      lines: [
        { sku: "tea-250", category: "drinks", quantity: 2, paidFen: "12050" },
        { sku: "post", category: "freight", quantity: 1, paidFen: "800", isFreight: true },
      ],
    },
  });

export const returnBody = z
  .strictObject({
    returnRef: returnRefIn,
    lines: z
      .array(
        z.strictObject({
          sku: skuIn,
          quantity: z.int().min(0).max(QUANTITY_MAX).meta({ description: "Pieces that come back.", example: 1 }),
          paidFen: fenIn.meta({ description: "Money that goes back for them.", example: "6025" }),
          listFen: fenIn.optional().meta({
            description:
              "At list price, of an order that was partly paid with points: points go back in its proportion. Left out: by the pieces.",
            example: "10000",
          }),
        }),
      )
      .min(1)
      .max(LINES_MAX)
      .meta({ description: "Each SKU once." }),
  })
  .meta({
    id: "NewReturn",
    example: { returnRef: "return-1", lines: [{ sku: "tea-250", quantity: 1, paidFen: "6025" }] },
  });

export const memberBody = z
  .strictObject({
    ...whose,
    referrer: addressIn
      .optional()
      .meta({ description: "Who brought her: a member already. It can not be changed later." }),
  })
  .meta({ id: "NewMember", example: { account: ACCOUNT, referrer: "0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc" } });

export const eventBody = z
  .strictObject({
    eventRef: eventRefIn,
    ...whose,
    name: eventNameIn.meta({ description: "A step of a task. Purchases say `buy` themselves.", example: "look" }),
    sku: skuIn.optional().meta({ description: "The article it is about." }),
    at: timeIn.meta({ description: "When it happened, unix seconds; at most two days ago.", example: 1_777_600_000 }),
    deviceHash: deviceHashIn,
  })
  .meta({
    id: "NewMemberEvent",
    example: { eventRef: "visit-8842-cart", account: ACCOUNT, name: "cart", sku: "tea-250", at: 1_777_600_000 },
  });

export const grantBody = z.strictObject({ grantRef: grantRefIn, ...whose, points: pointsIn, reason: reasonIn }).meta({
  id: "NewGrant",
  example: { grantRef: "goodwill-2026-003", account: ACCOUNT, points: "500", reason: "Late delivery" },
});

export const orderPath = z.strictObject({ id: merchantIdIn, orderRef: shopOrderRefIn });
export const memberPath = z.strictObject({ id: merchantIdIn, account: addressIn });
export const earningPath = z.strictObject({
  id: merchantIdIn,
  earningId: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/, "must be an earningId")
    .meta({ description: "The earning's number.", example: "1" }),
});

export const idPageQuery = {
  limit: pageQuery.limit,
  cursor: z
    .string()
    .regex(/^[1-9][0-9]{0,17}$/, "must be a nextCursor of this API")
    .optional()
    .meta({ description: "nextCursor of the page before." }),
};

export function idPageOut<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable() });
}

const factsOut = z.record(z.string(), z.union([z.string(), z.number()]));

export const earningOut = z
  .strictObject({
    earningId: z.string(),
    source: z.enum(["order", "task", "referral", "grant"]),
    subject: z.string().meta({
      description: "The order's ref, the task's id, the friend's account or the grant's ref.",
      example: "order-20260501-17",
    }),
    account: addressOut,
    token: addressOut,
    state: z.enum(["objected", "refused", "pending", "moving", "issued", "cancelled", "reversed"]).meta({
      description:
        "pending: waits to mature. objected: waits for your decision. moving: the chain is being asked. The others are where it rests.",
    }),
    points: amountOut.meta({ description: "What it should be worth now, in base units.", example: "1205" }),
    pointsFirst: amountOut.meta({ description: "What it was worth at first.", example: "1205" }),
    pointsIssued: amountOut,
    pointsReversed: amountOut,
    pointsLapsed: amountOut.meta({ description: "To be taken back, but expired by then.", example: "0" }),
    ref: z.string().meta({
      description: "Its name on the chain; that of an order ends in the first 8 bytes of rulesHash.",
      example: "earn:order-20260501-17:5f0c1d2e3a4b5c6d",
    }),
    rulesVersion: z.int().nullable(),
    rulesHash: hex32Out.nullable(),
    byRule: z.array(z.strictObject({ ruleId: z.string(), points: amountOut })).meta({
      description: "What each rule gave, after caps; their sum is points.",
    }),
    reason: z.string().nullable(),
    createdAt: timestampOut,
    maturesAt: timestampOut.nullable().meta({ description: "null: when the shop confirms." }),
    objections: z.array(z.strictObject({ code: z.string(), facts: factsOut })),
    decision: z.strictObject({ decision: z.enum(["pay", "refuse"]), reason: z.string(), at: timestampOut }).nullable(),
    problem: orNull(failureOut).meta({ description: "Why the chain has not taken it yet; it is tried again." }),
  })
  .meta({ id: "Earning", description: "One source of points: what is due, against what the chain was asked for." });

const lineOut = z.strictObject({
  sku: z.string(),
  category: z.string(),
  isFreight: z.boolean(),
  quantity: z.int(),
  paidFen: amountOut,
  keptQuantity: z.int(),
  keptFen: amountOut,
});

export const orderOut = z
  .strictObject({
    orderRef: z.string(),
    account: addressOut,
    state: z.enum(["placed", "confirmed", "cancelled"]),
    placedAt: timestampOut,
    receivedAt: timestampOut,
    maturesAt: timestampOut.nullable(),
    isFirstPurchase: z.boolean(),
    tierId: z.string().nullable(),
    rulesVersion: z.int(),
    rulesHash: hex32Out,
    paidFen: amountOut.meta({ description: "Goods, without freight.", example: "12050" }),
    keptFen: amountOut.meta({ description: "Of that, not returned.", example: "12050" }),
    lines: z.array(lineOut),
    returns: z.array(
      z.strictObject({
        returnRef: z.string(),
        lines: z.array(
          z.strictObject({ sku: z.string(), quantity: z.int(), paidFen: amountOut, listFen: amountOut.optional() }),
        ),
        paidFen: amountOut,
        receivedAt: timestampOut,
      }),
    ),
    earnings: z.array(earningOut),
  })
  .meta({ id: "Order", description: "An order, what is kept of it, and everything that hangs on it." });
