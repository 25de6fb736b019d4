/** The fields of the files that organisations exchange, as they are read: unknown fields are refused, not skipped. */
import { z } from "zod";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";

const hex = (digits: string): z.ZodString => z.string().regex(new RegExp(`^0x[0-9a-f]${digits}$`), "lower-case hex");

export const addressField = hex("{40}").transform((text): Address => parseAddress(text));
export const hex32Field = hex("{64}").transform((text): Hex32 => parseHex32(text));
export const publicKeyField = hex("{128}").transform((text): HexData => parseHexData(text));
export const signatureField = hex("{130}").transform((text): HexData => parseHexData(text));
export const slugField = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, "a-z, 0-9 and hyphens")
  .max(40);
export const portField = z.int().min(1).max(65_535);
export const chainIdField = z.int().min(1);
/** Unix seconds, up to the year 5138. */
export const momentField = z.int().min(1).max(99_999_999_999);

/** 1–64 bytes, as the alliance contract counts. */
export const memberNameField = z
  .string()
  .refine((text) => Buffer.byteLength(text) >= 1 && Buffer.byteLength(text) <= 64, "must be 1 to 64 bytes of UTF-8");

/** Throws a sentence that names the file's first wrong field. */
export function parseShape<T>(schema: z.ZodType<T>, json: unknown, what: string): T {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue === undefined || issue.path.length === 0 ? "the file" : issue.path.join(".");
  throw new NetworkError(
    "refused",
    `This is no ${what}: ${where}: ${issue?.message ?? ""}. Ask for it to be sent again.`,
  );
}
