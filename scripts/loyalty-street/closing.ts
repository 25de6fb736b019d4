/** The shops close: what waits for a word gets it, and everything that is under way arrives. */
import { inParallel } from "./client.ts";
import { unlessRefused, until, WIDTH, type Day } from "./day.ts";
import type { Shop } from "./opening.ts";

interface Objected {
  readonly earningId: string;
  readonly objections: readonly { readonly code: string }[];
}

/** Every order still open is confirmed, so that nothing is left to mature another day. */
export async function confirmRest(day: Day): Promise<void> {
  const open = day.orders.filter(({ state, shop }) => state !== "cancelled" && shop.maturesBy === "action");
  await inParallel(WIDTH, open, async ({ shop, orderRef }) => {
    await shop.till.post(`${shop.path}/orders/${orderRef}/confirm`, `last word on ${orderRef}`);
  });
  day.count("orders confirmed at closing", open.length);
}

/** What the guards held back is looked at by a person: a device passed round is forgiven, own accounts are not. */
export async function decide(day: Day): Promise<void> {
  for (const { path, merchant } of day.street.shops) {
    const objected = await merchant.all<Objected>(`${path}/objections`);
    await inParallel(WIDTH, objected, async ({ earningId, objections }) => {
      const isOwn = objections.some(({ code }) => code === "self_dealing");
      const body = {
        decision: isOwn ? "refuse" : "pay",
        reason: isOwn ? "our own account" : "a family with one phone",
      };
      await merchant.post(`${path}/earnings/${earningId}/decision`, `decide ${earningId}`, body);
      day.count(isOwn ? "objections upheld" : "objections overruled");
    });
  }
}

export interface EarningBooks {
  readonly items: readonly {
    readonly source: string;
    readonly points: string;
    readonly pointsIssued: string;
    readonly pointsReversed: string;
    readonly pointsLapsed: string;
    readonly open: number;
  }[];
}

export const earningBooks = ({ merchant, path }: Shop): Promise<EarningBooks> => merchant.get(`${path}/earning-books`);

const MOVING = new Set(["holding", "capturing", "releasing", "accepting", "cancelling", "due", "sent"]);

/** Nothing is under way any more: no earning, no hold, no refund, and no block that the API has not read. */
export async function untilQuiet(day: Day): Promise<void> {
  const { shops } = day.street;
  await until("every earning is on the chain", async () => {
    const books = await Promise.all(shops.map(earningBooks));
    return books.every(({ items }) => items.every(({ open }) => open === 0));
  });
  await inParallel(WIDTH, day.checkouts, ({ shop, orderRef }) =>
    until(`checkout ${orderRef} rests`, async () => {
      const { state, refunds } = await shop.till.get<{ state: string; refunds: { state: string }[] }>(
        `${shop.path}/checkouts/${orderRef}`,
      );
      return !MOVING.has(state) && refunds.every((refund) => !MOVING.has(refund.state));
    }),
  );
  await until("every redemption of goods rests", async () => {
    const lists = await Promise.all(
      shops.map(({ till, path }) => till.all<{ state: string }>(`${path}/goods-redemptions`)),
    );
    return lists.flat().every(({ state }) => !MOVING.has(state));
  });
  await until("the API has read the newest block", async () => {
    const { queuedItems, queuedSteps, inFlight, lag } = await depthOf(day);
    return queuedItems + queuedSteps + inFlight === 0 && lag === 0;
  });
}

/** From the gateway's own metrics. */
async function depthOf(day: Day): Promise<{ queuedItems: number; queuedSteps: number; inFlight: number; lag: number }> {
  const text = await fetch(`${day.street.world.url}/metrics`).then((response) => response.text());
  const read = (name: string): number => Number(new RegExp(`^${name} (\\d+)$`, "m").exec(text)?.[1] ?? NaN);
  return {
    queuedItems: read("ledger_outbox_queued_items"),
    queuedSteps: read("ledger_outbox_queued_steps"),
    inFlight: read("ledger_outbox_in_flight"),
    lag: read("ledger_indexer_lag_blocks"),
  };
}

/** Asked for and refused by name; the books at the end show that nothing came of it. */
export async function sendNonsense(day: Day): Promise<void> {
  const [shop, other] = day.street.shops as [Shop, Shop];
  const [order] = day.orders.filter((one) => one.shop === shop && !one.isCheckout);
  const [customer] = day.street.customers;
  if (order === undefined || customer === undefined) throw new Error("the day has no orders to be spoilt");
  const line = { sku: "rice-bowl", category: "meal", quantity: 1, paidFen: "2800" };
  const good = {
    orderRef: "nonsense-1",
    customerId: customer.id,
    placedAt: Math.floor(Date.now() / 1_000),
    lines: [line],
  };
  const orders = `${shop.path}/orders`;
  const asked: readonly (readonly [what: string, path: string, body: object])[] = [
    ["a negative amount", orders, { ...good, lines: [{ ...line, paidFen: "-1" }] }],
    ["a fraction of a fen", orders, { ...good, lines: [{ ...line, paidFen: "28.5" }] }],
    ["an order from tomorrow", orders, { ...good, placedAt: good.placedAt + 86_400 }],
    ["a known order with other lines", orders, { ...good, orderRef: order.orderRef }],
    [
      "an unknown article",
      `${orders}/${order.orderRef}/returns`,
      { returnRef: "n1", lines: [{ ...line, sku: "unicorn", category: undefined }] },
    ],
    ["another shop's order", `${other.path}/orders/${order.orderRef}/confirm`, {}],
    [
      "a grant of nothing",
      `${shop.path}/grants`,
      { grantRef: "n2", customerId: customer.id, points: "0", reason: "no" },
    ],
    [
      "goods that are not there",
      `${shop.path}/goods/unicorn/redemptions`,
      { redemptionRef: "n3", customerId: customer.id, quantity: 1 },
    ],
  ];
  for (const [what, path, body] of asked) {
    const refused = await unlessRefused([], async () => {
      const { status, body: answer } = await shop.merchant.ask<{ code?: string }>("POST", path, {
        body,
        headers: { "idempotency-key": `nonsense ${what}` },
      });
      return status >= 400 && status < 500 && answer.code !== undefined;
    });
    day.same(`${what} is refused by name`, refused, true);
    day.count("nonsense refused");
  }
}
