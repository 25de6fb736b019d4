/** Whoever has points that expire is told 30, 7 and 1 days before, once each, with a record of the telling. */
import { expect } from "chai";
import { sql } from "kysely";
import { tellExpiry } from "../../src/commands/expiry/tell-expiry.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { expiryRoutes } from "../../src/http/routes/loyalty/expiry.ts";
import { webhooksRoutes } from "../../src/http/routes/loyalty/webhooks.ts";
import type { EpochRule } from "../../src/kernel/calendar.ts";
import { CALENDARS, epochAt, expiryOf, startOfEpoch } from "../../src/kernel/calendar.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { NOTICE_DAYS, dueNotice, epochOfLives, noticeAt } from "../../src/loyalty/expiry.ts";
import { openOutward } from "../../src/outward/outward.ts";
import { ANYWHERE } from "../../src/outward/policy.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";
import { readCursor } from "../../src/store/ledger-cursor.ts";
import { startDispatcher } from "../../src/webhooks/dispatcher.ts";
import type { Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { HistoryRows } from "../support/history-rows.ts";
import { startReceiver } from "../support/receiver.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { until } from "../support/until.ts";

after(stopShared);

const DAY = 86_400;
/** Of `insertMerchant`. */
const RULE: EpochRule = { calendar: "quarter", utcOffsetSeconds: 28_800 };

describe("when holders are told", () => {
  it("is midnight of the merchant's own time zone, 30, 7 and 1 days before, in every calendar", () => {
    for (const calendar of CALENDARS.filter((one) => one !== "never"))
      for (const utcOffsetSeconds of [-36_000, 0, 20_700, 28_800, 50_400]) {
        const rule = { calendar, utcOffsetSeconds };
        // A leap day and a turn of the year lie in these four years.
        for (let epoch = epochAt(rule, 1_700_000_000); expiryOf(rule, epoch) < 1_830_000_000; epoch += 1) {
          const end = expiryOf(rule, epoch);
          for (const days of NOTICE_DAYS) expect((noticeAt(end, days) + utcOffsetSeconds) % DAY).to.equal(0);
        }
      }
  });

  it("is the nearest notice alone: one that was missed is not made up for", () => {
    const end = 2_000_000_000;
    const answers: [number, number | undefined][] = [
      [end - 31 * DAY, undefined],
      [end - 30 * DAY - 1, undefined],
      [end - 30 * DAY, 30],
      [end - 7 * DAY - 1, 30],
      [end - 7 * DAY, 7],
      [end - DAY - 1, 7],
      [end - DAY, 1],
      [end - 1, 1],
      [end, undefined],
    ];
    for (const [now, days] of answers) expect(dueNotice(end, now), String(end - now)).to.equal(days);
  });

  it("gives points back into the epoch that ends when they should", () => {
    const now = 1_800_000_000;
    for (const lives of [1, 2, 3, 4]) {
      const into = epochOfLives(epochAt(RULE, now), lives);
      expect(expiryOf(RULE, into)).to.equal(startOfEpoch(RULE, epochAt(RULE, now) + lives));
    }
  });
});

for (const engine of ENGINES)
  describe(`expiry notices on ${engine}`, function () {
    this.timeout(120_000);
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let history: HistoryRows;
    let behind = 0;
    let merchants = 0;
    let tag = 10;

    before(async () => {
      store = await freshStore(engine);
      rooms = {
        db: store.db,
        signers: await openSigners(store.db, "a passphrase of the tests"),
        outward: openOutward(ANYWHERE),
        clock: wallClock,
        log: silentLog,
        // The read side of these tests is written by hand; its chain stands where it stands, or further.
        chain: { headNumber: async () => ((await readCursor(store.db))?.blockNumber ?? 0) + behind },
        deployment: { contracts: { allianceToken: `0x${"a".repeat(40)}` } },
      } as unknown as Rooms;
      api = await startApi(rooms, [...expiryRoutes, ...webhooksRoutes]);
    });
    beforeEach(async () => {
      behind = 0;
      tag += 1;
      await store.db.deleteFrom("expiry_pass").execute();
    });
    after(async () => {
      await api.close();
      await rooms.outward.close();
      await store.close();
    });

    interface Shop {
      readonly id: number;
      readonly token: Address;
      /** That expires at `end`. */
      readonly epoch: number;
      readonly end: number;
    }

    /** A merchant whose oldest points expire so many days after now. */
    async function shopWith(daysLeft: number): Promise<Shop> {
      merchants = (merchants % 9) + 1;
      const present = epochAt(RULE, 1_790_000_000);
      const end = startOfEpoch(RULE, present + 1);
      history = new HistoryRows(store.db, { startsAt: end - daysLeft * DAY, tag: String(tag) });
      await history.clear();
      const token = await history.merchant(merchants);
      await history.block(1);
      await store.db
        .updateTable("point_token")
        .set({ touched: present, border_at: String(end) })
        .where("address", "=", token)
        .execute();
      return { id: merchants, token, epoch: present - 3, end };
    }

    const accountOf = (index: number): Address => `0x${index.toString(16).padStart(40, "0")}` as Address;

    /** Accounts that have `index + 1` points of the expiring epoch, last touched in any of the four, and younger points. */
    async function hold({ token, epoch }: Shop, count: number, from = 0): Promise<void> {
      await sql`insert into holding (token, account, touched, lane0, lane1, lane2, lane3, balance, debt, is_frozen)
        select ${token}, '0x' || lpad(to_hex(i), 40, '0'), ${epoch}::integer + k,
          case k when 0 then i + 1 else 5 end, case k when 1 then i + 1 when 0 then 0 else 5 end,
          case k when 2 then i + 1 when 3 then 5 else 0 end, case k when 3 then i + 1 else 0 end, i + 1 + 5 * k, 0, false
        from (select i, i % 4 as k from generate_series(${from}::integer, ${from + count - 1}::integer) i) s`.execute(
        store.db,
      );
    }

    async function tellAll(): Promise<void> {
      while (await tellExpiry(rooms));
    }
    const noticesOf = async ({ token }: Shop) =>
      store.db
        .selectFrom("expiry_notice")
        .select(["account", "days", "points"])
        .where("token", "=", token)
        .where("expires_at", ">=", String(history.time))
        .orderBy("seq")
        .execute();
    const forget = async (): Promise<void> => {
      await sql`truncate expiry_notice, expiry_pass, webhook_attempt, webhook_delivery, loyalty_event cascade`.execute(
        store.db,
      );
    };

    it("go to everybody who has points of the expiring epoch, to nobody else, once each", async () => {
      await forget();
      const shop = await shopWith(30);
      await hold(shop, 450);
      // Younger points only: nothing of theirs expires at this border.
      const young = {
        lane1: "0",
        lane2: "0",
        lane3: "0",
        balance: "9",
        debt: "0",
        is_frozen: false,
        last_position: "0",
      };
      await store.db
        .insertInto("holding")
        .values({ ...young, token: shop.token, account: accountOf(9_999), touched: shop.epoch + 1, lane0: "9" })
        .execute();
      await tellAll();
      await tellAll();
      const first = await noticesOf(shop);
      expect(first).to.have.length(450);
      for (const { account, points, days } of first)
        expect([points, days]).to.deep.equal([String(Number(BigInt(account)) + 1), 30]);
      await history.block(23 * DAY);
      await tellAll();
      await history.block(6 * DAY);
      await tellAll();
      const all = await noticesOf(shop);
      const told = Map.groupBy(all, ({ days }) => days);
      expect([...told].map(([days, rows]) => [days, rows.length])).to.deep.equal([
        [30, 450],
        [7, 450],
        [1, 450],
      ]);
      const events = await store.db
        .selectFrom("loyalty_event")
        .select("key")
        .where("name", "=", "points.expiring")
        .execute();
      expect(events).to.have.length(1_350);
      await history.block(2 * DAY);
      await tellAll();
      expect(await store.db.selectFrom("expiry_notice").select("seq").execute()).to.have.length(1_350);
    });

    it("are given by several processes at once, each one once", async () => {
      await forget();
      const shops = [await shopWith(7)];
      await hold(shops[0]!, 900);
      await Promise.all([tellAll(), tellAll(), tellAll(), tellAll()]);
      await tellAll();
      const notices = await noticesOf(shops[0]!);
      expect([notices.length, new Set(notices.map(({ account }) => account)).size]).to.deep.equal([900, 900]);
    });

    it("that were missed are not made up for: a gateway that was down tells of the last day alone", async () => {
      await forget();
      const shop = await shopWith(1);
      await hold(shop, 3);
      await tellAll();
      expect((await noticesOf(shop)).map(({ days }) => days)).to.deep.equal([1, 1, 1]);
    });

    it("wait while the read side catches up: what it calls now is the past", async () => {
      await forget();
      const shop = await shopWith(7);
      await hold(shop, 3);
      behind = 21;
      await tellAll();
      expect(await noticesOf(shop)).to.deep.equal([]);
      behind = 0;
      await tellAll();
      expect(await noticesOf(shop)).to.have.length(3);
    });

    it("cost what they tell, not what the merchant's other holders are: an index holds the expiring ones", async () => {
      await forget();
      const shop = await shopWith(30);
      await hold(shop, 10);
      await sql`insert into holding (token, account, touched, lane0, lane1, lane2, lane3, balance, debt, is_frozen)
        select ${shop.token}, '0x' || lpad(to_hex(i), 40, '0'), ${shop.epoch + 3}::integer, 1, 0, 0, 0, 1, 0, false
        from generate_series(100000, 130000) i`.execute(store.db);
      await sql`analyze holding`.execute(store.db);
      const plan = await sql<Record<string, string>>`explain select account from holding
        where token = ${shop.token} and balance > 0 and account > ''
          and (touched - case when lane3 > 0 then 3 when lane2 > 0 then 2 when lane1 > 0 then 1 else 0 end) = ${shop.epoch}::integer
        order by account limit 200`.execute(store.db);
      expect(JSON.stringify(plan.rows)).to.contain("holding_oldest");
      await tellAll();
      expect(await noticesOf(shop)).to.have.length(10);
    });

    it("reach the merchant's webhook signed, and stand in its list with what became of each", async () => {
      await forget();
      const shop = await shopWith(30);
      await hold(shop, 5);
      const key = await keyFor(rooms, "merchant", { merchantId: shop.id });
      const receiver = await startReceiver(() => 204);
      const base = `/v1/merchants/${shop.id}`;
      const body = { url: receiver.url, events: ["points.expiring"] };
      expect((await api.ask("POST", `${base}/webhooks`, { key, body })).status).to.equal(201);
      await tellAll();
      const dispatcher = startDispatcher(rooms, { lookMs: 10 });
      await until("all are told", () => receiver.received.length === 5);
      await dispatcher.stop();
      await receiver.close();
      const told = receiver.received.map((got) => (JSON.parse(got.body) as { data: Record<string, unknown> }).data);
      expect(told[0]).to.have.keys("account", "token", "symbol", "points", "epoch", "expiresAt", "days");
      const list = await api.ask("GET", `${base}/expiry-notices?account=${accountOf(2)}`, { key });
      expect(list.body.items).to.have.length(1);
      expect(list.body.items[0]).to.include({ account: accountOf(2), points: "3", days: 30, expiresAt: shop.end });
      expect(list.body.items[0].deliveries[0]).to.include({ state: "delivered", attempts: 1 });
      const calendar = await api.ask("GET", `${base}/expiries`, { key });
      expect(calendar.body).to.include({ merchantId: shop.id, calendar: "quarter", utcOffsetSeconds: 28_800 });
      const account = await api.ask("GET", `/v1/accounts/${accountOf(2)}/expiries`);
      const [next] = account.body.items;
      expect(next).to.include({ token: shop.token, epoch: shop.epoch, expiresAt: shop.end, daysLeft: 29 });
      expect(next.points.amount).to.equal("3");
    });
  });
