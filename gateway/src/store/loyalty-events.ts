/** What happened to a merchant's loyalty, written in the very transaction that made it happen; webhooks are fed from it. */
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

export async function insertLoyaltyEvent(db: Tx, event: NewLoyaltyEvent): Promise<void> {
  await sql`
    insert into loyalty_event (merchant_id, name, key, data, at)
    values (${event.merchantId}, ${event.name}, ${event.key}, ${JSON.stringify(event.data)}::jsonb, ${new Date(event.now).toISOString()})
    on conflict (key) do nothing`.execute(db);
}
