/** An order is confirmed (delivered, for example): its points mature now. Or it is cancelled: nothing of it earns. */
import { LedgerError } from "../../kernel/errors.ts";
import { withDatabase } from "../../store/failures.ts";
import { updateOrder } from "../../store/loyalty-orders.ts";
import type { Rooms } from "../rooms.ts";
import { holdOrder, reassess } from "./reassess.ts";
import { keepOnly } from "./return-goods.ts";

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

/** Before it is confirmed; afterwards goods come back by returns. Twice is once. */
export async function cancelOrder(rooms: Rooms, { merchantId, orderRef }: OrderName): Promise<void> {
  const nowMs = rooms.clock.now();
  await withDatabase(() =>
    rooms.db.transaction().execute(async (tx) => {
      const order = await holdOrder(tx, merchantId, orderRef);
      if (order.state === "cancelled") return;
      if (order.state === "confirmed")
        throw new LedgerError("order_state", { orderRef, state: order.state, wanted: "cancelled" });
      await updateOrder(tx, order.id, { state: "cancelled", cancelledAt: Math.floor(nowMs / 1000) });
      const lines = order.lines.map((line) => ({ ...line, keptQuantity: 0, keptFen: "0" }));
      await keepOnly(tx, { order, lines, nowMs });
    }),
  );
}
