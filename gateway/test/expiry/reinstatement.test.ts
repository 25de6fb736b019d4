/** Points expire on a real chain, and their merchant gives them back: an act on record, never more than expired. */
import { expect } from "chai";
import { Contract } from "ethers";
import { merchantPoint } from "../../src/chain/contracts.ts";
import { settleReinstatements } from "../../src/commands/expiry/reinstate.ts";
import { tellExpiry } from "../../src/commands/expiry/tell-expiry.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Indexer } from "../../src/indexer/start.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import type { EpochRule } from "../../src/kernel/calendar.ts";
import { epochAt, expiryOf, startOfEpoch } from "../../src/kernel/calendar.ts";
import type { Outbox } from "../../src/outbox/worker.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import type { Store } from "../../src/store/database.ts";
import { readCursor } from "../../src/store/ledger-cursor.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import type { TestMerchant } from "../support/ledger.ts";
import { startLedger } from "../support/ledger.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";
import { until } from "../support/until.ts";
import { roomsOn } from "../support/world.ts";

after(stopShared);

const DAY = 86_400;
/** Of the merchants that `addMerchant` makes. */
const RULE: EpochRule = { calendar: "year", utcOffsetSeconds: 28_800 };

describe("points given back after they expired", function () {
  this.timeout(240_000);
  let ledger: Awaited<ReturnType<typeof startLedger>>;
  let store: Store;
  let rooms: Rooms;
  let api: Api;
  let outbox: Outbox;
  let indexer: Indexer;
  let shop: TestMerchant;
  let key: string;
  let till: string;
  let refs = 0;
  /** What the story's customers got, and lost. */
  let lost: { customerId: string; account: string; epoch: number };
  let neighbour: { customerId: string; account: string };

  before(async () => {
    ledger = await startLedger();
    shop = await ledger.addMerchant({ tills: 1, dailyLimit: 1_000n });
    store = await freshStore("postgresql");
    rooms = await roomsOn(store, ledger.url, ledger);
    await rooms.signers.importKey(shop.controllerKey, { purpose: "controller", merchantId: shop.id });
    for (const tillKey of shop.tillKeys)
      await rooms.signers.importKey(tillKey, { purpose: "till", merchantId: shop.id });
    const organisation = "shop";
    key = await keyFor(rooms, "merchant", { merchantId: shop.id, organisation });
    till = await keyFor(rooms, "till", { merchantId: shop.id, organisation });
    outbox = startOutbox(rooms, { processId: "reinstatement" });
    indexer = startIndexer(rooms, { processId: "reinstatement" });
    api = await startApi(rooms, allRoutes, { gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) } });
  });
  after(async () => {
    await api.close();
    await indexer.stop();
    await outbox.stop();
    await store.close();
    await ledger.stop();
  });

  const at = (path: string): string => `/v1/merchants/${shop.id}${path}`;
  const get = (path: string): Promise<Answered> => api.ask("GET", path, { key });
  const now = async (): Promise<number> => (await readCursor(store.db))?.timestamp ?? 0;
  const balanceOf = (account: string): Promise<bigint> =>
    new Contract(shop.token, merchantPoint, ledger.provider).getFunction("balanceOf")(account) as Promise<bigint>;

  async function travelTo(time: number): Promise<void> {
    const head = await ledger.provider.send("eth_getBlockByNumber", ["latest", false]);
    const seconds = time - Number(head.timestamp);
    await ledger.provider.send("evm_increaseTime", [seconds]);
    await ledger.provider.send("evm_mine", []);
    await until("the read side has come so far", async () => (await now()) >= time);
  }
  async function customerWith(points: bigint): Promise<{ customerId: string; account: string }> {
    const made = await api.ask("POST", "/v1/customers", { key: till, body: {} });
    const { id: customerId, address: account } = made.body as { id: string; address: string };
    refs += 1;
    const items = [{ to: account, points: String(points), orderRef: `order-${refs}` }];
    const body = { items };
    const issued = await api.ask("POST", `/v1/points/${shop.token}/issues`, {
      key: till,
      headers: { prefer: "wait=30" },
      body,
    });
    expect(issued.body.state).to.equal("confirmed");
    return { customerId, account };
  }
  function give(body: object, headers: Record<string, string> = { prefer: "wait=30" }): Promise<Answered> {
    return api.ask("POST", at("/reinstatements"), { key, headers, body });
  }
  const story = (more: object = {}): object => ({
    reinstatementRef: "complaint-1",
    customerId: lost.customerId,
    epoch: lost.epoch,
    points: "600",
    reason: "Shop was closed in the last week",
    ...more,
  });

  it("come after a notice: the last day's, and a calendar that said so all along", async () => {
    const customer = await customerWith(1_000n);
    lost = {
      ...customer,
      epoch: epochAt(RULE, await ledger.provider.getBlock("latest").then((block) => block?.timestamp ?? 0)),
    };
    const end = expiryOf(RULE, lost.epoch);
    // The next day: the till may issue again.
    await travelTo((await ledger.provider.getBlock("latest"))!.timestamp + DAY);
    neighbour = await customerWith(900n);
    await until(
      "it is indexed",
      async () => (await get(`/v1/accounts/${neighbour.account}/expiries`)).body.items.length === 1,
    );
    const calendar = await get(`/v1/accounts/${lost.account}/expiries`);
    expect(calendar.body.items[0]).to.include({ epoch: lost.epoch, expiresAt: end, merchantId: shop.id });
    await travelTo(end - DAY);
    while (await tellExpiry(rooms));
    const told = await get(at("/expiry-notices"));
    const notices = told.body.items as { account: string; days: number; points: string }[];
    expect(notices.map(({ account, days, points }) => [account, days, points])).to.have.deep.members([
      [lost.account, 1, "1000"],
      [neighbour.account, 1, "900"],
    ]);
    await travelTo(end);
    expect(await balanceOf(lost.account)).to.equal(0n);
    const after = await get(`/v1/accounts/${lost.account}/expiries`);
    expect(after.body.items).to.deep.equal([]);
    const [lapse] = after.body.lapsed;
    expect([lapse.epoch, lapse.points.amount, lapse.reinstated.amount, lapse.expiredAt]).to.deep.equal([
      lost.epoch,
      "1000",
      "0",
      end,
    ]);
  });

  it("are issued on the chain with a short new life, on record with who, when and why", async () => {
    const given = await give(story());
    expect([given.status, given.body.state, given.body.kind]).to.deep.equal([200, "confirmed", "reinstate"]);
    expect(await balanceOf(lost.account)).to.equal(600n);
    const item = await store.db
      .selectFrom("issue_item" as never)
      .select("order_ref" as never)
      .where("points" as never, "=", "600" as never)
      .execute();
    expect(item).to.deep.equal([{ order_ref: "reinstate:complaint-1" }]);
    while (await settleReinstatements(rooms));
    const [row] = (await get(at("/reinstatements"))).body.items;
    const present = epochAt(RULE, await now());
    expect(row).to.include({
      account: lost.account,
      epoch: lost.epoch,
      points: "600",
      state: "issued",
      askedBy: "shop",
    });
    expect([row.intoEpoch, row.expiresAt]).to.deep.equal([present - 2, startOfEpoch(RULE, present + 2)]);
    expect(row.keyId).to.match(/^[0-9a-f]{16}$/);
    const [event] = (await get(at("/loyalty-events?event=points.reinstated"))).body.items;
    expect(event.data).to.include({
      reinstatementRef: "complaint-1",
      points: "600",
      reason: "Shop was closed in the last week",
    });
    await settleReinstatements(rooms);
    expect((await get(at("/loyalty-events?event=points.reinstated"))).body.items).to.have.length(1);
    const [lapse] = (await get(`/v1/accounts/${lost.account}/expiries`)).body.lapsed;
    expect(lapse.reinstated.amount).to.equal("600");
  });

  it("are given once: the same name and content is the same act, another content is refused", async () => {
    const again = await give(story());
    expect([again.status, again.headers.get("idempotency-replayed")]).to.deep.equal([200, "true"]);
    for (const other of [{ points: "1" }, { reason: "another" }, { lives: 1 }, { epoch: lost.epoch - 1 }]) {
      const refused = await give(story(other));
      expect([refused.status, refused.body.code], JSON.stringify(other)).to.deep.equal([409, "reinstatement_exists"]);
    }
    expect(await balanceOf(lost.account)).to.equal(600n);
  });

  it("never exceed what expired of that account and epoch, also when several acts come at once", async () => {
    const cases = [
      story({ reinstatementRef: "too-much", points: "401" }),
      story({ reinstatementRef: "other-epoch", epoch: lost.epoch - 1, points: "1" }),
      story({ reinstatementRef: "nobody", customerId: undefined, account: `0x${"d".repeat(40)}`, points: "1" }),
    ];
    for (const body of cases) {
      const refused = await give(body);
      expect([refused.status, refused.body.code]).to.deep.equal([422, "reinstatement_exceeds"]);
    }
    const asked = Array.from({ length: 8 }, (_, index) =>
      give(story({ reinstatementRef: `at-once-${index}`, points: "150" }), {}),
    );
    const codes = (await Promise.all(asked)).map(({ status }) => status).sort();
    // 400 are left: 150 twice.
    expect(codes).to.deep.equal([202, 202, 422, 422, 422, 422, 422, 422]);
    await until("both are issued", async () => (await balanceOf(lost.account)) === 900n);
    while (await settleReinstatements(rooms));
  });

  it("leave what a failed act would have taken: the till's day is used up, and the next one may give it", async () => {
    const { customerId } = neighbour;
    const failed = await give(story({ reinstatementRef: "on-a-full-day", customerId, points: "900" }));
    expect(failed.body.state, JSON.stringify(failed.body)).to.equal("failed");
    await settleReinstatements(rooms);
    const [row] = (await get(at("/reinstatements"))).body.items;
    expect([row.reinstatementRef, row.state]).to.deep.equal(["on-a-full-day", "failed"]);
    await travelTo((await now()) + DAY);
    const given = await give(story({ reinstatementRef: "the-day-after", customerId, points: "900" }));
    expect(given.body.state).to.equal("confirmed");
    expect(await balanceOf(neighbour.account)).to.equal(900n);
  });

  it("are refused by name when the request is wrong, and nothing is stored", async () => {
    const before = await store.db.selectFrom("reinstatement").select("seq").execute();
    const wrong: [object, number][] = [
      [{ points: "0" }, 400],
      [{ points: "-5" }, 400],
      [{ points: "1.5" }, 400],
      [{ points: 5 }, 400],
      [{ epoch: -1 }, 400],
      [{ lives: 0 }, 400],
      [{ lives: 5 }, 400],
      [{ reason: "" }, 400],
      [{ reinstatementRef: "with space" }, 400],
      [{ reinstatementRef: "x".repeat(101) }, 400],
      [{ account: lost.account }, 400],
      [{ customerId: undefined }, 400],
      [{ customerId: "0b9f4c1e-6f0c-4f0e-8f54-0d6c4fd6a001" }, 404],
      [{ more: "fields" }, 400],
    ];
    for (const [change, status] of wrong) {
      const answer = await give(story({ reinstatementRef: "wrong", ...change }));
      expect(answer.status, JSON.stringify(change)).to.equal(status);
    }
    expect(await store.db.selectFrom("reinstatement").select("seq").execute()).to.have.length(before.length);
    const stranger = await keyFor(rooms, "merchant", { merchantId: shop.id + 1, organisation: "stranger" });
    const foreign = await api.ask("POST", at("/reinstatements"), {
      key: stranger,
      body: story({ reinstatementRef: "foreign" }),
    });
    expect(foreign.body.code).to.equal("not_found");
  });
});
