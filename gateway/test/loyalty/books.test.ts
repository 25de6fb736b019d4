/** The books of an earning against a model of the chain: whatever happens in whatever order, they end equal. */
import { expect } from "chai";
import fc from "fast-check";
import type { Fen, Points } from "../../src/kernel/ids.ts";
import type { Ask, Books, Outcome } from "../../src/loyalty/books.ts";
import { answered, lowered, nextAsk, pauseMs, standing, stateOf, wakeMs } from "../../src/loyalty/books.ts";
import type { OrderFacts, OrderLine } from "../../src/loyalty/evaluate.ts";
import { evaluateOrder } from "../../src/loyalty/evaluate.ts";
import { parseBook } from "../../src/loyalty/schema.ts";
import { ONE_PERCENT } from "../support/loyalty-shop.ts";

const NOW = 1_000_000;
const points = (amount: bigint | number): Points => BigInt(amount) as Points;
const NEW: Books = {
  due: points(100),
  issued: points(0),
  reversed: points(0),
  lapsed: points(0),
  maturesAt: NOW,
  isObjected: false,
  retryMs: 0,
};

describe("the books of an earning", () => {
  const table: readonly (readonly [string, Partial<Books>, Ask | undefined, number | undefined])[] = [
    ["matured", {}, { kind: "issue", points: points(100) }, NOW * 1000],
    ["not matured", { maturesAt: NOW + 1 }, undefined, (NOW + 1) * 1000],
    ["waiting for the shop", { maturesAt: undefined }, undefined, undefined],
    ["objected to", { isObjected: true }, undefined, undefined],
    ["returned before", { due: points(0) }, undefined, undefined],
    ["asked", { ask: { kind: "issue", points: points(100) } }, undefined, 0],
    ["issued", { issued: points(100) }, undefined, undefined],
    ["returned in part", { due: points(30), issued: points(100) }, { kind: "reverse", points: points(70) }, 0],
    [
      "returned twice",
      { due: points(0), issued: points(100), reversed: points(60) },
      { kind: "reverse", points: points(40) },
      0,
    ],
    [
      "returned when it had expired",
      { due: points(0), issued: points(100), lapsed: points(100) },
      undefined,
      undefined,
    ],
    ["failed just now", { retryMs: NOW * 1000 + 5 }, undefined, NOW * 1000 + 5],
    [
      "objected to after it was issued",
      { isObjected: true, due: points(0), issued: points(9) },
      { kind: "reverse", points: points(9) },
      0,
    ],
  ];
  for (const [name, change, ask, wake] of table)
    it(`ask for the right thing when it is ${name}`, () => {
      const books = { ...NEW, ...change };
      expect(nextAsk(books, NOW * 1000)).to.deep.equal(ask);
      expect(wakeMs(books)).to.equal(wake);
    });

  it("never rise, and never issue a second time", () => {
    expect(lowered(NEW, points(101)).due).to.equal(100n);
    const issued = answered({ ...NEW, ask: { kind: "issue", points: points(60) } }, "done", 0);
    expect(nextAsk(issued, NOW * 1000)).to.equal(undefined);
  });

  it("say where it stands in one word", () => {
    const states = (books: Partial<Books>, isRefused = false) => stateOf({ ...NEW, ...books }, isRefused, NOW * 1000);
    expect(states({ maturesAt: NOW + 1 })).to.equal("pending");
    expect(states({})).to.equal("moving");
    expect(states({ isObjected: true })).to.equal("objected");
    expect(states({ due: points(0) }, true)).to.equal("refused");
    expect(states({ due: points(0) })).to.equal("cancelled");
    expect(states({ issued: points(100) })).to.equal("issued");
    expect(states({ issued: points(100), due: points(1) })).to.equal("moving");
    expect(states({ issued: points(100), reversed: points(100), due: points(0) })).to.equal("reversed");
  });

  it("wait longer after each failure, an hour at most", () => {
    expect([1, 2, 3, 40].map(pauseMs)).to.deep.equal([2_000, 4_000, 8_000, 3_600_000]);
  });
});

/** The chain as the contract is: an issue pays debts first, a reversal burns what is there and records the rest. */
class ModelChain {
  readonly refs = new Map<number, bigint>();
  balance = 0n;
  debt = 0n;
  spent = 0n;

  carryOut(id: number, { kind, points: amount }: Ask): Outcome {
    if (kind === "issue") {
      if (this.refs.has(id)) throw new Error(`order ${id} was issued twice`);
      this.refs.set(id, amount);
      const settled = this.debt < amount ? this.debt : amount;
      this.debt -= settled;
      this.balance += amount - settled;
      return "done";
    }
    const left = this.refs.get(id) ?? 0n;
    if (amount > left) throw new Error(`more of order ${id} was taken back than was issued`);
    this.refs.set(id, left - amount);
    const burned = this.balance < amount ? this.balance : amount;
    this.balance -= burned;
    this.debt += amount - burned;
    return "done";
  }

  spend(share: number): void {
    const amount = (this.balance * BigInt(share)) / 4n;
    this.balance -= amount;
    this.spent += amount;
  }
}

interface Order {
  lines: OrderLine[];
  books: Books;
  /** Asked and carried out, while nobody has read the answer. */
  unread?: Outcome;
}

