/** Every event reaches every endpoint that wants it: signed, tried again, recorded, and once whoever sends it. */
import { expect } from "chai";
import { Webhook } from "standardwebhooks";
import type { Rooms } from "../../src/commands/rooms.ts";
import { webhooksRoutes } from "../../src/http/routes/loyalty/webhooks.ts";
import { openOutward } from "../../src/outward/outward.ts";
import { ANYWHERE, PUBLIC_ONLY } from "../../src/outward/policy.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { LoyaltyEventName } from "../../src/kernel/loyalty-events.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";
import { insertLoyaltyEvent, insertLoyaltyEvents } from "../../src/store/loyalty-events.ts";
import { takeDeliveries } from "../../src/store/webhook-deliveries.ts";
import type { Dispatcher, DispatcherOptions } from "../../src/webhooks/dispatcher.ts";
import { startDispatcher } from "../../src/webhooks/dispatcher.ts";
import { PAUSES_MS, pauseAfter } from "../../src/webhooks/schedule.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import type { Received, Receiver } from "../support/receiver.ts";
import { startReceiver } from "../support/receiver.ts";
import { stopShared } from "../support/shared.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { until } from "../support/until.ts";

after(stopShared);

interface Delivery {
  readonly id: string;
  readonly state: string;
  readonly deliveredAt: number | null;
  readonly attempts: {
    number: number;
    at: number;
    status: number | null;
    problem: string | null;
    answer: string | null;
  }[];
}

const HOUR = 3_600_000;
const FAST = { lookMs: 10, pauses: [10, 10] } as const satisfies DispatcherOptions;

describe("the schedule of webhooks", () => {
  it("tries ten times over three and a half days, each pause up to a tenth longer by chance", () => {
    expect(PAUSES_MS.map((_, index) => pauseAfter(index + 1, 0))).to.deep.equal(PAUSES_MS);
    expect(pauseAfter(PAUSES_MS.length + 1, 0)).to.equal(undefined);
    expect(pauseAfter(1, 1)).to.equal(5_500);
    const days = PAUSES_MS.reduce((sum, pause) => sum + pause, 0) / HOUR / 24;
    expect(days).to.be.within(3, 3.5);
  });
});

