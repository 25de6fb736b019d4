/** The hash of what was asked: method, path and body with sorted keys, so that spacing and key order do not matter. */
import { createHash } from "node:crypto";
import type { Hex32 } from "../kernel/ids.ts";

export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, field]) => `${JSON.stringify(key)}:${canonicalJson(field)}`);
    return `{${fields.join(",")}}`;
  }
  return JSON.stringify(value ?? null);
}

export function requestHashOf(method: string, path: string, body: unknown): Hex32 {
  const text = `${method.toUpperCase()} ${path}\n${canonicalJson(body)}`;
  return `0x${createHash("sha256").update(text).digest("hex")}` as Hex32;
}
