/** Which lines of an order a rule is about. */
import type { OrderLine } from "./evaluate.ts";
import type { Goods } from "./rule-book.ts";

type Names = Readonly<Record<keyof Goods, ReadonlySet<string> | undefined>>;

/** A book is asked about every line of every order, and may name hundreds of articles. */
const known = new WeakMap<Goods, Names>();

function namesOf(goods: Goods): Names {
  const made = known.get(goods);
  if (made !== undefined) return made;
  const set = (names: readonly string[] | undefined) => (names === undefined ? undefined : new Set(names));
  const names = {
    skus: set(goods.skus),
    categories: set(goods.categories),
    exceptSkus: set(goods.exceptSkus),
    exceptCategories: set(goods.exceptCategories),
  };
  known.set(goods, names);
  return names;
}

/** Named by SKU or by category, and excepted by neither. Freight, and what no money was paid for, never counts. */
export function concerns(goods: Goods, line: OrderLine): boolean {
  if (line.isFreight || line.quantity <= 0 || line.paidFen <= 0n) return false;
  const { skus, categories, exceptSkus, exceptCategories } = namesOf(goods);
  if (exceptSkus?.has(line.sku) === true || exceptCategories?.has(line.category) === true) return false;
  if (skus === undefined && categories === undefined) return true;
  return skus?.has(line.sku) === true || categories?.has(line.category) === true;
}
