/** Lines of an order: as they come in, as they are stored, and what is kept of them. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Fen } from "../../kernel/ids.ts";
import { parseFen } from "../../kernel/ids.ts";
import type { OrderLine } from "../../loyalty/evaluate.ts";
import type { StoredLine } from "../../store/tables-earning.ts";

export interface ReturnLine {
  readonly sku: string;
  readonly quantity: number;
  readonly paidFen: Fen;
  /** At list price, deduction included; left out: by the pieces. Only of orders that were partly paid with points. */
  readonly listFen?: Fen | undefined;
}

/** Each article once: a return names lines by their SKU. */
export function assertOnce(lines: readonly { readonly sku: string }[]): void {
  const seen = new Map<string, number>();
  for (const [index, { sku }] of lines.entries()) {
    const before = seen.get(sku);
    if (before !== undefined)
      throw new LedgerError("request_invalid", {
        field: `lines[${index}].sku`,
        problem: `is the same as of lines[${before}]: put both into one line`,
      });
    seen.set(sku, index);
  }
}

export function storedLines(lines: readonly OrderLine[]): StoredLine[] {
  return lines.map(({ sku, category, quantity, paidFen, isFreight }) => {
    const fen = paidFen.toString();
    return { sku, category, isFreight, quantity, paidFen: fen, keptQuantity: quantity, keptFen: fen };
  });
}

/** What is kept, as the rules see it. */
export function keptLines(lines: readonly StoredLine[]): OrderLine[] {
  return lines.map(({ sku, category, isFreight, keptQuantity, keptFen }) => ({
    sku,
    category,
    isFreight,
    quantity: keptQuantity,
    paidFen: parseFen(keptFen),
  }));
}

/** Goods without freight: what tiers, referrals and budgets look at. */
export function goodsFen(lines: readonly OrderLine[]): Fen {
  const goods = lines.filter(({ isFreight, quantity }) => !isFreight && quantity > 0);
  return goods.reduce((sum, { paidFen }) => sum + paidFen, 0n) as Fen;
}

/** Goods of which something is kept. */
export function skusOf(lines: readonly OrderLine[]): string[] {
  return lines.filter(({ isFreight, quantity }) => !isFreight && quantity > 0).map(({ sku }) => sku);
}

/** A line without pieces has nothing left that could earn, whatever part of the money the shop keeps. */
export function withoutReturned(
  orderRef: string,
  lines: readonly StoredLine[],
  back: readonly ReturnLine[],
): StoredLine[] {
  for (const { sku } of back)
    if (!lines.some((line) => line.sku === sku)) throw new LedgerError("sku_unknown", { orderRef, sku });
  return lines.map((line) => {
    const returned = back.find(({ sku }) => sku === line.sku);
    if (returned === undefined) return line;
    const keptQuantity = line.keptQuantity - returned.quantity;
    const keptFen = BigInt(line.keptFen) - returned.paidFen;
    if (keptQuantity < 0 || keptFen < 0n)
      throw new LedgerError("return_exceeds_order", {
        orderRef,
        sku: line.sku,
        keptQuantity: line.keptQuantity,
        keptFen: line.keptFen,
        quantity: returned.quantity,
        paidFen: returned.paidFen.toString(),
      });
    return { ...line, keptQuantity, keptFen: keptQuantity === 0 ? "0" : keptFen.toString() };
  });
}
