/** What is kept from earning until a person decides: judged from what was seen, and seen in the rows of both databases. */
import { expect } from "chai";
import { sql } from "kysely";
import { findObjections } from "../../src/commands/loyalty/guard.ts";
import type { Address } from "../../src/kernel/ids.ts";
import type { Deed, Sightings } from "../../src/loyalty/guards.ts";
import { judge } from "../../src/loyalty/guards.ts";
import { findRing } from "../../src/loyalty/rings.ts";
import type { RuleBook } from "../../src/loyalty/rule-book.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import type { Store } from "../../src/store/database.ts";
import { insertMerchant, tokenOf } from "../support/ledger-rows.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES, freshStore } from "../support/stores.ts";

const account = (name: string): Address => `0x${Buffer.from(name).toString("hex").padStart(40, "0")}` as Address;
const [ann, bea, cy, dan] = ["ann", "bea", "cy", "dan"].map(account) as [Address, Address, Address, Address];
const AT = 1_777_600_000;
const DAY = 86_400;

const bookOf = (guards: object = {}): RuleBook => parseBook({ rules: [], guards });
const deedOf = (rest: Partial<Deed> = {}): Deed => ({ merchantId: 1, account: ann, at: AT, kind: "order", ...rest });

after(stopShared);

describe("what is judged suspicious", () => {
  const NOTHING: Sightings = {
    ownKeys: new Set(),
    frozen: new Set(),
    ordersInHour: 1,
    eventsInMinute: 0,
    accountsOnDevice: 0,
    devicesOfAccount: 0,
    companions: [],
    edges: [],
    referrersAbove: [],
  };
  const cases: [string, Partial<Deed>, Partial<Sightings>, string[], object?][] = [
    ["nothing, in the usual case", {}, {}, []],
    ["the merchant's own key", {}, { ownKeys: new Set([ann]) }, ["self_dealing"]],
    ["an account that the book lists as the merchant's", {}, {}, ["self_dealing"], { ownAccounts: [ann] }],
    [
      "a referrer that is the merchant's",
      { kind: "referral", referrer: bea },
      { ownKeys: new Set([bea]) },
      ["self_dealing"],
    ],
    ["a frozen account", {}, { frozen: new Set([ann]) }, ["frozen"]],
    ["as many orders an hour as allowed: nothing", {}, { ordersInHour: 20 }, []],
    ["one order an hour more", {}, { ordersInHour: 21 }, ["velocity"]],
    ["orders do not count against events", { kind: "event" }, { ordersInHour: 99, eventsInMinute: 30 }, []],
    ["one event a minute more", { kind: "event" }, { eventsInMinute: 31 }, ["velocity"]],
    ["a device of three accounts: nothing", { deviceHash: "d" }, { accountsOnDevice: 3 }, []],
    ["a device of four accounts", { deviceHash: "d" }, { accountsOnDevice: 4 }, ["device_shared"]],
    ["an account on six devices", { deviceHash: "d" }, { devicesOfAccount: 6 }, ["account_devices"]],
    ["herself as her referrer", { kind: "referral", referrer: ann }, {}, ["ring"]],
    ["a referrer on the same device", { kind: "referral", referrer: bea }, { companions: [bea] }, ["ring"]],
    ["another's referrer on her device: nothing", { kind: "referral", referrer: bea }, { companions: [cy] }, []],
    ["A brought B, B brought A", { kind: "referral", referrer: bea }, { referrersAbove: [cy, ann] }, ["ring"]],
    [
      "points that come back",
      {},
      {
        edges: [
          { from: ann, to: bea },
          { from: bea, to: ann },
        ],
      },
      ["ring"],
    ],
    [
      "points that do not: nothing",
      {},
      {
        edges: [
          { from: ann, to: bea },
          { from: cy, to: ann },
        ],
      },
      [],
    ],
    [
      "all of it at once",
      { deviceHash: "d" },
      { ordersInHour: 21, accountsOnDevice: 4, frozen: new Set([ann]) },
      ["frozen", "velocity", "device_shared"],
    ],
  ];
  for (const [what, deed, seen, codes, guards] of cases)
    it(what, () => {
      const found = judge(deedOf(deed), bookOf(guards), { ...NOTHING, ...seen });
      expect(found.map(({ code }) => code)).to.deep.equal(codes);
    });

  it("finds the shortest circle of at most six accounts", () => {
    const chain = (...names: string[]) =>
      names.slice(1).map((to, index) => ({ from: account(names[index] ?? ""), to: account(to) }));
    expect(findRing([], ann)).to.equal(undefined);
    expect(findRing(chain("ann", "ann"), ann)).to.equal(undefined);
    expect(findRing(chain("ann", "bea", "cy"), ann)).to.equal(undefined);
    expect(findRing(chain("bea", "cy", "bea"), ann)).to.equal(undefined);
    expect(findRing([...chain("ann", "bea", "cy", "ann"), ...chain("bea", "dan", "x", "ann")], ann)).to.deep.equal([
      ann,
      bea,
      cy,
    ]);
    expect(findRing(chain("ann", "b", "c", "d", "e", "f", "ann"), ann)).to.have.length(6);
    expect(findRing(chain("ann", "b", "c", "d", "e", "f", "g", "ann"), ann)).to.equal(undefined);
  });
});

