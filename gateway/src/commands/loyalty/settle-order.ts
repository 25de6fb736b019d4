/** An order is confirmed (delivered, for example): its points mature now. Or it is cancelled: nothing of it earns. */
import { LedgerError } from "../../kernel/errors.ts";
import { parseFen } from "../../kernel/ids.ts";
import type { Tx } from "../../store/database.ts";
import { withDatabase } from "../../store/failures.ts";
import { insertReturn, readReturns, updateOrder } from "../../store/loyalty-orders.ts";
import type { StoredLine } from "../../store/tables-earning.ts";
import type { Rooms } from "../rooms.ts";
import type { ReturnLine } from "./order-lines.ts";
import { holdOrder, reassess } from "./reassess.ts";
import { refundCheckout } from "./refund-checkout.ts";
import { keepOnly } from "./return-goods.ts";
import { refundOf, withListPrices } from "./return-prices.ts";
import { contentHash } from "./whose.ts";

export interface OrderName {
  readonly merchantId: number;
  readonly orderRef: string;
}

/** Twice is once. */
export async function confirmOrder(rooms: Rooms, { merchantId, orderRef }: OrderName): Promise<void> {
  const nowMs = rooms.clock.now();
  const now = Math.floor(nowMs / 1000);
  await withDatabase(() =>
    rooms.db.transaction().execute(async (tx) => {
      const order = await holdOrder(tx, merchantId, orderRef);
      if (order.state === "confirmed") return;
      if (order.state === "cancelled")
        throw new LedgerError("order_state", { orderRef, state: order.state, wanted: "confirmed" });
      const maturesAt = Math.min(now, order.matures_at === null ? now : Number(order.matures_at));
      await updateOrder(tx, order.id, { state: "confirmed", confirmedAt: now, maturesAt });
      await reassess(tx, { order, lines: order.lines, maturesAt, nowMs });
    }),
  );
}

/** What a cancellation is called among the returns of an order. */
const CANCELLED = "cancelled";

/**
 * Before it is confirmed; afterwards goods come back by returns. What was paid with points goes back as well, if it was
 * captured. Twice is once.
 */
export async function cancelOrder(rooms: Rooms, name: OrderName): Promise<void> {
  await withDatabase(() => rooms.db.transaction().execute((tx) => cancel(tx, name, rooms.clock.now())));
}

async function cancel(tx: Tx, { merchantId, orderRef }: OrderName, nowMs: number): Promise<void> {
  const order = await holdOrder(tx, merchantId, orderRef);
  if (order.state === "cancelled") return;
  if (order.state === "confirmed")
    throw new LedgerError("order_state", { orderRef, state: order.state, wanted: "cancelled" });
  const returns = await readReturns(tx, [order.id]);
  const kept = order.lines.filter(({ keptQuantity }) => keptQuantity > 0);
  const stored = await withListPrices(tx, { order, returns, lines: kept.map(wholeLine) });
  const now = Math.floor(nowMs / 1000);
  const paidFen = kept.reduce((sum, { keptFen }) => sum + BigInt(keptFen), 0n);
  if (stored.length > 0)
    await insertReturn(tx, {
      orderId: order.id,
      returnRef: CANCELLED,
      contentHash: contentHash({ CANCELLED }),
      lines: stored,
      paidFen,
      now,
    });
  await updateOrder(tx, order.id, { state: "cancelled", cancelledAt: now });
  const lines = order.lines.map((line) => ({ ...line, keptQuantity: 0, keptFen: "0" }));
  await keepOnly(tx, { order, lines, nowMs });
  const refund = refundOf(stored);
  if (refund !== undefined) await refundCheckout(tx, { merchantId, orderRef, returnRef: CANCELLED, ...refund }, nowMs);
}

const wholeLine = ({ sku, keptQuantity, keptFen }: StoredLine): ReturnLine => ({
  sku,
  quantity: keptQuantity,
  paidFen: parseFen(keptFen),
});
