/** Tasks, friends, and what the guards object to, over the API and on a real chain. */
import { expect } from "chai";
import type { Address } from "../../src/kernel/ids.ts";
import type { Task } from "../../src/loyalty/rule-book.ts";
import { advance, isPayable, subjectsOf } from "../../src/loyalty/tasks.ts";
import type { ReferralParts } from "../../src/loyalty/referral.ts";
import { referralParts } from "../../src/loyalty/referral.ts";
import { daysOfMonth, localDay } from "../../src/loyalty/usage.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import type { Fen } from "../../src/kernel/ids.ts";
import type { Store } from "../../src/store/database.ts";
import type { Answered } from "../support/api.ts";
import type { LoyaltyShop } from "../support/loyalty-shop.ts";
import { DAY, ONE_PERCENT, WINDOW, lineOf, newAccount, openShop } from "../support/loyalty-shop.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";

after(stopShared);

const name = { zh: "任务", en: "task" };
const TASKS = [
  { id: "sign-in", name, kind: "daily", steps: ["sign-in"], points: "100" },
  { id: "profile", name, kind: "once", steps: ["profile"], points: "500" },
  { id: "share", name, kind: "repeatable", steps: ["share"], points: "50", perDayMax: 3, budget: "200" },
  { id: "funnel", name, kind: "funnel", steps: ["look", "cart", "buy"], points: "1000", perDayMax: 2 },
  { id: "review", name, kind: "funnel", steps: ["buy", "review"], points: "300", perDayMax: 5 },
];
const BOOK = {
  returnWindowSeconds: WINDOW,
  rules: [ONE_PERCENT],
  tasks: TASKS,
  referral: { referrerPoints: "2000", friendPoints: "1000", minimumFen: "5000", perMonthMax: 2 },
  guards: { ordersPerHourMax: 1_000, eventsPerMinuteMax: 1_000 },
};

describe("tasks, step by step", () => {
  const funnel = parseBook(BOOK).tasks[3] as Task;
  const table: readonly (readonly [number, string, number | undefined])[] = [
    [0, "look", 1],
    [0, "cart", undefined],
    [1, "look", undefined],
    [1, "cart", 2],
    [2, "buy", 0],
  ];
  for (const [before, event, after] of table)
    it(`${event} after ${before} steps ${after === undefined ? "changes nothing" : `makes ${after}`}`, () => {
      expect(advance(funnel, before, event)?.stepsDone).to.equal(after);
    });

  it("pay once for ever, once a day, or as often a day as they say", () => {
    const paid = (kind: Task["kind"], today: number, ever: number) => isPayable({ ...funnel, kind }, { today, ever });
    expect([paid("once", 0, 0), paid("once", 0, 1)]).to.deep.equal([true, false]);
    expect([paid("daily", 0, 9), paid("daily", 1, 1)]).to.deep.equal([true, false]);
    expect([paid("funnel", 1, 9), paid("funnel", 2, 9)]).to.deep.equal([true, false]);
  });

  it("follow each article, and a purchase any", () => {
    expect(subjectsOf(funnel, "look", ["a"])).to.deep.equal(["a"]);
    expect(subjectsOf(funnel, "look", [])).to.deep.equal([""]);
    expect(subjectsOf(funnel, "buy", ["a", "b", "a"])).to.deep.equal(["a", "b", ""]);
  });
});

const partsOf = ({ referrer, friend }: ReferralParts): bigint[] => [referrer, friend];

describe("what a friend is worth", () => {
  const { referral } = parseBook(BOOK);
  it("is nothing below the least order, both parts above, and only the friend's when the month is full", () => {
    const parts = (fen: number, paid: number) => partsOf(referralParts(referral, BigInt(fen) as Fen, paid));
    expect(parts(4_999, 0)).to.deep.equal([0n, 0n]);
    expect(parts(5_000, 0)).to.deep.equal([2_000n, 1_000n]);
    expect(parts(5_000, 2)).to.deep.equal([0n, 1_000n]);
    expect(partsOf(referralParts(undefined, 9_999n as Fen, 0))).to.deep.equal([0n, 0n]);
  });

  it("counts months as the merchant's calendar has them", () => {
    const day = localDay(Date.UTC(2028, 1, 29, 20) / 1000, 28_800);
    const { from, until } = daysOfMonth(day);
    expect([from, until].map((one) => new Date(one * DAY * 1000).toISOString().slice(0, 10))).to.deep.equal([
      "2028-03-01",
      "2028-04-01",
    ]);
  });
});

