/** Orders that are partly paid with points, on a real chain: held, captured, released, timed out, given back. */
import { expect } from "chai";
import { Contract } from "ethers";
import { merchantPoint } from "../../src/chain/contracts.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import { redeemingRoutines } from "../../src/routines/redeeming.ts";
import type { Shop } from "../support/shop.ts";
import { openShop, reached } from "../support/shop.ts";
import { until } from "../support/until.ts";

const RULES = {
  rules: [],
  deduction: { maxBps: 5_000, minimumOrderFen: "1000", minimumPoints: "10000", stepPoints: "10000" },
};

/** 120.50 yuan of goods and 10 yuan of freight: 60 yuan may be paid with points. */
const LINES = [
  { sku: "hotpot", category: "food", quantity: 1, paidFen: "12050" },
  { sku: "ride", category: "freight", quantity: 1, paidFen: "1000", isFreight: true },
];

describe("check-outs with points", function () {
  this.timeout(240_000);
  let shop: Shop;
  let at: string;
  let orders = 0;

  before(async () => {
    shop = await openShop("postgresql", redeemingRoutines, RULES);
    at = `/v1/merchants/${shop.merchant.id}/checkouts`;
  });
  after(() => shop.close());

  const nextRef = (): string => `order-${(orders += 1)}`;
  const rows = async (): Promise<number> =>
    (await shop.rooms.db.selectFrom("point_hold").select("id").execute()).length;

  async function held(customerId: string, points: string, more: object = {}): Promise<string> {
    const orderRef = nextRef();
    const answer = await shop.post(at, { orderRef, customerId, lines: LINES, points, ...more });
    expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
    return orderRef;
  }

  it("quotes to the fen: limits, what the customer holds, and how each line is then paid", async () => {
    const { customerId } = await shop.customer(256_789n);
    const quote = await shop.post(`${at}/quote`, { lines: LINES, customerId });
    expect(quote.status, JSON.stringify(quote.body)).to.equal(200);
    const { maxPoints, points, deductionFen, cashFen, balance, lines, obstacle } = quote.body;
    expect({ maxPoints, points, deductionFen, cashFen, balance, obstacle }).to.deep.equal({
      maxPoints: "600000",
      points: "250000",
      deductionFen: "2500",
      cashFen: "10550",
      balance: "256789",
      obstacle: null,
    });
    expect((lines as { cashFen: string }[]).map(({ cashFen: cash }) => cash)).to.deep.equal(["9550", "1000"]);
    const tooMuch = await shop.post(`${at}/quote`, { lines: LINES, points: "610000" });
    expect([tooMuch.body.obstacle.code, tooMuch.body.points]).to.deep.equal(["aboveLimit", "0"]);
  });

  it("holds at check-out and captures at payment, even when the payment is quicker than the chain", async () => {
    const { customerId, account } = await shop.customer(300_000n);
    const orderRef = nextRef();
    const asked = await shop.api.ask("POST", at, {
      key: shop.keys.till,
      body: { orderRef, customerId, lines: LINES, points: "200000" },
    });
    expect(asked.status, JSON.stringify(asked.body)).to.equal(202);
    const captured = await shop.post(`${at}/${orderRef}/capture`);
    expect(captured.body.state, JSON.stringify(captured.body)).to.equal("confirmed");
    const shown = await reached(shop, `${at}/${orderRef}`, "captured");
    expect(shown.body).to.include({ totalFen: "13050", deductionFen: "2000", cashFen: "11050", points: "200000" });
    expect(await shop.balanceOf(account)).to.equal(100_000n);
    const again = await shop.post(`${at}/${orderRef}/capture`);
    expect([again.body.id, again.headers.get("idempotency-replayed")]).to.deep.equal([captured.body.id, "true"]);
    const late = await shop.post(`${at}/${orderRef}/release`);
    expect([late.status, late.body.code]).to.deep.equal([409, "redemption_state"]);
    const told = (await shop.events("deduction.")).filter(({ data }) => data["orderRef"] === orderRef);
    expect(told.map(({ name }) => name)).to.deep.equal(["deduction.held", "deduction.captured"]);
    expect(told[1]?.data).to.include({ deductionFen: "2000", rulesVersion: 1 });
  });

  it("gives a cancelled order's points back, and those of one whose time is over by itself", async () => {
    const { customerId, account } = await shop.customer(300_000n);
    const cancelled = await held(customerId, "100000");
    expect(await shop.balanceOf(account)).to.equal(200_000n);
    expect((await shop.post(`${at}/${cancelled}/release`)).body.state).to.equal("confirmed");
    expect(await shop.balanceOf(account)).to.equal(300_000n);
    const forgotten = await held(customerId, "100000", { holdSeconds: 5 });
    await reached(shop, `${at}/${forgotten}`, "released");
    expect(await shop.balanceOf(account)).to.equal(300_000n);
    const late = await shop.post(`${at}/${forgotten}/capture`);
    expect([late.status, late.body.code, late.body.facts.state]).to.deep.equal([409, "redemption_state", "released"]);
  });

  it("gives the very ages back: after a cancellation, and after a return of what was paid", async () => {
    const { customerId, account } = await shop.customer(100_000n);
    const token = new Contract(shop.merchant.token, merchantPoint, shop.ledger.provider);
    const epoch = Number((await token.getFunction("currentEpoch")()) as bigint) - 2;
    const items = [{ to: account, points: "30000", orderRef: `old-${account}` }];
    expect((await shop.post(`/v1/points/${shop.merchant.token}/issues`, { items, epoch })).body.state).to.equal(
      "confirmed",
    );
    const lots = (): Promise<bigint> => token.getFunction("lotsOf")(account) as Promise<bigint>;
    const before = await lots();
    const cancelled = await held(customerId, "50000");
    expect(await lots()).to.not.equal(before);
    await shop.post(`${at}/${cancelled}/release`);
    expect(await lots()).to.equal(before);
    const paid = await held(customerId, "50000");
    await shop.post(`${at}/${paid}/capture`);
    for (const returnRef of ["half", "rest"]) {
      const { totalFen, lines } = (await shop.get(`${at}/${paid}`)).body as {
        totalFen: string;
        lines: { returnedFen: string }[];
      };
      const left = BigInt(totalFen) - lines.reduce((sum, line) => sum + BigInt(line.returnedFen), 0n);
      const amountFen = (returnRef === "half" ? left / 2n : left).toString();
      expect((await shop.post(`${at}/${paid}/refunds`, { returnRef, amountFen })).status).to.equal(201);
    }
    await until("all of it is back, as old as it was", async () => (await lots()) === before);
  });

  it("answers the same order the same way, and another content under its number with a conflict", async () => {
    const { customerId } = await shop.customer(300_000n);
    const orderRef = nextRef();
    const body = { orderRef, customerId, lines: LINES, points: "100000" };
    const twins = await Promise.all([1, 2, 3].map(() => shop.post(at, body)));
    expect(new Set(twins.map((one) => one.body.id as string)).size, JSON.stringify(twins[0]?.body)).to.equal(1);
    const other = await shop.post(at, { ...body, points: "110000" });
    expect([other.status, other.body.code]).to.deep.equal([409, "order_exists"]);
  });

  it("refuses by name and changes nothing: too much, not in steps, too few points, a foreign order, no rules", async () => {
    const { customerId, account } = await shop.customer(50_000n);
    const before = await rows();
    const neighbour = await shop.addNeighbour();
    const body = { orderRef: nextRef(), customerId, lines: LINES, points: "100000" };
    const bad: [object, number, string][] = [
      [{ ...body, points: "610000" }, 422, "deduction_refused"],
      [{ ...body, points: "10001" }, 422, "deduction_refused"],
      [{ ...body, points: "-10000" }, 400, "request_invalid"],
      [{ ...body, points: "60000" }, 422, "chain_refused"],
      [{ ...body, lines: [{ ...LINES[0], paidFen: "12050.5" }] }, 400, "request_invalid"],
      [{ ...body, lines: [{ ...LINES[0], paidFen: "-1" }] }, 400, "request_invalid"],
      [{ ...body, customerId: undefined, account }, 400, "request_invalid"],
    ];
    for (const [wrong, status, code] of bad) {
      const answer = await shop.post(at, wrong);
      expect([answer.status, answer.body.code], JSON.stringify(answer.body)).to.deep.equal([status, code]);
    }
    const there = `/v1/merchants/${neighbour.id}/checkouts`;
    expect((await shop.post(there, body)).status).to.equal(404);
    const org = await shop.post(`${at}/never-seen/capture`);
    expect([org.status, org.body.code]).to.deep.equal([404, "not_found"]);
    expect([await rows(), await shop.balanceOf(account)]).to.deep.equal([before, 50_000n]);
  });

  it("lets an order be tried again after the chain refused its hold", async () => {
    const { customerId, account } = await shop.customer(200_000n);
    const [one, other] = [nextRef(), nextRef()];
    // Both are tried at the same state and only one of them can be carried out.
    const both = await Promise.all(
      [one, other].map((orderRef) => shop.post(at, { orderRef, customerId, lines: LINES, points: "150000" })),
    );
    const lost = both.findIndex(({ body }) => body.state !== "confirmed");
    const failed = [one, other][lost]!;
    // Tried after the other's block it was refused at once, and nothing of it is known.
    if (both[lost]?.status === 422) expect((await shop.get(`${at}/${failed}`)).status).to.equal(404);
    else await reached(shop, `${at}/${failed}`, "failed");
    await shop.give(account, 150_000n);
    const retried = await shop.post(at, { orderRef: failed, customerId, lines: LINES, points: "150000" });
    expect(retried.body.state, JSON.stringify(retried.body)).to.equal("confirmed");
    await reached(shop, `${at}/${failed}`, "held");
  });

  it("gives back by partial returns exactly the points and the money that were paid, also before the capture", async () => {
    const { customerId, account } = await shop.customer(600_000n);
    const orderRef = await held(customerId, "600000");
    const back = (returnRef: string, amountFen: string, more: object = {}) =>
      shop.post(`${at}/${orderRef}/refunds`, { returnRef, amountFen, ...more });
    const early = await back("r1", "3333");
    expect([early.status, early.body.state], JSON.stringify(early.body)).to.deep.equal([201, "due"]);
    expect((await shop.post(`${at}/${orderRef}/capture`)).body.state).to.equal("confirmed");
    const freight = await back("r2", "700", { lines: [{ sku: "ride", amountFen: "700" }] });
    expect([freight.body.points, freight.body.cashFen, freight.body.state]).to.deep.equal(["0", "700", "done"]);
    const shown = (await shop.get(`${at}/${orderRef}`)).body;
    const shownLines = shown.lines as { listFen: string; returnedFen: string }[];
    const left = shownLines.reduce((sum, line) => sum + BigInt(line.listFen) - BigInt(line.returnedFen), 0n);
    const last = await back("r3", left.toString());
    const paid = [early, freight, last].map(({ body }) => [
      BigInt(body.points as string),
      BigInt(body.cashFen as string),
    ]);
    const sum = (index: number): bigint => paid.reduce((total, one) => total + (one[index] ?? 0n), 0n);
    expect([sum(0), sum(1)]).to.deep.equal([600_000n, 13_050n - 6_000n]);
    await until("all points are back", async () => (await shop.balanceOf(account)) === 600_000n);
    await until("both returns are told", async () => (await shop.events("deduction.refunded")).length >= 3);
    const again = await back("r3", left.toString());
    expect(again.body.points).to.equal(last.body.points);
    expect((await back("r3", "1")).body.code).to.equal("return_exists");
    expect((await back("r4", "1")).body.code).to.equal("return_exceeds");
    const unknown = await back("r5", "1", { lines: [{ sku: "never", amountFen: "1" }] });
    expect([unknown.status, unknown.body.code]).to.deep.equal([404, "not_found"]);
  });

  it("gives points back by itself when goods of an order of this API come back", async () => {
    const indexer = startIndexer(shop.rooms, { processId: "check-outs" });
    const { customerId, account } = await shop.customer(500_000n);
    const { db } = shop.rooms;
    const isIndexed = async () => (await db.selectFrom("merchant").select("id").execute()).length > 0;
    await until("the read side knows the shop", isIndexed);
    await indexer.stop();
    const bowls = [{ sku: "bowl", category: "food", quantity: 3, paidFen: "10000" }];
    const orderRef = await held(customerId, "500000", { lines: bowls });
    expect((await shop.post(`${at}/${orderRef}/capture`)).body.state).to.equal("confirmed");
    const orders = `/v1/merchants/${shop.merchant.id}/orders`;
    const placedAt = Math.floor(Date.now() / 1000);
    const order = { orderRef, customerId, placedAt, lines: [{ ...bowls[0], paidFen: "5000" }] };
    const placed = await shop.post(orders, order);
    expect(placed.status, JSON.stringify(placed.body)).to.equal(201);
    // 100 yuan of bowls, half of them paid with points: a bowl is 33.33 yuan, of which 16.66 were points.
    for (const [returnRef, quantity, paidFen] of [
      ["cracked", 1, "1667"],
      ["others", 2, "3333"],
    ]) {
      const back = { returnRef, lines: [{ sku: "bowl", quantity, paidFen }] };
      const answer = await shop.post(`${orders}/${orderRef}/returns`, back);
      expect(answer.status, JSON.stringify(answer.body)).to.equal(201);
    }
    await until("all points are back", async () => (await shop.balanceOf(account)) === 500_000n);
    const { refunds } = (await shop.get(`${at}/${orderRef}`)).body as { refunds: Record<string, string>[] };
    const told = refunds.map(({ returnRef, amountFen, points, cashFen }) => [returnRef, amountFen, points, cashFen]);
    expect(told).to.deep.equal([
      ["cracked", "3333", "166600", "1667"],
      ["others", "6667", "333400", "3333"],
    ]);
  });

  it("follows a hold that was settled past it: the chain has the last word", async () => {
    const { customerId, account } = await shop.customer(200_000n);
    const [forgotten, asked] = [await held(customerId, "100000", { holdSeconds: 5 }), await held(customerId, "100000")];
    for (const orderRef of [forgotten, asked]) {
      const past = `/v1/points/${shop.merchant.token}/redemptions/${account}/${orderRef}/release`;
      expect((await shop.post(past)).body.state).to.equal("confirmed");
    }
    const late = await shop.post(`${at}/${asked}/capture`);
    expect([late.status, late.body.facts.error]).to.deep.equal([422, "MerchantPointRedemptionState"]);
    expect((await shop.get(`${at}/${asked}`)).body.state).to.equal("released");
    await reached(shop, `${at}/${forgotten}`, "released");
    expect(await shop.balanceOf(account)).to.equal(200_000n);
  });
});
