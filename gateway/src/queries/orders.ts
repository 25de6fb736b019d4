/** Orders with what is kept of them and what they earn. */
import type { Address } from "../kernel/ids.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Tx } from "../store/database.ts";
import type { EarningRow } from "../store/earnings.ts";
import { readEarningsOfOrders } from "../store/earnings.ts";
import type { OrderRow, ReturnRow } from "../store/loyalty-orders.ts";
import { readOrder, readOrders, readReturns } from "../store/loyalty-orders.ts";
import type { Page } from "./earnings.ts";
import { nextCursorOf, numberOrNull, viewEarning } from "./earnings.ts";

interface Parts {
  readonly returns: readonly ReturnRow[];
  readonly earnings: readonly EarningRow[];
}

function viewOrder(order: OrderRow, { returns, earnings }: Parts, nowMs: number) {
  const { tierId } = order.facts;
  return {
    orderRef: order.order_ref,
    account: order.account,
    state: order.state,
    placedAt: Number(order.placed_at),
    receivedAt: Number(order.received_at),
    maturesAt: numberOrNull(order.matures_at),
    isFirstPurchase: order.is_first,
    tierId: tierId ?? null,
    rulesVersion: order.rules_version,
    rulesHash: order.rules_hash,
    paidFen: order.paid_fen,
    keptFen: order.kept_fen,
    lines: [...order.lines],
    returns: returns.map((back) => ({
      returnRef: back.return_ref,
      lines: [...back.lines],
      paidFen: back.paid_fen,
      receivedAt: Number(back.received_at),
    })),
    earnings: earnings.map((row) => viewEarning(row, nowMs)),
  };
}

export async function showOrder(db: Tx, of: { merchantId: number; orderRef: string }, nowMs: number) {
  const order = await readOrder(db, of.merchantId, of.orderRef);
  if (order === undefined) throw new LedgerError("not_found", { what: `order ${of.orderRef}` });
  const [returns, earnings] = [await readReturns(db, [order.id]), await readEarningsOfOrders(db, [order.id])];
  return viewOrder(order, { returns, earnings }, nowMs);
}

export async function listOrders(
  db: Tx,
  of: { merchantId: number; account?: Address | undefined },
  { page: { limit, cursor }, nowMs }: { page: Page; nowMs: number },
) {
  const orders = await readOrders(db, { ...of, before: cursor, limit });
  const ids = orders.map(({ id }) => id);
  const returns = Map.groupBy(await readReturns(db, ids), (back) => back.order_id);
  const earnings = Map.groupBy(await readEarningsOfOrders(db, ids), (row) => row.order_id ?? "");
  const partsOf = (id: string): Parts => ({ returns: returns.get(id) ?? [], earnings: earnings.get(id) ?? [] });
  return {
    items: orders.map((order) => viewOrder(order, partsOf(order.id), nowMs)),
    nextCursor: nextCursorOf(orders, limit),
  };
}