const BOOK = parseBook({
  returnWindowSeconds: 100,
  rules: [
    ONE_PERCENT,
    { ...ONE_PERCENT, id: "dear", rate: { kind: "fixed", points: "777" }, minimumFen: "5000" },
    { ...ONE_PERCENT, id: "each", rate: { kind: "perPiece", points: "13" }, caps: { perOrder: "50" } },
  ],
  caps: { perOrder: "20000" },
});

const FACTS: OrderFacts = {
  placedAt: NOW,
  utcOffsetSeconds: 0,
  pointsPerYuan: 100,
  isFirstPurchase: false,
  room: new Map(),
};

/** One customer's shop, gateway and chain, moved by random steps. */
class World {
  readonly orders: Order[] = [];
  readonly chain = new ModelChain();
  nowMs = NOW * 1000;

  place(fen: number, pieces: number): void {
    const line = { sku: "a", category: "c", quantity: pieces, paidFen: BigInt(fen) as Fen, isFreight: false };
    const due = evaluateOrder(BOOK, FACTS, [line]).points;
    const maturesAt = Math.floor(this.nowMs / 1000) + BOOK.returnWindowSeconds;
    this.orders.push({ lines: [line], books: { ...NEW, due, maturesAt } });
  }

  /** `part` of 4 quarters of what is kept. */
  giveBack(index: number, part: number): void {
    const order = this.orders[index % Math.max(1, this.orders.length)];
    if (order === undefined) return;
    order.lines = order.lines.flatMap((line) => {
      const quantity = line.quantity - Math.ceil((line.quantity * part) / 4);
      const paidFen = (line.paidFen - (line.paidFen * BigInt(part)) / 4n) as Fen;
      return quantity === 0 ? [] : [{ ...line, quantity, paidFen }];
    });
    order.books = lowered(order.books, evaluateOrder(BOOK, FACTS, order.lines).points);
  }

  confirm(index: number): void {
    const order = this.orders[index % Math.max(1, this.orders.length)];
    if (order !== undefined) order.books = { ...order.books, maturesAt: Math.floor(this.nowMs / 1000) };
  }

  /** One look of the routine at one order; it may end after any of its steps. */
  look(index: number, endsAfter: number, fails: boolean): void {
    const order = this.orders[index % Math.max(1, this.orders.length)];
    if (order === undefined) return;
    const ask = nextAsk(order.books, this.nowMs);
    if (ask !== undefined) order.books = { ...order.books, ask };
    if (endsAfter === 0 || order.books.ask === undefined) return;
    // Asked again under the same key after an end: carried out once.
    order.unread ??= fails ? "failed" : this.chain.carryOut(index % this.orders.length, order.books.ask);
    if (endsAfter === 1) return;
    order.books = answered(order.books, order.unread, this.nowMs + pauseMs(1));
    delete order.unread;
  }

  settle(): void {
    this.nowMs += 10_000_000;
    for (let round = 0; round < 4; round += 1) {
      this.orders.forEach((_, index) => this.look(index, 2, false));
      this.nowMs += 10_000;
    }
  }
}

const step = fc.oneof(
  fc.record({
    kind: fc.constant("place" as const),
    fen: fc.integer({ min: 1, max: 30_000 }),
    pieces: fc.integer({ min: 1, max: 6 }),
  }),
  fc.record({ kind: fc.constant("return" as const), order: fc.nat(7), part: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ kind: fc.constant("confirm" as const), order: fc.nat(7) }),
  fc.record({
    kind: fc.constant("look" as const),
    order: fc.nat(7),
    endsAfter: fc.integer({ min: 0, max: 2 }),
    fails: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("pass" as const), seconds: fc.integer({ min: 1, max: 80 }) }),
  fc.record({ kind: fc.constant("spend" as const), share: fc.integer({ min: 1, max: 4 }) }),
);

function play(world: World, one: typeof step extends fc.Arbitrary<infer T> ? T : never): void {
  if (one.kind === "place") world.place(one.fen, one.pieces);
  else if (one.kind === "return") world.giveBack(one.order, one.part);
  else if (one.kind === "confirm") world.confirm(one.order);
  else if (one.kind === "look") world.look(one.order, one.endsAfter, one.fails);
  else if (one.kind === "pass") world.nowMs += one.seconds * 1000;
  else world.chain.spend(one.share);
}

describe("random histories of orders, returns, ends of the routine and points spent meanwhile", () => {
  it("end with the books equal to the chain and to what is due", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const world = new World();
        for (const one of steps) play(world, one);
        world.settle();
        const { chain, orders } = world;
        const due = orders.reduce((sum, { lines }) => sum + evaluateOrder(BOOK, FACTS, lines).points, 0n);
        for (const { books } of orders) expect(standing(books)).to.equal(books.due);
        expect(chain.balance + chain.spent - chain.debt).to.equal(due);
        expect(chain.balance === 0n || chain.debt === 0n).to.equal(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it("leave nothing of buying, earning, spending and giving back, however often", () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const world = new World();
        for (const one of steps) play(world, one);
        world.orders.forEach((_, index) => world.giveBack(index, 4));
        world.settle();
        expect(world.chain.balance + world.chain.spent).to.equal(world.chain.debt);
      }),
      { numRuns: 1_000 },
    );
  });
});
