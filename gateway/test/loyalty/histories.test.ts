/**
 * Random histories on a real chain: orders, returns, cancellations, tasks, friends, points sent away, duplicates, and a
 * routine that ends between its steps. However they run, the books end equal to the chain, and giving everything back
 * leaves nothing of what was bought.
 */
import { expect } from "chai";
import type { Rooms } from "../../src/commands/rooms.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { matureEarnings } from "../../src/routines/mature-earnings.ts";
import type { Store } from "../../src/store/database.ts";
import type { LoyaltyShop } from "../support/loyalty-shop.ts";
import { DAY, ONE_PERCENT, WINDOW, lineOf, newAccount, openShop } from "../support/loyalty-shop.ts";
import type { Random } from "../support/samples.ts";
import { pick, seededRandom } from "../support/samples.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";

after(stopShared);

const CUSTOMERS = 8;
const STEPS = 12;
const SEED = Number(process.env["HISTORY_SEED"] ?? 20_261_123);

const name = { zh: "任务", en: "task" };
const BOOK = {
  returnWindowSeconds: WINDOW,
  rules: [
    ONE_PERCENT,
    {
      ...ONE_PERCENT,
      id: "first",
      rate: { kind: "fixed", points: "5000" },
      firstPurchaseOnly: true,
      minimumFen: "2000",
    },
    { ...ONE_PERCENT, id: "tea", rate: { kind: "perPiece", points: "70" }, caps: { perCustomerDay: "400" } },
  ],
  tasks: [
    { id: "sign-in", name, kind: "daily", steps: ["sign-in"], points: "100" },
    { id: "funnel", name, kind: "funnel", steps: ["look", "buy"], points: "900", perDayMax: 3 },
    { id: "review", name, kind: "funnel", steps: ["buy", "review"], points: "300", perDayMax: 3 },
  ],
  referral: { referrerPoints: "2000", friendPoints: "1000", minimumFen: "3000", perMonthMax: 5 },
  caps: { perOrder: "60000", budget: "4000000" },
  guards: { ordersPerHourMax: 1_000, eventsPerMinuteMax: 1_000 },
};

/** A routine whose process ends when the clock is asked for the `left`-th time: between any two of its steps. */
async function lookAndEnd(rooms: Rooms, left: number): Promise<void> {
  let asked = 0;
  const clock: Rooms["clock"] = {
    now() {
      asked += 1;
      if (asked > left) throw new Error("the process ends here");
      return rooms.clock.now();
    },
    sleep: (ms, signal) => rooms.clock.sleep(ms, signal),
  };
  await matureEarnings.run({ ...rooms, clock }).catch((error: unknown) => {
    if (!/the process ends here/.test(String(error))) throw error;
  });
}

class History {
  readonly account = newAccount();
  readonly orders: string[] = [];
  readonly #shop: LoyaltyShop;
  readonly #random: Random;
  readonly #sink: Address;
  spent = 0n;
  #refs = 0;

  constructor(shop: LoyaltyShop, random: Random, sink: Address) {
    this.#shop = shop;
    this.#random = random;
    this.#sink = sink;
  }

  #number(min: number, max: number): number {
    return min + Math.floor(this.#random() * (max - min + 1));
  }

