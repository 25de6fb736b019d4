/** What orders earn, over the API and on a real chain: pending, issued, taken back, whatever comes in whatever order. */
import { expect } from "chai";
import { randomUUID } from "node:crypto";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import type { Store } from "../../src/store/database.ts";
import type { LoyaltyShop } from "../support/loyalty-shop.ts";
import { DAY, ONE_PERCENT, WINDOW, lineOf, newAccount, openShop } from "../support/loyalty-shop.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES, freshStore } from "../support/stores.ts";

after(stopShared);

for (const engine of ENGINES)
  describe(`orders and what they earn (${engine})`, function () {
    this.timeout(240_000);
    let store: Store;
    let shop: LoyaltyShop;
    let rulesHash: Hex32;

    before(async () => {
      store = await freshStore(engine);
      shop = await openShop(store, `orders-${engine}`);
      rulesHash = await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT] });
    });
    after(async () => {
      await shop.close();
      await store.close();
    });

    const back = (orderRef: string, returnRef: string, quantity: number, paidFen: string) =>
      shop.post(`orders/${orderRef}/returns`, { returnRef, lines: [{ sku: "tea", quantity, paidFen }] });

    async function balanceOf(account: Address): Promise<bigint> {
      const { balance, debt } = await shop.onChain(account);
      return balance - debt;
    }

    it("keeps points pending for the return window, then issues them under the order's ref and the rules' hash", async () => {
      const account = newAccount();
      const orderRef = await shop.place(account, [
        lineOf("tea", 10, "100000"),
        lineOf("post", 1, "900", { isFreight: true }),
      ]);
      const before = await shop.get(`orders/${orderRef}`);
      const ref = `earn:${orderRef}:${rulesHash.slice(2, 18)}`;
      expect(before.earnings[0]).to.include({ state: "pending", points: "100000", ref, rulesHash, rulesVersion: 1 });
      await shop.settle();
      expect(await balanceOf(account)).to.equal(0n);
      shop.clock.pass(WINDOW);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(100_000n);
      expect((await shop.get(`orders/${orderRef}`)).earnings[0]).to.include({
        state: "issued",
        pointsIssued: "100000",
      });
      const events = await shop.eventsOf(account);
      expect(events.map(({ name }) => name)).to.deep.equal(["points.pending", "points.issued"]);
      expect(events[1]?.data).to.include({ points: "100000", rulesVersion: 1, rulesHash, ref });
    });

    it("issues less when goods come back before, and takes back what comes back afterwards", async () => {
      const account = newAccount();
      const orderRef = await shop.place(account);
      expect((await back(orderRef, "r1", 2, "20000")).body.earnings[0].points).to.equal("80000");
      shop.clock.pass(WINDOW);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(80_000n);
      expect((await back(orderRef, "r2", 3, "30000")).status).to.equal(201);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(50_000n);
      const again = await back(orderRef, "r2", 3, "30000");
      expect([again.status, again.body.keptFen]).to.deep.equal([200, "50000"]);
      expect((await back(orderRef, "r3", 5, "50000")).status).to.equal(201);
      await shop.settle();
      expect(await shop.onChain(account)).to.deep.equal({ balance: 0n, debt: 0n });
      const { earnings } = await shop.get(`orders/${orderRef}`);
      expect(earnings[0]).to.include({ state: "reversed", pointsIssued: "80000", pointsReversed: "80000" });
    });

    it("takes back no more than there is, however many returns come at the same moment", async () => {
      const orderRef = await shop.place(newAccount());
      const answers = await Promise.all([1, 2, 3, 4].map((one) => back(orderRef, `r${one}`, 4, "40000")));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([201, 201, 422, 422]);
      expect((await shop.get(`orders/${orderRef}`)).keptFen).to.equal("20000");
    });

    it("books as lapsed what had expired before it could be taken back", async () => {
      const orderRef = await shop.place(newAccount());
      await shop.post(`orders/${orderRef}/confirm`);
      await shop.settle();
      await back(orderRef, "years-later", 10, "100000");
      const { earningId } = (await shop.get(`orders/${orderRef}`)).earnings[0] as { earningId: string };
      // The contract's answer as the outbox keeps it; the chain of the tests is not old enough to give it.
      const commandId = randomUUID();
      const about = { organisation: "routine", idempotency_key: commandId, request_hash: rulesHash, kind: "reverse" };
      const failed = { state: "failed", error_code: "MerchantPointIssueExpired" } as const;
      await store.db
        .insertInto("command")
        .values({ ...about, ...failed, id: commandId, merchant_id: null, error_facts: null, settled_at: new Date() })
        .execute();
      await store.db
        .updateTable("earning")
        .set({ ask_kind: "reverse", ask_points: "100000", ask_key: "k", command_id: commandId, wake_ms: "0" })
        .where("id", "=", earningId)
        .execute();
      await shop.settle();
      expect((await shop.get(`orders/${orderRef}`)).earnings[0]).to.include({
        state: "reversed",
        pointsLapsed: "100000",
        problem: null,
      });
    });

    it("makes a debt of what was spent before the goods came back, and nets it from the next order", async () => {
      const [account, other] = [newAccount(), newAccount()];
      const orderRef = await shop.place(account);
      await shop.post(`orders/${orderRef}/confirm`);
      await shop.settle();
      await shop.spend(account, other, 90_000n);
      await back(orderRef, "all", 10, "100000");
      await shop.settle();
      expect(await shop.onChain(account)).to.deep.equal({ balance: 0n, debt: 90_000n });
      const next = await shop.place(account);
      await shop.post(`orders/${next}/confirm`);
      await shop.settle();
      expect(await shop.onChain(account)).to.deep.equal({ balance: 10_000n, debt: 0n });
    });

    it("takes back what comes back while it is being issued", async () => {
      const account = newAccount();
      const orderRef = await shop.place(account);
      await shop.post(`orders/${orderRef}/confirm`);
      await shop.look();
      expect((await shop.get(`orders/${orderRef}`)).earnings[0].state).to.equal("moving");
      await back(orderRef, "all", 10, "100000");
      await shop.settle();
      expect(await balanceOf(account)).to.equal(0n);
    });

    it("matures at once when the shop confirms, and never again: twice is once", async () => {
      const account = newAccount();
      const orderRef = await shop.place(account);
      for (const state of ["confirmed", "confirmed"])
        expect((await shop.post(`orders/${orderRef}/confirm`)).body.state).to.equal(state);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(100_000n);
      expect((await shop.post(`orders/${orderRef}/cancel`)).body.code).to.equal("order_state");
    });

    it("gives nothing for a cancelled order, and cancels once", async () => {
      const account = newAccount();
      const orderRef = await shop.place(account);
      for (const state of ["cancelled", "cancelled"])
        expect((await shop.post(`orders/${orderRef}/cancel`)).body.state).to.equal(state);
      shop.clock.pass(WINDOW);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(0n);
      expect((await shop.post(`orders/${orderRef}/confirm`)).body.code).to.equal("order_state");
      expect((await back(orderRef, "late", 1, "1")).body.code).to.equal("order_state");
      expect((await shop.eventsOf(account)).map(({ name }) => name)).to.deep.equal([
        "points.pending",
        "points.cancelled",
      ]);
    });

    it("answers the same order the same, and refuses another one of its name", async () => {
      const order = shop.orderOf(newAccount());
      expect((await shop.post("orders", order)).status).to.equal(201);
      const again = await shop.post("orders", order);
      expect([again.status, again.headers.get("idempotency-replayed")]).to.deep.equal([200, "true"]);
      const other = await shop.post("orders", { ...order, lines: [lineOf("tea", 9, "100000")] });
      expect([other.status, other.body.code]).to.deep.equal([409, "order_exists"]);
      const foreign = await shop.post("orders", { ...order, account: newAccount() });
      expect([foreign.status, foreign.body.code]).to.deep.equal([409, "order_exists"]);
    });

    it("books one order once, however many tills send it at the same moment", async () => {
      const account = newAccount();
      const order = shop.orderOf(account);
      const answers = await Promise.all(Array.from({ length: 12 }, () => shop.post("orders", order, shop.keys.till)));
      expect(answers.map(({ status }) => status).sort()).to.deep.equal([...Array<number>(11).fill(200), 201]);
      await shop.post(`orders/${order.orderRef}/confirm`);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(100_000n);
    });

    it("never exceeds a cap, however many orders come at the same moment, and gives room back with returns", async () => {
      const capped = { ...ONE_PERCENT, caps: { perCustomerDay: "250000", budget: "400000" } };
      await shop.publish({ returnWindowSeconds: WINDOW, rules: [capped] });
      const [one, other] = [newAccount(), newAccount()];
      const orders = [one, one, one, one, other, other, other, other].map((account) => shop.orderOf(account));
      await Promise.all(orders.map((order) => shop.post("orders", order)));
      const earned = async (account: Address): Promise<bigint> =>
        BigInt((await shop.get(`members/${account}`)).points.pending as string);
      const [first, second] = [await earned(one), await earned(other)];
      expect(first <= 250_000n && second <= 250_000n).to.equal(true);
      expect(first + second).to.equal(400_000n);
      const items = (await shop.get(`orders?account=${one}`)).items as {
        orderRef: string;
        earnings: { points: string }[];
      }[];
      const full = items.find((order) => order.earnings[0]?.points === "100000");
      await back(full?.orderRef ?? "", "all", 10, "100000");
      expect((await earned(one)) + (await earned(other))).to.equal(300_000n);
      await shop.place(newAccount());
      expect((await shop.get("earning-books")).items[0].source).to.equal("order");
      await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT] });
    });

    it("answers a return by the rules that the order was placed under", async () => {
      const account = newAccount();
      const double = { ...ONE_PERCENT, id: "double", rate: { kind: "percent", bps: 200 } };
      const orderRef = await shop.place(account);
      await shop.publish({ returnWindowSeconds: WINDOW, rules: [double] });
      const { body } = await back(orderRef, "half", 5, "50000");
      expect(body.earnings[0]).to.include({ points: "50000", pointsFirst: "100000" });
      await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT] });
    });

    it("lifts a customer to a tier by what it kept of matured orders, and multiplies from then on", async () => {
      const name = { zh: "级", en: "tier" };
      const tiers = [
        { id: "all", name, fromFen: "0", multiplierBps: 10_000 },
        { id: "gold", name, fromFen: "150000", multiplierBps: 20_000 },
      ];
      await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT], tiers });
      const account = newAccount();
      const refs = [await shop.place(account), await shop.place(account)];
      expect((await shop.get(`members/${account}`)).nextTier.missingFen).to.equal("150000");
      for (const ref of refs) await shop.post(`orders/${ref}/confirm`);
      expect((await shop.get(`members/${account}`)).tier.id).to.equal("gold");
      const third = await shop.place(account);
      expect((await shop.get(`orders/${third}`)).earnings[0].points).to.equal("200000");
      await back(refs[0] ?? "", "all", 10, "100000");
      expect((await shop.get(`members/${account}`)).tier.id).to.equal("all");
      shop.clock.pass(366 * DAY);
      expect((await shop.get(`members/${account}`)).spentFen).to.equal("0");
      await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT] });
    });

    it("waits for the shop alone where the rules say so", async () => {
      await shop.publish({ returnWindowSeconds: WINDOW, maturesBy: "action", rules: [ONE_PERCENT] });
      const account = newAccount();
      const orderRef = await shop.place(account);
      shop.clock.pass(89 * DAY);
      await shop.settle();
      expect((await shop.get(`orders/${orderRef}`)).earnings[0]).to.include({ state: "pending", maturesAt: null });
      await shop.post(`orders/${orderRef}/confirm`);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(100_000n);
      await shop.publish({ returnWindowSeconds: WINDOW, rules: [ONE_PERCENT] });
    });

    it("gives points by hand, once, with the reason in the event", async () => {
      const account = newAccount();
      const grant = { grantRef: `sorry-${account}`, account, points: "500", reason: "The soup was cold" };
      expect((await shop.post("grants", grant)).status).to.equal(201);
      expect((await shop.post("grants", grant)).status).to.equal(200);
      expect((await shop.post("grants", { ...grant, points: "501" })).body.code).to.equal("grant_exists");
      expect((await shop.post("grants", grant, shop.keys.till)).status).to.equal(403);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(500n);
      expect((await shop.eventsOf(account))[0]?.data["reason"]).to.equal("The soup was cold");
    });

    it("tells of a stuck issue why it waits, and issues it when the cause is gone", async () => {
      const account = newAccount();
      const orderRef = await shop.place(account);
      await shop.freeze(account, true);
      await shop.post(`orders/${orderRef}/confirm`);
      await shop.lookUntil(async () => (await shop.get(`orders/${orderRef}`)).earnings[0].problem !== null);
      const { problem, state } = (await shop.get(`orders/${orderRef}`)).earnings[0];
      expect([problem.code, state]).to.deep.equal(["MerchantPointAccountFrozen", "moving"]);
      expect(problem.zh).to.match(/[\u4e00-\u9fff]/);
      await shop.freeze(account, false);
      shop.clock.pass(10);
      await shop.settle();
      expect(await balanceOf(account)).to.equal(100_000n);
    });
  });
