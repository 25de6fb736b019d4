/** A shop tells of an order: what it earns is worked out once, under the rules in force, and waits to mature. */
import type { Address, Fen } from "../../kernel/ids.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { roomOf, roomTaken } from "../../loyalty/caps.ts";
import type { Earned, OrderFacts, OrderLine } from "../../loyalty/evaluate.ts";
import { evaluateOrder } from "../../loyalty/evaluate.ts";
import { BUY } from "../../loyalty/tasks.ts";
import { tierOf } from "../../loyalty/tiers.ts";
import { localDay } from "../../loyalty/usage.ts";
import type { Tx } from "../../store/database.ts";
import { withDatabase } from "../../store/failures.ts";
import { hasBought, insertMember, lockMembers, readMember, readSpent } from "../../store/loyalty-members.ts";
import type { OrderRow } from "../../store/loyalty-orders.ts";
import { insertOrder, readOrder } from "../../store/loyalty-orders.ts";
import type { ShopFacts } from "../../store/shop-facts.ts";
import type { StoredObjection } from "../../store/tables-earning.ts";
import type { Caller } from "../../kernel/caller.ts";
import type { Rooms } from "../rooms.ts";
import { bookEarning, chainRefOf } from "./book-earning.ts";
import { bookReferral } from "./book-referral.ts";
import { doTasks } from "./do-tasks.ts";
import type { PublishedRules } from "./find-rules.ts";
import { findRules } from "./find-rules.ts";
import { findObjections } from "./guard.ts";
import { assertOnce, goodsFen, skusOf, storedLines } from "./order-lines.ts";
import { UsageLedger } from "./usage-ledger.ts";
import type { Whose } from "./whose.ts";
import { accountOf, assertTime, contentHash, findShop } from "./whose.ts";

/** A till that was off-line for a season; older orders are granted by hand. */
const ORDER_AGE_MAX = 90 * 86_400;
const TIER_SECONDS = 365 * 86_400;

export interface OrderRequest extends Whose {
  readonly merchantId: number;
  readonly orderRef: string;
  readonly placedAt: number;
  readonly lines: readonly OrderLine[];
  readonly deviceHash?: string | undefined;
}

export interface Placed {
  readonly order: OrderRow;
  readonly isReplay: boolean;
}

export async function placeOrder(rooms: Rooms, caller: Caller, request: OrderRequest): Promise<Placed> {
  const account = await accountOf(rooms, caller, request);
  const { placedAt, lines, deviceHash } = request;
  assertOnce(lines);
  const sent: Sent = { ...request, account, hash: contentHash({ account, placedAt, lines, deviceHash }) };
  return withDatabase(async () => {
    const known = await replayOf(rooms.db, sent);
    if (known !== undefined) return known;
    assertTime(rooms, "placedAt", { at: placedAt, agoMax: ORDER_AGE_MAX });
    return rooms.db.transaction().execute((tx) => place(tx, sent, rooms.clock.now()));
  });
}

interface Sent extends OrderRequest {
  readonly account: Address;
  readonly hash: string;
}

/** The same order again; throws `order_exists` when it is another one of the same name. */
async function replayOf(db: Tx, { merchantId, orderRef, hash }: Sent): Promise<Placed | undefined> {
  const order = await readOrder(db, merchantId, orderRef);
  if (order === undefined) return undefined;
  if (order.content_hash !== hash) throw new LedgerError("order_exists", { orderRef });
  return { order, isReplay: true };
}

