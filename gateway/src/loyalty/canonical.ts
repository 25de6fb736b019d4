/** The words that a rule book's hash is of: JSON with sorted keys, no spaces, amounts as decimal strings. */
import type { RuleBook } from "./rule-book.ts";

/** A value as JSON has it: fields that are not there are left out, amounts are decimal strings. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

export function jsonOf(value: unknown): Json {
  if (typeof value === "bigint") return value.toString();
  if (Array.isArray(value)) return value.map(jsonOf);
  if (typeof value === "object" && value !== null) {
    const fields = Object.entries(value).filter(([, field]) => field !== undefined);
    fields.sort(([one], [other]) => (one < other ? -1 : 1));
    return Object.fromEntries(fields.map(([key, field]) => [key, jsonOf(field)]));
  }
  return value as Json;
}

/** Field order, spaces and left-out defaults of what was sent make no difference. */
export function canonicalBook(book: RuleBook): string {
  return JSON.stringify(jsonOf(book));
}
