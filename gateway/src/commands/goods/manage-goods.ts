/** The merchant's catalogue of what points buy. */
import { LedgerError } from "../../kernel/errors.ts";
import { withDatabase } from "../../store/failures.ts";
import { findConnector } from "../../store/goods-connectors.ts";
import type { Goods } from "../../store/goods.ts";
import { findGoods, listGoods, saveGoods } from "../../store/goods.ts";
import type { Rooms } from "../rooms.ts";

export type { Goods } from "../../store/goods.ts";

/** The same document twice is the same catalogue: a PUT needs no other memory. */
export async function putGoods(rooms: Pick<Rooms, "db" | "clock">, goods: Goods): Promise<Goods> {
  const { merchantId, connectorRef } = goods;
  return withDatabase(async () => {
    if (connectorRef !== null && (await findConnector(rooms.db, merchantId, connectorRef)) === undefined)
      throw new LedgerError("not_found", { what: `goods connector ${connectorRef}` });
    if (goods.stock === null && connectorRef === null)
      throw new LedgerError("request_invalid", {
        field: "stock",
        problem: "is missing: only an outside catalogue keeps the stock itself",
      });
    return saveGoods(rooms.db, goods, rooms.clock.now());
  });
}

export async function showGoods({ db }: Pick<Rooms, "db">, merchantId: number, sku: string): Promise<Goods> {
  const goods = await withDatabase(() => findGoods(db, merchantId, sku));
  if (goods === undefined) throw new LedgerError("not_found", { what: `goods ${sku} of merchant ${merchantId}` });
  return goods;
}

export interface GoodsPage {
  readonly items: readonly Goods[];
  readonly nextCursor: string | null;
}

export async function pageGoods(
  { db }: Pick<Rooms, "db">,
  page: { merchantId: number; cursor?: string | undefined; limit: number },
): Promise<GoodsPage> {
  const after = page.cursor === undefined ? "" : Buffer.from(page.cursor, "base64url").toString("utf8");
  const found = await withDatabase(() => listGoods(db, { ...page, after, limit: page.limit + 1 }));
  const items = found.slice(0, page.limit);
  const last = items.at(-1);
  const isMore = found.length > page.limit && last !== undefined;
  return { items, nextCursor: isMore ? Buffer.from(last.sku, "utf8").toString("base64url") : null };
}
