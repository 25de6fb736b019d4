/** One key, one effect: on both engines, for commands, customers and keys, also when a hundred twins come at once. */
import { expect } from "chai";
import type { Rooms } from "../../src/commands/rooms.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Store } from "../../src/store/database.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { insertMerchant } from "../support/ledger-rows.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

const TWINS = 100;
const customer = `0x${"a".repeat(40)}`;

for (const engine of ENGINES)
  describe(`a write happens once (${engine})`, () => {
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let till: string;
    let token: string;
    let issues = 0;

    before(async function () {
      this.timeout(180_000);
      store = await freshStore(engine);
      rooms = await roomsOn(store, NO_NODE);
      await rooms.signers.create({ purpose: "till", merchantId: 1 });
      token = await insertMerchant(rooms.db, 1, await rooms.signers.create({ purpose: "controller" }));
      till = await keyFor(rooms, "till", { merchantId: 1 });
      api = await startApi(rooms, allRoutes, { gate: { merchantOfToken: (one) => merchantIdOfToken(rooms, one) } });
    });
    after(async () => {
      await api.close();
      await store.close();
    });

    const issueBody = (orderRef: string, points = "100") => ({ items: [{ to: customer, points, orderRef }] });
    function issue(key: string, body: object, init: { key?: string; raw?: string } = {}): Promise<Answered> {
      const headers = { "idempotency-key": key };
      const sent = init.raw === undefined ? { body } : { raw: init.raw };
      return api.ask("POST", `/v1/points/${token}/issues`, { key: init.key ?? till, headers, ...sent });
    }
    const commandCount = async () => (await rooms.db.selectFrom("command").select("id").execute()).length;

    it("gives the first result again for the same key and body, whatever the spacing and order of fields", async () => {
      const first = await issue("same", issueBody("o-1"));
      const raw = `{ "items" : [ {"orderRef":"o-1", "points":"100", "to":"${customer}"} ] }`;
      const again = await issue("same", {}, { raw });
      expect(again.body).to.deep.equal(first.body);
      expect([first.headers.get("idempotency-replayed"), again.headers.get("idempotency-replayed")]).to.deep.equal([
        null,
        "true",
      ]);
    });

    it("refuses the same key with another body, or for another address", async () => {
      await issue("reused", issueBody("o-2"));
      const other = await issue("reused", issueBody("o-2", "101"));
      expect([other.status, other.body.code]).to.deep.equal([422, "idempotency_key_reused"]);
      const headers = { "idempotency-key": "reused" };
      const elsewhere = await api.ask("POST", `/v1/points/${token}/issues/reverse`, {
        key: till,
        headers,
        body: { orderRef: "o-2", points: "1" },
      });
      expect([elsewhere.status, elsewhere.body.code]).to.deep.equal([422, "idempotency_key_reused"]);
    });

    it("keeps the keys of two organisations apart", async () => {
      const other = await keyFor(rooms, "till", { merchantId: 1, organisation: "another" });
      const [mine, theirs] = [
        await issue("shared", issueBody("o-3")),
        await issue("shared", issueBody("o-4"), { key: other }),
      ];
      expect([mine.status, theirs.status]).to.deep.equal([202, 202]);
      expect(mine.body.id).to.not.equal(theirs.body.id);
    });

    it("refuses an order that was accepted before under any key", async () => {
      const answer = await issue("new key", issueBody("o-1"));
      expect([answer.status, answer.body.code]).to.deep.equal([409, "order_already_issued"]);
    });

    it(`makes one command of ${TWINS} twins that come at once`, async () => {
      const before = await commandCount();
      issues += 1;
      const twins = await Promise.all(
        Array.from({ length: TWINS }, () => issue(`twins-${issues}`, issueBody("o-twins"))),
      );
      expect(new Set(twins.map(({ status }) => status))).to.deep.equal(new Set([202]));
      expect(new Set(twins.map(({ body }) => String(body.id))).size).to.equal(1);
      expect((await commandCount()) - before).to.equal(1);
    });

    it("makes one customer of 20 twins, and refuses the same reference under another key", async () => {
      const create = (key: string) =>
        api.ask("POST", "/v1/customers", {
          key: till,
          headers: { "idempotency-key": key },
          body: { externalRef: "m-1" },
        });
      const twins = await Promise.all(Array.from({ length: 20 }, () => create("customer")));
      expect(new Set(twins.map(({ status, body }) => `${status} ${String(body.id)}`)).size).to.equal(1);
      const again = await create("customer again");
      expect([again.status, again.body.code]).to.deep.equal([409, "customer_exists"]);
      const shown = await api.ask("GET", `/v1/customers/${String(twins[0]!.body.id)}`, { key: till });
      expect(shown.body).to.deep.equal(twins[0]!.body);
    });

    it("waits as long as it is asked to, and no longer", async () => {
      const startedAt = performance.now();
      const answer = await api.ask("POST", `/v1/points/${token}/issues`, {
        key: till,
        headers: { prefer: "wait=1" },
        body: issueBody("o-wait"),
      });
      expect(answer.status).to.equal(202);
      // Not as long as the most that can be asked for, 30 s.
      expect(performance.now() - startedAt).to.be.within(900, 25_000);
    });
  });
