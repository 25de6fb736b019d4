/** Stores, offers and what is near, through the API, on both engines. */
import { expect } from "chai";
import { sql } from "kysely";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { epochAt } from "../../src/kernel/calendar.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { createPinoLog } from "../../src/kernel/pino-log.ts";
import { mapPoint, around } from "../../src/loyalty/places.ts";
import { readNear } from "../../src/store/read-nearby.ts";
import type { Store } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { CHUNXI, fillCity, insertPool, median } from "../support/city.ts";
import { HistoryRows } from "../support/history-rows.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

after(stopShared);

/** Monday 23 November 2026, 12:00 in Chengdu. */
const NOW = Date.UTC(2026, 10, 23, 4) / 1_000;
const ALICE = `0x${"a1".repeat(20)}` as Address;
const NEARBY = `/v1/offers/nearby?lat=${CHUNXI.latitude}&lon=${CHUNXI.longitude}`;
const STORES = 100_000;

const store = (more: object = {}) => ({
  name: { zh: "春熙路店", en: "Chunxi Road" },
  address: "春熙路 8 号",
  latitude: 30.6625,
  longitude: 104.082,
  ...more,
});
const offer = (more: object = {}) => ({
  title: { zh: "双层皇堡套餐", en: "Double Whopper meal" },
  points: "256000",
  cashFen: "0",
  worthFen: "3500",
  startsAt: NOW - 86_400,
  endsAt: NOW + 86_400,
  ...more,
});

