/**
 * What an order's earnings are worth after something of it came back or it was confirmed: the order by the rules of its own
 * version and the facts of its day, tasks and referrals as long as what they hang on is kept. It never rises.
 */
import type { Fen, Points } from "../../kernel/ids.ts";
import { parsePoints } from "../../kernel/ids.ts";
import { booksOf, lowered, wakeMs } from "../../loyalty/books.ts";
import type { OrderFacts } from "../../loyalty/evaluate.ts";
import { evaluateOrder } from "../../loyalty/evaluate.ts";
import type { RuleBook } from "../../loyalty/rule-book.ts";
import type { Share } from "../../loyalty/usage.ts";
import type { Tx } from "../../store/database.ts";
import type { EarningRow } from "../../store/earnings.ts";
import { lockEarnings, readEarningsOfOrders, writeDue } from "../../store/earnings.ts";
import { lockMembers } from "../../store/loyalty-members.ts";
import type { OrderRow } from "../../store/loyalty-orders.ts";
import { readOrder } from "../../store/loyalty-orders.ts";
import type { StoredFacts, StoredLine } from "../../store/tables-earning.ts";
import { LedgerError } from "../../kernel/errors.ts";
import { sharesOf, storedShares } from "./book-earning.ts";
import { findRulesVersion } from "./find-rules.ts";
import { goodsFen, keptLines, skusOf } from "./order-lines.ts";
import { tellEarning } from "./tell-earning.ts";
import { UsageLedger } from "./usage-ledger.ts";

/** An order whose customer's row, and those of everybody who earns by it, are held until the transaction ends. */
export async function holdOrder(tx: Tx, merchantId: number, orderRef: string): Promise<OrderRow> {
  const found = await readOrder(tx, merchantId, orderRef);
  if (found === undefined) throw new LedgerError("not_found", { what: `order ${orderRef}` });
  const earners = (await readEarningsOfOrders(tx, [found.id])).map(({ account }) => account);
  await lockMembers(tx, merchantId, [found.account, ...earners]);
  return (await readOrder(tx, merchantId, orderRef)) ?? found;
}

export interface Change {
  readonly order: OrderRow;
  /** What is kept of it from now on. */
  readonly lines: readonly StoredLine[];
  /** Unix seconds, if it is known from now on. */
  readonly maturesAt: number | undefined;
  readonly nowMs: number;
}

export async function reassess(tx: Tx, change: Change): Promise<void> {
  const { order } = change;
  const { book } = await findRulesVersion(tx, order.merchant_id, order.rules_version);
  const before = await readEarningsOfOrders(tx, [order.id]);
  // Counters before earnings, as everywhere.
  const usage = await UsageLedger.open(
    tx,
    { merchantId: order.merchant_id, book },
    before.map(({ account, day }) => ({ account, day })),
  );
  for (const row of await lockEarnings(tx, { orderId: order.id })) {
    const worth = worthOf(row, change, book);
    const books = { ...lowered(booksOf(row), worth.points), maturesAt: change.maturesAt };
    const hasFallen = books.due < BigInt(row.points_due);
    const shares = hasFallen ? worth.shares : sharesOf(row);
    await usage.move({ account: row.account, day: row.day }, { before: sharesOf(row), after: shares });
    await writeDue(tx, row.id, {
      points: books.due,
      byRule: storedShares(shares),
      maturesAt: books.maturesAt,
      wakeMs: wakeMs(books),
    });
    if (hasFallen) await tellFall(tx, row, { due: books.due, nowMs: change.nowMs });
  }
}

interface Worth {
  readonly points: Points;
  readonly shares: readonly Share[];
}

const NOTHING: Worth = { points: 0n as Points, shares: [] };

function worthOf(row: EarningRow, { order, lines }: Change, book: RuleBook): Worth {
  if (row.decision === "refuse") return NOTHING;
  const kept = keptLines(lines);
  const asItWas: Worth = { points: BigInt(row.points_due) as Points, shares: sharesOf(row) };
  if (row.source === "order") {
    const { points, byRule } = evaluateOrder(book, factsOf(order.facts), kept);
    return { points, shares: byRule };
  }
  if (row.source === "referral") {
    const fen: Fen = goodsFen(kept);
    return fen > 0n && fen >= (book.referral?.minimumFen ?? 0n) ? asItWas : NOTHING;
  }
  const skus = skusOf(kept);
  const isKept = row.sku === null ? skus.length > 0 : skus.includes(row.sku);
  return isKept ? asItWas : NOTHING;
}

function factsOf({ room, ...facts }: StoredFacts): OrderFacts {
  return { ...facts, room: new Map(Object.entries(room).map(([cap, points]) => [cap, parsePoints(points)])) };
}

/** Of what the chain has, or was asked for, the routine tells when it is taken back. */
async function tellFall(tx: Tx, row: EarningRow, { due, nowMs }: { due: Points; nowMs: number }): Promise<void> {
  if (BigInt(row.points_issued) > 0n || row.ask_kind !== null) return;
  const told = { points: due, now: nowMs, more: { pointsBefore: row.points_due } };
  if (due > 0n) await tellEarning(tx, row, { ...told, name: "points.pending", key: `pending:${due}` });
  else
    await tellEarning(tx, row, {
      ...told,
      name: "points.cancelled",
      key: "cancelled",
      points: BigInt(row.points_due),
    });
}
