/** Goods come back: whole orders and parts, before their points matured, after, and after they were spent. */
import { inParallel } from "./client.ts";
import { WIDTH, type Day, type Order } from "./day.ts";

const RETURNED_PERCENT = 18;

/** Some of the orders, `salt` telling one round of returns from another. */
export async function bringBack(day: Day, salt: string): Promise<void> {
  const plans = [...day.orders]
    .filter(({ state }) => state === "placed" || state === "confirmed")
    .sort((a, b) => (a.orderRef < b.orderRef ? -1 : 1))
    .map((order) => ({ order, chance: day.random() * 100, isWhole: day.random() < 0.4 }))
    .filter(({ chance }) => chance < RETURNED_PERCENT);
  await inParallel(WIDTH, plans, async ({ order, isWhole }) => {
    const { shop, orderRef } = order;
    const returnRef = `return-${salt}-${orderRef}`;
    const body = { returnRef, lines: (isWhole ? wholeOf : partOf)(order) };
    await shop.till.post(`${shop.path}/orders/${orderRef}/returns`, returnRef, body);
    if (day.orders.length % 7 === 0)
      await shop.till.post(`${shop.path}/orders/${orderRef}/returns`, `${returnRef} again`, body);
    order.state = "returned";
    day.count(isWhole ? "whole orders returned" : "parts of orders returned");
  });
}

const wholeOf = ({ lines }: Order): object[] =>
  lines
    .filter(({ isFreight }) => !isFreight)
    .map(({ sku, quantity, paidFen }) => ({ sku, quantity, paidFen: String(paidFen) }));

/** One piece of the first article; of a single piece half its price, a complaint that was settled. */
function partOf({ lines, isCheckout }: Order): object[] {
  const [first] = lines;
  if (first === undefined) return [];
  const { sku, quantity, paidFen } = first;
  // Of a bill that was partly paid with points pieces come back: what of them is points is the gateway's to know.
  if (quantity > 1 || isCheckout) return [{ sku, quantity: 1, paidFen: String(Math.floor(paidFen / quantity)) }];
  return [{ sku, quantity: 0, paidFen: String(Math.floor(paidFen / 2)) }];
}
