/**
 * What happened to a merchant's loyalty, written in the very transaction that made it happen, together with one delivery
 * for each webhook that wants to hear it: so an event and its deliveries stand or fall with what they tell of.
 */
import { sql } from "kysely";
import type { LoyaltyEventName } from "../kernel/loyalty-events.ts";
import type { Tx } from "./database.ts";

export interface NewLoyaltyEvent {
  readonly merchantId: number;
  readonly name: LoyaltyEventName;
  /** Unique for ever: the same event said twice is one event. `earning:<id>:issued`, for example. */
  readonly key: string;
  /** Amounts as decimal strings, times as unix seconds; no personal data. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export function insertLoyaltyEvent(db: Tx, event: NewLoyaltyEvent): Promise<void> {
  return insertLoyaltyEvents(db, [event]);
}

/** All in one statement: some hundreds of a routine's portion, some thousands of a range of blocks. */
export async function insertLoyaltyEvents(db: Tx, events: readonly NewLoyaltyEvent[]): Promise<void> {
  if (events.length === 0) return;
  const rows = JSON.stringify(
    events.map(({ merchantId, name, key, data, now }) => ({
      merchant_id: merchantId,
      name,
      key,
      data,
      at: new Date(now).toISOString(),
    })),
  );
  // Due at once, also when the teller's clock is ahead of the one that delivers.
  await sql`
    with told as (
      insert into loyalty_event (merchant_id, name, key, data, at)
      select merchant_id, name, key, data, at
      from jsonb_to_recordset(${rows}::jsonb)
        as r(merchant_id integer, name text, key text, data jsonb, at timestamptz)
      on conflict (key) do nothing
      returning seq, merchant_id, name, at
    )
    insert into webhook_delivery (endpoint_id, event_seq, next_at)
    select e.id, told.seq, least(told.at, now())
    from told join webhook_endpoint e on e.merchant_id = told.merchant_id and e.deleted_at is null
    where e.state = 'active' and (e.events is null or told.name = any (e.events))`.execute(db);
}

export interface LoyaltyEventRow {
  readonly seq: string;
  readonly id: string;
  readonly merchant_id: number;
  readonly name: LoyaltyEventName;
  readonly data: Record<string, unknown>;
  readonly at: Date;
}

/** Newest first. */
export async function readLoyaltyEvents(
  db: Tx,
  merchantId: number,
  page: { limit: number; before?: string | undefined; name?: LoyaltyEventName | undefined },
): Promise<LoyaltyEventRow[]> {
  let select = db.selectFrom("loyalty_event").selectAll().where("merchant_id", "=", merchantId);
  if (page.before !== undefined) select = select.where("seq", "<", page.before);
  if (page.name !== undefined) select = select.where("name", "=", page.name);
  return select
    .orderBy("seq", "desc")
    .limit(page.limit + 1)
    .execute();
}
