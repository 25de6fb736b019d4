/** What a merchant calls its own things: the chain knows only hashes of these names, and of an issue among many not even that. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

export interface OwnRef {
  readonly kind: "order" | "checkout" | "goodsRedemption" | "command";
  /** The name itself; of points that were issued, the id of the command that asked for them. */
  readonly id: string;
  readonly state: string;
  readonly token: Address | null;
}

/** Of one merchant, by the name exactly: each is one row of a unique index. */
export async function findOwnRefs(db: Tx, merchantId: number, ref: string): Promise<OwnRef[]> {
  const { rows } = await sql<OwnRef>`
    select 'order' as kind, order_ref as id, state, null as token from loyalty_order
      where merchant_id = ${merchantId} and order_ref = ${ref}
    union all select case kind when 'goods' then 'goodsRedemption' else 'checkout' end, business_ref, state, token
      from point_hold where merchant_id = ${merchantId} and kind in ('goods', 'deduction') and business_ref = ${ref}
    union all select 'command', command.id::text, item.state, item.token
      from issue_item item join command on command.seq = item.command_seq
      join point_token on point_token.address = item.token
      where point_token.merchant_id = ${merchantId} and item.order_ref = ${ref} and item.state <> 'failed'
    limit 20`.execute(db);
  return rows;
}
