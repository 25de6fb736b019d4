/** What a hold's new state means for the goods it pays for: their state, the stock, the outside catalogue, the event. */
import type { Tx } from "../../store/database.ts";
import { putStockBack } from "../../store/goods.ts";
import type { GoodsRedemption } from "../../store/goods-redemptions.ts";
import { moveRedemption, readRedemption } from "../../store/goods-redemptions.ts";
import { insertLoyaltyEvent } from "../../store/loyalty-events.ts";
import type { PointHold } from "../../store/point-holds.ts";
import type { FulfilmentState } from "../../store/tables-redeeming.ts";

type Told = "reserved" | "accepted" | "shipped" | "delivered" | "cancelled" | "failed";

/** Before points are captured. */
const OPEN: readonly FulfilmentState[] = ["holding", "reserved", "accepting", "cancelling"];

export async function tellGoods(tx: Tx, hold: PointHold, { now }: { now: number }): Promise<void> {
  const redemption = await readRedemption(tx, hold.id);
  if (redemption === undefined) return;
  const { holdId, connectorRef } = redemption;
  if (hold.state === "held") {
    if (connectorRef !== null && redemption.state === "holding")
      await moveRedemption(tx, { holdId, from: ["holding"], to: "holding", outside: "reserve", now });
    else if (redemption.state === "holding") await reach(tx, redemption, { to: "reserved", from: ["holding"], now });
    // A capture that the chain refused: it is reserved as before.
    else await moveRedemption(tx, { holdId, from: ["accepting"], to: "reserved", now });
  }
  if (hold.state === "captured") {
    const outside = connectorRef === null ? undefined : ("confirm" as const);
    await reach(tx, redemption, { to: "accepted", from: ["reserved", "accepting"], outside, now });
  }
  if (hold.state === "released") await giveUp(tx, redemption, "cancelled", now);
  if (hold.state === "failed") await giveUp(tx, redemption, "failed", now);
}

/** The pieces go back to the shelf, and the outside catalogue is told if it knows of them. */
async function giveUp(tx: Tx, redemption: GoodsRedemption, to: "cancelled" | "failed", now: number): Promise<void> {
  const outside = redemption.outside === null || redemption.outside === "cancelled" ? undefined : ("cancel" as const);
  await reach(tx, redemption, { to, from: OPEN, outside, now });
}

/** The points are back at the customer, with their ages. */
export async function tellGoodsRefunded(tx: Tx, holdId: string, now: number): Promise<void> {
  const redemption = await readRedemption(tx, holdId);
  if (redemption !== undefined) await reach(tx, redemption, { to: "cancelled", from: ["cancelling"], now });
}

export interface Reached {
  readonly to: Told;
  readonly from: readonly FulfilmentState[];
  readonly outside?: "confirm" | "cancel" | undefined;
  readonly tracking?: string | undefined;
  readonly reason?: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** False when it was in another state; then nothing is told and no stock goes back a second time. */
export async function reach(tx: Tx, redemption: GoodsRedemption, reached: Reached): Promise<boolean> {
  const { to, now } = reached;
  if (!(await moveRedemption(tx, { holdId: redemption.holdId, ...reached }))) return false;
  if ((to === "cancelled" || to === "failed") && redemption.takesStock) await putStockBack(tx, redemption);
  const reason = reached.reason ?? redemption.reason;
  const tracking = reached.tracking ?? redemption.tracking;
  await insertLoyaltyEvent(tx, {
    merchantId: redemption.merchantId,
    name: `goods.${to}`,
    key: `goods:${redemption.id}:${to}`,
    data: {
      redemptionRef: redemption.redemptionRef,
      sku: redemption.sku,
      quantity: redemption.quantity,
      account: redemption.account,
      points: redemption.points,
      ...(reason === null ? {} : { reason }),
      ...(tracking === null ? {} : { tracking }),
    },
    now,
  });
  return true;
}
