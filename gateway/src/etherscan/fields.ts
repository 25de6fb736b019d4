/** Fields of a request, read strictly: the texts of the refusals are those that clients know. */
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Fields } from "./answer.ts";
import { Refused } from "./answer.ts";
import type { Window } from "../store/read-windows.ts";

/** Rows that one list shows, over all of its pages. */
const ROWS_MAX = 10_000;
const BLOCK_MAX = 2_147_483_646;

export function addressIn(fields: Fields, name = "address"): Address {
  return toAddress(fields[name] ?? "");
}

export function toAddress(text: string): Address {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) throw new Refused("Error! Invalid address format");
  return text.toLowerCase() as Address;
}

export function optionalAddress(fields: Fields, name: string): Address | undefined {
  return (fields[name] ?? "") === "" ? undefined : addressIn(fields, name);
}

export function hashIn(fields: Fields, name = "txhash"): Hex32 {
  const text = fields[name] ?? "";
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) throw new Refused("Error! Invalid transaction hash format");
  return text.toLowerCase() as Hex32;
}

/** A whole number, decimal or hexadecimal. */
export function integerIn(fields: Fields, name: string, fallback?: number): number {
  const text = (fields[name] ?? "").trim();
  if (text === "" && fallback !== undefined) return fallback;
  if (!/^(0x[0-9a-fA-F]{1,12}|[0-9]{1,15})$/.test(text)) throw new Refused(`Error! Invalid ${name}`);
  return Number(text);
}

/** For a node: `latest`, or a number as it wants it. */
export function tagIn(fields: Fields, name = "tag"): string {
  const text = (fields[name] ?? "").trim();
  if (text === "") return "latest";
  if (["latest", "earliest", "pending", "safe", "finalized"].includes(text)) return text;
  return `0x${integerIn(fields, name).toString(16)}`;
}

/** For a contract call: undefined is the head. */
export function blockIn(fields: Fields): number | undefined {
  const tag = tagIn(fields);
  if (tag === "earliest") return 0;
  return tag.startsWith("0x") ? Number(tag) : undefined;
}

/** A block of a window; `latest` is the end of it. */
export function windowEnd(fields: Fields, name: string, fallback: number): number {
  const isNamed = ["latest", "pending"].includes(fields[name] ?? "");
  return Math.min(BLOCK_MAX, isNamed ? BLOCK_MAX : integerIn(fields, name, fallback));
}

/** Pages count from 1; without them the list is all of its first 10,000 rows. */
export function pageIn(fields: Fields, rowsMax = ROWS_MAX): { skip: number; limit: number } {
  const page = Math.max(1, integerIn(fields, "page", 1));
  const asked = integerIn(fields, "offset", rowsMax);
  const limit = asked === 0 ? rowsMax : Math.min(asked, rowsMax);
  if (page * limit > ROWS_MAX)
    throw new Refused(
      "Result window is too large, PageNo x Offset size must be less than or equal to 10000. Narrow the blocks instead.",
    );
  return { skip: (page - 1) * limit, limit };
}

export function windowIn(fields: Fields): Window {
  return {
    from: windowEnd(fields, "startblock", 0),
    to: windowEnd(fields, "endblock", BLOCK_MAX),
    order: fields["sort"]?.toLowerCase() === "desc" ? "desc" : "asc",
    ...pageIn(fields),
  };
}
