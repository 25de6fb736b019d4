/** The parts that rule books are made of, as schemas. */
import { z } from "zod";
import type { Address, Fen, Points } from "../kernel/ids.ts";
import { POINTS_MAX } from "../kernel/ids.ts";

const FEN_MAX = 10n ** 12n;
const WHOLE = /^(0|[1-9][0-9]{0,16})$/;
/** Text that people read: no control characters. */
const PLAIN = /^[^\u0000-\u001f\u007f]*$/;

/** Base units of points (0.01 point) as a decimal string. */
export function pointsText(min = 0n) {
  return z
    .string()
    .regex(WHOLE, "must be a whole number of base units (0.01 point), as a decimal string")
    .transform((text) => BigInt(text) as Points)
    .refine((points) => points >= min && points <= POINTS_MAX, `must be ${min} to ${POINTS_MAX}`)
    .meta({ description: "Base units of points (0.01 point).", example: "10000" });
}

/** Fen as a decimal string. */
export function fenText(min = 0n) {
  return z
    .string()
    .regex(WHOLE, "must be a whole number of fen, as a decimal string")
    .transform((text) => BigInt(text) as Fen)
    .refine((fen) => fen >= min && fen <= FEN_MAX, `must be ${min} to ${FEN_MAX} fen`)
    .meta({ description: "Fen (0.01 yuan).", example: "10000" });
}

export function bps(min: number, max: number) {
  return z.int().min(min).max(max).meta({ description: "Basis points: 10,000 = once or 100 %." });
}

export const ruleIdIn = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,40}$/, "must be 1 to 40 letters, digits and dashes")
  .meta({ example: "base" });

export const eventNameIn = z
  .string()
  .regex(/^[a-z][a-z0-9_.-]{0,39}$/, "must be 1 to 40 lower-case letters, digits, dots, dashes and underscores")
  .meta({ description: "What the customer did: look, cart, buy, sign-in …", example: "look" });

const word = (max: number) => z.string().min(1).max(max).regex(PLAIN, "must not contain control characters");

export const skuIn = word(64).meta({ description: "The shop's number of an article.", example: "tea-250" });
export const categoryIn = word(64).meta({ description: "The shop's group of articles.", example: "drinks" });

export const nameIn = z.strictObject({ zh: word(60), en: word(60) }).meta({
  description: "For customers, in both languages.",
  example: { zh: "购物返积分", en: "Points for purchases" },
});

export const addressText = z
  .string()
  .regex(/^0x[0-9a-fA-F]{40}$/, "must be 0x and 40 hex digits")
  .transform((text) => text.toLowerCase() as Address);

/** A list without repetitions. */
export function uniqueIn<T extends z.ZodType>(item: T, max: number, min = 1) {
  return z
    .array(item)
    .min(min)
    .max(max)
    .refine((items) => new Set(items).size === items.length, "must not name anything twice");
}

export const goodsIn = z
  .strictObject({
    skus: uniqueIn(skuIn, 500).optional(),
    categories: uniqueIn(categoryIn, 100).optional(),
    exceptSkus: uniqueIn(skuIn, 500).optional(),
    exceptCategories: uniqueIn(categoryIn, 100).optional(),
  })
  .meta({ description: "Named by SKU or category, excepted by neither; no field: all goods. Freight never earns." });

const minuteIn = z.int().min(0).max(1_439);

export const timesIn = z
  .strictObject({
    from: z.int().min(0).max(4_294_967_295).optional(),
    until: z.int().min(1).max(4_294_967_295).optional(),
    weekdays: uniqueIn(z.int().min(1).max(7), 7).optional(),
    minutesFrom: minuteIn.optional(),
    minutesUntil: minuteIn.optional(),
  })
  .meta({
    description:
      "Every field given must hold: unix seconds [from, until), weekdays 1 (Monday) to 7, minutes of the merchant's local day; minutesFrom after minutesUntil goes over midnight.",
  });

export const capsIn = z
  .strictObject({
    perOrder: pointsText().optional(),
    perCustomerDay: pointsText().optional(),
    perCustomerMonth: pointsText().optional(),
    budget: pointsText().optional(),
  })
  .meta({ description: "Upper bounds in base units; absent: none." });