for (const engine of ENGINES)
  describe(`offers nearby on ${engine}`, () => {
    let db: Store;
    let rooms: Rooms;
    let api: Api;
    let logged = "";
    const keys: Record<number, string> = {};
    const tokens: Address[] = [];
    const put = (path: string, body: object, merchant = 1) =>
      api.ask("PUT", `/v1/merchants/${merchant}/${path}`, { key: keys[merchant]!, body });

    before(async function () {
      this.timeout(180_000);
      db = await freshStore(engine);
      const log = createPinoLog({ level: "debug", destination: { write: (line) => void (logged += line) } });
      const clock = { now: () => NOW * 1_000, sleep: () => Promise.resolve() };
      rooms = { ...(await roomsOn(db, NO_NODE)), clock, log };
      const rows = new HistoryRows(rooms.db, { startsAt: NOW - 60 });
      for (const id of [1, 2]) {
        tokens[id] = await rows.merchant(id);
        keys[id] = await keyFor(rooms, "merchant", { merchantId: id });
      }
      await rows.block(1);
      await rows.holding(tokens[1]!, ALICE, 320_000n);
      await rooms.db
        .updateTable("holding")
        .set({ touched: epochAt({ calendar: "quarter", utcOffsetSeconds: 28_800 }, NOW) })
        .execute();
      for (const id of [1, 2]) await insertPool(rooms.db, tokens[id]!);
      api = await startApi(rooms, allRoutes);
    });
    after(async () => {
      await api.close();
      await db.close();
    });

    it("tells what the caller's points of another merchant buy, with exact amounts, and where", async () => {
      expect((await put("stores/chunxi", store(), 2)).status).to.equal(200);
      expect((await put("stores/far", store({ latitude: 30.9 }), 2)).status).to.equal(200);
      expect((await put("offers/whopper", offer(), 2)).status).to.equal(200);
      expect((await put("offers/elsewhere", offer({ stores: ["far"] }), 2)).status).to.equal(200);
      const { status, body } = await api.ask("GET", `${NEARBY}&account=${ALICE}`);
      expect(status).to.equal(200);
      expect(body.items).to.have.length(1);
      const [found] = body.items;
      expect(found).to.deep.include({ merchantId: 2, offerRef: "whopper", reach: "swap", distanceMeters: 331 });
      expect(found.swap.give).to.deep.include({ amount: "320000", token: tokens[1] });
      expect(found.swap.get).to.deep.include({ amount: "256000", token: tokens[2] });
      expect(found.sentence.en).to.equal(
        "Your 3,200 Points 1 buy this Points 2 “Double Whopper meal” (Chunxi Road, 331 m away).",
      );
      expect(found.store.storeRef).to.equal("chunxi");
    });

    it("shows nothing that is closed, over, paused or too far, and it again when that has passed", async () => {
      const seen = async () => (await api.ask("GET", NEARBY)).body.items.length as number;
      const night = { weekdays: [1], minutesFrom: 1_200, minutesUntil: 120 };
      const lunch = { weekdays: [1], minutesFrom: 660, minutesUntil: 840 };
      for (const [body, count] of [
        [offer({ hours: [night] }), 0],
        [offer({ hours: [night, lunch] }), 1],
        [offer({ endsAt: NOW }), 0],
        [offer({ startsAt: NOW + 1 }), 0],
        [offer({ stores: ["far"] }), 0],
        [offer(), 1],
      ] as const) {
        await put("offers/whopper", body, 2);
        expect(await seen(), JSON.stringify(body)).to.equal(count);
      }
      await put("stores/chunxi", store({ hours: [night] }), 2);
      expect(await seen()).to.equal(0);
      await put("stores/chunxi", store(), 2);
      const pause = (is: boolean) =>
        rooms.db.updateTable("point_token").set({ is_paused: is }).where("address", "=", tokens[2]!).execute();
      await pause(true);
      expect(await seen()).to.equal(0);
      await pause(false);
      expect(await seen()).to.equal(1);
    });

    it("finds a shop on the other side of the antimeridian", async () => {
      await put("stores/taveuni", store({ latitude: -16.8, longitude: -179.99 }));
      await put("offers/fiji", offer({ stores: ["taveuni"] }));
      const { body } = await api.ask("GET", "/v1/offers/nearby?lat=-16.8&lon=179.995&radiusMeters=5000");
      expect((body.items as { offerRef: string }[]).map(({ offerRef }) => offerRef)).to.deep.equal(["fiji"]);
    });

    it("answers each refusal by name and changes nothing", async () => {
      const before = await api.ask("GET", "/v1/merchants/2/offers");
      const refusals: [Promise<{ status: number; body: { code: string } }>, number, string][] = [
        [put("offers/whopper", offer({ points: "-1" }), 2), 400, "request_invalid"],
        [put("offers/whopper", offer({ worthFen: "35.5" }), 2), 400, "request_invalid"],
        [put("offers/whopper", offer({ cashFen: "3500" }), 2), 422, "offer_worthless"],
        [put("offers/whopper", offer({ endsAt: NOW - 86_400 }), 2), 400, "request_invalid"],
        [put("offers/whopper", offer({ stores: ["nowhere"] }), 2), 422, "store_unknown"],
        [put("stores/pole", store({ latitude: 89 }), 2), 400, "request_invalid"],
        [put("offers/a%20b", offer(), 2), 400, "request_invalid"],
        [api.ask("PUT", "/v1/merchants/2/offers/whopper", { key: keys[1]!, body: offer() }), 404, "not_found"],
        [api.ask("PUT", "/v1/merchants/2/offers/whopper", { body: offer() }), 401, "unauthenticated"],
        [api.ask("DELETE", "/v1/merchants/2/offers/none", { key: keys[2]! }), 404, "not_found"],
        [api.ask("GET", "/v1/merchants/2/stores/none"), 404, "not_found"],
        [api.ask("GET", "/v1/offers/nearby?lat=91&lon=0"), 400, "request_invalid"],
        [api.ask("GET", `${NEARBY}&radiusMeters=50001`), 400, "request_invalid"],
      ];
      for (const [index, [asked, status, code]] of refusals.entries()) {
        const { status: found, body } = await asked;
        expect([found, body.code], `${index}: ${JSON.stringify(body)}`).to.deep.equal([status, code]);
      }
      expect((await api.ask("GET", "/v1/merchants/2/offers")).body).to.deep.equal(before.body);
    });

    it("keeps the last word of a merchant, lists it by pages, and forgets it when told", async () => {
      const again = await put("offers/whopper", offer({ points: "100000" }), 2);
      expect((await put("offers/whopper", offer({ points: "100000" }), 2)).body).to.deep.equal(again.body);
      expect((await api.ask("GET", "/v1/merchants/2/offers/whopper")).body).to.deep.equal(again.body);
      const first = await api.ask("GET", "/v1/merchants/2/stores?limit=1");
      const second = await api.ask("GET", `/v1/merchants/2/stores?limit=1&cursor=${String(first.body.nextCursor)}`);
      const refs = [...first.body.items, ...second.body.items].map(({ storeRef }: { storeRef: string }) => storeRef);
      expect(refs).to.deep.equal(["chunxi", "far"]);
      expect(second.body.nextCursor).to.equal(null);
      const gone = await api.ask("DELETE", "/v1/merchants/2/stores/far", { key: keys[2]! });
      expect([gone.status, gone.body]).to.deep.equal([200, { deleted: true }]);
      const nowhere = await api.ask("GET", "/v1/merchants/2/offers/elsewhere");
      expect(nowhere.body.stores).to.deep.equal([]);
    });

    it("neither stores nor logs where the caller stands", async () => {
      const standing = ["30.659812", "104.080523"];
      expect(logged).to.contain("/v1/offers/nearby");
      for (const digits of standing) expect(logged).to.not.contain(digits);
      const { rows: tables } = await sql<{ name: string }>`
        select table_name as name from information_schema.tables where table_schema = 'public'`.execute(rooms.db);
      for (const { name } of tables) {
        const { rows } = await sql<{ row: string }>`select t::text as row from ${sql.table(name)} t`.execute(rooms.db);
        for (const digits of standing) expect(JSON.stringify(rows), name).to.not.contain(digits);
      }
    });

    it(`answers from an index: among ${STORES} stores at least three times as fast as without`, async function () {
      this.timeout(240_000);
      await fillCity(rooms.db, STORES, 2);
      const here = mapPoint(CHUNXI);
      const { half } = around(CHUNXI, 50_000);
      const ask = { ...here, half, now: NOW, limit: 500 };
      const near = () => rooms.db.transaction().execute((tx) => readNear(tx, ask));
      const byIndex = await median(9, near);
      const whole = await median(9, () => api.ask("GET", `${NEARBY}&radiusMeters=50000&account=${ALICE}`));
      await sql`drop index merchant_store_place`.execute(rooms.db);
      const without = await median(3, near);
      const figures = `index ${byIndex.toFixed(1)} ms, without ${without.toFixed(1)} ms, whole answer ${whole.toFixed(1)} ms`;
      expect(byIndex * 3, figures).to.be.lessThan(without);
      console.log(`      ${figures}`);
    });
  });