  /** Sent twice now and then: twice is once. */
  async #post(path: string, body?: object): Promise<void> {
    const times = this.#random() < 0.2 ? 2 : 1;
    const answers = await Promise.all(Array.from({ length: times }, () => this.#shop.post(path, body)));
    for (const { status, body: said } of answers)
      expect(status, `${path} ${JSON.stringify(said)}`).to.be.oneOf([200, 201, 409]);
  }

  async step(): Promise<void> {
    const order = this.orders.length === 0 ? undefined : pick(this.#random, this.orders);
    const chance = this.#random();
    if (chance < 0.3 || order === undefined) return this.buy();
    if (chance < 0.55) return this.giveBack(order, this.#number(1, 3));
    if (chance < 0.67) return this.#post(`orders/${order}/confirm`);
    if (chance < 0.72) return this.#post(`orders/${order}/cancel`);
    if (chance < 0.87) return this.#tell(pick(this.#random, ["sign-in", "look", "review"]));
    return this.spend(this.#number(1, 3));
  }

  async buy(): Promise<void> {
    const lines = [
      lineOf("tea", this.#number(1, 5), String(this.#number(1, 9_000))),
      lineOf("cake", 2, String(this.#number(100, 3_000))),
    ];
    const order = this.#shop.orderOf(this.account, lines);
    this.orders.push(order.orderRef);
    await this.#post("orders", order);
  }

  /** `thirds` of what is kept of each line; three: everything. */
  async giveBack(orderRef: string, thirds: number): Promise<void> {
    const { lines, state } = await this.#shop.get(`orders/${orderRef}`);
    const back = (lines as { sku: string; keptQuantity: number; keptFen: string }[]).flatMap((line) => {
      const quantity = Math.floor((line.keptQuantity * thirds) / 3);
      const paidFen = ((BigInt(line.keptFen) * BigInt(thirds)) / 3n).toString();
      return quantity === 0 && paidFen === "0" ? [] : [{ sku: line.sku, quantity, paidFen }];
    });
    this.#refs += 1;
    if (back.length > 0 && state !== "cancelled")
      await this.#post(`orders/${orderRef}/returns`, { returnRef: `r-${this.#refs}`, lines: back });
  }

  async #tell(event: string): Promise<void> {
    this.#refs += 1;
    const eventRef = `${this.account}-${this.#refs}`;
    await this.#post("events", { eventRef, account: this.account, name: event, at: this.#shop.clock.seconds() });
  }

  /** One part of so many of what is there. */
  async spend(parts: number): Promise<void> {
    const { balance } = await this.#shop.onChain(this.account);
    if (balance === 0n) return;
    const points = balance / BigInt(parts);
    await this.#shop.spend(this.account, this.#sink, points);
    this.spent += points;
  }
}

// PostgreSQL alone: there writers really run beside each other. That SQL means the same on both is tested elsewhere.
describe(`random histories on a real chain (seed ${SEED})`, function () {
  this.timeout(400_000);
  let store: Store;
  let shop: LoyaltyShop;
  const random = seededRandom(SEED);
  const histories: History[] = [];

  before(async () => {
    store = await freshStore("postgresql");
    shop = await openShop(store, "histories");
    await shop.publish(BOOK);
    const sink = newAccount();
    for (let index = 0; index < CUSTOMERS; index += 1) {
      const history = new History(shop, random, sink);
      const friend = histories.at(-1);
      const referrer = index % 2 === 1 && friend !== undefined ? { referrer: friend.account } : {};
      await shop.post("members", { account: history.account, ...referrer });
      histories.push(history);
    }
  });
  after(async () => {
    await shop.close();
    await store.close();
  });

  /** Off-chain books = chain, for every earning and every account; returns what tasks without an order are due. */
  async function compare(): Promise<void> {
    const rows = await store.db.selectFrom("earning").selectAll().execute();
    for (const row of rows) {
      const has = BigInt(row.points_issued) - BigInt(row.points_reversed) - BigInt(row.points_lapsed);
      expect(has.toString(), `earning ${row.id}`).to.equal(row.points_due);
      expect(row.by_rule.reduce((sum, share) => sum + BigInt(share.points), 0n).toString()).to.equal(row.points_due);
    }
    for (const { account, spent } of histories) {
      const due = rows.filter((row) => row.account === account).reduce((sum, row) => sum + BigInt(row.points_due), 0n);
      const { balance, debt } = await shop.onChain(account);
      expect(balance + spent - debt, account).to.equal(due);
    }
    const issued = rows.reduce((sum, row) => sum + BigInt(row.points_issued), 0n);
    expect(await shop.totalIssued()).to.equal(issued);
    const used = await store.db.selectFrom("cap_usage").selectAll().where("cap", "=", "").execute();
    const due = rows.reduce((sum, row) => sum + BigInt(row.points_due), 0n);
    expect(used.map(({ points }) => points)).to.deep.equal([due.toString()]);
  }

  it("the routine may end between any two steps", async () => {
    for (let round = 0; round < STEPS; round += 1) {
      await Promise.all(histories.map((history) => history.step()));
      if (random() < 0.5) shop.clock.pass(pick(random, [1, 3_600, DAY, WINDOW / 2]));
      for (let look = 0; look < 2; look += 1) {
        // Two processes at once.
        const ends = [pick(random, [0, 1, 2, 3, 5]), pick(random, [1, 2, 4, 9, 99])];
        await Promise.all(ends.map((left) => lookAndEnd(shop.rooms, left)));
      }
    }
  });

  it("the books end equal to the chain, to what is due, and to what caps have counted", async () => {
    shop.clock.pass(WINDOW);
    await shop.settle();
    await compare();
  });

  it("what is kept of each order earns what the rules of its day say", async () => {
    for (const { account } of histories) {
      const { items } = await shop.get(`orders?account=${account}&limit=200`);
      for (const order of items as {
        keptFen: string;
        state: string;
        earnings: { source: string; points: string }[];
      }[]) {
        const earned = order.earnings.find(({ source }) => source === "order")?.points ?? "0";
        if (order.keptFen === "0") expect(order.earnings.map(({ points }) => points)).to.satisfy(areZero);
        else expect(BigInt(earned) >= BigInt(order.keptFen)).to.equal(true);
      }
    }
  });

  it("giving everything back leaves nothing of what was bought, spent or not", async () => {
    // However the others' steps fell among each other: this one has spent all it had when its goods come back.
    const [spender] = histories;
    await spender?.buy();
    shop.clock.pass(WINDOW);
    await shop.settle();
    await spender?.spend(1);
    for (const history of histories) for (const order of history.orders) await history.giveBack(order, 3);
    await shop.settle();
    await compare();
    const rows = await store.db.selectFrom("earning").selectAll().where("points_due", ">", "0").execute();
    expect(rows.map(({ source, subject }) => `${source} ${subject}`)).to.satisfy((all: string[]) =>
      all.every((one) => one === "task sign-in"),
    );
    // The histories were worth it: something was taken back from the chain, and something was gone by then.
    const reversed = await store.db.selectFrom("earning").select("id").where("points_reversed", ">", "0").execute();
    const debts = await Promise.all(histories.map(async ({ account }) => (await shop.onChain(account)).debt));
    expect(reversed.length).to.be.greaterThan(5);
    expect(debts.some((debt) => debt > 0n)).to.equal(true);
  });
});

const areZero = (points: readonly string[]): boolean => points.every((one) => one === "0");
