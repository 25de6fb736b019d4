/** What a hold's new state means for what stands behind it, and which event says so; in the transaction of the change. */
import type { Tx } from "../../store/database.ts";
import { readCheckout } from "../../store/checkouts.ts";
import { insertLoyaltyEvent } from "../../store/loyalty-events.ts";
import type { PointHold } from "../../store/point-holds.ts";
import type { HoldState } from "../../store/tables-redeeming.ts";
import { tellGoods } from "../goods/tell-goods.ts";

export interface Arrival {
  readonly from: HoldState;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const DEDUCTION_EVENTS = {
  held: "deduction.held",
  captured: "deduction.captured",
  released: "deduction.released",
  failed: "deduction.failed",
} as const;

export async function tellHold(tx: Tx, hold: PointHold, arrival: Arrival): Promise<void> {
  if (hold.kind === "goods") return tellGoods(tx, hold, arrival);
  // Held again after a capture that failed: nothing that a receiver has not been told.
  if (hold.state === "held" && arrival.from !== "holding") return;
  const name = DEDUCTION_EVENTS[hold.state as keyof typeof DEDUCTION_EVENTS] as
    (typeof DEDUCTION_EVENTS)[keyof typeof DEDUCTION_EVENTS] | undefined;
  const checkout = await readCheckout(tx, hold.id);
  if (name === undefined || checkout === undefined) return;
  await insertLoyaltyEvent(tx, {
    merchantId: hold.merchantId,
    name,
    key: `hold:${hold.id}:${hold.state}:${hold.holdCommand}`,
    data: {
      orderRef: hold.businessRef,
      account: hold.account,
      token: hold.token,
      points: hold.points.toString(),
      totalFen: checkout.totalFen.toString(),
      deductionFen: checkout.deductionFen.toString(),
      cashFen: checkout.cashFen.toString(),
      releaseAt: hold.releaseAt,
      rulesVersion: checkout.rulesVersion,
      rulesHash: checkout.rulesHash,
      ...(hold.state === "failed" ? { problem: hold.problem } : {}),
    },
    now: arrival.now,
  });
}
