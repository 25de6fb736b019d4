/** Rows of webhooks and of the events they tell (migrations 0008 and 0012). */
import type { ColumnType, Generated } from "kysely";
import type { LoyaltyEventName } from "../kernel/loyalty-events.ts";

/** Both engines hand out `Date` and take an ISO string. */
type Time = ColumnType<Date, string, string>;
type TimeOrNull = ColumnType<Date | null, string | null, string | null>;

export interface LoyaltyEventTable {
  seq: Generated<string>;
  id: Generated<string>;
  merchant_id: number;
  name: LoyaltyEventName;
  key: string;
  data: ColumnType<Record<string, unknown>, string, never>;
  at: Time;
}

export interface WebhookEndpointTable {
  id: string;
  merchant_id: number;
  url: string;
  label: string;
  events: LoyaltyEventName[] | null;
  secret: Uint8Array;
  generation: Generated<number>;
  old_secret: Uint8Array | null;
  old_secret_until: TimeOrNull;
  rotated_by: string | null;
  state: Generated<"active" | "disabled">;
  created_at: Time;
  deleted_at: TimeOrNull;
}

export type DeliveryState = "waiting" | "delivered" | "dead";

export interface WebhookDeliveryTable {
  id: Generated<string>;
  endpoint_id: string;
  event_seq: string;
  state: Generated<DeliveryState>;
  tries: Generated<number>;
  attempts: Generated<number>;
  next_at: Time;
  delivered_at: TimeOrNull;
  redelivered_by: string | null;
}

export interface WebhookAttemptTable {
  delivery_id: string;
  number: number;
  at: Time;
  status: number | null;
  problem: string | null;
  answer: string | null;
  duration_ms: number | null;
}

export interface HookTables {
  loyalty_event: LoyaltyEventTable;
  webhook_endpoint: WebhookEndpointTable;
  webhook_delivery: WebhookDeliveryTable;
  webhook_attempt: WebhookAttemptTable;
}
