/** Orders that were partly paid with points and come back: points, money and earnings fall together, on a real chain. */
import { expect } from "chai";
import { matureEarnings } from "../../src/routines/mature-earnings.ts";
import { redeemingRoutines } from "../../src/routines/redeeming.ts";
import { ONE_PERCENT, insertToken } from "../support/loyalty-shop.ts";
import { stopShared } from "../support/shared.ts";
import type { Customer, Shop } from "../support/shop.ts";
import { openShop, reached } from "../support/shop.ts";
import { until } from "../support/until.ts";

after(stopShared);

const RULES = {
  returnWindowSeconds: 86_400,
  rules: [ONE_PERCENT],
  deduction: { maxBps: 5_000, minimumPoints: "10000", stepPoints: "10000" },
};

/** 100 yuan at list price, of which 40 yuan are paid with points. */
const LISTED = [{ sku: "hotpot", category: "food", quantity: 4, paidFen: "10000" }];
const PAID = [{ ...LISTED[0], paidFen: "6000" }];

describe("goods that were partly paid with points come back", function () {
  this.timeout(240_000);
  let shop: Shop;
  let at: string;
  let customer: Customer;
  let orders = 0;

  before(async () => {
    shop = await openShop("embedded", [...redeemingRoutines, matureEarnings], RULES);
    await insertToken(shop.rooms, shop.merchant);
    at = `/v1/merchants/${shop.merchant.id}`;
    customer = await shop.customer(900_000n);
  });
  after(() => shop.close());

  /** Checked out with 4,000 points, paid, told of, and delivered if asked for. */
  async function buy(isDelivered: boolean): Promise<string> {
    const orderRef = `with-points-${(orders += 1)}`;
    const { customerId } = customer;
    await shop.post(`${at}/checkouts`, { orderRef, customerId, lines: LISTED, points: "400000" });
    await shop.post(`${at}/checkouts/${orderRef}/capture`);
    await reached(shop, `${at}/checkouts/${orderRef}`, "captured");
    const placedAt = Math.floor(shop.rooms.clock.now() / 1000);
    const placed = await shop.post(`${at}/orders`, { orderRef, customerId, placedAt, lines: PAID });
    expect(placed.body.earnings[0].points, JSON.stringify(placed.body)).to.equal("6000");
    if (isDelivered) await shop.post(`${at}/orders/${orderRef}/confirm`);
    return orderRef;
  }
  const holds = (points: bigint): Promise<void> =>
    until(`${points} on the chain`, async () => (await shop.balanceOf(customer.account)) === points);

  it("gives points and money back by the pieces, once, and takes back what the money had earned", async () => {
    const orderRef = await buy(true);
    await holds(506_000n);
    const back = (returnRef: string, quantity: number, paidFen: string, more: object = {}) =>
      shop.post(`${at}/orders/${orderRef}/returns`, {
        returnRef,
        lines: [{ sku: "hotpot", quantity, paidFen, ...more }],
      });
    for (const status of [201, 200]) expect((await back("one", 1, "1500")).status).to.equal(status);
    // A quarter of 4,000 points comes back, and a quarter of the 60 points earned goes.
    await holds(604_500n);
    const greedy = await back("all", 3, "4500", { listFen: "7501" });
    expect([greedy.status, greedy.body.code]).to.deep.equal([422, "return_exceeds"]);
    expect((await back("all", 3, "4500")).status).to.equal(201);
    await holds(900_000n);
    const { lines } = (await shop.get(`${at}/checkouts/${orderRef}`)).body as { lines: { sku: string }[] };
    expect(lines.map(({ sku }) => sku)).to.deep.equal(["hotpot"]);
  });

  it("gives everything back when the order is cancelled", async () => {
    const orderRef = await buy(false);
    await holds(500_000n);
    for (const state of ["cancelled", "cancelled"])
      expect((await shop.post(`${at}/orders/${orderRef}/cancel`)).body.state).to.equal(state);
    await holds(900_000n);
  });

  it("changes nothing when the points can not go back: the return and its refund stand or fall together", async () => {
    const orderRef = await buy(false);
    await holds(500_000n);
    const once = await shop.post(`${at}/checkouts/${orderRef}/refunds`, { returnRef: "here", amountFen: "100" });
    expect(once.status, JSON.stringify(once.body)).to.equal(201);
    const before = (await shop.get(`${at}/orders/${orderRef}`)).body as object;
    const lines = [{ sku: "hotpot", quantity: 1, paidFen: "1500" }];
    const refused = await shop.post(`${at}/orders/${orderRef}/returns`, { returnRef: "here", lines });
    expect([refused.status, refused.body.code]).to.deep.equal([409, "return_exists"]);
    expect((await shop.get(`${at}/orders/${orderRef}`)).body).to.deep.equal(before);
  });
});
