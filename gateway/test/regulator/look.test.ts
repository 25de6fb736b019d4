/** The looks of the desk on both stores: months of rows, every rule fires once on what deserves it, however it is cut. */
import { expect } from "chai";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { lookOnce } from "../../src/regulator/start.ts";
import { DEFAULT_THRESHOLDS, parseThresholds } from "../../src/regulator/thresholds.ts";
import type { Thresholds } from "../../src/regulator/thresholds.ts";
import { readAlerts } from "../../src/store/desk-alerts.ts";
import type { Store } from "../../src/store/database.ts";
import { HistoryRows } from "../support/history-rows.ts";
import { ENGINES, freshStore, stopStores } from "../support/stores.ts";

const DAY = 86_400;
const ALP = 10n ** 18n;
const STARTS_AT = 20_000 * DAY;
const account = (n: number): Address => `0x${n.toString(16).padStart(40, "0")}` as Address;
const yuan = (n: number): bigint => BigInt(n) * 10_000n;

after(stopStores);

/** Deserves every rule; `afterBlock` may look in between. */
async function play(rows: HistoryRows, store: Store, afterBlock: () => Promise<void>): Promise<void> {
  const next = async (seconds = 60): Promise<void> => {
    await afterBlock();
    await rows.block(seconds);
  };
  await next();
  const [x, y] = [await rows.merchant(1), await rows.merchant(2)];
  await store.db
    .insertInto("coverage")
    .values({ id: 1, alp_per_yuan: String(ALP), coverage_bps: 10_000 })
    .execute();
  for (const id of [1, 2])
    await store.db
      .insertInto("collateral")
      .values({ merchant_id: id, deposited: String(10_000n * ALP), requested: "0", available_at: null, limit_cut: 0 })
      .execute();
  await rows.price(x, 1_000n, 2_000n);
  await rows.transfer(x, account(1), account(9), { amount: yuan(900) });
  await next(200 * DAY);
  // Wakes after 200 days; prices are half of what they were; 20,000 yuan issued at once.
  await rows.transfer(x, account(9), account(8), { amount: yuan(600), kind: "transfer" });
  await rows.price(x, 500n, 2_000n);
  await next();
  await rows.issue(x, account(7), yuan(20_000));
  for (const _ of [1, 2, 3]) {
    await next();
    await rows.swap(account(5), [x, y], 150n * ALP);
    await next();
    await rows.swap(account(5), [y, x], 150n * ALP);
  }
  await next();
  await rows.swap(account(3), [x, y], 500n * ALP);
  await next();
  await rows.transfer(y, account(3), account(4), { amount: 100n });
  await next();
  await rows.swap(account(4), [y, x], 500n * ALP);
  await next();
  await rows.transfer(x, account(4), account(3), { amount: 100n });
  await rows.holding(x, account(7), yuan(19_000));
  await rows.holding(x, account(8), yuan(1_000));
  await store.db
    .updateTable("point_token")
    .set({ circulating: String(yuan(20_000)) })
    .where("address", "=", x)
    .execute();
  await afterBlock();
}

const ALL = [
  "circular_swaps",
  "concentration",
  "coverage_low",
  "dormant_waking",
  "issue_burst",
  "price_move",
  "swap_ring",
];

for (const engine of ENGINES)
  describe(`the looks of the desk (${engine})`, function () {
    this.timeout(180_000);
    let store: Store;

    beforeEach(async () => {
      store = await freshStore(engine);
    });
    afterEach(() => store.close());

    async function lookAll(limits: Thresholds = DEFAULT_THRESHOLDS): Promise<number> {
      let raised = 0;
      for (;;) {
        const look = await lookOnce({ db: store.db, clock: wallClock }, limits);
        raised += look.raised;
        if (!look.hasLooked || look.isAtHead) return raised;
      }
    }
    const raised = async () => (await readAlerts(store.db, { limit: 200 })).map(({ rule, key }) => ({ rule, key }));

    it("raises each rule once on a history that deserves it, and nothing on the next look", async () => {
      const rows = new HistoryRows(store.db, { startsAt: STARTS_AT });
      await play(rows, store, () => Promise.resolve());
      expect(await lookAll()).to.equal(ALL.length);
      expect((await raised()).map(({ rule }) => rule).sort()).to.deep.equal(ALL);
      expect(await lookAll()).to.equal(0);
      await rows.block();
      expect(await lookAll()).to.equal(0);
    });

    it("finds the same acts when it looks after every block, and raises nothing twice on a chain that was set back", async () => {
      const rows = new HistoryRows(store.db, { startsAt: STARTS_AT });
      await play(rows, store, async () => {
        await lookAll();
      });
      const first = (await raised()).map(({ key }) => key).sort();
      expect((await raised()).map(({ rule }) => rule).sort()).to.deep.equal(ALL);
      await rows.clear();
      const again = new HistoryRows(store.db, { startsAt: STARTS_AT, tag: "bb" });
      await play(again, store, () => Promise.resolve());
      await lookAll();
      expect((await raised()).map(({ key }) => key).sort()).to.deep.equal(first);
    });

    it("goes by the thresholds of the configuration", async () => {
      const rows = new HistoryRows(store.db, { startsAt: STARTS_AT });
      await play(rows, store, () => Promise.resolve());
      const strict = {
        issueBurst: { floorYuan: 20_001 },
        swapCircles: { minAlp: 501 },
        concentration: { shareBpsMax: 9_500 },
        coverage: { ratioBpsMin: 5_000 },
        priceMove: { moveBpsMax: 5_000 },
        dormantWaking: { floorYuan: 600 },
      };
      expect(await lookAll(parseThresholds(JSON.stringify(strict)))).to.equal(0);
    });

    it("can be told to leave rules out", async () => {
      await play(new HistoryRows(store.db, { startsAt: STARTS_AT }), store, () => Promise.resolve());
      const off = { isOn: false };
      const names = ["issueBurst", "swapCircles", "concentration", "coverage", "priceMove", "dormantWaking"];
      expect(await lookAll(parseThresholds(JSON.stringify(Object.fromEntries(names.map((n) => [n, off])))))).to.equal(
        0,
      );
    });

    it("is silent on months of ordinary trade", async () => {
      const rows = new HistoryRows(store.db, { startsAt: STARTS_AT });
      await rows.block();
      const [x, y] = [await rows.merchant(1), await rows.merchant(2)];
      for (let day = 0; day < 60; day += 1) {
        await rows.block(DAY);
        await rows.issue(x, account(100 + day), yuan(100));
        await rows.swap(account(100 + day), [x, y], ALP);
        await rows.transfer(x, account(100 + day), account(200 + day), { amount: yuan(3), index: 2 });
      }
      expect(await lookAll()).to.equal(0);
    });
  });
