/** Goods for points, on a real chain: never more than there is, to nobody more than the limit, and everything back. */
import { expect } from "chai";
import { Wallet } from "ethers";
import { redeemingRoutines } from "../../src/routines/redeeming.ts";
import type { Engine } from "../../src/store/database.ts";
import type { Answered } from "../support/api.ts";
import { keyFor } from "../support/api.ts";
import type { Shop } from "../support/shop.ts";
import { openShop, reached } from "../support/shop.ts";
import { ENGINES } from "../support/stores.ts";

const CUP = { name: { zh: "马克杯", en: "Mug" }, points: "10000" };
const CROWD = 200;
const PIECES = 40;

interface Shelf {
  readonly shop: Shop;
  readonly at: string;
  readonly nextRef: () => string;
  readonly stockOf: (sku: string) => Promise<number>;
  readonly way: (ref: string) => string;
  /** Does not wait for the chain. */
  readonly redeem: (sku: string, body: object) => Promise<Answered>;
}

async function openShelf(engine: Engine): Promise<Shelf> {
  const shop = await openShop(engine, redeemingRoutines, { rules: [] });
  const at = `/v1/merchants/${shop.merchant.id}`;
  let asked = 0;
  return {
    shop,
    at,
    nextRef: () => `wish-${(asked += 1)}`,
    stockOf: async (sku) => (await shop.get(`${at}/goods/${sku}`)).body.stock as number,
    way: (ref) => `${at}/goods-redemptions/${ref}`,
    redeem: (sku, body) => shop.api.ask("POST", `${at}/goods/${sku}/redemptions`, { key: shop.keys.till, body }),
  };
}

for (const engine of ENGINES)
  describe(`a crowd before the shelf (${engine})`, function () {
    this.timeout(240_000);
    let shelf: Shelf;

    before(async () => {
      shelf = await openShelf(engine);
    });
    after(() => shelf.shop.close());

    it(`sells no piece twice when ${CROWD} ask for ${PIECES} at once`, async () => {
      const { shop, at, nextRef, stockOf, redeem } = shelf;
      await shop.put(`${at}/goods/crowd`, { ...CUP, stock: PIECES });
      const crowd = await shop.customers(CROWD, 10_000n);
      const answers = await Promise.all(
        crowd.map(({ customerId }) => redeem("crowd", { redemptionRef: nextRef(), customerId })),
      );
      const codes = Map.groupBy(answers, ({ status, body }) => (status === 202 ? "accepted" : String(body.code)));
      expect([...codes].map(([code, of]) => [code, of.length]).sort()).to.deep.equal([
        ["accepted", PIECES],
        ["goods_sold_out", CROWD - PIECES],
      ]);
      expect(await stockOf("crowd")).to.equal(0);
      const page = await shop.get(`${at}/goods-redemptions?limit=200`);
      expect(page.body.items).to.have.length(PIECES);
    });

    it("keeps a customer to the limit, however many requests come at once", async () => {
      const { shop, at, nextRef, stockOf, redeem } = shelf;
      await shop.put(`${at}/goods/few`, { ...CUP, stock: 100, perCustomer: { max: 3, seconds: 86_400 } });
      const [one, other] = await shop.customers(2, 1_000_000n);
      const answers = await Promise.all(
        Array.from({ length: 12 }, () => redeem("few", { redemptionRef: nextRef(), customerId: one?.customerId })),
      );
      const accepted = answers.filter(({ status }) => status === 202);
      expect([accepted.length, await stockOf("few")]).to.deep.equal([3, 97]);
      const refused = answers.filter(({ body }) => body.code === "goods_limit");
      expect(refused.length).to.equal(9);
      expect(
        (await redeem("few", { redemptionRef: nextRef(), customerId: other?.customerId, quantity: 3 })).status,
      ).to.equal(202);
    });
  });

