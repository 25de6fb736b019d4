/**
 * The columns of a list, from the schema of what it answers. An amount is a decimal number, its unit stands in the next
 * column; a time is ISO 8601; what is a list or has no fixed fields is JSON in one cell.
 */
import { z } from "zod";
import { amountOut, timestampOut } from "../schemas.ts";
import { plain, text } from "./cells.ts";

export interface Column {
  readonly name: string;
  /** The cell, quoted where it must be. */
  readonly cell: (item: unknown) => string;
}

type Read = (item: unknown) => unknown;

interface Place {
  /** Words of the column's name. */
  readonly words: readonly string[];
  readonly read: Read;
}

export function columnsOf(item: z.ZodType): Column[] {
  return columns(item, { words: [], read: (value) => value });
}

function columns(given: z.ZodType, place: Place): Column[] {
  const schema = bare(given);
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Readonly<Record<string, z.ZodType>>;
    if (isAmount(shape)) return amountColumns(place);
    return Object.entries(shape).flatMap(([name, field]) => columns(field, inside(place, name)));
  }
  const name = place.words.length === 0 ? "value" : place.words.join("_");
  // Amounts that know no unit stay whole numbers, and say so.
  if (schema === amountOut && !name.endsWith("Fen"))
    return [{ name: `${name}_baseUnits`, cell: cellOf(schema, place.read) }];
  return [{ name, cell: cellOf(schema, place.read) }];
}

function inside({ words, read }: Place, name: string): Place {
  return {
    words: [...words, name],
    read: (item) => (read(item) as Record<string, unknown> | null | undefined)?.[name],
  };
}

/** Without "or null", "or absent", defaults. */
function bare(schema: z.ZodType): z.ZodType {
  let inner = schema;
  while (inner instanceof z.ZodNullable || inner instanceof z.ZodOptional || inner instanceof z.ZodDefault)
    inner = inner.unwrap() as z.ZodType;
  return inner;
}

const AMOUNT = ["amount", "decimals", "symbol", "token"].join();

function isAmount(shape: Readonly<Record<string, unknown>>): boolean {
  return Object.keys(shape).sort().join() === AMOUNT;
}

interface AmountLike {
  readonly amount: string;
  readonly decimals: number;
  readonly token: string;
  readonly symbol: string;
}

function amountColumns({ words, read }: Place): Column[] {
  const name = words.join("_");
  const amountOf = (item: unknown) => read(item) as AmountLike | null | undefined;
  return [
    { name, cell: (item) => decimalOf(amountOf(item)) },
    { name: `${name}_unit`, cell: (item) => text(amountOf(item)?.symbol ?? "") },
    // Two merchants may call their points the same.
    { name: `${name}_token`, cell: (item) => amountOf(item)?.token ?? "" },
  ];
}

/** Every digit that counts, at least two decimals: `1234.50`, `0.0001`. */
function decimalOf(amount: AmountLike | null | undefined): string {
  if (amount === null || amount === undefined) return "";
  const { decimals } = amount;
  const isNegative = amount.amount.startsWith("-");
  const digits = amount.amount.replace("-", "").padStart(decimals + 1, "0");
  const [whole, rest] = [digits.slice(0, digits.length - decimals), digits.slice(digits.length - decimals)];
  const shown = rest.replace(/0+$/, "").padEnd(Math.min(2, decimals), "0");
  return `${isNegative ? "-" : ""}${whole}${shown === "" ? "" : `.${shown}`}`;
}

function cellOf(schema: z.ZodType, read: Read): Column["cell"] {
  if (isTime(schema)) return (item) => timeOf(read(item));
  return (item) => plain(read(item));
}

function isTime(schema: z.ZodType): boolean {
  return schema === timestampOut || /^Unix seconds\b/.test(schema.meta()?.description ?? "");
}

function timeOf(value: unknown): string {
  if (typeof value !== "number") return "";
  return new Date(value * 1_000).toISOString().replace(".000Z", "Z");
}
