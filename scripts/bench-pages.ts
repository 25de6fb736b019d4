/**
 * `npm run bench:pages`: how long a page of the long lists takes over HTTP with 1,000 rows behind it and with a million,
 * on both databases. Fails when a page of the large one takes more than three times as long and 10 ms more.
 */
import type { Rooms } from "../gateway/src/commands/rooms.ts";
import { allRoutes } from "../gateway/src/http/routes/all.ts";
import { wallClock } from "../gateway/src/kernel/clock.ts";
import { ZERO_ADDRESS } from "../gateway/src/kernel/ids.ts";
import { silentLog } from "../gateway/src/kernel/log.ts";
import { openEmbedded, openPostgres, type Store } from "../gateway/src/store/database.ts";
import { migrate } from "../gateway/src/store/migrate.ts";
import { startApi } from "../gateway/test/support/api.ts";
import { median } from "../gateway/test/support/city.ts";
import { fillRows, pagesOf } from "../gateway/test/support/many-rows.ts";
import { startPostgres } from "../gateway/test/support/postgres.ts";

const SMALL = 1_000;
const LARGE = Number(process.env["LEDGER_BENCH_ROWS"] ?? 1_000_000);
const RUNS = 31;
const RATIO_MAX = 3;
const NOISE_MS = 10;

/** Milliseconds by page. */
async function measure(store: Store, rows: number): Promise<Map<string, number>> {
  await migrate(store.db);
  const paths = pagesOf(await fillRows(store.db, rows));
  const deployment = { contracts: { allianceToken: ZERO_ADDRESS } };
  const { db, engine } = store;
  const rooms = { db, engine, deployment, clock: wallClock, log: silentLog } as unknown as Rooms;
  const api = await startApi(rooms, allRoutes, { gate: { checkAnswers: false } });
  const times = new Map<string, number>();
  for (const [name, path] of Object.entries(paths))
    times.set(
      name,
      await median(RUNS, async () => {
        const { status } = await api.ask("GET", path);
        if (status !== 200) throw new Error(`${path} answered ${status}`);
      }),
    );
  await api.close();
  await store.close();
  return times;
}

/** How many pages are too slow. */
async function compare(engine: string, open: () => Promise<Store>): Promise<number> {
  const small = await measure(await open(), SMALL);
  const large = await measure(await open(), LARGE);
  let slow = 0;
  for (const [name, ms] of large) {
    const before = small.get(name) ?? 0;
    const isSlow = ms > before * RATIO_MAX + NOISE_MS;
    if (isSlow) slow += 1;
    console.log(
      `${engine.padEnd(10)} ${name.padEnd(28)} ${before.toFixed(1).padStart(6)} ms → ${ms.toFixed(1).padStart(6)} ms${isSlow ? "  too slow" : ""}`,
    );
  }
  return slow;
}

console.log(`A page of 50 with ${SMALL} and with ${LARGE} rows behind it, median of ${RUNS} answers over HTTP:`);
const server = await startPostgres();
const slow =
  (await compare("postgresql", async () => openPostgres(await server.createDatabase()))) +
  (await compare("embedded", () => openEmbedded()));
await server.stop();
console.log(slow === 0 ? "no page takes longer for what stands behind it" : `${slow} pages do`);
process.exit(slow === 0 ? 0 : 1);
