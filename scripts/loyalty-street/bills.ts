/** A part of a bill is paid with points; what is missing of them is swapped in the same step, all or nothing. */
import { BUSY } from "./afternoon.ts";
import { scaled } from "./cast.ts";
import { inParallel } from "./client.ts";
import { CHAIN_WIDTH, unlessRefused, type Day, type Line } from "./day.ts";
import { basketOf, placeOrder } from "./morning.ts";
import type { Customer, Shop } from "./opening.ts";
import { between, pick } from "./random.ts";

const BILLS = scaled(110);

interface Quote {
  readonly points: string;
  readonly maxPoints: string;
  readonly stepPoints: string;
  readonly lines: readonly { readonly cashFen: string }[];
  readonly swap: { readonly tokenIn: string; readonly amountIn: string; readonly refusal: object | null } | null;
}

interface Bill {
  readonly index: number;
  readonly customer: Customer;
  readonly lines: Readonly<Record<number, readonly Line[]>>;
  /** Where she goes when she does not go where she has most points. */
  readonly elsewhere: Shop | undefined;
  readonly steps: bigint;
  readonly isReleased: boolean;
}

export async function payWithPoints(day: Day): Promise<void> {
  const { shops, customers } = day.street;
  const bills = Array.from({ length: BILLS }, (_, index): Bill => ({
    index,
    customer: pick(day.random, customers),
    lines: Object.fromEntries(shops.map((shop) => [shop.merchantId, basketOf(day, shop)])),
    elsewhere: day.random() < 0.4 ? pick(day.random, shops) : undefined,
    steps: BigInt(between(day.random, 10, 60)),
    isReleased: day.random() < 0.15,
  }));
  await inParallel(CHAIN_WIDTH, bills, (bill) => pay(day, bill));
}

async function pay(day: Day, bill: Bill): Promise<void> {
  const { customer, index } = bill;
  const [richest] = await byWorth(day, customer);
  if (richest === undefined) return;
  const shop = bill.elsewhere ?? richest;
  const lines = bill.lines[shop.merchantId] ?? [];
  const asked = {
    lines: lines.map((line) => ({ ...line, paidFen: String(line.paidFen) })),
    customerId: customer.id,
    ...(shop === richest ? {} : { swap: { tokenIn: richest.token } }),
  };
  const quote = await quoteFor(shop, asked, bill.steps);
  if (quote === undefined) return;
  const { points, swap } = quote;
  const orderRef = `bill-${index}`;
  const { swap: _, ...rest } = asked;
  const body = {
    ...rest,
    orderRef,
    points,
    ...(swap === null ? {} : { swap: { tokenIn: swap.tokenIn, amountInMax: swap.amountIn } }),
  };
  const held = await unlessRefused(BUSY, () => shop.till.carryOut(`${shop.path}/checkouts`, orderRef, body));
  if (held === undefined) return;
  day.checkouts.push({ shop, customer, orderRef });
  day.count(swap === null ? "bills partly paid with points" : "bills partly paid with swapped points");
  const step = bill.isReleased ? "release" : "capture";
  await shop.till.carryOut(`${shop.path}/checkouts/${orderRef}/${step}`, `${step} ${orderRef}`);
  day.count(`holds ${step}d`);
  if (bill.isReleased) return;
  const paid = lines.map((line, at) => ({ ...line, paidFen: Number(quote.lines[at]?.cashFen ?? line.paidFen) }));
  await placeOrder(day, { shop, customer, orderRef, lines: paid, isCheckout: true });
}

/** Some steps' worth of points, no more than the bill allows; undefined when that is nothing, or cannot be had. */
async function quoteFor(shop: Shop, asked: object, steps: bigint): Promise<Quote | undefined> {
  const ask = async (points: object): Promise<Quote | undefined> => {
    const { status, body } = await shop.till.ask<Quote>("POST", `${shop.path}/checkouts/quote`, {
      body: { ...asked, ...points },
    });
    return status === 200 ? body : undefined;
  };
  const most = await ask({});
  if (most === undefined || BigInt(most.maxPoints) === 0n) return undefined;
  const wanted = BigInt(most.stepPoints) * steps;
  const points = wanted < BigInt(most.maxPoints) ? wanted : BigInt(most.maxPoints);
  const quote = await ask({ points: String(points) });
  const isRefused = quote === undefined || BigInt(quote.points) === 0n || (quote.swap?.refusal ?? null) !== null;
  return isRefused ? undefined : quote;
}

/** The shops whose points she has, most valuable first, by the accept price that they would get. */
async function byWorth(day: Day, customer: Customer): Promise<Shop[]> {
  const balances = await day.balancesOf(customer);
  const worth = ({ token, accept, pointsPerYuan }: Shop): bigint =>
    ((balances.get(token) ?? 0n) * accept) / BigInt(pointsPerYuan);
  return day.street.shops
    .filter(({ token }) => (balances.get(token) ?? 0n) > 0n)
    .sort((a, b) => Number(worth(b) - worth(a)));
}
