/** Goods come back, all or a part, before or after their points matured: what they are worth is worked out again. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Tx } from "../../store/database.ts";
import { withDatabase } from "../../store/failures.ts";
import type { OrderRow } from "../../store/loyalty-orders.ts";
import { insertReturn, readReturns, updateOrder } from "../../store/loyalty-orders.ts";
import { forgetProgressOf } from "../../store/member-events.ts";
import type { StoredLine } from "../../store/tables-earning.ts";
import type { Rooms } from "../rooms.ts";
import type { ReturnLine } from "./order-lines.ts";
import { assertOnce, goodsFen, keptLines, withoutReturned } from "./order-lines.ts";
import { holdOrder, reassess } from "./reassess.ts";
import { refundCheckout } from "./refund-checkout.ts";
import { refundOf, withListPrices } from "./return-prices.ts";
import { contentHash } from "./whose.ts";

export interface ReturnRequest {
  readonly merchantId: number;
  readonly orderRef: string;
  readonly returnRef: string;
  readonly lines: readonly ReturnLine[];
}

export interface Returned {
  readonly order: OrderRow;
  readonly isReplay: boolean;
}

export async function returnGoods(rooms: Rooms, request: ReturnRequest): Promise<Returned> {
  assertOnce(request.lines);
  for (const [index, { quantity, paidFen }] of request.lines.entries())
    if (quantity === 0 && paidFen === 0n)
      throw new LedgerError("request_invalid", { field: `lines[${index}]`, problem: "must return pieces or money" });
  return withDatabase(() => rooms.db.transaction().execute((tx) => takeBack(tx, request, rooms.clock.now())));
}

async function takeBack(tx: Tx, request: ReturnRequest, nowMs: number): Promise<Returned> {
  const { merchantId, orderRef, returnRef } = request;
  const order = await holdOrder(tx, merchantId, orderRef);
  const hash = contentHash({ lines: request.lines });
  const returns = await readReturns(tx, [order.id]);
  const before = returns.find((one) => one.return_ref === returnRef);
  if (before !== undefined) {
    if (before.content_hash !== hash) throw new LedgerError("return_exists", { ref: orderRef, returnRef });
    return { order, isReplay: true };
  }
  if (order.state === "cancelled")
    throw new LedgerError("order_state", { orderRef, state: order.state, wanted: "returned" });
  const lines = withoutReturned(orderRef, order.lines, request.lines);
  const stored = await withListPrices(tx, { order, returns, lines: request.lines });
  await insertReturn(tx, {
    orderId: order.id,
    returnRef,
    contentHash: hash,
    lines: stored,
    paidFen: request.lines.reduce((sum, { paidFen }) => sum + paidFen, 0n),
    now: Math.floor(nowMs / 1000),
  });
  await keepOnly(tx, { order, lines, nowMs });
  const refund = refundOf(stored);
  if (refund !== undefined) await refundCheckout(tx, { merchantId, orderRef, returnRef, ...refund }, nowMs);
  return { order: { ...order, lines: [...lines] }, isReplay: false };
}

/** Of the order only these lines are kept: its row, its steps in tasks and all its earnings follow. */
export async function keepOnly(
  tx: Tx,
  { order, lines, nowMs }: { order: OrderRow; lines: readonly StoredLine[]; nowMs: number },
): Promise<void> {
  const keptFen = goodsFen(keptLines(lines));
  await updateOrder(tx, order.id, { lines, keptFen });
  if (keptFen === 0n) await forgetProgressOf(tx, order.id);
  const maturesAt = order.matures_at === null ? undefined : Number(order.matures_at);
  await reassess(tx, { order, lines, maturesAt, nowMs });
}
