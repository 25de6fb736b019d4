/** What orders earn, over the API and on a real chain: pending, issued, taken back, whatever comes in whatever order. */
import { expect } from "chai";
import type { Address, Hex32 } from "../../../src/kernel/ids.ts";
import type { Store } from "../../../src/store/database.ts";
import type { LoyaltyShop } from "../../support/loyalty-shop.ts";
import { DAY, ONE_PERCENT, WINDOW, newAccount, openShop } from "../../support/loyalty-shop.ts";
import { stopShared } from "../../support/shared.ts";
import { ENGINES, freshStore } from "../../support/stores.ts";

after(stopShared);

for (const engine of ENGINES)
  describe(`orders and what they earn (${engine})`, function () {
    this.timeout(240_000);
    let store: Store;
    let shop: LoyaltyShop;
    let rulesHash: Hex32;
    let orders = 0;

    before(async () => {
      store = await freshStore(engine);
      shop = await openShop(store, `orders-${engine}`);
      rulesHash = await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT] });
    });
    after(async () => {
      await shop.close();
      await store.close();
    });

    const line = (sku: string, quantity: number, paidFen: string, more: object = {}) => ({
      sku,
      category: "tea",
      quantity,
      paidFen,
      ...more,
    });

    function orderOf(account: Address, lines: object[] = [line("tea", 10, "100000")]) {
      orders += 1;
      return { orderRef: `o-${engine}-${orders}`, account, placedAt: shop.clock.seconds(), lines };
    }

    async function place(account: Address, lines?: object[]): Promise<string> {
      const order = orderOf(account, lines);
      const { status, body } = await shop.post("orders", order, shop.keys.till);
      expect(status, JSON.stringify(body)).to.equal(201);
      return order.orderRef;
    }

    const eventNames = async (account: Address): Promise<string[]> => {
      const rows = await shop.rooms.db
        .selectFrom("loyalty_event" as never)
        .selectAll()
        .orderBy("seq" as never)
        .execute();
      return (rows as { name: string; data: { account?: string } }[])
        .filter(({ data }) => data.account === account)
        .map(({ name }) => name);
    };

    it("keeps points pending for the return window, then issues them under the order's ref and the rules' hash", async () => {
      const account = newAccount();
      const orderRef = await place(account);
      const before = await shop.get(`orders/${orderRef}`);
      expect(before.earnings[0]).to.include({
        state: "pending",
        points: "100000",
        ref: `earn:${orderRef}:${rulesHash.slice(2, 18)}`,
        rulesHash,
      });
      await shop.settle();
      expect((await shop.onChain(account)).balance).to.equal(0n);
      shop.clock.pass(WINDOW);
      await shop.settle();
      expect((await shop.onChain(account)).balance).to.equal(100_000n);
      const after = await shop.get(`orders/${orderRef}`);
      expect(after.earnings[0]).to.include({ state: "issued", pointsIssued: "100000" });
      expect(await eventNames(account)).to.deep.equal(["points.pending", "points.issued"]);
    });

    it("issues less when goods come back before, and takes back what comes back afterwards", async () => {
      const account = newAccount();
      const orderRef = await place(account);
      const back = (returnRef: string, quantity: number, paidFen: string) =>
        shop.post(`orders/${orderRef}/returns`, { returnRef, lines: [{ sku: "tea", quantity, paidFen }] });
      expect((await back("r1", 2, "20000")).body.earnings[0].points).to.equal("80000");
      shop.clock.pass(WINDOW);
      await shop.settle();
      expect((await shop.onChain(account)).balance).to.equal(80_000n);
      expect((await back("r2", 3, "30000")).status).to.equal(201);
      await shop.settle();
      expect((await shop.onChain(account)).balance).to.equal(50_000n);
      const again = await back("r2", 3, "30000");
      expect([again.status, again.body.keptFen]).to.deep.equal([200, "50000"]);
      expect((await back("r2", 1, "30000")).body.code).to.equal("return_exists");
      expect((await back("r3", 6, "10")).body.code).to.equal("return_exceeds_order");
      expect((await back("r3", 5, "50000")).status).to.equal(201);
      await shop.settle();
      expect(await shop.onChain(account)).to.deep.equal({ balance: 0n, debt: 0n });
      const { earnings } = await shop.get(`orders/${orderRef}`);
      expect(earnings[0]).to.include({ state: "reversed", pointsIssued: "80000", pointsReversed: "80000" });
      expect(DAY).to.be.greaterThan(0);
    });
  });
