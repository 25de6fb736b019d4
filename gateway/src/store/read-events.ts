/** Business events in chain order. */
import { sql } from "kysely";
import type { Tx } from "./database.ts";
import type * as rows from "./tables-governance.ts";

export interface EventsOf {
  readonly topics?: readonly string[] | undefined;
  readonly merchantId?: number | undefined;
}

/** The next business events after a place, in chain order. */
export async function readEventsAfter(
  db: Tx,
  of: EventsOf,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<rows.BusinessEventRow[]> {
  let query = db.selectFrom("business_event").selectAll().where("position", ">", after);
  if (of.topics !== undefined) query = query.where("topic", "in", of.topics);
  if (of.merchantId !== undefined)
    query = query.where(sql<boolean>`(merchant_id = ${of.merchantId} or other_merchant_id = ${of.merchantId})`);
  return query.orderBy("position").limit(limit).execute();
}
