/** Business events in chain order. */
import { sql } from "kysely";
import type { Tx } from "./database.ts";
import type { Page } from "./read-activity.ts";
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

/** The last business events before a place, newest first: one index range a topic, merged, for an `in` would sort them all. */
export async function readEventsBefore(
  db: Tx,
  topics: readonly string[] | undefined,
  { before, limit }: Page,
): Promise<rows.BusinessEventRow[]> {
  const range = (topic: string | undefined) => {
    let query = db.selectFrom("business_event").selectAll();
    if (before !== undefined) query = query.where("position", "<", before);
    if (topic !== undefined) query = query.where("topic", "=", topic);
    return query
      .orderBy("position", "desc")
      .limit(limit + 1)
      .execute();
  };
  if (topics === undefined) return range(undefined);
  const found: rows.BusinessEventRow[] = [];
  for (const topic of new Set(topics)) found.push(...(await range(topic)));
  return found.sort((a, b) => Number(BigInt(b.position) - BigInt(a.position))).slice(0, limit + 1);
}
