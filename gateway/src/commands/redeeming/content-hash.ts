/** Whether two requests under one business number ask for the same: the hash of what they ask for. */
import { createHash } from "node:crypto";
import type { Hex32 } from "../../kernel/ids.ts";

type Plain = string | number | boolean | bigint | undefined | readonly Plain[];

/** The order of the values is part of it. */
export function contentHash(values: readonly Plain[]): Hex32 {
  const text = JSON.stringify(values, (_, value: unknown) => (typeof value === "bigint" ? value.toString() : value));
  return `0x${createHash("sha256").update(text).digest("hex")}` as Hex32;
}
