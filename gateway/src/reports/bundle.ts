/** A report as files: a CSV a table, all of it once more as JSON, and a manifest with the SHA-256 of every file. */
import { createHash } from "node:crypto";
import type { Collected, ReportHeader } from "./collect.ts";
import type { Table } from "./table.ts";
import { formatCsv } from "./table.ts";

export const MANIFEST = "manifest.json";
export const REPORT_JSON = "report.json";

export interface ManifestFile {
  readonly name: string;
  readonly bytes: number;
  readonly sha256: string;
}

export interface Manifest extends ReportHeader {
  readonly files: readonly ManifestFile[];
}

export function sha256Of(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The same report is the same bytes: sorted names, two spaces, a line feed at the end. */
export function makeBundle({ header, tables }: Pick<Collected, "header" | "tables">): Map<string, string> {
  const files = new Map<string, string>();
  for (const table of tables) files.set(`${table.name}.csv`, formatCsv(table));
  files.set(REPORT_JSON, formatJson({ ...header, tables: Object.fromEntries(tables.map(objectsOf)) }));
  const listed = [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, text]) => ({ name, bytes: Buffer.byteLength(text), sha256: sha256Of(text) }));
  const manifest: Manifest = { ...header, files: listed };
  return new Map([[MANIFEST, formatJson(manifest)], ...[...files].sort(([a], [b]) => (a < b ? -1 : 1))]);
}

export function formatJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function objectsOf({ name, columns, rows }: Table): [string, Record<string, string>[]] {
  return [name, rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? ""])))];
}
