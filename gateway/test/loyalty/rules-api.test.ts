/** Rules through the API and on a real chain: draft, preview, publish, in force, and what is refused. */
import { readFile } from "node:fs/promises";
import { expect } from "chai";
import { Contract, keccak256, toUtf8Bytes } from "ethers";
import { sql } from "kysely";
import { ruleBooks } from "../../src/chain/contracts.ts";
import { findRules, findRulesVersion } from "../../src/commands/loyalty/find-rules.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Outbox } from "../../src/outbox/worker.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { settleRules } from "../../src/routines/settle-rules.ts";
import type { Store } from "../../src/store/database.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { sharedLedger } from "../support/ledger.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { insertMerchant } from "../support/ledger-rows.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { roomsOn } from "../support/world.ts";

const WAIT = { prefer: "wait=30" };
const name = { zh: "购物返积分", en: "Points for purchases" };
const base = (bps: number): object => ({ id: "base", name, rate: { kind: "percent", bps } });
const gift = {
  id: "first",
  name: { zh: "首单礼", en: "Welcome" },
  rate: { kind: "fixed", points: "10000" },
  firstPurchaseOnly: true,
};
const book = (bps: number): object => ({ rules: [base(bps), gift] });

after(stopShared);

for (const engine of ENGINES)
  describe(`a merchant's rules (${engine})`, function () {
    this.timeout(120_000);
    let ledger: TestLedger;
    let shop: TestMerchant;
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let outbox: Outbox;
    let key: string;

    before(async () => {
      ledger = await sharedLedger();
      shop = await ledger.addMerchant();
      store = await freshStore(engine);
      rooms = await roomsOn(store);
      const controller = await rooms.signers.importKey(shop.controllerKey, {
        purpose: "controller",
        merchantId: shop.id,
      });
      await insertMerchant(rooms.db, shop.id, controller);
      key = await keyFor(rooms, "merchant", { merchantId: shop.id });
      outbox = startOutbox(rooms, { processId: `rules-${engine}` });
      api = await startApi(rooms, allRoutes, { gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) } });
    });
    after(async () => {
      await api.close();
      await outbox.stop();
      await store.close();
    });

    const at = (rest: string): string => `/v1/merchants/${shop.id}/rules${rest}`;
    const draft = (body: object): Promise<Answered> => api.ask("PUT", at("/draft"), { key, body });
    const publish = (rulesHash: string): Promise<Answered> =>
      api.ask("POST", at("/publish"), { key, body: { rulesHash }, headers: WAIT });
    const events = async (): Promise<object[]> =>
      await rooms.db
        .selectFrom("loyalty_event" as never)
        .select(["name", "data"] as never)
        .execute();

    it("has none at first, and says so", async () => {
      expect((await api.ask("GET", at(""))).body).to.deep.equal({ inForce: null, items: [] });
      expect((await api.ask("GET", at("/draft"), { key })).body.code).to.equal("rules_draft_missing");
      expect((await publish(`0x${"11".repeat(32)}`)).body.code).to.equal("rules_draft_missing");
      expect((await api.ask("GET", at("/1"))).status).to.equal(404);
      await findRules(rooms.db, shop.id).then(
        () => expect.fail("there are rules"),
        (error: unknown) => expect(error).to.have.property("code", "rules_missing"),
      );
    });

    it("keeps a draft with its defaults filled in, whose hash anybody recomputes", async () => {
      const { status, body } = await draft(book(100));
      expect(status).to.equal(200);
      expect(body.document.returnWindowSeconds).to.equal(604_800);
      const sorted = (value: unknown): unknown =>
        Array.isArray(value)
          ? value.map(sorted)
          : typeof value === "object" && value !== null
            ? Object.fromEntries(
                Object.entries(value)
                  .sort(([a], [b]) => (a < b ? -1 : 1))
                  .map(([k, v]) => [k, sorted(v)]),
              )
            : value;
      expect(keccak256(toUtf8Bytes(JSON.stringify(sorted(body.document))))).to.equal(body.rulesHash);
      // The same rules in another order of fields and with their defaults are the same rules.
      const again = await draft({ tasks: [], ...(body.document as object) });
      expect(again.body).to.deep.equal(body);
    });

    it("previews it: figures, where they are from, and what stands against it", async () => {
      const { status, body } = await api.ask("POST", at("/preview"), {
        key,
        body: { outlook: { averageOrderFen: "10000" } },
      });
      expect(status).to.equal(200);
      expect(body.isPublishable).to.equal(true);
      expect(body.figures).to.include({ orderPoints: "10000", firstOrderPoints: "20000", rewardBps: 100 });
      expect(body.sources).to.include({ averageOrderFen: "given", grossMarginBps: "assumed" });
      expect(body.inForce).to.equal(null);
    });

    it("publishes what was checked, not what was written meanwhile", async () => {
      const checked = (await draft(book(100))).body.rulesHash as string;
      const { rulesHash: written } = (await draft(book(200))).body as { rulesHash: string };
      const refused = await publish(checked);
      expect(refused.status).to.equal(409);
      expect(refused.body).to.deep.include({ code: "rules_draft_changed" });
      expect(refused.body.facts).to.deep.equal({ draftHash: written, rulesHash: checked });
    });

    it("is in force once its hash is on the chain, is told of once, and stays as it was published", async () => {
      const { rulesHash, document } = (await draft(book(100))).body as { rulesHash: string; document: object };
      const published = await publish(rulesHash);
      expect(published.status, JSON.stringify(published.body)).to.equal(200);
      expect(published.body.state).to.equal("confirmed");
      const anchors = new Contract(ledger.deployment.contracts.ruleBooks, ruleBooks, ledger.provider);
      expect(await anchors.getFunction("rulesHashOf")(shop.id, 1)).to.equal(rulesHash);

      const inForce = await findRules(rooms.db, shop.id);
      expect(inForce).to.deep.include({ version: 1, rulesHash });
      while (await settleRules.run(rooms));
      await settleRules.run(rooms);
      const told = (await events()).filter((one) => (one as { name: string }).name === "rules.published");
      expect(told).to.have.length(1);
      expect(told[0]).to.have.nested.property("data.rulesHash", rulesHash);

      await draft(book(300));
      const { body } = await api.ask("GET", at("/1"));
      expect(body).to.deep.include({ version: 1, rulesHash, state: "published", document });
      expect((await api.ask("GET", at(""))).body.inForce).to.deep.equal(body);
    });

    it("publishes a second version beside the first, and an order finds the one it was placed under", async () => {
      const { rulesHash } = (await draft(book(300))).body as { rulesHash: string };
      expect((await publish(rulesHash)).body.state).to.equal("confirmed");
      expect((await findRules(rooms.db, shop.id)).version).to.equal(2);
      const first = await findRulesVersion(rooms.db, shop.id, 1);
      expect(first.book.rules[0]?.rate).to.deep.equal({ kind: "percent", bps: 100 });
      const versions = (await api.ask("GET", at(""))).body.items as { version: number }[];
      expect(versions.map(({ version }) => version)).to.deep.equal([2, 1]);
      const { body } = await api.ask("POST", at("/preview"), { key, body: { document: book(100) } });
      expect(body.inForce).to.have.nested.property("figures.rewardBps", 300);
    });

    it("refuses the very rules that are in force", async () => {
      const { rulesHash } = (await draft(book(300))).body as { rulesHash: string };
      const refused = await publish(rulesHash);
      expect([refused.status, refused.body.code]).to.deep.equal([409, "rules_unchanged"]);
    });

    it("refuses rules that an error stands against, with the first of them in both languages", async () => {
      const promising = { ...base(100), name: { zh: "积分增值计划", en: "Points that grow" } };
      const { rulesHash } = (await draft({ rules: [promising] })).body as { rulesHash: string };
      const { status, body } = await publish(rulesHash);
      expect([status, body.code, body.facts.findingCode]).to.deep.equal([
        422,
        "rules_rejected",
        "promises_appreciation",
      ]);
      expect(body.detail).to.match(/«增值»/);
      expect(body.detailZh).to.match(/“增值”/);
      expect((await findRules(rooms.db, shop.id)).version).to.equal(2);
    });

    it("publishes one at a time: of two requests at once one wins and the other is told to wait", async () => {
      const { rulesHash } = (await draft(book(150))).body as { rulesHash: string };
      const answers = await Promise.all([publish(rulesHash), publish(rulesHash)]);
      expect(answers.filter(({ status }) => status < 300)).to.have.length(1);
      expect(answers.find(({ status }) => status >= 300)?.body.code).to.be.oneOf([
        "rules_publishing",
        "rules_unchanged",
      ]);
      expect((await findRules(rooms.db, shop.id)).version).to.equal(3);
    });

    it("makes room again when the chain refuses a version", async () => {
      const { rulesHash } = (await draft(book(175))).body as { rulesHash: string };
      const { body } = await publish(rulesHash);
      await rooms.db
        .updateTable("command")
        .set({ state: "failed" })
        .where("id", "=", body.id as string)
        .execute();
      expect((await findRules(rooms.db, shop.id)).version).to.equal(3);
      await settleRules.run(rooms);
      const rows = await rooms.db.selectFrom("loyalty_rules").select("version").where("version", "=", 4).execute();
      expect(rows).to.deep.equal([]);
    });

    it("refuses a negative amount by name and keeps the draft as it was", async () => {
      const before = (await draft(book(120))).body as object;
      const { status, body } = await draft({ rules: [{ ...base(1), caps: { perOrder: "-5" } }] });
      expect([status, body.code]).to.deep.equal([400, "request_invalid"]);
      expect(body.facts.field).to.match(/rules.0.caps.perOrder/);
      expect((await api.ask("GET", at("/draft"), { key })).body).to.deep.equal(before);
    });

    it("does what the merchants' guide says, word for word", async () => {
      const guide = await readFile(new URL("../../../docs/guides/loyalty/rules.md", import.meta.url), "utf8");
      const samples = [...guide.matchAll(/```sh\n(curl[^`]*)```/g)].map(([, text]) =>
        (text ?? "").replaceAll("\\\n", " "),
      );
      expect(samples).to.have.length(4);
      let rulesHash = "";
      for (const sample of samples) {
        const path = (/"\$LEDGER([^"]*)"/.exec(sample)?.[1] ?? "").replace("$ID", String(shop.id));
        const method = /-X (\w+)/.exec(sample)?.[1] ?? "GET";
        const quoted = /-d '([^']*)'/.exec(sample)?.[1] ?? /-d "(.*)"\s*$/.exec(sample)?.[1]?.replaceAll('\\"', '"');
        const raw = quoted?.replace("$RULES_HASH", rulesHash);
        const headers = { "content-type": "application/json", ...(/wait=/.test(sample) ? WAIT : {}) };
        const answer = await api.ask(method, path, { key, headers, ...(raw === undefined ? {} : { raw }) });
        expect(answer.status, `${sample} ${JSON.stringify(answer.body)}`).to.equal(200);
        rulesHash = (answer.body as { rulesHash?: string }).rulesHash ?? rulesHash;
      }
      expect((await findRules(rooms.db, shop.id)).rulesHash).to.equal(rulesHash);
    });

    it("previews on the grounds of the shop's own orders, points and prizes once there are enough", async () => {
      const now = Math.floor(rooms.clock.now() / 1000);
      const lines = JSON.stringify([
        {
          sku: "tea",
          category: "drinks",
          isFreight: false,
          quantity: 1,
          paidFen: "20000",
          keptQuantity: 1,
          keptFen: "20000",
        },
      ]);
      for (let index = 0; index < 40; index += 1) {
        // An hour short of ten days, so that the test may take its time.
        const placedAt = now - 10 * 86_400 + 3_600 + index * 20_000;
        // The last four were cancelled, or wait for a person: they say nothing of the trade.
        const [state, isGood] = index >= 38 ? ["cancelled", true] : ["placed", index < 36];
        await sql`insert into loyalty_order (merchant_id, order_ref, account, content_hash, placed_at, received_at, rules_version, rules_hash, facts, lines, paid_fen, kept_fen, is_first, is_good, state)
          values (${shop.id}, ${`past-${index}`}, '0x1', '', ${placedAt}, ${placedAt}, 1, '', '{}'::jsonb, ${lines}::jsonb, 20000, 20000, ${index % 4 === 0}, ${isGood}, ${state})`.execute(
          rooms.db,
        );
      }
      await rooms.db
        .updateTable("point_token")
        .set({ issued: "1000", redeemed: "150", expired: "50" })
        .where("merchant_id", "=", shop.id)
        .execute();
      const goods = {
        merchant_id: shop.id,
        name_zh: "杯",
        name_en: "cup",
        per_customer_max: null,
        per_customer_seconds: null,
        accept_within_seconds: 60,
        connector_ref: null,
        updated_at: new Date(0).toISOString(),
      };
      await rooms.db
        .insertInto("goods")
        .values([
          { ...goods, sku: "gone", points: "5", stock: 0, is_open: true },
          { ...goods, sku: "closed", points: "6", stock: null, is_open: false },
          { ...goods, sku: "cup", points: "40000", stock: 3, is_open: true },
          { ...goods, sku: "pot", points: "20000", stock: null, is_open: true },
        ])
        .execute();
      const { body } = await api.ask("POST", at("/preview"), { key, body: { document: book(100) } });
      expect(body.orders).to.deep.equal({ count: 36, source: "history" });
      expect(body.outlook).to.deep.include({
        averageOrderFen: "20000",
        ordersPerDay: 4,
        newCustomersPerMonth: 27,
        usedBps: 7_500,
        prizes: ["20000", "40000"],
      });
      expect(body.sources).to.deep.include({
        averageOrderFen: "history",
        ordersPerDay: "history",
        usedBps: "history",
        prizes: "history",
        grossMarginBps: "assumed",
      });
      expect(body.figures).to.deep.include({ orderPoints: "20000", firstOrderPoints: "30000" });
    });

    it("is another merchant's business to nobody, but everybody may read what was published", async () => {
      const rival = await keyFor(rooms, "merchant", { merchantId: shop.id + 1_000 });
      expect((await api.ask("PUT", at("/draft"), { key: rival, body: book(1) })).status).to.equal(404);
      expect((await api.ask("GET", at("/draft"), { key: rival })).status).to.equal(404);
      const auditor = await keyFor(rooms, "auditor");
      expect((await api.ask("PUT", at("/draft"), { key: auditor, body: book(1) })).status).to.equal(403);
      expect((await api.ask("GET", at("/1"))).status).to.equal(200);
    });
  });