for (const engine of ENGINES)
  describe(`webhooks on ${engine}`, function () {
    this.timeout(120_000);
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let key: string;
    let merchant = 0;
    let events = 0;
    let ahead = 0;
    const receivers: Receiver[] = [];
    const running: Dispatcher[] = [];

    before(async () => {
      store = await freshStore(engine);
      rooms = {
        db: store.db,
        signers: await openSigners(store.db, "a passphrase of the tests"),
        outward: openOutward(ANYWHERE),
        clock: { ...wallClock, now: () => Date.now() + ahead },
        log: silentLog,
      } as unknown as Rooms;
      api = await startApi(rooms, webhooksRoutes);
    });
    beforeEach(async () => {
      merchant += 1;
      ahead = 0;
      key = await keyFor(rooms, "merchant", { merchantId: merchant });
    });
    afterEach(async () => {
      await Promise.all(receivers.splice(0).map((receiver) => receiver.close()));
      await Promise.all(running.splice(0).map((dispatcher) => dispatcher.stop()));
    });
    after(async () => {
      await api.close();
      await rooms.outward.close();
      await store.close();
    });

    const at = (path: string): string => `/v1/merchants/${merchant}${path}`;
    const post = (path: string, body?: object, headers?: Record<string, string>): Promise<Answered> =>
      api.ask("POST", at(path), {
        key,
        ...(body === undefined ? {} : { body }),
        ...(headers === undefined ? {} : { headers }),
      });
    const get = (path: string): Promise<Answered> => api.ask("GET", at(path), { key });
    function start(options: DispatcherOptions = FAST): void {
      running.push(startDispatcher(rooms, options));
    }
    async function receive(
      answer: (got: Received, count: number) => number | Promise<number> = () => 204,
    ): Promise<Receiver> {
      const receiver = await startReceiver(answer);
      receivers.push(receiver);
      return receiver;
    }
    async function tell(name: LoyaltyEventName = "points.issued", data: object = { points: "12050" }): Promise<string> {
      events += 1;
      const event = { merchantId: merchant, name, key: `event ${events}`, data: { ...data }, now: rooms.clock.now() };
      await store.db.transaction().execute((tx) => insertLoyaltyEvent(tx, event));
      return event.key;
    }
    async function register(url: string, more: object = {}): Promise<{ id: string; secret: string }> {
      const made = await post("/webhooks", { url, ...more });
      expect(made.status).to.equal(201);
      return { id: made.body.webhook.id, secret: made.body.secret };
    }
    async function deliveriesOf(id: string, state = ""): Promise<Delivery[]> {
      const answer = await get(`/webhooks/${id}/deliveries${state === "" ? "" : `?state=${state}`}`);
      return answer.body.items as Delivery[];
    }
    async function firstOf(id: string, state = ""): Promise<Delivery> {
      const [first] = await deliveriesOf(id, state);
      return first ?? expect.fail("nothing was to be delivered");
    }
    async function isSettled(id: string, count: number): Promise<boolean> {
      const all = await deliveriesOf(id);
      return all.length === count && all.every(({ state }) => state !== "waiting");
    }

    it("tells each endpoint the events it asked for, once, in a message that any library of the standard verifies", async () => {
      const receiver = await receive();
      const all = await register(`${receiver.url}/all`);
      const some = await register(`${receiver.url}/some`, { events: ["points.expiring"] });
      const said = await tell("points.issued", { points: "12050", orderRef: "o-1" });
      await tell("points.expiring", { points: "5" });
      const again = { merchantId: merchant, name: "points.issued", key: said, data: {}, now: 0 } as const;
      await insertLoyaltyEvent(store.db, again);
      start();
      await until("both are told", async () => (await isSettled(all.id, 2)) && (await isSettled(some.id, 1)));
      const paths = receiver.received.map(({ path }) => path).sort();
      expect(paths).to.deep.equal(["/all", "/all", "/some"]);
      for (const { path, headers, body } of receiver.received) {
        const secret = path === "/all" ? all.secret : some.secret;
        const message = new Webhook(secret).verify(body, headers as Record<string, string>) as Record<string, unknown>;
        expect(message).to.include({ merchantId: merchant }).and.have.keys("type", "timestamp", "merchantId", "data");
        const other = path === "/all" ? some.secret : all.secret;
        expect(() => new Webhook(other).verify(body, headers as Record<string, string>)).to.throw();
        expect(() => new Webhook(secret).verify(`${body} `, headers as Record<string, string>)).to.throw();
      }
      const listed = (await get("/loyalty-events")).body.items as { id: string }[];
      const ids = new Set(receiver.received.map(({ headers }) => headers["webhook-id"]));
      expect(new Set(listed.map(({ id }) => id))).to.deep.equal(ids);
      expect((await get("/loyalty-events?event=points.issued&limit=1")).body.items[0].data).to.deep.equal({
        points: "12050",
        orderRef: "o-1",
      });
    });

    it("writes no delivery when what the event tells of is undone", async () => {
      const receiver = await receive();
      const { id } = await register(receiver.url);
      await store.db
        .transaction()
        .execute(async (tx) => {
          await insertLoyaltyEvent(tx, {
            merchantId: merchant,
            name: "points.issued",
            key: "undone",
            data: {},
            now: 0,
          });
          throw new Error("undone");
        })
        .catch(() => {});
      expect(await deliveriesOf(id)).to.deep.equal([]);
    });

    it("tries again with the same id and bytes, and keeps what came of every attempt", async () => {
      const receiver = await receive((_got, count) => [500, 302, 200][count - 1] ?? 200);
      const { id } = await register(receiver.url);
      await tell();
      start();
      await until("it is delivered", () => isSettled(id, 1));
      const delivery = await firstOf(id);
      const summary = delivery.attempts.map((one: Record<string, unknown>) => [
        one["number"],
        one["status"],
        one["answer"],
      ]);
      expect(summary).to.deep.equal([
        [1, 500, "seen"],
        [2, 302, "seen"],
        [3, 200, "seen"],
      ]);
      expect([delivery.state, delivery.deliveredAt]).to.deep.equal(["delivered", delivery.attempts[2]?.at]);
      expect(
        new Set(receiver.received.map(({ headers, body }) => `${String(headers["webhook-id"])} ${body}`)).size,
      ).to.equal(1);
    });

    it("gives up after the last try, and begins again when the merchant asks: the same request twice is one", async () => {
      let status = 503;
      const receiver = await receive(() => status);
      const { id } = await register(receiver.url);
      await tell();
      start();
      await until("it is dead", async () => (await deliveriesOf(id, "dead")).length === 1);
      expect(receiver.received).to.have.length(3);
      status = 200;
      const dead = await firstOf(id);
      const headers = { "idempotency-key": "once more" };
      const renewed = await post(`/deliveries/${dead.id}/redeliver`, undefined, headers);
      expect([renewed.status, renewed.body.state]).to.deep.equal([200, "waiting"]);
      await until("it is delivered", () => isSettled(id, 1));
      expect((await post(`/deliveries/${dead.id}/redeliver`, undefined, headers)).body.state).to.equal("delivered");
      const delivery = await firstOf(id, "delivered");
      expect(delivery.attempts.map(({ number }) => number)).to.deep.equal([1, 2, 3, 4]);
    });

    it("names why nobody answered: an attempt without a status has its problem", async () => {
      const receiver = await receive();
      await receiver.close();
      receivers.splice(0);
      const { id } = await register(receiver.url);
      await tell();
      start({ ...FAST, pauses: [] });
      await until("it is dead", async () => (await deliveriesOf(id, "dead")).length === 1);
      const { attempts } = await firstOf(id);
      expect(attempts[0]).to.include({ status: null, answer: null });
      expect(attempts[0]?.problem).to.match(/outward_unreachable.*ECONNREFUSED/);
    });

    it("signs with the old secret for a day after a rotation, and with the new one alone after that", async () => {
      const receiver = await receive();
      const { id, secret: old } = await register(receiver.url);
      const headers = { "idempotency-key": `rotate ${engine}` };
      const rotated = await post(`/webhooks/${id}/rotate-secret`, undefined, headers);
      const fresh: string = rotated.body.secret;
      expect(fresh)
        .to.match(/^whsec_/)
        .and.not.equal(old);
      expect((await post(`/webhooks/${id}/rotate-secret`, undefined, headers)).body.secret).to.equal(null);
      start();
      await tell();
      await until("the first is told", () => isSettled(id, 1));
      ahead = 25 * HOUR;
      await tell();
      await until("the second is told", () => isSettled(id, 2));
      const [first, second] = receiver.received;
      const opens = (secret: string, got: Received | undefined): boolean => {
        try {
          // The second was sent "tomorrow": what is judged here is the signature.
          const { headers: given, body } = got!;
          const sent = new Date(Number(given["webhook-timestamp"]) * 1000);
          const mine = new Webhook(secret).sign(String(given["webhook-id"]), sent, body);
          return String(given["webhook-signature"]).split(" ").includes(mine);
        } catch {
          return false;
        }
      };
      expect([opens(old, first), opens(fresh, first), opens(old, second), opens(fresh, second)]).to.deep.equal([
        true,
        true,
        false,
        true,
      ]);
    });

    it("leaves a receiver alone that answers 410, until its URL is registered again", async () => {
      let status = 410;
      const receiver = await receive(() => status);
      const { id } = await register(receiver.url);
      await tell();
      start();
      await until("it is off", async () => (await get("/webhooks")).body.items[0].state === "disabled");
      await tell();
      const dead = await firstOf(id);
      const refused = await post(`/deliveries/${dead.id}/redeliver`);
      expect([refused.status, refused.body.code]).to.deep.equal([409, "webhook_disabled"]);
      status = 200;
      const again = await post("/webhooks", { url: receiver.url });
      expect([again.body.webhook.state, again.body.webhook.id, again.body.secret]).to.deep.equal(["active", id, null]);
      await post(`/deliveries/${dead.id}/redeliver`);
      await until("it is told", () => isSettled(id, 1));
      expect(receiver.received).to.have.length(2);
    });

    it("sends again what a process took and did not finish: the cut attempt stays in the record", async () => {
      const receiver = await receive();
      const { id } = await register(receiver.url);
      await tell();
      const taking = { leaseMs: 60_000, limit: 5, perEndpoint: 5, busy: new Map<string, number>() };
      // A process that ends here has written the attempt down and sent nothing.
      expect((await takeDeliveries(store.db, { ...taking, now: Date.now() })).taken).to.have.length(1);
      expect((await takeDeliveries(store.db, { ...taking, now: Date.now() })).taken).to.have.length(0);
      ahead = 61_000;
      start();
      await until("another sends it", () => isSettled(id, 1));
      const { attempts } = await firstOf(id);
      expect(attempts.map(({ status }) => status)).to.deep.equal([null, 204]);
    });

    it("shares 100 events among three processes: each is told once", async () => {
      const receiver = await receive();
      const { id } = await register(receiver.url);
      for (let count = 0; count < 100; count += 1) await tell();
      for (let count = 0; count < 3; count += 1) start();
      await until(
        "all are told",
        async () => receiver.received.length >= 100 && (await deliveriesOf(id, "waiting")).length === 0,
      );
      expect(new Set(receiver.received.map(({ headers }) => headers["webhook-id"])).size).to.equal(100);
      expect(receiver.received).to.have.length(100);
    });

    it("drains a queue at the speed of its receiver, not of its looks: four at once, the next when one is done", async () => {
      let [now, most] = [0, 0];
      const receiver = await receive(async () => {
        most = Math.max(most, (now += 1));
        await wallClock.sleep(1);
        now -= 1;
        return 204;
      });
      const { id } = await register(receiver.url);
      for (let count = 0; count < 60; count += 1) await tell();
      // A look a minute: everything after the first four comes of places that became free.
      start({ lookMs: 60_000 });
      await until(
        "all are told",
        async () => (await get(`/webhooks/${id}/deliveries?limit=60&state=delivered`)).body.items.length === 60,
      );
      expect(most).to.be.within(2, 4);
    });

    it("lets no long queue of one receiver be a wait for another", async () => {
      const receiver = await receive();
      const long = await register(`${receiver.url}/long`, { events: ["points.issued"] });
      await register(`${receiver.url}/short`, { events: ["points.expiring"] });
      const many = Array.from({ length: 400 }, (_, index) => ({
        merchantId: merchant,
        name: "points.issued" as const,
        key: `long ${engine} ${index}`,
        data: {},
        now: Date.now() - 60_000,
      }));
      await insertLoyaltyEvents(store.db, many);
      await tell("points.expiring");
      start();
      const isShortTold = (): boolean => receiver.received.some(({ path }) => path === "/short");
      await until("the short queue is told", isShortTold);
      expect(receiver.received.length).to.be.lessThan(100);
      await api.ask("DELETE", at(`/webhooks/${long.id}`), { key });
    });

    it("lets no receiver that hangs hold up another one", async () => {
      let letGo = (): void => {};
      const gate = new Promise<void>((resolve) => (letGo = resolve));
      const slow = await receive(() => gate.then(() => 200));
      const quick = await receive();
      const hanging = await register(slow.url, { events: ["points.issued"] });
      const prompt = await register(quick.url, { events: ["points.expiring"] });
      for (let count = 0; count < 40; count += 1) await tell("points.issued");
      await tell("points.expiring");
      start();
      await until("the other is told", () => isSettled(prompt.id, 1));
      expect(slow.received.length).to.be.at.most(4);
      letGo();
      await until("then the slow one too", () => isSettled(hanging.id, 40));
    });

    it("stops only when what is under way has been written down", async () => {
      const receiver = await receive(async () => {
        await wallClock.sleep(100);
        return 200;
      });
      const { id } = await register(receiver.url);
      await tell();
      start();
      await until("it arrives", () => receiver.received.length === 1);
      await Promise.all(running.splice(0).map((dispatcher) => dispatcher.stop()));
      expect((await firstOf(id)).state).to.equal("delivered");
    });

    it("registers a URL once: the same request gives it without its secret, another is refused by name", async () => {
      const body = {
        url: "http://127.0.0.1:9/hook",
        label: "back office",
        events: ["points.issued", "task.completed"],
      };
      const first = await post("/webhooks", body);
      const again = await post("/webhooks", { ...body, events: ["task.completed", "points.issued", "points.issued"] });
      expect([again.status, again.body.webhook, again.body.secret]).to.deep.equal([201, first.body.webhook, null]);
      const other = await post("/webhooks", { ...body, events: ["points.issued"] });
      expect([other.status, other.body.code]).to.deep.equal([409, "webhook_exists"]);
      const list = await get("/webhooks");
      expect(list.body.items).to.deep.equal([first.body.webhook]);
      const rows = await store.db.selectFrom("webhook_endpoint").selectAll().execute();
      const secret = Buffer.from(String(first.body.secret).slice(6), "base64");
      for (const row of rows) expect(Buffer.from(row.secret).includes(secret)).to.equal(false);
      for (let count = 1; count < 20; count += 1) await register(`http://127.0.0.1:9/hook/${count}`);
      const tooMany = await post("/webhooks", { url: "http://127.0.0.1:9/one-more" });
      expect([tooMany.status, tooMany.body.code]).to.deep.equal([409, "webhooks_too_many"]);
    });

    it("tells nothing to an endpoint that was deleted, which may then be made anew", async () => {
      const receiver = await receive();
      const { id } = await register(receiver.url);
      await tell();
      expect((await api.ask("DELETE", at(`/webhooks/${id}`), { key })).body).to.deep.equal({ deleted: true });
      expect((await api.ask("DELETE", at(`/webhooks/${id}`), { key })).body.code).to.equal("not_found");
      await tell();
      const anew = await register(receiver.url);
      await tell();
      start();
      await until("the new one is told", () => isSettled(anew.id, 1));
      expect(receiver.received).to.have.length(1);
    });

    it("shows a merchant nothing of another's", async () => {
      const { id } = await register("http://127.0.0.1:9/mine");
      await tell();
      const delivery = await firstOf(id);
      const mine = merchant;
      const stranger = await keyFor(rooms, "merchant", { merchantId: 9_000, organisation: "stranger" });
      const theirs = [
        ["GET", `/v1/merchants/${mine}/webhooks`],
        ["GET", `/v1/merchants/9000/webhooks/${id}/deliveries`],
        ["DELETE", `/v1/merchants/9000/webhooks/${id}`],
        ["POST", `/v1/merchants/9000/webhooks/${id}/rotate-secret`],
        ["POST", `/v1/merchants/9000/deliveries/${delivery.id}/redeliver`],
        ["GET", `/v1/merchants/${mine}/loyalty-events`],
      ] as const;
      for (const [method, path] of theirs)
        expect((await api.ask(method, path, { key: stranger })).body.code, path).to.equal("not_found");
    });

    it("takes no private address when the gateway serves strangers", async () => {
      const strict = { ...rooms, outward: openOutward(PUBLIC_ONLY) };
      const closed = await startApi(strict, webhooksRoutes);
      for (const url of [
        "http://shop.example.com/",
        "https://127.0.0.1/",
        "https://localhost/",
        "https://[::1]/",
        "nonsense",
      ]) {
        const answer = await closed.ask("POST", at("/webhooks"), { key, body: { url } });
        expect([answer.status, answer.body.code], url).to.deep.equal([422, "outward_refused"]);
      }
      const taken = await closed.ask("POST", at("/webhooks"), { key, body: { url: "https://shop.example.com/hook" } });
      expect(taken.status).to.equal(201);
      await closed.close();
      await strict.outward.close();
      expect((await get("/webhooks")).body.items).to.have.length(1);
    });
  });