for (const engine of ENGINES)
  describe(`what is seen of a customer (${engine})`, function () {
    this.timeout(120_000);
    let store: Store;
    const controller = account("controller");
    const till = account("till");
    let positions = 0;

    before(async () => {
      store = await freshStore(engine);
    });
    after(() => store.close());

    beforeEach(async () => {
      for (const table of [
        "merchant",
        "point_token",
        "till",
        "holding",
        "frozen_account",
        "transfer",
        "loyalty_member",
        "loyalty_order",
        "member_event",
        "loyalty_device",
      ])
        await sql`delete from ${sql.table(table)}`.execute(store.db);
      await insertMerchant(store.db, 1, controller);
      await insertMerchant(store.db, 2, account("other"));
      await store.db
        .insertInto("till")
        .values({ token: tokenOf(1), address: till, daily_limit: "0", issued_today: "0", day: 0 })
        .execute();
    });

    const look = async (deed: Partial<Deed> = {}, guards: object = {}): Promise<string[]> =>
      (await store.db.transaction().execute((tx) => findObjections(tx, bookOf(guards), deedOf(deed)))).map(
        ({ code }) => code,
      );
    const order = (
      ref: string,
      placedAt: number,
      rest: { account?: Address; merchantId?: number } = {},
    ): Promise<unknown> =>
      sql`insert into loyalty_order (merchant_id, order_ref, account, content_hash, placed_at, received_at, rules_version, rules_hash, facts, lines, paid_fen, kept_fen, is_first, is_good, state)
        values (${rest.merchantId ?? 1}, ${ref}, ${rest.account ?? ann}, '', ${placedAt}, ${placedAt}, 1, '', '{}'::jsonb, '[]'::jsonb, 1, 1, false, true, 'placed')`.execute(
        store.db,
      );
    const send = (from: Address, to: Address, at: number, token = tokenOf(1)): Promise<unknown> => {
      positions += 1;
      return sql`insert into transfer (position, token, from_account, to_account, amount, kind, transaction_hash, time)
        values (${positions}, ${token}, ${from}, ${to}, 5, 'transfer', '', ${at})`.execute(store.db);
    };
    const member = (who: Address, referrer: Address | null): Promise<unknown> =>
      sql`insert into loyalty_member (merchant_id, account, referrer, joined_at) values (1, ${who}, ${referrer}, 1)`.execute(
        store.db,
      );

    it("nothing of a newcomer", async () => expect(await look()).to.deep.equal([]));

    it("the merchant's controller and its tills, also one that may issue nothing any more", async () => {
      expect(await look({ account: controller })).to.deep.equal(["self_dealing"]);
      expect(await look({ account: till, kind: "event" })).to.deep.equal(["self_dealing"]);
      expect(await look({ account: account("other") })).to.deep.equal([]);
      expect(await look({ kind: "referral", referrer: controller })).to.deep.equal(["self_dealing"]);
    });

    it("who is frozen everywhere, or in this merchant's token", async () => {
      const act = {
        is_frozen: true,
        case_number: "0x1" as never,
        position: "1",
        transaction_hash: "0x1" as never,
        time: "1",
      };
      await store.db
        .insertInto("frozen_account")
        .values([
          { account: ann, ...act },
          { account: bea, ...act, is_frozen: false },
        ])
        .execute();
      const lots = {
        touched: 0,
        lane0: "0",
        lane1: "0",
        lane2: "0",
        lane3: "0",
        balance: "0",
        debt: "0",
        is_frozen: true,
        last_position: "0",
      };
      await store.db
        .insertInto("holding")
        .values([
          { token: tokenOf(1), account: cy, ...lots },
          { token: tokenOf(2), account: dan, ...lots },
        ])
        .execute();
      const codes = await Promise.all([ann, bea, cy, dan].map((one) => look({ account: one })));
      expect(codes).to.deep.equal([["frozen"], [], ["frozen"], []]);
    });

    it("the order that is one too many in an hour, whatever order they come in", async () => {
      for (const [index, at] of [0, -1_000, -3_500].entries()) await order(`o${index}`, AT + at);
      await order("late", AT - 3_600);
      await order("hers", AT - 1, { account: bea });
      await order("elsewhere", AT - 1, { merchantId: 2 });
      expect(await look({}, { ordersPerHourMax: 4 })).to.deep.equal([]);
      expect(await look({}, { ordersPerHourMax: 3 })).to.deep.equal(["velocity"]);
      // The same three told of before the one that was first.
      expect(await look({ at: AT - 3_500 }, { ordersPerHourMax: 3 })).to.deep.equal(["velocity"]);
      expect(await look({ at: AT + 3_600 }, { ordersPerHourMax: 1 })).to.deep.equal([]);
    });

    it("the event that is one too many in a minute", async () => {
      for (let index = 0; index < 3; index += 1)
        await sql`insert into member_event (merchant_id, event_ref, account, name, at, content_hash, received_at)
          values (1, ${`e${index}`}, ${ann}, 'look', ${AT - index * 20}, '', ${AT})`.execute(store.db);
      expect(await look({ kind: "event" }, { eventsPerMinuteMax: 4 })).to.deep.equal([]);
      expect(await look({ kind: "event" }, { eventsPerMinuteMax: 3 })).to.deep.equal(["velocity"]);
      expect(await look({ kind: "order" }, { eventsPerMinuteMax: 1 })).to.deep.equal([]);
    });

    it("more accounts on a device than a household has, and forgets them after 90 days", async () => {
      const at = { deviceHash: "phone" };
      for (const one of [ann, bea, cy]) expect(await look({ ...at, account: one })).to.deep.equal([]);
      expect(await look({ ...at, account: dan })).to.deep.equal(["device_shared"]);
      expect(await look({ ...at, account: dan, merchantId: 2 })).to.deep.equal([]);
      expect(await look({ ...at, at: AT + 91 * DAY })).to.deep.equal([]);
    });

    it("of twenty accounts that come on one device at once, all but as many as allowed", async () => {
      const crowd = Array.from({ length: 20 }, (_, index) =>
        look({ account: account(`crowd${index}`), deviceHash: "tablet" }),
      );
      expect((await Promise.all(crowd)).filter((codes) => codes.length > 0)).to.have.length(17);
    });

    it("more devices of an account than one person has", async () => {
      for (let index = 0; index < 5; index += 1) expect(await look({ deviceHash: `d${index}` })).to.deep.equal([]);
      expect(await look({ deviceHash: "d5" })).to.deep.equal(["account_devices"]);
      expect(await look({ deviceHash: "d5", account: bea })).to.deep.equal([]);
    });

    it("a friend who is on the referrer's device", async () => {
      await look({ account: bea, deviceHash: "phone" });
      await look({ account: ann, deviceHash: "phone" });
      expect(await look({ kind: "referral", referrer: bea })).to.deep.equal(["ring"]);
      expect(await look({ kind: "referral", referrer: cy })).to.deep.equal([]);
    });

    it("referrals that come back to where they began, however they were written", async () => {
      await member(bea, cy);
      await member(cy, ann);
      expect(await look({ kind: "referral", referrer: bea })).to.deep.equal(["ring"]);
      expect(await look({ kind: "referral", referrer: dan })).to.deep.equal([]);
      // A circle that stands in the rows already is walked only so far.
      await member(ann, bea);
      expect(await look({ account: dan, kind: "referral", referrer: bea })).to.deep.equal([]);
    });

    it("points that go round among buyers of one device", async () => {
      for (const one of [ann, bea]) await look({ account: one, deviceHash: "phone" });
      for (const one of [bea, cy]) await look({ account: one, deviceHash: "tablet" });
      await send(ann, bea, AT - DAY);
      expect(await look()).to.deep.equal([]);
      await send(bea, ann, AT - DAY);
      expect(await look()).to.deep.equal(["ring"]);
      expect(await look({ merchantId: 2 })).to.deep.equal([]);
      // A month later it is forgotten.
      expect(await look({ at: AT + 30 * DAY })).to.deep.equal([]);
    });

    it("a referrer who sends the friend points, on the same device: the reward comes back", async () => {
      for (const one of [ann, bea]) await look({ account: one, deviceHash: "phone" });
      await member(ann, bea);
      expect(await look()).to.deep.equal([]);
      await send(bea, ann, AT - DAY);
      expect(await look()).to.deep.equal(["ring"]);
    });

    it("no ring in points that strangers send each other", async () => {
      await send(ann, bea, AT - DAY);
      await send(bea, ann, AT - DAY);
      expect(await look()).to.deep.equal([]);
    });
  });
