/** What careless and hostile callers send about orders, tasks and members: refused by name, and nothing is changed. */
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { Store } from "../../src/store/database.ts";
import { keyFor } from "../support/api.ts";
import type { LoyaltyShop } from "../support/loyalty-shop.ts";
import { DAY, ONE_PERCENT, WINDOW, lineOf, newAccount, openShop } from "../support/loyalty-shop.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";

after(stopShared);

const TABLES = [
  "loyalty_order",
  "loyalty_return",
  "loyalty_member",
  "member_event",
  "task_progress",
  "earning",
] as const;

describe("bad input about orders, tasks and members", function () {
  this.timeout(240_000);
  let store: Store;
  let shop: LoyaltyShop;
  let orderRef: string;
  const account = newAccount();

  before(async () => {
    store = await freshStore("embedded");
    shop = await openShop(store, "bad-input");
    const early = await shop.post("orders", shop.orderOf(account));
    expect([early.status, early.body.code]).to.deep.equal([409, "rules_missing"]);
    await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT] });
    orderRef = await shop.place(account, [lineOf("tea", 3, "10000"), lineOf("cup", 1, "999")]);
  });
  after(async () => {
    await shop.close();
    await store.close();
  });

  async function rows(): Promise<string[]> {
    const all: string[] = [];
    for (const table of [...TABLES, "loyalty_event", "command", "cap_usage"]) {
      const found = await sql<{ row: string }>`select t::text as row from ${sql.table(table)} t order by 1`.execute(
        store.db,
      );
      all.push(table, ...found.rows.map(({ row }) => row));
    }
    return all;
  }

  const order = (change: object) => () => ({ ...shop.orderOf(account), ...change });
  const withLine = (change: object) => order({ lines: [{ ...lineOf("tea", 1, "100"), ...change }] });
  const returns =
    (change: object, more: object = {}) =>
    () => ({
      returnRef: "bad",
      lines: [{ sku: "tea", quantity: 1, paidFen: "100", ...change }],
      ...more,
    });
  const event = (change: object) => () => ({
    eventRef: "bad",
    account,
    name: "look",
    at: shop.clock.seconds(),
    ...change,
  });
  const ahead = (seconds: number) => Math.floor(Date.now() / 1000) + 400 * DAY + seconds;

  const table: readonly (readonly [string, string, () => object, number, string])[] = [
    ["a negative amount", "orders", withLine({ paidFen: "-1" }), 400, "request_invalid"],
    ["fractional fen", "orders", withLine({ paidFen: "10.5" }), 400, "request_invalid"],
    ["fen as a number", "orders", withLine({ paidFen: 100 }), 400, "request_invalid"],
    ["too much money", "orders", withLine({ paidFen: "1000000000001" }), 400, "request_invalid"],
    ["no pieces", "orders", withLine({ quantity: 0 }), 400, "request_invalid"],
    ["half a piece", "orders", withLine({ quantity: 0.5 }), 400, "request_invalid"],
    ["no lines", "orders", order({ lines: [] }), 400, "request_invalid"],
    [
      "an article twice",
      "orders",
      order({ lines: [lineOf("a", 1, "1"), lineOf("a", 1, "1")] }),
      400,
      "request_invalid",
    ],
    ["no customer", "orders", order({ account: undefined }), 400, "request_invalid"],
    ["two customers", "orders", order({ customerId: randomUUID() }), 400, "request_invalid"],
    ["the zero address", "orders", order({ account: `0x${"0".repeat(40)}` }), 400, "request_invalid"],
    [
      "a customer of somebody else",
      "orders",
      order({ account: undefined, customerId: randomUUID() }),
      404,
      "not_found",
    ],
    ["an unknown field", "orders", order({ points: "1000000" }), 400, "request_invalid"],
    ["an order of tomorrow", "orders", order({ placedAt: ahead(0) }), 422, "clock_skew"],
    ["an order of last year", "orders", order({ placedAt: 1_500_000_000 }), 422, "too_old"],
    ["a ref with spaces", "orders", order({ orderRef: "a b" }), 400, "request_invalid"],
    ["a return of an unknown order", "orders/nobody/returns", returns({}), 404, "not_found"],
    ["a return of an unknown SKU", "orders/ORDER/returns", returns({ sku: "car" }), 422, "sku_unknown"],
    ["more pieces than were bought", "orders/ORDER/returns", returns({ quantity: 4 }), 422, "return_exceeds_order"],
    ["more money than was paid", "orders/ORDER/returns", returns({ paidFen: "10001" }), 422, "return_exceeds_order"],
    ["a return of nothing", "orders/ORDER/returns", returns({ quantity: 0, paidFen: "0" }), 400, "request_invalid"],
    ["a negative return", "orders/ORDER/returns", returns({ quantity: -1 }), 400, "request_invalid"],
    ["a confirmation of an unknown order", "orders/nobody/confirm", () => ({}), 404, "not_found"],
    ["a cancellation of an unknown order", "orders/nobody/cancel", () => ({}), 404, "not_found"],
    ["an event that only orders make", "events", event({ name: "buy" }), 422, "event_reserved"],
    ["an event of tomorrow", "events", event({ at: ahead(0) }), 422, "clock_skew"],
    ["an event of last week", "events", event({ at: 1_500_000_000 }), 422, "too_old"],
    ["an event with a strange name", "events", event({ name: "Drop Table" }), 400, "request_invalid"],
    [
      "a grant of nothing",
      "grants",
      () => ({ grantRef: "g", account, points: "0", reason: "x" }),
      400,
      "request_invalid",
    ],
    ["a grant without a reason", "grants", () => ({ grantRef: "g", account, points: "1" }), 400, "request_invalid"],
    [
      "a decision about nothing",
      "earnings/999999/decision",
      () => ({ decision: "pay", reason: "x" }),
      404,
      "not_found",
    ],
    [
      "a decision where nobody objects",
      "earnings/EARNING/decision",
      () => ({ decision: "pay", reason: "x" }),
      409,
      "earning_clear",
    ],
  ];
  for (const [what, path, body, status, code] of table)
    it(`${what}: ${code}`, async () => {
      const earningId: string = (await shop.get(`orders/${orderRef}`)).earnings[0].earningId;
      const before = await rows();
      const to = path.replace("ORDER", orderRef).replace("EARNING", earningId);
      const answer = await shop.post(to, body());
      expect([answer.status, answer.body.code], JSON.stringify(answer.body)).to.deep.equal([status, code]);
      expect(answer.body.detail).to.not.match(/\{\w+\}/);
      expect(answer.body.detailZh)
        .to.match(/[\u4e00-\u9fff]/)
        .and.not.match(/\{\w+\}/);
      expect(await rows()).to.deep.equal(before);
    });

  it("another merchant's key finds neither the order nor the shop", async () => {
    const other = await keyFor(shop.rooms, "merchant", { merchantId: shop.merchant.id + 1 });
    for (const path of ["orders", `orders/${orderRef}/confirm`, "events", "grants"])
      expect((await shop.post(path, shop.orderOf(account), other)).status, path).to.equal(404);
    expect((await shop.get(`orders/${orderRef}`, other)).code).to.equal("not_found");
  });

  it("an app sees its own customers only", async () => {
    const app = await keyFor(shop.rooms, "consumer");
    expect((await shop.get(`members/${account}`, app)).code).to.equal("not_found");
    expect((await shop.get(`members/${account}/earnings`, app)).code).to.equal("not_found");
    expect((await shop.get(`members/${account}/earnings`)).items).to.have.length(1);
  });

  it("replays of events and grants with another content are refused, and pages go on where they ended", async () => {
    const at = shop.clock.seconds();
    const first = { eventRef: "once", account, name: "look", at };
    expect((await shop.post("events", first)).status).to.equal(201);
    expect((await shop.post("events", first)).status).to.equal(200);
    expect((await shop.post("events", { ...first, name: "cart" })).body.code).to.equal("event_exists");
    await shop.place(account);
    const page = await shop.get("orders?limit=1");
    const next = await shop.get(`orders?limit=1&cursor=${String(page.nextCursor)}`);
    expect(next.items[0].orderRef).to.equal(orderRef);
  });
});
