/** Goods of an order that was partly paid with points come back: points and money go back in the order's own proportion. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Fen, Points } from "../../kernel/ids.ts";
import type { RefundLine, RefundSplit, ReturnedAmount } from "../../loyalty/refund-split.ts";
import { leftToReturn, splitRefund } from "../../loyalty/refund-split.ts";
import type { Tx } from "../../store/database.ts";
import { readCheckout, saveCheckoutLines } from "../../store/checkouts.ts";
import { withDatabase } from "../../store/failures.ts";
import { findHold, lockHold } from "../../store/point-holds.ts";
import type { PointHold } from "../../store/point-holds.ts";
import type { PointRefund } from "../../store/point-refunds.ts";
import { insertRefund, listRefunds } from "../../store/point-refunds.ts";
import { contentHash } from "../redeeming/content-hash.ts";
import { tellRefund } from "../redeeming/follow-refunds.ts";
import { foundHold } from "../redeeming/settle-hold.ts";
import type { Rooms } from "../rooms.ts";
import { refundLine } from "./settle-checkout.ts";

export type { PointRefund } from "../../store/point-refunds.ts";

export interface CheckoutRefund {
  readonly merchantId: number;
  readonly orderRef: string;
  readonly returnRef: string;
  /** At list price, deduction included. */
  readonly amountFen: Fen;
  /** Which lines it is of, their sum `amountFen`; absent: all that is left of the order, in proportion. */
  readonly lines?: readonly { readonly sku: string; readonly amountFen: Fen }[] | undefined;
}

/** For a shop that keeps its orders elsewhere. Throws for an order that nobody knows, or that was cancelled. */
export async function refundOrder(rooms: Rooms, refund: CheckoutRefund): Promise<PointRefund> {
  const { merchantId, orderRef } = refund;
  const hold = await foundHold(rooms, { merchantId, kind: "deduction", businessRef: orderRef });
  const now = rooms.clock.now();
  const stored = await withDatabase(() => rooms.db.transaction().execute((tx) => refundCheckout(tx, refund, now)));
  if (stored !== undefined) return stored;
  const state = hold.isReleaseWanted ? "releasing" : hold.state;
  throw new LedgerError("redemption_state", { ref: orderRef, state, wanted: "refunded" });
}

/**
 * In the transaction of what it is the refund of: both stand or fall together. Undefined when there is no check-out of
 * this order, or it was cancelled. A routine gives the points back as soon as they are captured. The same return said
 * twice is one return.
 */
export async function refundCheckout(tx: Tx, refund: CheckoutRefund, now: number): Promise<PointRefund | undefined> {
  const { merchantId, orderRef } = refund;
  const named = await findHold(tx, { merchantId, kind: "deduction", businessRef: orderRef });
  const hold = named && (await lockHold(tx, named.id));
  if (hold === undefined) return undefined;
  const hash = hashOf(refund);
  const before = (await listRefunds(tx, hold.id)).find(({ refundRef }) => refundRef === refund.returnRef);
  if (before !== undefined && before.contentHash !== hash)
    throw new LedgerError("return_exists", { ref: orderRef, returnRef: refund.returnRef });
  if (before !== undefined) return before;
  if (hold.state === "released" || hold.state === "failed" || hold.isReleaseWanted) return undefined;
  return insert(tx, hold, { ...refund, hash, now });
}

function hashOf({ amountFen, lines }: CheckoutRefund) {
  return contentHash([amountFen, lines?.map((line) => [line.sku, line.amountFen])]);
}

async function insert(
  tx: Tx,
  hold: PointHold,
  refund: CheckoutRefund & { hash: ReturnType<typeof hashOf>; now: number },
): Promise<PointRefund | undefined> {
  const checkout = await readCheckout(tx, hold.id);
  if (checkout === undefined) return undefined;
  const lines = checkout.lines.map(refundLine);
  const returned = returnedOf(refund);
  assertLeft(lines, returned, refund.orderRef);
  const split = splitRefund(lines, returned);
  const points = pointsOf(split, { hold, deductionFen: checkout.deductionFen });
  await saveCheckoutLines(tx, hold.id, split.lines.map(storedLine));
  const { returnRef: refundRef, amountFen, hash, now } = refund;
  // A return so small that no fen of it was paid with points is done as soon as it is written down.
  const state = points === 0n ? "done" : "due";
  const { cashFen } = split;
  const row = { holdId: hold.id, refundRef, contentHash: hash, points, amountFen, cashFen, state, now } as const;
  const stored = await insertRefund(tx, row);
  if (state === "done") await tellRefund(tx, hold, stored, now);
  return stored;
}

function returnedOf({ amountFen, lines, orderRef }: CheckoutRefund): readonly ReturnedAmount[] {
  if (lines === undefined) return [{ amountFen }];
  const sum = lines.reduce((total, line) => total + line.amountFen, 0n);
  if (sum !== amountFen)
    throw new LedgerError("request_invalid", {
      field: "amountFen",
      problem: `must be the sum of the lines of ${orderRef}, ${sum}`,
    });
  return lines;
}

function assertLeft(lines: readonly RefundLine[], returned: readonly ReturnedAmount[], orderRef: string): void {
  const bySku = Map.groupBy(returned, ({ sku }) => sku);
  for (const [sku, amounts] of bySku) {
    if (sku !== undefined && !lines.some((line) => line.sku === sku))
      throw new LedgerError("not_found", { what: `line ${sku} of order ${orderRef}` });
    const amountFen = amounts.reduce((total, amount) => total + amount.amountFen, 0n);
    const leftFen = leftToReturn(lines, sku);
    if (amountFen > leftFen)
      throw new LedgerError("return_exceeds", {
        ref: sku === undefined ? orderRef : `${orderRef}/${sku}`,
        leftFen: leftFen.toString(),
        amountFen: amountFen.toString(),
      });
  }
}

/** Points and their fen are in a fixed, whole ratio, so this division leaves nothing over. */
function pointsOf(split: RefundSplit, of: { hold: PointHold; deductionFen: Fen }): Points {
  return ((split.deductionFen * of.hold.points) / of.deductionFen) as Points;
}

function storedLine(line: RefundLine) {
  return {
    sku: line.sku,
    listFen: line.listFen.toString(),
    deductionFen: line.deductionFen.toString(),
    returnedFen: line.returnedFen.toString(),
    returnedDeductionFen: line.returnedDeductionFen.toString(),
  };
}
