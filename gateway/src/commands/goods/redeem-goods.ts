/** Points buy goods: the pieces leave the stock and the points are asked to be held in one database transaction. */
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, Points } from "../../kernel/ids.ts";
import { POINTS_MAX } from "../../kernel/ids.ts";
import type { Tx } from "../../store/database.ts";
import type { Goods } from "../../store/goods.ts";
import { countTaken, findGoods, takeStock } from "../../store/goods.ts";
import { insertRedemption } from "../../store/goods-redemptions.ts";
import type { Accepted } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { findMerchant } from "../find-merchant.ts";
import { askHold } from "../redeeming/ask-hold.ts";
import { contentHash } from "../redeeming/content-hash.ts";
import { holderOf } from "../redeeming/holder-of.ts";
import type { SignedHold } from "../redeeming/plan-hold.ts";
import type { Rooms } from "../rooms.ts";
import { showGoods } from "./manage-goods.ts";

export interface GoodsRequest {
  readonly merchantId: number;
  readonly sku: string;
  readonly redemptionRef: string;
  readonly quantity: number;
  /** A managed customer of the caller's, or an account with its signature. */
  readonly customerId?: string | undefined;
  readonly account?: Address | undefined;
  readonly signatures?: { readonly hold: SignedHold } | undefined;
}

/** The name of a redemption of goods on the chain; an order may have the same number. */
export const goodsRef = (redemptionRef: string): string => `goods:${redemptionRef}`;

export async function redeemGoods(rooms: Rooms, asked: Asked, request: GoodsRequest): Promise<Accepted> {
  const { merchantId, sku, redemptionRef, quantity } = request;
  const account = await holderOf(rooms, asked.caller, request);
  return askHold(rooms, asked, {
    name: { merchantId, kind: "goods", businessRef: redemptionRef },
    contentHash: contentHash([account, sku, quantity]),
    async make() {
      const { token, ...merchant } = await findMerchant(rooms, merchantId);
      if (token === undefined) throw new LedgerError("not_found", { what: `token of merchant ${merchantId}` });
      const goods = await showGoods(rooms, merchantId, sku);
      await assertAvailable(rooms.db, goods, { account, quantity, now: rooms.clock.now() });
      const points = goods.points * BigInt(quantity);
      if (points > POINTS_MAX)
        throw new LedgerError("request_invalid", { field: "quantity", problem: "costs more points than there can be" });
      const hold = {
        merchant: { ...merchant, token },
        account,
        points: points as Points,
        chainRef: goodsRef(redemptionRef),
        seconds: goods.acceptWithinSeconds,
        signed: request.signatures?.hold,
      };
      return {
        hold: { ...hold, kind: "goods" },
        beside: (tx, holdId) => reserve(rooms, tx, { holdId, account, request, points: goods.points }),
      };
    },
  });
}

/** A sold out shelf is told before anything is signed; what counts is looked at again when the pieces are taken. */
async function assertAvailable(
  db: Tx,
  goods: Goods,
  wanted: { account: Address; quantity: number; now: number },
): Promise<void> {
  const { merchantId, sku, stock } = goods;
  const { quantity } = wanted;
  if (!goods.isOpen) throw new LedgerError("goods_closed", { sku });
  if (stock !== null && stock < quantity) throw new LedgerError("goods_sold_out", { sku, left: stock, quantity });
  if (goods.perCustomer === null) return;
  const { max, seconds } = goods.perCustomer;
  const since = wanted.now - seconds * 1_000;
  const taken = await countTaken(db, { merchantId, sku, account: wanted.account, since });
  if (taken + quantity > max) throw new LedgerError("goods_limit", { sku, max, seconds, taken, quantity });
}

async function reserve(
  { clock }: Pick<Rooms, "clock">,
  tx: Tx,
  wanted: { holdId: string; account: Address; request: GoodsRequest; points: Points },
): Promise<void> {
  const { holdId, account, request } = wanted;
  const { merchantId, sku, quantity } = request;
  const now = clock.now();
  const taken = await takeStock(tx, { merchantId, sku, quantity });
  if (taken === undefined) {
    const left = (await findGoods(tx, merchantId, sku))?.stock ?? 0;
    throw new LedgerError("goods_sold_out", { sku, left, quantity });
  }
  // The row is ours now: nobody else counts or takes until this transaction ends.
  const takesStock = taken.stock !== null;
  const shelf = { ...taken, stock: taken.stock === null ? null : taken.stock + quantity };
  await assertAvailable(tx, shelf, { account, quantity, now });
  // The price may have been changed while the chain was asked; then the customer has consented to another.
  if (taken.points !== wanted.points)
    throw new LedgerError("request_invalid", { field: "sku", problem: "costs another price by now: ask again" });
  const { connectorRef } = taken;
  await insertRedemption(tx, { holdId, merchantId, sku, quantity, account, takesStock, connectorRef, now });
}
