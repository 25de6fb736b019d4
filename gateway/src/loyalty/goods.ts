/** Which lines of an order a rule is about. */
import type { OrderLine } from "./evaluate.ts";
import type { Goods } from "./rule-book.ts";

/** Named by SKU or by category, and excepted by neither. Freight, and what no money was paid for, never counts. */
export function concerns(goods: Goods, line: OrderLine): boolean {
  if (line.isFreight || line.quantity <= 0 || line.paidFen <= 0n) return false;
  const { skus, categories, exceptSkus, exceptCategories } = goods;
  if (exceptSkus?.includes(line.sku) === true || exceptCategories?.includes(line.category) === true) return false;
  if (skus === undefined && categories === undefined) return true;
  return skus?.includes(line.sku) === true || categories?.includes(line.category) === true;
}
