/** Schemas that many routes share. What comes in is strict; amounts are decimal strings in base units. */
import { z } from "zod";
import { ERROR_CODES } from "../kernel/errors.ts";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { parseAlp, parsePoints } from "../kernel/ids.ts";

const HEX_ADDRESS = /^0x[0-9a-fA-F]{40}$/;
const HEX_32 = /^0x[0-9a-fA-F]{64}$/;

/** Lets a kernel parser speak inside zod: its message becomes the field's problem. */
function parsedBy<T>(parse: (text: string) => T) {
  return (text: string, context: z.RefinementCtx): T => {
    try {
      return parse(text);
    } catch (error) {
      context.addIssue({ code: "custom", message: (error as Error).message.replace(/^\w*: |\. Correct it.*$/g, "") });
      return z.NEVER;
    }
  };
}

export const addressIn = z
  .string()
  .regex(HEX_ADDRESS, "must be 0x and 40 hex digits")
  .transform((text) => text.toLowerCase() as Address)
  .meta({ description: "An account or contract address.", example: "0x70997970c51812dc3a010c7d01b50e0d17dc79c8" });

export const hex32In = z
  .string()
  .regex(HEX_32, "must be 0x and 64 hex digits")
  .transform((text) => text.toLowerCase() as Hex32)
  .meta({ description: "32 bytes in hex." });

export const hexDataIn = z
  .string()
  .regex(/^0x([0-9a-fA-F]{2})*$/, "must be 0x and an even number of hex digits")
  .max(8_194)
  .transform((text) => text.toLowerCase() as HexData)
  .meta({ description: "Bytes in hex." });

/** Base units of points, at least 1. */
export const pointsIn = z
  .string()
  .regex(/^[1-9][0-9]{0,16}$/, "must be a positive whole number of base units (0.01 point), as a decimal string")
  .transform(parsedBy((text) => parsePoints(text, "")))
  .meta({ description: "Base units of points (0.01 point) as a decimal string.", example: "10000" });

/** Wei of ALP, at least 1. */
export const alpIn = z
  .string()
  .regex(/^[1-9][0-9]{0,28}$/, "must be a positive whole number of wei, as a decimal string")
  .transform(parsedBy((text) => parseAlp(text, "")))
  .meta({ description: "Alliance tokens (ALP) in wei as a decimal string.", example: "1000000000000000000" });

/** Unix seconds. */
export const timeIn = z.int().min(0).max(4_294_967_295).meta({ description: "Unix seconds." });

/** Free text that people read: no control characters. */
export function textIn(max: number) {
  return z
    .string()
    .min(1)
    .max(max)
    .regex(/^[^\u0000-\u001f\u007f]*$/, "must not contain control characters");
}

export const addressOut = z.string().regex(/^0x[0-9a-f]{40}$/);
export const hex32Out = z.string().regex(/^0x[0-9a-f]{64}$/);
/** A non-negative amount in base units. */
export const amountOut = z
  .string()
  .regex(/^(0|[1-9][0-9]*)$/)
  .meta({ description: "A whole number in base units." });
export const timestampOut = z.int().meta({ description: "Unix seconds." });

/**
 * A thing with a name of its own in the document, or null. (`.nullable()` on such a schema is written as "this object and
 * perhaps null", which no null satisfies.)
 */
export const orNull = <S extends z.ZodType>(schema: S) => z.union([schema, z.null()]);

/** The block an answer is true at. */
export const blockOut = z
  .strictObject({ number: z.int().min(0), hash: hex32Out, timestamp: timestampOut })
  .meta({ id: "BlockRef", description: "The block the answer is true at." });

/** Cursor paging: `cursor` is opaque and comes from `nextCursor` of the page before. */
export const pageQuery = {
  limit: z.coerce.number<string>().int().min(1).max(200).default(50),
  cursor: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[\w.~=-]+$/, "must be a nextCursor of this API")
    .optional(),
};

export function pageOut<T extends z.ZodType>(item: T) {
  return z.strictObject({ items: z.array(item), nextCursor: z.string().nullable(), block: blockOut });
}

/** RFC 9457. */
export const problemOut = z
  .strictObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().meta({ description: "What happened and what to do, in the language of Accept-Language." }),
    detailZh: z.string(),
    code: z.enum(ERROR_CODES),
    facts: z.record(z.string(), z.union([z.string(), z.number()])),
    requestId: z.string(),
  })
  .meta({ id: "Problem", description: "Why a request was refused (application/problem+json)." });
