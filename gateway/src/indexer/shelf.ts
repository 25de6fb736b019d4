/**
 * Rows of one table that a range of blocks touches: loaded at once, changed in memory, written at once. In memory every
 * amount is a bigint.
 */
import assert from "node:assert/strict";
import type { KeyOf, TableSpec } from "../store/bulk.ts";
import { readRows, saveRows } from "../store/bulk.ts";
import type { Tx } from "../store/database.ts";
import type { LedgerTables } from "../store/tables-ledger.ts";

type Column = string | number | bigint | boolean | null;

export class Shelf<T extends keyof LedgerTables, Live extends object> {
  readonly #spec: TableSpec<T>;
  readonly #amounts: readonly string[];
  /** Null: looked for and not there. */
  readonly #rows = new Map<string, Live | null>();
  readonly #changed = new Set<Live>();

  constructor(spec: TableSpec<T>) {
    this.#spec = spec;
    this.#amounts = Object.entries(spec.columns).flatMap(([name, type]) =>
      type === "numeric" || type === "bigint" ? [name] : [],
    );
  }

  /** Reads what is not on the shelf yet. Every row must be loaded before it is asked for. */
  async load(tx: Tx, keys: Iterable<KeyOf>): Promise<void> {
    const missing: KeyOf[] = [];
    for (const key of keys) {
      const id = this.#idOf(key);
      if (this.#rows.has(id)) continue;
      this.#rows.set(id, null);
      missing.push(key);
    }
    if (missing.length === 0) return;
    for (const row of await readRows(tx, this.#spec, missing)) {
      const live = { ...row } as Record<string, Column>;
      for (const name of this.#amounts) if (live[name] !== null) live[name] = BigInt(live[name] as string);
      this.#rows.set(this.#idOf(live as KeyOf), live as Live);
    }
  }

  /** The row with these key parts, in the order of the table's key. */
  find(...key: (string | number)[]): Live | undefined {
    const row = this.#rows.get(key.join("/"));
    assert(row !== undefined, `${this.#spec.table} ${key.join("/")} was not loaded before it was needed`);
    return row ?? undefined;
  }

  /** A row that must be there: its absence means that events were missed. */
  need(...key: (string | number)[]): Live {
    const row = this.find(...key);
    assert(row !== undefined, `the chain speaks of ${this.#spec.table} ${key.join("/")}, which was never announced`);
    return row;
  }

  /** Puts a new row on the shelf, in the place of one with the same key: no key is written twice. */
  add(row: Live): Live {
    const id = this.#idOf(row as KeyOf);
    const replaced = this.#rows.get(id);
    if (replaced !== null && replaced !== undefined) this.#changed.delete(replaced);
    this.#rows.set(id, row);
    this.#changed.add(row);
    return row;
  }

  /** Marks a row of this shelf as changed. */
  change(row: Live): void {
    this.#changed.add(row);
  }

  async save(tx: Tx): Promise<void> {
    if (this.#changed.size === 0) return;
    const rows = [...this.#changed].map((live) => {
      const row = { ...live } as Record<string, Column>;
      for (const name of this.#amounts) if (row[name] !== null) row[name] = String(row[name]);
      return row;
    });
    await saveRows(tx, this.#spec, rows as unknown as LedgerTables[T][]);
    this.#changed.clear();
  }

  #idOf(row: KeyOf): string {
    return this.#spec.key.map((name) => row[name]).join("/");
  }
}
