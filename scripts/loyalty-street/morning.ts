/** Customers join, sign in, look, fill carts and buy; shops grant, confirm and cancel. */
import { scaled } from "./cast.ts";
import { inParallel } from "./client.ts";
import { nowSeconds, WIDTH, type Day, type Line } from "./day.ts";
import type { Customer, Shop } from "./opening.ts";
import { between, pick, shuffle } from "./random.ts";

const ORDERS = scaled(760);
const GRANTS = scaled(40);
/** Came before any friend could have brought them. */
const EARLY = scaled(80);
const CANCELLED_PERCENT = 5;
const CONFIRMED_PERCENT = 85;

/** Every customer knows two shops; of those who come later, half were brought by one who was there before. */
export async function joinShops(day: Day): Promise<void> {
  const { shops, customers } = day.street;
  const joins = customers.flatMap((customer) => {
    const [one, other] = shuffle(day.random, shops);
    return [one, other].map((shop) => ({ shop: shop as Shop, customer }));
  });
  const early = joins.filter(({ customer }) => customer.index < EARLY);
  const late = joins.filter(({ customer }) => customer.index >= EARLY);
  const planned = late.map((join) => {
    const friends = early.filter(({ shop }) => shop === join.shop);
    return {
      ...join,
      friend: day.random() < 0.5 && friends.length > 0 ? pick(day.random, friends).customer : undefined,
    };
  });
  const join = async ({
    shop,
    customer,
    friend,
  }: {
    shop: Shop;
    customer: Customer;
    friend?: Customer | undefined;
  }) => {
    const referrer = friend === undefined ? {} : { referrer: friend.account };
    const body = { customerId: customer.id, ...referrer };
    await shop.merchant.post(`${shop.path}/members`, `join ${shop.slug} ${customer.index}`, body);
    day.members.set(shop.merchantId, (day.members.get(shop.merchantId) ?? new Set()).add(customer));
    day.count(friend === undefined ? "members" : "members brought by a friend");
  };
  await inParallel(WIDTH, early, join);
  await inParallel(WIDTH, planned, join);
}

function membersOf(day: Day, { merchantId }: Shop): Customer[] {
  return [...(day.members.get(merchantId) ?? [])].sort((a, b) => a.index - b.index);
}

/** Daily visits, and the way from the shelf to the cart; what is bought later closes it. */
export async function doTasks(day: Day): Promise<void> {
  const deeds = day.street.shops.flatMap((shop) =>
    membersOf(day, shop).flatMap((customer) => {
      const sku = pick(day.random, shop.shelf).sku;
      const visit = { shop, customer, name: "sign-in", sku: undefined };
      const look = { shop, customer, name: "look", sku };
      const cart = { shop, customer, name: "cart", sku };
      // Who signs in twice earns it once.
      const again = day.random() < 0.1 ? [visit] : [];
      return [[visit, ...again], ...(day.random() < 0.6 ? [[look, cart]] : [])];
    }),
  );
  let number = 0;
  const named = deeds.map((chain) => chain.map((deed) => ({ ...deed, eventRef: `event-${(number += 1)}` })));
  await inParallel(WIDTH, named, async (chain) => {
    for (const { shop, customer, name, sku, eventRef } of chain) {
      const about = {
        eventRef,
        customerId: customer.id,
        name,
        at: nowSeconds(),
        ...(sku === undefined ? {} : { sku }),
      };
      await shop.till.post(`${shop.path}/events`, eventRef, about);
      day.count(`events: ${name}`);
    }
  });
}

/** One to three articles, now and then with freight. */
export function basketOf(day: Day, shop: Shop): Line[] {
  const articles = shuffle(day.random, shop.shelf).slice(0, between(day.random, 1, 3));
  const goods = articles.map(({ sku, category, priceFen }) => {
    const quantity = between(day.random, 1, 2);
    return { sku, category, quantity, paidFen: priceFen * quantity, isFreight: false };
  });
  const freight = { sku: "freight", category: "freight", quantity: 1, paidFen: 600, isFreight: true };
  return day.random() < 0.15 ? [...goods, freight] : goods;
}

const sent = (lines: readonly Line[]): object[] => lines.map((line) => ({ ...line, paidFen: String(line.paidFen) }));

export async function placeOrder(
  day: Day,
  order: { shop: Shop; customer: Customer; orderRef: string; lines: readonly Line[]; isCheckout: boolean },
): Promise<void> {
  const { shop, customer, orderRef, lines } = order;
  const body = { orderRef, customerId: customer.id, placedAt: nowSeconds(), lines: sent(lines) };
  await shop.till.post(`${shop.path}/orders`, orderRef, body);
  day.orders.push({ ...order, state: "placed" });
  day.count("orders");
}

export async function buy(day: Day): Promise<void> {
  const orders = Array.from({ length: ORDERS }, (_, index) => {
    const shop = pick(day.random, day.street.shops);
    // Most buy where they are members; a stranger becomes one by buying.
    const isMember = day.random() < 0.85;
    const customer = pick(day.random, isMember ? membersOf(day, shop) : day.street.customers);
    return { shop, customer, orderRef: `order-${index}`, lines: basketOf(day, shop), isCheckout: false };
  });
  await inParallel(WIDTH, orders, (order) => placeOrder(day, order));
  // A till whose line broke sends its last orders again: they are known.
  await inParallel(WIDTH, day.orders.slice(0, 20), async ({ shop, orderRef }) => {
    await shop.till.get(`${shop.path}/orders/${orderRef}`);
    day.count("orders looked up");
  });
}

/** Where points wait for the shop's word it comes for most; some orders are called off before. */
export async function settleOrders(day: Day): Promise<void> {
  const plans = [...day.orders]
    .sort((a, b) => (a.orderRef < b.orderRef ? -1 : 1))
    .map((order) => ({ order, chance: day.random() * 100 }));
  await inParallel(WIDTH, plans, async ({ order, chance }) => {
    if (order.state !== "placed" || order.isCheckout) return;
    const step = chance < CANCELLED_PERCENT ? "cancel" : chance < CONFIRMED_PERCENT ? "confirm" : undefined;
    if (step === undefined || (step === "confirm" && order.shop.maturesBy === "window")) return;
    const { shop, orderRef } = order;
    await shop.till.post(`${shop.path}/orders/${orderRef}/${step}`, `${step} ${orderRef}`);
    order.state = step === "cancel" ? "cancelled" : "confirmed";
    day.count(`orders ${order.state}`);
  });
}

export async function grant(day: Day): Promise<void> {
  const grants = Array.from({ length: GRANTS }, (_, index) => {
    const shop = pick(day.random, day.street.shops);
    return { shop, customer: pick(day.random, membersOf(day, shop)), index };
  });
  await inParallel(WIDTH, grants, async ({ shop, customer, index }) => {
    const points = String(500 * shop.pointsPerYuan);
    const body = { grantRef: `grant-${index}`, customerId: customer.id, points, reason: "birthday" };
    await shop.merchant.post(`${shop.path}/grants`, `grant-${index}`, body);
    day.count("grants");
  });
}
