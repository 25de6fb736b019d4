/** CSV as spreadsheets write and read it (RFC 4180): quotes, any line end, comma, semicolon or tab, with or without BOM. */

/** A quotation mark that was opened in `row` (1 is the first line) is never closed. */
export class UnclosedQuote extends Error {
  readonly row: number;
  constructor(row: number) {
    super(`the quotation mark of row ${row} is not closed`);
    this.row = row;
  }
}

const DELIMITERS = [",", ";", "\t"] as const;

/** The one that the first line has most of. */
function delimiterOf(text: string): string {
  const [first = ""] = text.split(/\r?\n|\r/, 1);
  const count = (delimiter: string): number => first.split(delimiter).length;
  return DELIMITERS.reduce((best, one) => (count(one) > count(best) ? one : best));
}

/** Rows of cells; rows that are empty are left out, so a cell is found by `row`, the place that a spreadsheet shows. */
export function parseCsv(source: string): { row: number; cells: string[] }[] {
  const text = source.replace(/^\uFEFF/, "");
  const delimiter = delimiterOf(text);
  // One cell and what ends it: quoted (with "" for a quotation mark) or plain.
  const cell = new RegExp(
    `(?:"((?:[^"]|"")*)"|([^"${delimiter}\\r\\n][^${delimiter}\\r\\n]*)|)(${delimiter}|\\r\\n|\\n|\\r|$)`,
    "y",
  );
  const rows: { row: number; cells: string[] }[] = [];
  let cells: string[] = [];
  let row = 1;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new UnclosedQuote(row);
    const [, quoted, plain = "", end] = match;
    cells.push((quoted === undefined ? plain : quoted.replaceAll('""', '"')).trim());
    if (end === delimiter) {
      // A delimiter at the very end of the file is followed by one more empty cell.
      if (cell.lastIndex === text.length) cells.push("");
      else continue;
    }
    if (cells.some((one) => one !== "")) rows.push({ row, cells });
    cells = [];
    row += 1;
  }
  return rows;
}

/** A cell that begins like a formula would be carried out by a spreadsheet: a quotation mark before it makes it text. */
const harmless = (text: string): string => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);

const cellOf = (text: string): string => {
  const safe = harmless(text);
  return /[",;\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** With a BOM: without it Excel takes UTF-8 for something else. */
export const writeCsv = (rows: readonly (readonly string[])[]): string =>
  `\uFEFF${rows.map((row) => row.map(cellOf).join(",")).join("\r\n")}\r\n`;
