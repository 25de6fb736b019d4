/** An order that is partly paid with points is paid, or cancelled; and what has become of it. */
import type { Fen } from "../../kernel/ids.ts";
import { parseFen } from "../../kernel/ids.ts";
import type { RefundLine } from "../../loyalty/refund-split.ts";
import { withDatabase } from "../../store/failures.ts";
import type { Checkout, StoredLine } from "../../store/checkouts.ts";
import { readCheckout } from "../../store/checkouts.ts";
import type { PointHold } from "../../store/point-holds.ts";
import type { PointRefund } from "../../store/point-refunds.ts";
import { listRefunds } from "../../store/point-refunds.ts";
import type { Accepted } from "../accept.ts";
import type { Asked } from "../asked.ts";
import type { Step } from "../redeeming/settle-hold.ts";
import { foundHold, settleHold } from "../redeeming/settle-hold.ts";
import type { Explained } from "../show-command.ts";
import { explain } from "../show-command.ts";
import type { Rooms } from "../rooms.ts";

export interface NamedCheckout {
  readonly merchantId: number;
  readonly orderRef: string;
}

const nameOf = ({ merchantId, orderRef }: NamedCheckout) =>
  ({ merchantId, kind: "deduction", businessRef: orderRef }) as const;

export function settleCheckout(rooms: Rooms, asked: Asked, order: NamedCheckout & { step: Step }): Promise<Accepted> {
  return settleHold(rooms, asked, { name: nameOf(order), step: order.step });
}

export interface ShownCheckout {
  readonly hold: PointHold;
  readonly checkout: Checkout;
  readonly lines: readonly RefundLine[];
  readonly refunds: readonly PointRefund[];
  readonly problem: Explained | undefined;
}

export async function showCheckout(rooms: Rooms, order: NamedCheckout): Promise<ShownCheckout> {
  const hold = await foundHold(rooms, nameOf(order));
  return withDatabase(async () => {
    const checkout = await readCheckout(rooms.db, hold.id);
    if (checkout === undefined) throw new RangeError(`hold ${hold.id} pays for nothing`);
    const refunds = await listRefunds(rooms.db, hold.id);
    const problem = hold.problem === null ? undefined : explain(hold.problem);
    return { hold, checkout, lines: checkout.lines.map(refundLine), refunds, problem };
  });
}

export function refundLine({ sku, ...amounts }: StoredLine): RefundLine {
  const listFen = parseFen(amounts.listFen);
  const deductionFen = parseFen(amounts.deductionFen);
  return {
    sku,
    listFen,
    deductionFen,
    cashFen: (listFen - deductionFen) as Fen,
    returnedFen: parseFen(amounts.returnedFen),
    returnedDeductionFen: parseFen(amounts.returnedDeductionFen),
  };
}
