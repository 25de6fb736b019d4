/** Schemas of what writes take. Everything is strict: an unknown field is an error, not a silent wish. */
import { z } from "zod";
import type { Alp } from "../kernel/ids.ts";
import { addressIn, alpIn, hexDataIn, pointsIn, textIn, timeIn } from "./schemas.ts";

const ID_MAX = 2_147_483_647;

/** A merchant's or member's number in a path. */
export const merchantIdIn = z
  .string()
  .regex(/^[1-9][0-9]{0,9}$/, "must be a merchant's number")
  .transform(Number)
  .refine((id) => id <= ID_MAX, "must be a merchant's number")
  .meta({ description: "The merchant's number in the registry.", example: "1" });

export const merchantPath = z.strictObject({ id: merchantIdIn });
export const tokenPath = z.strictObject({ token: addressIn });

/** A limit or price: zero is allowed. */
function wholeIn(bits: bigint, what: string) {
  return z
    .string()
    .regex(/^(0|[1-9][0-9]{0,19})$/, "must be a whole number as a decimal string")
    .transform(BigInt)
    .refine((value) => value < 1n << bits, `must be below 2^${bits}`)
    .meta({ description: what });
}

export const pointLimitIn = wholeIn(56n, "Base units of points a day; 0 allows none.");
export const tillLimitIn = wholeIn(64n, "Base units a day in the merchant's time; 0 removes the till.");

/** The pool keeps ALP in units of 10^6 wei (`ALP_UNIT` of the contract); an amount between two of them has no meaning. */
function alpUnitsIn(bits: bigint, what: string) {
  return z
    .string()
    .regex(/^[1-9][0-9]{0,22}0{6}$/, "must be a positive multiple of 1000000 wei, as a decimal string")
    .transform((text) => BigInt(text) as Alp)
    .refine((value) => value < 1n << bits, `must be below 2^${bits}`)
    .meta({ description: `${what}, a multiple of 1000000.` });
}

export const priceIn = alpUnitsIn(64n, "ALP wei per base unit of points");

/** A name of the business: an order number, or 32 bytes in hex. */
export const refIn = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[\x21-\x7e]+$/, "must be printable ASCII without spaces")
  .meta({
    description: "Your name of it: 32 bytes in hex as they are, other text is hashed (keccak-256).",
    example: "order-20260501-17",
  });

export const orderRefIn = textIn(128).meta({
  description: "Your order number, unique for this token for ever.",
  example: "order-20260501-17",
});

export const kindIn = z.enum(["deduction", "goods", "lottery"]).meta({ description: "Why points are consumed." });

/** Either an account with its signature, or a managed customer. */
export const consentIn = {
  account: addressIn.optional().meta({ description: "The account that signed." }),
  signature: hexDataIn.optional().meta({ description: "EIP-712 signature of the account; see /v1/signing." }),
  customerId: z.uuid().optional().meta({ description: "A customer of yours whose key the gateway keeps." }),
};

export const deadlineIn = timeIn
  .optional()
  .meta({ description: "Unix seconds, as signed; not for managed customers." });

export const pointsBody = z.strictObject({ points: pointsIn });
export const alpBody = z.strictObject({ alp: alpIn });
export const poolAlpBody = z.strictObject({ alp: alpUnitsIn(96n, "Alliance tokens (ALP) in wei") });

/** UTF-8 bytes, which is what the contracts count. */
export function bytesIn(max: number) {
  return textIn(max).refine((text) => Buffer.byteLength(text) <= max, `must be at most ${max} bytes of UTF-8`);
}
