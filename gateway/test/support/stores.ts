/** Both engines, so that every suite of the store runs on each: `for (const engine of ENGINES) describe(...)`. */
import { sql } from "kysely";
import type { Engine, Store } from "../../src/store/database.ts";
import { openEmbedded, openPostgres } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { startPostgres } from "./postgres.ts";
import type { Postgres } from "./postgres.ts";

export const ENGINES: readonly Engine[] = ["embedded", "postgresql"];

let server: Promise<Postgres> | undefined;

/** One server for the whole test process; `stopStores` ends it. */
export function sharedPostgres(): Promise<Postgres> {
  server ??= startPostgres();
  return server;
}

/** One PGlite for the whole test process: it takes seconds to start and half a gigabyte. */
let embedded: Promise<Store> | undefined;

async function emptyEmbedded(): Promise<Store> {
  embedded ??= openEmbedded();
  const { db, engine } = await embedded;
  // A face of its own for each suite, so that nothing remembered of one is taken for another's.
  const store = { db: db.withoutPlugins(), engine };
  await sql`drop schema public cascade`.execute(store.db);
  await sql`create schema public`.execute(store.db);
  return { ...store, close: () => Promise.resolve() };
}

/** A migrated, empty store of the engine. Only one embedded one is in use at a time. */
export async function freshStore(engine: Engine): Promise<Store & { url?: string }> {
  if (engine === "embedded") {
    const store = await emptyEmbedded();
    await migrate(store.db);
    return store;
  }
  const url = await (await sharedPostgres()).createDatabase();
  const store = openPostgres(url);
  await migrate(store.db);
  return { ...store, url };
}

/** Root-level `after(stopStores)` in every file that uses this: the last one does the work. */
export async function stopStores(): Promise<void> {
  const [running, store] = [server, embedded];
  server = undefined;
  embedded = undefined;
  await (await running)?.stop();
  await (await store)?.close();
}
