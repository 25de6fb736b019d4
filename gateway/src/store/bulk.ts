/**
 * Many rows in one statement: they travel as one JSON parameter, which both engines unpack the same way and which knows
 * no limit of 65,535 parameters.
 */
import { sql } from "kysely";
import type { Tx } from "./database.ts";
import type { LedgerTables } from "./tables-ledger.ts";

export type SqlType = "text" | "integer" | "bigint" | "numeric" | "boolean" | "jsonb";

/** A table's columns with their types, and its primary key. */
export interface TableSpec<T extends keyof LedgerTables> {
  readonly table: T;
  readonly key: readonly (keyof LedgerTables[T] & string)[];
  readonly columns: Readonly<Record<keyof LedgerTables[T] & string, SqlType>>;
}

/** Rows of one statement; more are cut, so that no parameter grows beyond some megabytes. */
const ROWS_MAX = 5_000;

/** Inserts rows, or replaces those with the same key. */
export async function saveRows<T extends keyof LedgerTables>(
  tx: Tx,
  spec: TableSpec<T>,
  rows: readonly LedgerTables[T][],
): Promise<void> {
  const names = Object.keys(spec.columns) as (keyof LedgerTables[T] & string)[];
  const columns = sql.join(names.map((name) => sql.ref(name)));
  const changed = names.filter((name) => !spec.key.includes(name));
  const updates = sql.join(changed.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`));
  const onConflict = changed.length === 0 ? sql`do nothing` : sql`do update set ${updates}`;
  for (let start = 0; start < rows.length; start += ROWS_MAX) {
    const json = JSON.stringify(rows.slice(start, start + ROWS_MAX));
    await sql`insert into ${sql.table(spec.table)} (${columns})
      select ${columns} from json_to_recordset(${json}::json) as r(${columnsOf(spec, names)})
      on conflict (${sql.join(spec.key.map((name) => sql.ref(name)))}) ${onConflict}`.execute(tx);
  }
}

export type KeyOf = Readonly<Record<string, string | number>>;

/** The rows with these keys; those that do not exist are left out. */
export async function readRows<T extends keyof LedgerTables>(
  tx: Tx,
  spec: TableSpec<T>,
  keys: readonly KeyOf[],
): Promise<LedgerTables[T][]> {
  const rows: LedgerTables[T][] = [];
  const matches = sql.join(
    spec.key.map((name) => sql`${sql.ref(`t.${name}`)} = ${sql.ref(`k.${name}`)}`),
    sql` and `,
  );
  for (let start = 0; start < keys.length; start += ROWS_MAX) {
    const json = JSON.stringify(keys.slice(start, start + ROWS_MAX));
    const result = await sql<LedgerTables[T]>`select t.* from json_to_recordset(${json}::json)
      as k(${columnsOf(spec, spec.key)}) join ${sql.table(spec.table)} as t on ${matches}`.execute(tx);
    rows.push(...result.rows);
  }
  return rows;
}

function columnsOf<T extends keyof LedgerTables>(
  spec: TableSpec<T>,
  names: readonly (keyof LedgerTables[T] & string)[],
): ReturnType<typeof sql> {
  return sql.join(names.map((name) => sql`${sql.ref(name)} ${sql.raw(spec.columns[name])}`));
}
