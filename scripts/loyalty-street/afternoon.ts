/** Points are used: swapped, found near by, turned into goods. */
import { CORNER, scaled } from "./cast.ts";
import { inParallel } from "./client.ts";
import { CHAIN_WIDTH, unlessRefused, type Day } from "./day.ts";
import type { Customer, Shop } from "./opening.ts";
import { between, pick, shuffle } from "./random.ts";
import type { Random } from "../tooling/seeded-random.ts";
import { priceOf } from "./window.ts";

const SWAPS = scaled(90);
const STROLLS = scaled(120);
const STICKERS = scaled(70);

/** What a street full of people runs into, and no fault of theirs. */
export const BUSY = ["chain_refused", "goods_sold_out", "goods_limit", "goods_closed", "deduction_refused"];

interface Quote {
  readonly amountIn: string;
  readonly amountOut: string;
  readonly refusal: { readonly code: string } | null;
}

/** A third of what somebody holds of one shop becomes points of another. */
export async function swapPoints(day: Day): Promise<void> {
  const pairs = shuffle(day.random, day.street.customers)
    .slice(0, SWAPS)
    .map((customer) => ({ customer, to: pick(day.random, day.street.shops) }));
  await inParallel(CHAIN_WIDTH, pairs, async ({ customer, to }) => {
    const [held] = [...(await day.balancesOf(customer))].filter(
      ([token, points]) => token !== to.token && points >= 300n,
    );
    if (held === undefined) return;
    const [tokenIn, points] = held;
    const amountIn = String(points / 3n);
    const pair = `tokenIn=${tokenIn}&tokenOut=${to.token}&amountIn=${amountIn}&account=${customer.account}`;
    const quote = await day.street.anybody.get<Quote>(`/v1/exchange/quote?${pair}`);
    if (quote.refusal !== null) return;
    await carryOutSwap(day, customer, {
      tokenIn,
      tokenOut: to.token,
      amountIn,
      amountOut: quote.amountOut,
      exactOut: false,
      name: `swap ${customer.index}`,
    });
  });
}

interface SwapOrder {
  readonly tokenIn: string;
  readonly tokenOut: string;
  readonly amountIn: string;
  readonly amountOut: string;
  readonly exactOut: boolean;
  readonly name: string;
}

/** False when the points were gone by then: goods of hers came back to a shop, which takes their points back. */
async function carryOutSwap(day: Day, customer: Customer, { name, ...order }: SwapOrder): Promise<boolean> {
  const body = { ...order, customerId: customer.id };
  const done = await unlessRefused(BUSY, () => day.street.wallet.carryOut("/v1/exchange/swaps", name, body));
  day.count(done === undefined ? "swaps refused (points gone)" : "swaps");
  return done !== undefined;
}

interface NearOffer {
  readonly merchantId: number;
  readonly offerRef: string;
  readonly points: { readonly amount: string; readonly token: string };
  readonly reach: "held" | "swap" | "short" | null;
  readonly swap: { readonly give: { amount: string; token: string }; readonly get: { amount: string } } | null;
  readonly sentence: { readonly zh: string; readonly en: string };
}