async function place(tx: Tx, sent: Sent, nowMs: number): Promise<Placed> {
  const { merchantId, account } = sent;
  const shop = await findShop(tx, merchantId);
  const rules = await findRules(tx, merchantId);
  const now = Math.floor(nowMs / 1000);
  await insertMember(tx, { merchantId, account, now });
  const member = await readMember(tx, merchantId, account);
  const referrer = rules.book.referral === undefined ? undefined : (member?.referrer ?? undefined);
  await lockMembers(tx, merchantId, referrer === undefined ? [account] : [account, referrer]);
  // A twin may have been quicker while this one waited for the customer's row.
  const known = await replayOf(tx, sent);
  if (known !== undefined) return known;

  const day = localDay(sent.placedAt, shop.utcOffsetSeconds);
  const occasions = [account, ...(referrer === undefined ? [] : [referrer])].map((one) => ({ account: one, day }));
  const usage = await UsageLedger.open(tx, { merchantId, book: rules.book }, occasions);
  const objections = await findObjections(tx, rules.book, { ...sent, at: sent.placedAt, kind: "order" });
  const facts = await factsOf(tx, { sent, shop, rules, usage, day, now });
  const earned = evaluateOrder(rules.book, facts, sent.lines);
  const order = await storeOrder(tx, { sent, rules, facts, earned, objections, now });
  const stage = { shop, rules, usage, nowMs };
  await bookOrder(tx, stage, { order, earned, objections, day });
  const maturesAt = order.matures_at === null ? undefined : Number(order.matures_at);
  await doTasks(tx, stage, {
    account,
    name: BUY,
    at: sent.placedAt,
    skus: skusOf(sent.lines),
    ref: `order:${sent.orderRef}`,
    orderId: order.id,
    maturesAt,
    objections,
  });
  if (member !== undefined && referrer !== undefined && order.is_first)
    await bookReferral(tx, stage, { order, member, referrer, objections, day, maturesAt });
  return { order, isReplay: false };
}

interface Finding {
  readonly sent: Sent;
  readonly shop: ShopFacts;
  readonly rules: PublishedRules;
  readonly usage: UsageLedger;
  readonly day: number;
  readonly now: number;
}

async function factsOf(tx: Tx, { sent, shop, rules, usage, day, now }: Finding): Promise<OrderFacts> {
  const { merchantId, account, placedAt } = sent;
  const { book } = rules;
  const spent = await readSpent(tx, { merchantId, account, from: placedAt - TIER_SECONDS, now });
  return {
    placedAt,
    utcOffsetSeconds: shop.utcOffsetSeconds,
    pointsPerYuan: shop.pointsPerYuan,
    isFirstPurchase: !(await hasBought(tx, merchantId, account)),
    tierId: tierOf(book, spent as Fen)?.id,
    room: await roomOf(book, (cap) => usage.givenUnder(cap, { account, day })),
  };
}

interface Storing {
  readonly sent: Sent;
  readonly rules: PublishedRules;
  readonly facts: OrderFacts;
  readonly earned: Earned;
  readonly objections: readonly StoredObjection[];
  readonly now: number;
}

async function storeOrder(tx: Tx, { sent, rules, facts, earned, objections, now }: Storing): Promise<OrderRow> {
  const { book } = rules;
  // What other orders left unused meanwhile is not this one's: its return sees only what it took.
  const room = Object.fromEntries([...roomTaken(book, earned)].map(([cap, points]) => [cap, points.toString()]));
  const { tierId, ...known } = facts;
  const order = await insertOrder(tx, {
    ...sent,
    contentHash: sent.hash,
    receivedAt: now,
    deviceHash: sent.deviceHash,
    rulesVersion: rules.version,
    rulesHash: rules.rulesHash,
    facts: { ...known, ...(tierId === undefined ? {} : { tierId }), room },
    lines: storedLines(sent.lines),
    paidFen: goodsFen(sent.lines),
    isFirst: facts.isFirstPurchase && goodsFen(sent.lines) > 0n,
    isGood: objections.length === 0,
    maturesAt: book.maturesBy === "window" ? sent.placedAt + book.returnWindowSeconds : undefined,
  });
  // Another customer's order took the name at the same moment.
  if (order === undefined) throw new LedgerError("order_exists", { orderRef: sent.orderRef });
  return order;
}

async function bookOrder(
  tx: Tx,
  stage: { shop: ShopFacts; rules: PublishedRules; usage: UsageLedger; nowMs: number },
  made: { order: OrderRow; earned: Earned; objections: readonly StoredObjection[]; day: number },
): Promise<void> {
  const { order, earned, objections, day } = made;
  // One that somebody objects to is kept even if it is worth nothing: whether it counts for tiers is decided with it.
  if (earned.points === 0n && objections.length === 0) return;
  await bookEarning(tx, stage, {
    source: "order",
    account: order.account,
    subject: order.order_ref,
    chainRef: chainRefOf("earn", order.order_ref, order.rules_hash),
    orderId: order.id,
    rules: { version: order.rules_version, hash: order.rules_hash },
    shares: earned.byRule,
    points: earned.points,
    day,
    maturesAt: order.matures_at === null ? undefined : Number(order.matures_at),
    objections,
  });
}
