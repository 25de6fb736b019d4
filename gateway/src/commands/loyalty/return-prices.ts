/** What returned goods cost at list price, when a part of the order was paid with points: the refund is counted in it. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Fen } from "../../kernel/ids.ts";
import { parseFen } from "../../kernel/ids.ts";
import { readCheckout } from "../../store/checkouts.ts";
import type { Tx } from "../../store/database.ts";
import type { OrderRow, ReturnRow } from "../../store/loyalty-orders.ts";
import { findHold } from "../../store/point-holds.ts";
import type { StoredReturnLine } from "../../store/tables-earning.ts";
import type { ReturnLine } from "./order-lines.ts";

interface Returning {
  readonly order: OrderRow;
  /** Those before. */
  readonly returns: readonly ReturnRow[];
  readonly lines: readonly ReturnLine[];
}

/** Lines as they are stored. Left is what neither an earlier return nor a refund of the check-out itself has given back. */
export async function withListPrices(tx: Tx, { order, returns, lines }: Returning): Promise<StoredReturnLine[]> {
  const listed = await readListed(tx, order);
  return lines.map((line, index) => {
    const stored = { sku: line.sku, quantity: line.quantity, paidFen: line.paidFen.toString() };
    const price = listed?.get(line.sku);
    if (price === undefined) return stored;
    const back = returns.flatMap((one) => one.lines).filter(({ sku }) => sku === line.sku);
    const ours = back.reduce((sum, one) => sum + BigInt(one.listFen ?? 0), 0n);
    const left = price.listFen - (ours > price.returnedFen ? ours : price.returnedFen);
    const kept = order.lines.find(({ sku }) => sku === line.sku)?.keptQuantity ?? 0;
    const asked = line.listFen ?? byPieces(line, { left, kept, field: `lines[${index}].listFen` });
    if (asked > left)
      throw new LedgerError("return_exceeds", {
        ref: `${order.order_ref}/${line.sku}`,
        leftFen: left.toString(),
        amountFen: asked.toString(),
      });
    return { ...stored, listFen: asked.toString() };
  });
}

interface Listed {
  readonly listFen: bigint;
  readonly returnedFen: bigint;
}

/** Per SKU at list price; undefined when nothing of the order was paid with points. */
async function readListed(tx: Tx, order: OrderRow): Promise<ReadonlyMap<string, Listed> | undefined> {
  const hold = await findHold(tx, {
    merchantId: order.merchant_id,
    kind: "deduction",
    businessRef: order.order_ref,
  });
  const checkout = hold && (await readCheckout(tx, hold.id));
  if (checkout === undefined) return undefined;
  const listed = new Map<string, Listed>();
  for (const { sku, listFen, returnedFen } of checkout.lines) {
    const before = listed.get(sku) ?? { listFen: 0n, returnedFen: 0n };
    const after = { listFen: BigInt(listFen), returnedFen: BigInt(returnedFen) };
    listed.set(sku, {
      listFen: before.listFen + after.listFen,
      returnedFen: before.returnedFen + after.returnedFen,
    });
  }
  return listed;
}

/** The last piece takes what is left, so that the parts are the whole. */
function byPieces(line: ReturnLine, { left, kept, field }: { left: bigint; kept: number; field: string }): bigint {
  if (line.quantity === 0)
    throw new LedgerError("request_invalid", { field, problem: "is needed for money back without pieces" });
  return line.quantity === kept ? left : (left * BigInt(line.quantity)) / BigInt(kept);
}

/** Undefined when nothing of it was paid with points. */
export function refundOf(
  lines: readonly StoredReturnLine[],
): { readonly amountFen: Fen; readonly lines: readonly { sku: string; amountFen: Fen }[] } | undefined {
  const listed = lines.flatMap(({ sku, listFen }) =>
    listFen === undefined || listFen === "0" ? [] : [{ sku, amountFen: parseFen(listFen) }],
  );
  if (listed.length === 0) return undefined;
  return { amountFen: listed.reduce((sum, { amountFen }) => sum + amountFen, 0n) as Fen, lines: listed };
}