/** Somebody stands in the street, asks what her points buy here, and takes the best that they do. */
export async function stroll(day: Day): Promise<void> {
  const walks = shuffle(day.random, day.street.customers)
    .slice(0, STROLLS)
    .map((customer) => ({ customer, at: spotNear(day.random) }));
  let shown = 0;
  await inParallel(CHAIN_WIDTH, walks, async ({ customer, at }, index) => {
    const query = `lat=${at.latitude}&lon=${at.longitude}&account=${customer.account}&limit=8`;
    const { items } = await day.street.anybody.get<{ items: NearOffer[] }>(`/v1/offers/nearby?${query}`);
    day.count("looks at offers nearby");
    const best = items.find(({ reach }) => reach === "swap") ?? items.find(({ reach }) => reach === "held");
    const shop = day.street.shops.find(({ merchantId }) => merchantId === best?.merchantId);
    if (best === undefined || shop === undefined) return;
    if (best.swap !== null) {
      if ((shown += 1) <= 2) day.say(`   「${best.sentence.zh}」 ${best.sentence.en}`);
      const order = { tokenIn: best.swap.give.token, tokenOut: best.points.token };
      const exact = { amountIn: best.swap.give.amount, amountOut: best.swap.get.amount, exactOut: true };
      const quote = `tokenIn=${order.tokenIn}&tokenOut=${order.tokenOut}&amountOut=${exact.amountOut}&account=${customer.account}`;
      const asked = await day.street.anybody.get<Quote>(`/v1/exchange/quote?${quote}`);
      day.same(`what the offer ${best.offerRef} asks for a swap, beside the contract`, exact.amountIn, asked.amountIn);
      if (!(await carryOutSwap(day, customer, { ...order, ...exact, name: `stroll ${customer.index}` }))) return;
    }
    await redeem(day, { shop, customer, sku: best.offerRef, redemptionRef: `offer-${index}` });
  });
}

function spotNear(random: Random): { latitude: number; longitude: number } {
  const off = (): number => between(random, -900, 900) / 500_000;
  return { latitude: CORNER.latitude + off(), longitude: CORNER.longitude + off() };
}

export async function redeem(
  day: Day,
  { shop, customer, sku, redemptionRef }: { shop: Shop; customer: Customer; sku: string; redemptionRef: string },
): Promise<void> {
  const path = `${shop.path}/goods/${sku}/redemptions`;
  const asked = { redemptionRef, customerId: customer.id, quantity: 1 };
  const done = await unlessRefused(BUSY, () => shop.till.carryOut(path, redemptionRef, asked));
  if (done === undefined) {
    day.count("goods refused (sold out, limit, too few points)");
    return;
  }
  day.redemptions.push({ shop, customer, redemptionRef, sku, isCancelled: false });
  day.count("goods redeemed");
}

export async function redeemStickers(day: Day): Promise<void> {
  const wanted = Array.from({ length: STICKERS }, (_, index) => ({
    index,
    customer: pick(day.random, day.street.customers),
  }));
  await inParallel(CHAIN_WIDTH, wanted, async ({ customer, index }) => {
    const balances = await day.balancesOf(customer);
    const shop = day.street.shops.find((one) => (balances.get(one.token) ?? 0n) >= priceOf(one, "gift"));
    if (shop === undefined) return;
    await redeem(day, { shop, customer, sku: "sticker", redemptionRef: `sticker-${index}` });
  });
}

/** Shops hand over what was redeemed; some goods are called off, before or after they were accepted. */
export async function fulfil(day: Day): Promise<void> {
  const plans = [...day.redemptions]
    .sort((a, b) => (a.redemptionRef < b.redemptionRef ? -1 : 1))
    .map((redemption) => ({ redemption, chance: day.random() }));
  await inParallel(CHAIN_WIDTH, plans, async ({ redemption, chance }) => {
    const { shop, redemptionRef } = redemption;
    const at = `${shop.path}/goods-redemptions/${redemptionRef}`;
    const cancel = async (): Promise<void> => {
      await shop.till.carryOut(`${at}/cancel`, `cancel ${redemptionRef}`, { reason: "out of stock" });
      redemption.isCancelled = true;
      day.count("goods cancelled");
    };
    if (chance < 0.08) return cancel();
    await shop.till.carryOut(`${at}/accept`, `accept ${redemptionRef}`);
    day.count("goods accepted");
    if (chance < 0.14) return cancel();
    await shop.till.post(`${at}/ship`, `ship ${redemptionRef}`, {});
    await shop.till.post(`${at}/deliver`, `deliver ${redemptionRef}`);
    day.count("goods shipped and delivered", 2);
  });
}
