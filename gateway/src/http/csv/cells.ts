/**
 * Cells as RFC 4180 has them. A text that a spreadsheet would run as a formula gets an apostrophe in front: names of
 * merchants and notes of cases are typed by strangers, and the file is opened by an accountant.
 */

/** Also the full-width signs that Chinese input methods make, and signs behind blanks. */
const FORMULA = /^[\s\u0000-\u001f]*[=+\-@＝＋－＠]/;
const NUMBER = /^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/;

export function text(value: string): string {
  const guarded = FORMULA.test(value) && !NUMBER.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(guarded) ? `"${guarded.replaceAll('"', '""')}"` : guarded;
}

export function plain(value: unknown): string {
  if (value === null || value === undefined) return "";
  switch (typeof value) {
    case "string":
      return text(value);
    case "number":
    case "boolean":
    case "bigint":
      return String(value);
    default:
      return text(isWords(value) ? value.join(" ") : JSON.stringify(value));
  }
}

function isWords(value: unknown): value is (string | number)[] {
  return Array.isArray(value) && value.every((item) => ["string", "number"].includes(typeof item));
}
