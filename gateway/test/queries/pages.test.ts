/** A page costs the same whatever stands behind it: on both engines, a small ledger beside a large one, in turns. */
import { expect } from "chai";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import { ZERO_ADDRESS } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Engine, Store } from "../../src/store/database.ts";
import { clearLedger } from "../../src/store/ledger-cursor.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";
import { median } from "../support/city.ts";
import type { ManyRows } from "../support/many-rows.ts";
import { fillRows, pagesOf } from "../support/many-rows.ts";
import { ENGINES, freshStore } from "../support/stores.ts";

const SMALL = 1_000;
/** What CI's machines write in some seconds; `npm run bench:pages` does it with a million. */
const LARGE: Readonly<Record<Engine, number>> = { embedded: 10_000, postgresql: 50_000 };
const RUNS = 11;
/** A scan of the large one takes 10 and 50 times as long; three times is the noise of a busy machine. */
const RATIO_MAX = 3;
const NOISE_MS = 15;

const roomsOf = ({ db, engine }: Store): Rooms =>
  ({
    db,
    engine,
    deployment: { contracts: { allianceToken: ZERO_ADDRESS } },
    clock: wallClock,
    log: silentLog,
  }) as unknown as Rooms;

describe("pages of long lists", function () {
  this.timeout(240_000);

  for (const engine of ENGINES)
    describe(engine, () => {
      const times = new Map<string, { small: number; large: number }>();
      let store: Store;
      let api: Api;
      let rows: ManyRows;

      /** With a server of its own: writing very many rows keeps this process from answering for seconds. */
      async function measure(size: "small" | "large", count: number): Promise<void> {
        rows = await fillRows(store.db, count);
        api = await startApi(roomsOf(store), allRoutes, { gate: { checkAnswers: false } });
        for (const [name, path] of Object.entries(pagesOf(rows))) {
          const ms = await median(RUNS, async () => {
            const { status, body } = await api.ask("GET", path);
            expect(status, JSON.stringify(body)).to.equal(200);
          });
          times.set(name, { ...(times.get(name) ?? { small: 0, large: 0 }), [size]: ms });
        }
      }

      before(async () => {
        store = await freshStore(engine);
        await measure("small", SMALL);
        await api.close();
        await clearLedger(store.db);
        await measure("large", LARGE[engine]);
      });
      after(async () => {
        await api.close();
        await store.close();
      });

      it(`take no longer with ${LARGE[engine]} rows behind them than with ${SMALL}`, () => {
        for (const [name, { small, large }] of times)
          expect(large, `${name}: ${small.toFixed(1)} ms became ${large.toFixed(1)} ms`).to.be.lessThan(
            small * RATIO_MAX + NOISE_MS,
          );
      });

      it("come to the last row without losing or doubling one, by every filter", async () => {
        const filters = ["&kind=reverse", `&account=${rows.quiet}`, `&from=${rows.middle}&to=${rows.middle + 100}`];
        for (const filter of filters) {
          const all: string[] = [];
          for (let cursor: string | null = ""; cursor !== null;) {
            const page: string = cursor === "" ? "" : `&cursor=${cursor}`;
            const { body } = await api.ask("GET", `/v1/points/${rows.token}/transfers?limit=20${filter}${page}`);
            const { items, nextCursor } = body as { items: { transactionHash: string }[]; nextCursor: string | null };
            all.push(...items.map(({ transactionHash }) => transactionHash));
            cursor = nextCursor;
          }
          expect(all.length, filter).to.be.greaterThan(4);
          expect(new Set(all).size, filter).to.equal(all.length);
          expect([...all].sort().reverse(), filter).to.deep.equal(all);
        }
      });

      it("add up: the curve ends with all holders and all points", async () => {
        const { body } = await api.ask("GET", `/v1/points/${rows.token}/distribution`);
        const { curve, circulating, sizes, halfHeldBy, giniBps } = body as {
          curve: { holdersPercent: number; holders: number; points: { amount: string } }[];
          sizes: { holders: number }[];
          circulating: { amount: string };
          halfHeldBy: number;
          giniBps: string;
        };
        expect(curve).to.have.length(100);
        expect(curve.at(-1)).to.deep.include({ holdersPercent: 100, holders: LARGE[engine] });
        expect(curve.at(-1)?.points.amount).to.equal(circulating.amount);
        expect(sizes.reduce((sum, { holders }) => sum + holders, 0)).to.equal(LARGE[engine]);
        // Balances grow in even steps: a third is the Gini coefficient of that, and the largest 29.3 % have half.
        expect(Number(giniBps)).to.be.within(3_200, 3_400);
        expect(halfHeldBy / LARGE[engine]).to.be.within(0.28, 0.3);
      });
    });
});
