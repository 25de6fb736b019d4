/** Tables of a report and their text: the same rows are the same bytes on every machine. */

/** Cells are text: amounts in base units or wei, times in unix seconds, names as they stand on the chain. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

export type Cell = string | number | bigint | boolean | undefined;

/** `rows` are sorted by the caller; a cell that is undefined is empty. */
export function tableOf(name: string, columns: readonly string[], rows: readonly (readonly Cell[])[]): Table {
  return { name, columns, rows: rows.map((row) => row.map((cell) => (cell === undefined ? "" : String(cell)))) };
}

/** RFC 4180 with LF: a field is quoted only when it must be. */
export function formatCsv({ columns, rows }: Table): string {
  const field = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [columns, ...rows].map((row) => `${row.map(field).join(",")}\n`).join("");
}

/** The lines of `formatCsv`, as fields. Throws a RangeError that names the line. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    const { field, end } = text[at] === '"' ? quotedAt(text, at, rows.length + 1) : plainAt(text, at);
    row.push(field);
    const next = text[end];
    if (next !== "," && next !== "\n") throw new RangeError(`line ${rows.length + 1} is cut off or not CSV`);
    if (next === "\n") {
      rows.push(row);
      row = [];
    } else if (text[end + 1] === undefined) throw new RangeError(`line ${rows.length + 1} is cut off`);
    at = end + 1;
  }
  return rows;
}

function plainAt(text: string, at: number): { field: string; end: number } {
  let end = at;
  while (end < text.length && text[end] !== "," && text[end] !== "\n") end += 1;
  return { field: text.slice(at, end), end };
}

function quotedAt(text: string, at: number, line: number): { field: string; end: number } {
  let field = "";
  for (let end = at + 1; end < text.length; end += 1) {
    if (text[end] !== '"') field += text[end] ?? "";
    else if (text[end + 1] !== '"') return { field, end: end + 1 };
    else {
      field += '"';
      end += 1;
    }
  }
  throw new RangeError(`line ${line} is cut off`);
}
