/** At night every book is opened: the API's rows beside the chain, asked directly, to the last hundredth of a point. */
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import { Difference } from "../audit/check.ts";
import { recompute } from "../lottery/recompute.ts";
import { ChainEye } from "../main-job/chain-eye.ts";
import { inParallel } from "./client.ts";
import { earningBooks } from "./closing.ts";
import { until, WIDTH, type Day } from "./day.ts";
import type { Customer, Shop } from "./opening.ts";
import { STOCK } from "./window.ts";

const ZERO = `0x${"0".repeat(40)}`;
const sumOf = (values: Iterable<bigint>): bigint => [...values].reduce((sum, value) => sum + value, 0n);

/** What each customer should have of each token by the API's rows: `<account> <token>`. */
class Expected {
  readonly #points = new Map<string, bigint>();

  add(account: string, token: string, points: bigint): void {
    const key = `${account.toLowerCase()} ${token}`;
    this.#points.set(key, (this.#points.get(key) ?? 0n) + points);
  }

  of(account: string, token: string): bigint {
    return this.#points.get(`${account.toLowerCase()} ${token}`) ?? 0n;
  }
}

export async function compareBooks(day: Day): Promise<void> {
  const eye = new ChainEye(day.street.world.rpcUrl, day.street.world.deployment);
  try {
    const expected = new Expected();
    for (const shop of day.street.shops) await addEarnings(day, expected, shop);
    await addSpending(day, expected);
    await addSwaps(day, expected);
    await addDraws(day, expected);
    const debts = await compareBalances(day, eye, expected);
    for (const shop of day.street.shops) await compareSupply(day, eye, { shop, debt: debts.get(shop.token) ?? 0n });
    await compareStock(day);
  } finally {
    eye.close();
  }
}

interface Earning {
  readonly points: string;
  readonly pointsIssued: string;
  readonly pointsReversed: string;
  readonly pointsLapsed: string;
  readonly state: string;
}

/** Every earning of every customer; its rest is what is due, and all of them are the merchant's sums. */
async function addEarnings(day: Day, expected: Expected, shop: Shop): Promise<void> {
  const buyers = day.orders.filter((order) => order.shop === shop).map(({ customer }) => customer);
  const members = [...new Set([...(day.members.get(shop.merchantId) ?? []), ...buyers])];
  const sums = { issued: 0n, reversed: 0n };
  await inParallel(WIDTH, members, async ({ account }) => {
    const earnings = await shop.merchant.all<Earning>(`${shop.path}/members/${account}/earnings`);
    for (const { points, pointsIssued, pointsReversed, pointsLapsed, state } of earnings) {
      const onChain = BigInt(pointsIssued) - BigInt(pointsReversed);
      if (state !== "refused") day.same("an earning rests at what is due", onChain - BigInt(pointsLapsed), points);
      expected.add(account, shop.token, onChain);
      sums.issued += BigInt(pointsIssued);
      sums.reversed += BigInt(pointsReversed);
    }
  });
  const { items } = await earningBooks(shop);
  day.same(
    `${shop.symbol}: earnings issued, one by one and in the books`,
    sums.issued,
    sumOf(items.map(({ pointsIssued }) => BigInt(pointsIssued))),
  );
  day.same(
    `${shop.symbol}: earnings reversed`,
    sums.reversed,
    sumOf(items.map(({ pointsReversed }) => BigInt(pointsReversed))),
  );
}

interface ShownCheckout {
  readonly state: string;
  readonly points: string;
  readonly account: string;
  readonly refunds: readonly { readonly points: string; readonly state: string }[];
}

interface ShownRedemption {
  readonly account: string;
  readonly points: string;
  readonly state: string;
}

async function addSpending(day: Day, expected: Expected): Promise<void> {
  await inParallel(WIDTH, day.checkouts, async ({ shop, orderRef }) => {
    const shown = await shop.till.get<ShownCheckout>(`${shop.path}/checkouts/${orderRef}`);
    if (shown.state === "released" || shown.state === "failed") return;
    const back = sumOf(shown.refunds.filter(({ state }) => state === "done").map(({ points }) => BigInt(points)));
    expected.add(shown.account, shop.token, back - BigInt(shown.points));
  });
  for (const { till, path, token } of day.street.shops) {
    const redemptions = await till.all<ShownRedemption>(`${path}/goods-redemptions`);
    for (const { account, points, state } of redemptions)
      if (state !== "cancelled" && state !== "failed") expected.add(account, token, -BigInt(points));
  }
}

interface ShownSwap {
  readonly account: string;
  readonly given: { readonly amount: string; readonly token: string };
  readonly bought: { readonly amount: string; readonly token: string };
}

async function addSwaps(day: Day, expected: Expected): Promise<void> {
  for (const { account, given, bought } of await day.street.anybody.all<ShownSwap>("/v1/exchange/swaps")) {
    expected.add(account, given.token, -BigInt(given.amount));
    expected.add(account, bought.token, BigInt(bought.amount));
  }
}

interface ShownDraw {
  readonly ticketPrice: { readonly amount: string };
  readonly prizes: readonly { readonly winner: string | null; readonly points: { amount: string; token: string } }[];
}

