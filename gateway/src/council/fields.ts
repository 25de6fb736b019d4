/** What the fields of council actions are: data, so that the API's schemas, the catalogue and the tests are made from it. */
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Words } from "./words.ts";

/** What a field is called in a form, and what it is, with its unit, in the API. */
interface Named {
  readonly label: Words;
  readonly what: string;
}

/** `bytes`: UTF-8 bytes at most, as the contracts count them. */
interface TextField extends Named {
  readonly kind: "text" | "uri";
  readonly bytes: number;
}

/**
 * id: a number of the registry, the alliance or the desk, from 1 on. alp: wei, at least 1. price: wei a yuan, at least 1.
 * bps: basis points, 0 to 10,000. case: a case number, 32 bytes. seconds: 0 to 2^32 − 1. role: of the AccessManager.
 * validators: how many, 1 to 30. multiple: 0 to 10. shares: wei of share points, from 0 on.
 */
interface PlainField extends Named {
  readonly kind:
    | "address"
    | "id"
    | "alp"
    | "price"
    | "bps"
    | "seconds"
    | "case"
    | "hash"
    | "flag"
    | "role"
    | "validators"
    | "multiple"
    | "shares";
}

export const FIELD_KINDS = [
  "text",
  "uri",
  "address",
  "id",
  "alp",
  "price",
  "bps",
  "seconds",
  "case",
  "hash",
  "flag",
  "role",
  "validators",
  "multiple",
  "shares",
] as const satisfies readonly Field["kind"][];

export type Field = TextField | PlainField;
export type Fields = Readonly<Record<string, Field>>;

interface ValueOfKind {
  readonly text: string;
  readonly uri: string;
  readonly address: Address;
  readonly id: number;
  readonly alp: bigint;
  readonly price: bigint;
  readonly bps: number;
  readonly seconds: number;
  readonly validators: number;
  readonly multiple: number;
  readonly shares: bigint;
  readonly case: Hex32;
  readonly hash: Hex32;
  readonly flag: boolean;
  /** Its name; one that has none is its number as text. */
  readonly role: string;
}

export type Value = string | number | bigint | boolean;
export type ValuesOf<F extends Fields> = { readonly [Name in keyof F]: ValueOfKind[F[Name]["kind"]] };
export type Values = Readonly<Record<string, Value>>;

/** As JSON shows it: amounts are decimal strings. */
export function plainValue(value: Value): string | number | boolean {
  return typeof value === "bigint" ? value.toString() : value;
}
