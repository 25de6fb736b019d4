/**
 * Off-chain books = chain, after a random day at the till: orders held, paid, cancelled and returned, goods accepted and
 * cancelled, in any order and by several at once, while two processes run the same routines.
 */
import { expect } from "chai";
import { Contract } from "ethers";
import { merchantPoint } from "../../src/chain/contracts.ts";
import { redeemingRoutines } from "../../src/routines/redeeming.ts";
import { startRoutines } from "../../src/routines/start.ts";
import type { Routines } from "../../src/routines/start.ts";
import type { Answered } from "../support/api.ts";
import { seededRandom } from "../support/samples.ts";
import type { Customer, Shop } from "../support/shop.ts";
import { openShop } from "../support/shop.ts";
import { until } from "../support/until.ts";

const SEED = Number(process.env["SEED"] ?? 20_260_501);
const CUSTOMERS = 6;
const VISITS = 40;
const STOCK = 30;
const GIVEN = 3_000_000n;
const RULES = { rules: [], deduction: { maxBps: 7_000, minimumPoints: "100", stepPoints: "100" } };

/** The same day for the same seed. */
function dice(seed: number): (below: number) => number {
  const random = seededRandom(seed);
  return (below) => Math.floor(random() * below);
}

describe(`the books of a day of redeeming (seed ${SEED})`, function () {
  this.timeout(240_000);
  let shop: Shop;
  let second: Routines;
  let customers: Customer[];
  let at: string;

  before(async () => {
    shop = await openShop("postgresql", redeemingRoutines, RULES);
    second = startRoutines(shop.rooms, redeemingRoutines);
    at = `/v1/merchants/${shop.merchant.id}`;
    customers = await shop.customers(CUSTOMERS, GIVEN);
    await shop.put(`${at}/goods/mug`, { name: { zh: "杯", en: "Mug" }, points: "5000", stock: STOCK });
  });
  after(async () => {
    await second.stop();
    await shop.close();
  });

  /** What is refused, is refused by name. */
  function fine({ status, body }: Answered): boolean {
    expect(status, JSON.stringify(body)).to.be.oneOf([200, 201, 202, 409, 422]);
    return status < 300 && body.state !== "failed";
  }

  async function order(visit: number, roll: (below: number) => number, { customerId }: Customer): Promise<void> {
    const orderRef = `order-${visit}`;
    const path = `${at}/checkouts/${orderRef}`;
    const lines = Array.from({ length: 1 + roll(3) }, (_, index) => ({
      sku: `sku-${index}`,
      category: "food",
      quantity: 1 + roll(3),
      paidFen: String(1 + roll(9_999)),
      isFreight: roll(5) === 0,
    }));
    const quote = (await shop.post(`${at}/checkouts/quote`, { lines, customerId })).body;
    if (quote.points === "0") return;
    if (!fine(await shop.post(`${at}/checkouts`, { orderRef, customerId, lines, points: quote.points }))) return;
    const refund = (returnRef: string, amountFen: number): Promise<Answered> =>
      shop.post(`${path}/refunds`, { returnRef, amountFen: String(amountFen) });
    const total = Number(quote.totalFen);
    const steps: (() => Promise<Answered>)[] = [
      () => shop.post(`${path}/${roll(4) === 0 ? "release" : "capture"}`),
      () => shop.post(`${path}/${roll(4) === 0 ? "release" : "capture"}`),
      () => refund("a", 1 + roll(total)),
      () => refund("a", 1 + roll(total)),
      () => refund("b", 1 + roll(Math.max(1, total >> 1))),
    ];
    const chosen = steps.filter(() => roll(3) > 0);
    // Half of them at once, half one after another.
    if (roll(2) === 0) (await Promise.all(chosen.map((step) => step()))).forEach(fine);
    else for (const step of chosen) fine(await step());
  }

  async function gift(visit: number, roll: (below: number) => number, { customerId }: Customer): Promise<void> {
    const redemptionRef = `gift-${visit}`;
    const path = `${at}/goods-redemptions/${redemptionRef}`;
    const asked = { redemptionRef, customerId, quantity: 1 + roll(3) };
    if (!fine(await shop.post(`${at}/goods/mug/redemptions`, asked))) return;
    const steps = [
      () => shop.post(`${path}/accept`),
      () => shop.post(`${path}/cancel`, { reason: "any" }),
      () => shop.post(`${path}/ship`, {}),
      () => shop.post(`${path}/cancel`, { reason: "any" }),
    ].filter(() => roll(2) === 0);
    if (roll(2) === 0) (await Promise.all(steps.map((step) => step()))).forEach(fine);
    else for (const step of steps) fine(await step());
  }

  it("are the chain's, to the base unit and to the piece", async () => {
    const roll = dice(SEED);
    for (let visit = 0; visit < VISITS; visit += 8)
      await Promise.all(
        Array.from({ length: 8 }, (_, index) => {
          const customer = customers[roll(CUSTOMERS)]!;
          return (roll(3) === 0 ? gift : order)(visit + index, roll, customer);
        }),
      );
    const { db } = shop.rooms;
    await until("everything has come to rest", async () => {
      const holds = await db
        .selectFrom("point_hold")
        .select("id")
        .where("state", "in", ["holding", "capturing", "releasing"])
        .execute();
      const refunds = await db.selectFrom("point_refund").select("id").where("state", "in", ["due", "sent"]).execute();
      const waiting = await db
        .selectFrom("point_hold")
        .select("id")
        .where("state", "=", "held")
        .where("is_release_wanted", "=", true)
        .execute();
      const dueOfHeld = await db
        .selectFrom("point_refund")
        .innerJoin("point_hold", "point_hold.id", "point_refund.hold_id")
        .select("point_refund.id")
        .where("point_refund.state", "=", "due")
        .where("point_hold.state", "=", "held")
        .execute();
      return holds.length + waiting.length + refunds.length - dueOfHeld.length === 0;
    });

    const holds = await db.selectFrom("point_hold").selectAll().execute();
    const refunds = await db.selectFrom("point_refund").selectAll().execute();
    const sum = (of: readonly { points: string }[]): bigint =>
      of.reduce((total, { points }) => total + BigInt(points), 0n);
    const inState = (state: string) => holds.filter((hold) => hold.state === state);
    const done = refunds.filter(({ state }) => state === "done");
    const token = new Contract(shop.merchant.token, merchantPoint, shop.ledger.provider);
    const split = (await token.getFunction("supplySplit")()) as { held: bigint; redeemed: bigint; circulating: bigint };
    const ours = { held: sum(inState("held")), redeemed: sum(inState("captured")) - sum(done) };
    expect(ours, `${holds.length} holds, ${refunds.length} refunds`).to.deep.equal({
      held: split.held,
      redeemed: split.redeemed,
    });
    expect(split.circulating).to.equal(GIVEN * BigInt(CUSTOMERS) - ours.held - ours.redeemed);

    for (const { account } of customers) {
      const mine = holds.filter((hold) => hold.account === account);
      const gone = sum(mine.filter(({ state }) => state === "held" || state === "captured"));
      const back = sum(done.filter(({ hold_id: id }) => mine.some((hold) => hold.id === id)));
      expect(await shop.balanceOf(account)).to.equal(GIVEN - gone + back);
    }
    for (const hold of inState("captured")) {
      const back = done.filter(({ hold_id: id }) => id === hold.id);
      expect(sum(back) <= BigInt(hold.points)).to.equal(true);
    }

    const gifts = await db.selectFrom("goods_redemption").selectAll().execute();
    const out = gifts.filter(({ state }) => state !== "cancelled" && state !== "failed");
    const pieces = out.reduce((total, { quantity }) => total + quantity, 0);
    expect((await shop.get(`${at}/goods/mug`)).body.stock).to.equal(STOCK - pieces);

    const told = await db.selectFrom("loyalty_event").select(["name", "key"]).execute();
    const named = (name: string): number => told.filter((event) => event.name === name).length;
    const deductions = holds.filter(({ kind }) => kind === "deduction");
    const settled = (state: string): number => deductions.filter((hold) => hold.state === state).length;
    expect([named("deduction.captured"), named("deduction.released"), named("goods.cancelled")]).to.deep.equal([
      settled("captured"),
      settled("released"),
      gifts.filter(({ state }) => state === "cancelled").length,
    ]);
    expect(holds.length).to.be.greaterThan(VISITS / 2);
  });
});