/** Tickets were paid, prizes won. */
async function addDraws(day: Day, expected: Expected): Promise<void> {
  for (const { drawId, shop } of day.draws) {
    const { ticketPrice, prizes } = await day.street.anybody.get<ShownDraw>(`/v1/draws/${drawId}`);
    const path = `/v1/draws/${drawId}/purchases`;
    for (const { buyer, count } of await day.street.anybody.all<{ buyer: string; count: number }>(path))
      expected.add(buyer, shop.token, -BigInt(ticketPrice.amount) * BigInt(count));
    for (const { winner, points } of prizes) {
      day.same(`draw ${drawId}: each prize has a winner`, winner !== null, true);
      if (winner !== null) expected.add(winner, points.token, BigInt(points.amount));
    }
    day.same(`draw ${drawId}: drawn again from the chain's logs`, await drawAgain(day, drawId), "equal");
  }
}

/** What `npm run lottery -- verify` does; the first fact that differs, or that all are equal. */
async function drawAgain({ street }: Day, drawId: number): Promise<string> {
  const chain = connectChain(street.world.rpcUrl);
  try {
    await recompute(chain, street.world.deployment, BigInt(drawId));
    return "equal";
  } catch (error) {
    if (error instanceof Difference) return error.message;
    throw error;
  } finally {
    chain.close();
  }
}

/** A debt is a balance below zero. Gives the debts by token. */
async function compareBalances(day: Day, eye: ChainEye, expected: Expected): Promise<Map<string, bigint>> {
  const debts = new Map<string, bigint>();
  const pairs = day.street.shops.flatMap((shop) => day.street.customers.map((customer) => ({ shop, customer })));
  await inParallel(40, pairs, async ({ shop, customer }: { shop: Shop; customer: Customer }) => {
    const { account } = customer;
    const [balance, debt] = await Promise.all([eye.balanceOf(shop.token, account), eye.debtOf(shop.token, account)]);
    debts.set(shop.token, (debts.get(shop.token) ?? 0n) + debt);
    day.same(
      `${shop.symbol} of customer ${customer.index}: the rows and the chain`,
      expected.of(account, shop.token),
      balance - debt,
    );
  });
  return debts;
}

interface Supply {
  readonly supply: Readonly<Record<string, { readonly amount: string }>>;
  readonly holderCount: number;
  readonly block: { readonly number: number };
}

const PARTS = ["circulating", "held", "pooled", "redeemed", "expired", "reversed"] as const;

async function compareSupply(day: Day, eye: ChainEye, { shop, debt }: { shop: Shop; debt: bigint }): Promise<void> {
  const { anybody } = day.street;
  const { supply, block } = await anybody.get<Supply>(`/v1/points/${shop.token}`);
  const split = await eye.supplySplit(shop.token, block.number);
  for (const part of ["issued", ...PARTS]) day.same(`${shop.symbol}: ${part}`, supply[part]?.amount, split[part]);
  const chain = (part: string): bigint => split[part] ?? -1n;
  day.same(`${shop.symbol}: issued is the sum of its parts`, chain("issued"), sumOf(PARTS.map(chain)));
  const holders = await anybody.all<{ account: string; balance: { amount: string } }>(
    `/v1/points/${shop.token}/holders`,
  );
  await inParallel(20, holders, async ({ account, balance }) => {
    day.same(`${shop.symbol} of ${account}`, balance.amount, await eye.balanceOf(shop.token, account));
  });
  const held = sumOf(holders.filter(({ account }) => account !== ZERO).map(({ balance }) => BigInt(balance.amount)));
  day.same(`${shop.symbol}: what its holders have is what circulates`, held, chain("circulating"));
  const { items } = await earningBooks(shop);
  const due = sumOf(items.map(({ pointsIssued, pointsReversed }) => BigInt(pointsIssued) - BigInt(pointsReversed)));
  const earned = chain("issued") - chain("reversed") - shop.funded - (day.byHand.get(shop.token) ?? 0n) - debt;
  day.same(
    `${shop.symbol}: earned by the rows, and by the chain (issued − reversed − reserve − prizes − debts)`,
    due,
    earned,
  );
}

async function compareStock(day: Day): Promise<void> {
  for (const shop of day.street.shops) {
    const goods = await day.street.anybody.all<{ sku: string; stock: number }>(`${shop.path}/goods`);
    const taken = day.redemptions.filter((one) => one.shop === shop && !one.isCancelled);
    for (const { sku, stock } of goods)
      day.same(`${shop.symbol}: pieces left of ${sku}`, stock, STOCK - taken.filter((one) => one.sku === sku).length);
  }
}

/** Every event of every merchant arrived, signed, and was told once. */
export async function compareWebhooks(day: Day): Promise<void> {
  for (const { merchant, merchantId, path, symbol } of day.street.shops) {
    const inbox = day.inboxes.get(merchantId);
    if (inbox === undefined) throw new Error(`merchant ${merchantId} has no inbox`);
    const events = await merchant.all<{ id: string; event: string }>(`${path}/loyalty-events`);
    await until(`${symbol}: ${events.length} messages arrive`, () =>
      Promise.resolve(inbox.accepted.size >= events.length),
    );
    day.same(`${symbol}: messages arrived`, inbox.accepted.size, events.length);
    for (const { id, event } of events)
      day.same(`${symbol}: ${event} ${id} was accepted once`, inbox.accepted.get(id), 1);
    day.same(`${symbol}: forged messages`, inbox.forged, 0);
    day.count("webhooks delivered", events.length);
  }
}
