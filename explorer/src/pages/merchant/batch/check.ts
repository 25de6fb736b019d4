/** A file of orders, row by row: what can be issued, and what is wrong with the rest. */
import { parseAmount } from "../../../format/amount.ts";
import { parseCsv } from "../../../format/csv.ts";
import { ADDRESS } from "../customers.ts";
import { ORDER_REF } from "../order-ref.ts";
import { POINT_DECIMALS } from "../units.ts";

/** Kept in the browser until the run is put away; 20 MB at most with its results. */
export const ROWS_MAX = 20_000;

/** What the API takes: 17 digits of base units. */
const POINTS_MAX = 10n ** 17n;

const COLUMNS = {
  account: ["account", "address", "to", "账户", "地址"],
  points: ["points", "amount", "积分"],
  order: ["order", "orderref", "order number", "订单号", "订单"],
} as const;

type Column = keyof typeof COLUMNS;

/** One order, as it will be sent. */
export interface BatchRow {
  /** As the spreadsheet counts; the header is 1. */
  readonly row: number;
  readonly to: string;
  /** Base units. */
  readonly points: string;
  readonly orderRef: string;
}

export type Flaw =
  | { readonly kind: "account" | "checksum" | "zero" | "points" | "order" }
  | { readonly kind: "twice"; readonly before: number }
  | { readonly kind: "columns"; readonly count: number; readonly expected: number };

export interface FlawedRow {
  readonly row: number;
  readonly text: string;
  readonly flaw: Flaw;
}

export type Checked =
  | { readonly kind: "empty" }
  | { readonly kind: "header"; readonly missing: readonly Column[] }
  | { readonly kind: "tooMany"; readonly count: number }
  | { readonly kind: "rows"; readonly rows: readonly BatchRow[]; readonly flawed: readonly FlawedRow[] };

/** Mixed case is a checksum (EIP-55): a letter that was mistyped shows. */
export type IsChecksumRight = (address: string) => boolean;

/** Throws `UnclosedQuote`. */
export function checkFile(text: string, isChecksumRight: IsChecksumRight): Checked {
  const [header, ...lines] = parseCsv(text);
  if (header === undefined) return { kind: "empty" };
  const names = header.cells.map((name) => name.toLowerCase());
  const placeOf = (column: Column): number =>
    names.findIndex((name) => (COLUMNS[column] as readonly string[]).includes(name));
  const places = { account: placeOf("account"), points: placeOf("points"), order: placeOf("order") };
  const missing = (Object.keys(COLUMNS) as Column[]).filter((column) => places[column] === -1);
  if (missing.length > 0) return { kind: "header", missing };
  if (lines.length === 0) return { kind: "empty" };
  if (lines.length > ROWS_MAX) return { kind: "tooMany", count: lines.length };
  const rows: BatchRow[] = [];
  const flawed: FlawedRow[] = [];
  const seen = new Map<string, number>();
  for (const { row, cells } of lines) {
    const flawOrRow =
      cells.length === names.length
        ? checkRow(row, { to: cells[places.account], points: cells[places.points], orderRef: cells[places.order] })
        : ({ kind: "columns", count: cells.length, expected: names.length } as const);
    const flaw = "kind" in flawOrRow ? flawOrRow : laterFlawOf(flawOrRow, seen, isChecksumRight);
    if (flaw !== undefined) flawed.push({ row, text: cells.join(", "), flaw });
    else if ("to" in flawOrRow) rows.push(flawOrRow);
  }
  return { kind: "rows", rows, flawed };
}

interface Cells {
  readonly to: string | undefined;
  readonly points: string | undefined;
  readonly orderRef: string | undefined;
}

function checkRow(row: number, { to = "", points: text = "", orderRef = "" }: Cells): BatchRow | Flaw {
  if (!ADDRESS.test(to)) return { kind: "account" };
  if (/^0x0{40}$/.test(to)) return { kind: "zero" };
  const points = parseAmount(text, POINT_DECIMALS);
  if (points === undefined || points === 0n || points >= POINTS_MAX) return { kind: "points" };
  if (!ORDER_REF.test(orderRef) || !orderRef.isWellFormed()) return { kind: "order" };
  return { row, to, points: points.toString(), orderRef };
}

/** What can be seen of a row only beside the others, or is dear to check. */
function laterFlawOf(
  { row, to, orderRef }: BatchRow,
  seen: Map<string, number>,
  isChecksumRight: IsChecksumRight,
): Flaw | undefined {
  const before = seen.get(orderRef);
  if (before !== undefined) return { kind: "twice", before };
  seen.set(orderRef, row);
  const isMixed = /[a-f]/.test(to) && /[A-F]/.test(to);
  return isMixed && !isChecksumRight(to) ? { kind: "checksum" } : undefined;
}
