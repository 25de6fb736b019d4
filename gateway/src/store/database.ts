/** Opens the one SQL store: PGlite when there is no URL, PostgreSQL otherwise. The schema is the same. */
import { PGlite } from "@electric-sql/pglite";
import { Kysely, PGliteDialect, PostgresDialect } from "kysely";
import type { Transaction } from "kysely";
import pg from "pg";
import { LedgerError } from "../kernel/errors.ts";
import { lockEmbedded } from "./embedded-lock.ts";
import type { Tables } from "./tables.ts";

export type Database = Kysely<Tables>;
/** Inside a transaction; every store function takes either. */
export type Tx = Transaction<Tables> | Database;

export type Engine = "embedded" | "postgresql";

export interface Store {
  readonly db: Database;
  readonly engine: Engine;
  close(): Promise<void>;
}

const INT8 = 20;
const NUMERIC = 1700;

/** `int8` and `numeric` come back as decimal strings from both engines, so that no amount ever passes through a float. */
export function openPostgres(url: string, poolSize = 10): Store {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 15_000,
  });
  // Without a listener an idle connection's death would end the process; the next query reports it anyway.
  pool.on("error", () => {});
  // The same for one in use: its query is rejected, and that is where the error is dealt with.
  pool.on("connect", (client) => client.on("error", () => {}));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, engine: "postgresql", close: () => db.destroy() };
}

/** `directory` undefined keeps everything in memory. Otherwise the directory is this process's alone until `close`. */
export async function openEmbedded(directory?: string): Promise<Store> {
  const unlock = directory === undefined ? undefined : await lockEmbedded(directory);
  try {
    const pglite = await PGlite.create({
      ...(directory === undefined ? {} : { dataDir: directory }),
      parsers: { [INT8]: (text: string) => text, [NUMERIC]: (text: string) => text },
    });
    const db = new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) });
    const close = async (): Promise<void> => {
      await db.destroy();
      await unlock?.();
    };
    return { db, engine: "embedded", close };
  } catch (error) {
    await unlock?.();
    if (directory === undefined) throw error;
    const reason = error instanceof Error ? error.message.slice(0, 200) : "no reason given";
    throw new LedgerError("store_unreadable", { directory, reason }, error);
  }
}