describe("goods for points", function () {
  this.timeout(240_000);
  let shop: Shop;
  let at: string;
  let nextRef: Shelf["nextRef"];
  let stockOf: Shelf["stockOf"];
  let way: Shelf["way"];
  let redeem: Shelf["redeem"];

  before(async () => {
    ({ shop, at, nextRef, stockOf, way, redeem } = await openShelf("embedded"));
  });
  after(() => shop.close());

  async function reserved(sku: string, customerId: string, quantity = 1): Promise<string> {
    const redemptionRef = nextRef();
    const answer = await redeem(sku, { redemptionRef, customerId, quantity });
    expect(answer.status, JSON.stringify(answer.body)).to.equal(202);
    await reached(shop, way(redemptionRef), "reserved");
    return redemptionRef;
  }

  it("goes from reserved over accepted and shipped to delivered, each told once", async () => {
    await shop.put(`${at}/goods/mug`, { ...CUP, stock: 5 });
    const { customerId, account } = await shop.customer(30_000n);
    const ref = await reserved("mug", customerId, 2);
    expect([await stockOf("mug"), await shop.balanceOf(account)]).to.deep.equal([3, 10_000n]);
    const early = await shop.post(`${way(ref)}/ship`, {});
    expect([early.status, early.body.code]).to.deep.equal([409, "redemption_state"]);
    expect((await shop.post(`${way(ref)}/accept`)).body.state).to.equal("confirmed");
    await reached(shop, way(ref), "accepted");
    const shipped = await shop.post(`${way(ref)}/ship`, { tracking: "SF1" });
    expect(shipped.body).to.include({ state: "shipped", tracking: "SF1" });
    expect((await shop.post(`${way(ref)}/ship`, { tracking: "SF1" })).body.state).to.equal("shipped");
    expect((await shop.post(`${way(ref)}/ship`, { tracking: "SF2" })).body.code).to.equal("redemption_state");
    expect((await shop.post(`${way(ref)}/deliver`)).body.state).to.equal("delivered");
    const told = (await shop.events("goods.")).filter(({ data }) => data["redemptionRef"] === ref);
    expect(told.map(({ name }) => name)).to.deep.equal([
      "goods.reserved",
      "goods.accepted",
      "goods.shipped",
      "goods.delivered",
    ]);
    expect(await shop.balanceOf(account)).to.equal(10_000n);
  });

  it("gives points and pieces back when it is cancelled before, or after, the points were consumed", async () => {
    await shop.put(`${at}/goods/bowl`, { ...CUP, stock: 5 });
    const { customerId, account } = await shop.customer(30_000n);
    const before = await reserved("bowl", customerId);
    expect((await shop.post(`${way(before)}/cancel`, { reason: "changed her mind" })).body.state).to.equal("confirmed");
    const shown = await reached(shop, way(before), "cancelled");
    expect(shown.body.reason).to.equal("changed her mind");
    expect([await stockOf("bowl"), await shop.balanceOf(account)]).to.deep.equal([5, 30_000n]);

    const after = await reserved("bowl", customerId, 3);
    expect((await shop.post(`${way(after)}/accept`)).body.state).to.equal("confirmed");
    await reached(shop, way(after), "accepted");
    const cancelled = await shop.post(`${way(after)}/cancel`, { reason: "broken" });
    expect(cancelled.body.state, JSON.stringify(cancelled.body)).to.equal("confirmed");
    await reached(shop, way(after), "cancelled");
    expect([await stockOf("bowl"), await shop.balanceOf(account)]).to.deep.equal([5, 30_000n]);
    const again = await shop.post(`${way(after)}/cancel`, { reason: "broken" });
    expect([again.body.id, await stockOf("bowl")]).to.deep.equal([cancelled.body.id, 5]);
    expect((await shop.post(`${way(after)}/deliver`)).body.code).to.equal("redemption_state");
  });

  it("gives back by itself what the shop does not accept in time", async () => {
    await shop.put(`${at}/goods/late`, { ...CUP, stock: 1, acceptWithinSeconds: 5 });
    const { customerId, account } = await shop.customer(10_000n);
    const ref = await reserved("late", customerId);
    await reached(shop, way(ref), "cancelled");
    expect([await stockOf("late"), await shop.balanceOf(account)]).to.deep.equal([1, 10_000n]);
  });

  it("puts pieces back when the chain refuses the points", async () => {
    await shop.put(`${at}/goods/dear`, { ...CUP, points: "80000", stock: 5 });
    const { customerId } = await shop.customer(100_000n);
    const refs = [nextRef(), nextRef()];
    // Both are tried at the same state, and only one of them can be carried out.
    const both = await Promise.all(refs.map((redemptionRef) => redeem("dear", { redemptionRef, customerId })));
    if (both.every(({ status }) => status === 202)) {
      const states = async (): Promise<string[]> =>
        (await Promise.all(refs.map((ref) => shop.get(way(ref))))).map(({ body }) => String(body.state)).sort();
      for (let looks = 0; looks < 300 && (await states()).includes("holding"); looks += 1);
      expect(await states()).to.deep.equal(["failed", "reserved"]);
    }
    expect(await stockOf("dear")).to.equal(4);
  });

  it("takes the signature of a wallet of its own, for this very number and price", async () => {
    await shop.put(`${at}/goods/own`, { ...CUP, stock: 5 });
    const wallet = Wallet.createRandom();
    const account = wallet.address.toLowerCase();
    await shop.give(account, 10_000n);
    const redemptionRef = nextRef();
    const hold = {
      token: shop.merchant.token,
      account,
      points: "10000",
      kind: "goods",
      ref: `goods:${redemptionRef}`,
      seconds: 600,
    };
    const typed = (await shop.post("/v1/signing/hold", hold)).body as {
      domain: object;
      types: Record<string, { name: string; type: string }[]>;
      message: Record<string, unknown>;
      request: { releaseAt: number; deadline: number };
    };
    const signature = await wallet.signTypedData(typed.domain, typed.types, typed.message);
    const { releaseAt, deadline } = typed.request;
    const body = { redemptionRef, account, signatures: { hold: { signature, releaseAt, deadline } } };
    const consumer = await keyFor(shop.rooms, "consumer", { organisation: "an app" });
    const ask = (more: object) => shop.post(`${at}/goods/own/redemptions`, { ...body, ...more }, consumer);
    expect((await ask({ redemptionRef: nextRef() })).body.facts.error).to.equal("MerchantPointSignatureInvalid");
    expect((await ask({})).body.state).to.equal("confirmed");
    expect((await shop.get(way(redemptionRef), consumer)).body.state).to.equal("reserved");
    const stranger = await keyFor(shop.rooms, "consumer", { organisation: "another app" });
    expect((await shop.get(way(redemptionRef), stranger)).status).to.equal(404);
  });

  it("refuses by name and changes nothing: unknown, closed, sold out, another content, nonsense", async () => {
    await shop.put(`${at}/goods/shut`, { ...CUP, stock: 5, isOpen: false });
    await shop.put(`${at}/goods/two`, { ...CUP, stock: 2 });
    const { customerId } = await shop.customer(100_000n);
    const known = await reserved("two", customerId);
    const poor = await shop.customer(1n);
    const commands = async () => (await shop.rooms.db.selectFrom("command").select("id").execute()).length;
    const before = [await commands(), await stockOf("two"), await stockOf("shut")];
    const cases: [string, object, number, string][] = [
      ["never", {}, 404, "not_found"],
      ["shut", {}, 409, "goods_closed"],
      ["two", { quantity: 2 }, 409, "goods_sold_out"],
      ["two", { quantity: -1 }, 400, "request_invalid"],
      ["two", { quantity: 1.5 }, 400, "request_invalid"],
      ["two", { redemptionRef: known, quantity: 2 }, 409, "redemption_exists"],
      ["two", { customerId: "00000000-0000-4000-8000-000000000000" }, 404, "not_found"],
    ];
    for (const [sku, more, status, code] of cases) {
      const answer = await redeem(sku, { redemptionRef: nextRef(), customerId, ...more });
      expect([answer.status, answer.body.code], JSON.stringify(answer.body)).to.deep.equal([status, code]);
    }
    const refused = await redeem("two", { redemptionRef: nextRef(), customerId: poor.customerId });
    expect([refused.status, refused.body.code]).to.deep.equal([422, "chain_refused"]);
    expect([await commands(), await stockOf("two"), await stockOf("shut")]).to.deep.equal(before);
    const twin = await redeem("two", { redemptionRef: known, customerId });
    expect([twin.headers.get("idempotency-replayed"), await stockOf("two")]).to.deep.equal(["true", 1]);
    const nameless = await shop.put(`${at}/goods/nowhere`, { ...CUP, connector: "nobody" });
    expect([nameless.status, nameless.body.code]).to.deep.equal([404, "not_found"]);
    expect((await shop.put(`${at}/goods/nowhere`, CUP)).body.facts.field).to.equal("stock");
    expect((await shop.put(`${at}/goods/free`, { ...CUP, points: "0" })).status).to.equal(400);
  });
});
