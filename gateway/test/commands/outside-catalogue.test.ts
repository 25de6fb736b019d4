/** Goods of an outside catalogue: the example server of examples/outside-catalogue, really run, and really away. */
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { expect } from "chai";
import { redeemingRoutines } from "../../src/routines/redeeming.ts";
import type { Shop } from "../support/shop.ts";
import { openShop, reached } from "../support/shop.ts";
import { until } from "../support/until.ts";

const SECRET = "a-secret-of-the-gift-house";
const EXAMPLE = new URL("../../../examples/outside-catalogue/main.ts", import.meta.url).pathname;

interface Catalogue {
  readonly url: string;
  stop(): Promise<void>;
}

async function startCatalogue(port = 0): Promise<Catalogue> {
  const child: ChildProcess = spawn(process.execPath, [EXAMPLE], {
    env: { ...process.env, PORT: String(port), CATALOGUE_SECRET: SECRET },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface({ input: child.stdout! }), "line")) as [string];
  return {
    url: /http:\S+/.exec(line)?.[0] ?? "",
    async stop() {
      const ended = once(child, "exit");
      child.kill();
      await ended;
    },
  };
}

describe("goods of an outside catalogue", function () {
  this.timeout(240_000);
  let catalogue: Catalogue;
  let shop: Shop;
  let at: string;
  let asked = 0;

  before(async () => {
    catalogue = await startCatalogue();
    shop = await openShop("embedded", redeemingRoutines, { rules: [] });
    at = `/v1/merchants/${shop.merchant.id}`;
    await putConnector(SECRET);
    for (const sku of ["cup-350", "umbrella"])
      await shop.put(`${at}/goods/${sku}`, {
        name: { zh: "礼品", en: "Gift" },
        points: "10000",
        connector: "gift-house",
      });
  });
  after(async () => {
    await shop.close();
    await catalogue.stop();
  });

  const putConnector = (secret: string) =>
    shop.put(`${at}/goods-connectors/gift-house`, { url: catalogue.url, secret });
  const way = (ref: string): string => `${at}/goods-redemptions/${ref}`;
  const left = async (sku: string): Promise<number> => {
    const answer = await fetch(`${catalogue.url}/stock`, { headers: { authorization: `Bearer ${SECRET}` } });
    return ((await answer.json()) as Record<string, number>)[sku] ?? 0;
  };
  const outside = async (ref: string): Promise<{ state: string; ref: string | null; problem: string | null }> =>
    (await shop.get(way(ref))).body.outside as never;
  const told = (ref: string, state: string): Promise<void> =>
    until(`the catalogue knows of ${ref}: ${state}`, async () => (await outside(ref)).state === state);

  async function redeem(sku: string, customerId: string, quantity = 1): Promise<string> {
    const redemptionRef = `gift-${(asked += 1)}`;
    const answer = await shop.post(`${at}/goods/${sku}/redemptions`, { redemptionRef, customerId, quantity });
    expect(answer.body.state, JSON.stringify(answer.body)).to.equal("confirmed");
    return redemptionRef;
  }

  it("never shows the secret again", async () => {
    const shown = await shop.get(`${at}/goods-connectors/gift-house`, shop.keys.merchant);
    expect(shown.body).to.deep.equal({
      merchantId: shop.merchant.id,
      connectorRef: "gift-house",
      kind: "http",
      url: catalogue.url,
    });
    const rows = await shop.rooms.db.selectFrom("goods_connector").selectAll().execute();
    expect(JSON.stringify(rows)).to.not.include(SECRET);
  });

  it("reserves there before it is reserved here, and orders for good when the shop accepts", async () => {
    const { customerId } = await shop.customer(20_000n);
    const ref = await redeem("cup-350", customerId, 2);
    await reached(shop, way(ref), "reserved");
    expect([await left("cup-350"), (await outside(ref)).ref]).to.deep.equal([1, "gift-1"]);
    expect((await shop.post(`${way(ref)}/accept`)).body.state).to.equal("confirmed");
    await told(ref, "confirmed");
    expect((await shop.post(`${way(ref)}/ship`, {})).body.state).to.equal("shipped");
  });

  it("gives the points back when the catalogue has too few, with its reason", async () => {
    const { customerId, account } = await shop.customer(20_000n);
    const ref = await redeem("cup-350", customerId, 2);
    const shown = await reached(shop, way(ref), "cancelled");
    expect(shown.body.reason).to.equal("only 1 of cup-350 are left");
    expect([await shop.balanceOf(account), await left("cup-350")]).to.deep.equal([20_000n, 1]);
    const events = (await shop.events("goods.")).filter(({ data }) => data["redemptionRef"] === ref);
    expect(events.map(({ name }) => name)).to.deep.equal(["goods.cancelled"]);
  });

  it("cancels there what is cancelled here, before and after it was ordered", async () => {
    const { customerId, account } = await shop.customer(30_000n);
    const [before, after] = [await redeem("umbrella", customerId), await redeem("umbrella", customerId, 2)];
    for (const ref of [before, after]) await reached(shop, way(ref), "reserved");
    expect(await left("umbrella")).to.equal(7);
    expect((await shop.post(`${way(after)}/accept`)).body.state).to.equal("confirmed");
    await told(after, "confirmed");
    for (const ref of [before, after]) await shop.post(`${way(ref)}/cancel`, { reason: "rain is over" });
    for (const ref of [before, after]) await told(ref, "cancelled");
    for (const ref of [before, after]) await reached(shop, way(ref), "cancelled");
    expect([await left("umbrella"), await shop.balanceOf(account)]).to.deep.equal([10, 30_000n]);
  });

  it("gives consumed points back when the catalogue does not stand by its reservation", async () => {
    const { customerId, account } = await shop.customer(10_000n);
    const ref = await redeem("umbrella", customerId);
    await reached(shop, way(ref), "reserved");
    const { id } = await shop.rooms.db
      .selectFrom("goods_redemption")
      .select("id")
      .orderBy("hold_id", "desc")
      .executeTakeFirstOrThrow();
    const headers = { authorization: `Bearer ${SECRET}` };
    await fetch(`${catalogue.url}/reservations/${id}/cancel`, { method: "POST", headers });
    await shop.post(`${way(ref)}/accept`);
    const shown = await reached(shop, way(ref), "cancelled");
    expect([shown.body.reason, await shop.balanceOf(account)]).to.deep.equal(["cancelled", 10_000n]);
  });

  it("asks again while the catalogue is away or does not know us, and says why it waits", async () => {
    const port = Number(new URL(catalogue.url).port);
    await putConnector("another-secret-altogether");
    const { customerId, account } = await shop.customer(10_000n);
    const ref = await redeem("umbrella", customerId);
    await until("it says why it waits", async () => /status 401/.test((await outside(ref)).problem ?? ""));
    await putConnector(SECRET);
    await reached(shop, way(ref), "reserved");
    await catalogue.stop();
    expect((await shop.post(`${way(ref)}/cancel`, { reason: "too long" })).body.state).to.equal("confirmed");
    await reached(shop, way(ref), "cancelled");
    expect(await shop.balanceOf(account)).to.equal(10_000n);
    await until("it says that nobody is there", async () => /ECONNREFUSED/.test((await outside(ref)).problem ?? ""));
    catalogue = await startCatalogue(port);
    await told(ref, "cancelled");
  });
});