describe("tasks, friends and objections at a shop", function () {
  this.timeout(240_000);
  let store: Store;
  let shop: LoyaltyShop;
  let events = 0;

  before(async () => {
    store = await freshStore("embedded");
    shop = await openShop(store, "tasks");
    await shop.publish(BOOK);
  });
  after(async () => {
    await shop.close();
    await store.close();
  });

  function tell(account: Address, event: string, more: object = {}): Promise<Answered> {
    events += 1;
    return shop.post("events", { eventRef: `e-${events}`, account, name: event, at: shop.clock.seconds(), ...more });
  }
  const pendingOf = async (account: Address): Promise<string> =>
    (await shop.get(`members/${account}`)).points.pending as string;
  const buy = (account: Address, sku = "tea"): Promise<string> => shop.place(account, [lineOf(sku, 1, "10000")]);
  interface TaskView {
    readonly taskId: string;
    readonly stepsDone: number;
  }
  const taskOf = async (account: Address, taskId: string): Promise<TaskView | undefined> =>
    ((await shop.get(`members/${account}`)).tasks as TaskView[]).find((task) => task.taskId === taskId);

  it("pays a daily task once a day, one for ever once, a repeatable one to its limit and budget", async () => {
    const account = newAccount();
    for (let day = 0; day < 2; day += 1) {
      for (const event of ["sign-in", "sign-in", "profile", "share", "share", "share", "share"])
        await tell(account, event);
      shop.clock.pass(DAY);
    }
    // 2 × 100, 500, and of 6 × 50 the budget's 200.
    expect(await pendingOf(account)).to.equal("900");
    await shop.settle();
    expect((await shop.onChain(account)).balance).to.equal(900n);
    expect(await taskOf(account, "profile")).to.include({ paidEver: 1, paidToday: 0 });
    const names = (await shop.eventsOf(account)).map((event) => event.name);
    expect(names.filter((one) => one === "task.completed")).to.have.length(7);
  });

  it("pays a funnel when its steps come in order, and for the article that they are about", async () => {
    const account = newAccount();
    await tell(account, "cart", { sku: "cake" });
    await tell(account, "look", { sku: "cake" });
    await buy(account, "cake");
    expect(await pendingOf(account)).to.equal("10000");
    await tell(account, "cart", { sku: "cake" });
    await buy(account, "tea");
    expect(await pendingOf(account)).to.equal("20000");
    expect((await taskOf(account, "funnel"))?.stepsDone).to.equal(2);
    await buy(account, "cake");
    expect(await pendingOf(account)).to.equal("31000");
  });

  it("takes a task back with the order that was a step of it", async () => {
    const account = newAccount();
    for (const event of ["look", "cart"]) await tell(account, event);
    const orderRef = await buy(account);
    await tell(account, "review", { sku: "tea" });
    expect(await pendingOf(account)).to.equal("11300");
    await shop.post(`orders/${orderRef}/confirm`);
    await shop.settle();
    expect((await shop.onChain(account)).balance).to.equal(11_300n);
    await shop.post(`orders/${orderRef}/returns`, {
      returnRef: "r",
      lines: [{ sku: "tea", quantity: 1, paidFen: "10000" }],
    });
    await shop.settle();
    expect(await shop.onChain(account)).to.deep.equal({ balance: 0n, debt: 0n });
    await tell(account, "review", { sku: "tea" });
    expect(await pendingOf(account)).to.equal("0");
  });

  it("pays both when a friend's first order matures, up to so many friends a month, and takes both back with it", async () => {
    const referrer = newAccount();
    expect((await shop.post("members", { account: referrer })).status).to.equal(201);
    const friends = [newAccount(), newAccount(), newAccount()];
    const refs: string[] = [];
    for (const friend of friends) {
      expect((await shop.post("members", { account: friend, referrer })).status).to.equal(201);
      refs.push(await buy(friend));
    }
    expect(await pendingOf(referrer)).to.equal("4000");
    shop.clock.pass(WINDOW);
    await shop.settle();
    expect((await shop.onChain(referrer)).balance).to.equal(4_000n);
    expect((await shop.onChain(friends[2]!)).balance).to.equal(11_000n);
    expect((await shop.eventsOf(referrer)).filter((event) => event.name === "referral.earned")).to.have.length(2);
    const lines = [{ sku: "tea", quantity: 1, paidFen: "10000" }];
    await shop.post(`orders/${refs[0]!}/returns`, { returnRef: "r", lines });
    await shop.settle();
    expect((await shop.onChain(referrer)).balance).to.equal(2_000n);
    expect((await shop.onChain(friends[0]!)).balance).to.equal(0n);
    expect((await shop.get(`members/${referrer}`)).friends).to.deep.equal({ joined: 3, paidThisMonth: 1 });
  });

  it("lets nobody bring herself, a stranger bring anybody, or who brought her be changed", async () => {
    const [one, other, member] = [newAccount(), newAccount(), newAccount()];
    const join = (account: Address, referrer?: Address) =>
      shop.post("members", { account, ...(referrer && { referrer }) });
    expect((await join(one, one)).body.code).to.equal("referrer_unfit");
    expect((await join(one, other)).body.code).to.equal("referrer_unfit");
    await join(member);
    expect((await join(one, member)).status).to.equal(201);
    expect((await join(one, member)).status).to.equal(200);
    expect((await join(one)).body.code).to.equal("member_exists");
  });

  it("keeps what the guards object to, pays nothing, and does as a person decides", async () => {
    const own = newAccount();
    await shop.publish({ ...BOOK, guards: { ...BOOK.guards, ownAccounts: [own] } });
    const refs = [await buy(own), await buy(own)];
    for (const ref of refs) await shop.post(`orders/${ref}/confirm`);
    await shop.settle();
    expect((await shop.onChain(own)).balance).to.equal(0n);
    expect((await shop.get(`members/${own}`)).points).to.include({ pending: "0", objected: "20000" });
    const { items } = await shop.get("objections");
    const [second, first] = items as { earningId: string; objections: { code: string }[] }[];
    expect(first?.objections[0]?.code).to.equal("self_dealing");
    const decide = (id: string | undefined, decision: string, key = shop.keys.merchant) =>
      shop.post(`earnings/${id ?? "0"}/decision`, { decision, reason: "A tasting" }, key);
    expect((await decide(first?.earningId, "pay", shop.keys.till)).status).to.equal(403);
    expect((await decide(first?.earningId, "pay")).body.state).to.equal("moving");
    expect((await decide(second?.earningId, "refuse")).body.state).to.equal("refused");
    expect((await decide(first?.earningId, "pay")).status).to.equal(200);
    expect((await decide(first?.earningId, "refuse")).body.code).to.equal("earning_decided");
    await shop.settle();
    expect((await shop.onChain(own)).balance).to.equal(10_000n);
    expect((await shop.get("objections")).items).to.deep.equal([]);
    expect((await shop.eventsOf(own)).map((event) => event.name)).to.include("points.refused");
    await shop.publish(BOOK);
  });
});
