/** Webhooks as their merchant sees them: endpoints without secrets, deliveries with every attempt, the events themselves. */
import type { LoyaltyEventName } from "../kernel/loyalty-events.ts";
import type { Database } from "../store/database.ts";
import { readLoyaltyEvents } from "../store/loyalty-events.ts";
import type { DeliveryState } from "../store/tables-hooks.ts";
import type { DeliveryRow } from "../store/webhook-deliveries.ts";
import { readAttempts, readDeliveries } from "../store/webhook-deliveries.ts";
import type { EndpointRow } from "../store/webhook-endpoints.ts";
import { readEndpoint, readEndpoints } from "../store/webhook-endpoints.ts";
import type { PageQuery } from "./at-block.ts";
import { cutPage, found, positionCursor } from "./at-block.ts";

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

export function webhookView(row: EndpointRow) {
  return {
    id: row.id,
    url: row.url,
    label: row.label,
    events: row.events,
    state: row.state,
    createdAt: seconds(row.created_at),
    oldSecretUntil: row.old_secret_until === null ? null : seconds(row.old_secret_until),
  };
}

export async function listWebhooks(db: Database, merchantId: number) {
  return { items: (await readEndpoints(db, merchantId)).map(webhookView) };
}

/** With their attempts, the first one first. */
async function deliveryViews(db: Database, rows: readonly DeliveryRow[]) {
  const attempts = Map.groupBy(
    await readAttempts(
      db,
      rows.map(({ id }) => id),
    ),
    ({ delivery_id: id }) => id,
  );
  return rows.map((row) => ({
    id: row.id,
    webhookId: row.endpoint_id,
    eventId: row.event_id,
    event: row.event_name,
    state: row.state,
    nextAt: row.state === "waiting" ? seconds(row.next_at) : null,
    deliveredAt: row.delivered_at === null ? null : seconds(row.delivered_at),
    attempts: (attempts.get(row.id) ?? []).map((attempt) => ({
      number: attempt.number,
      at: seconds(attempt.at),
      status: attempt.status,
      problem: attempt.problem,
      answer: attempt.answer,
      durationMs: attempt.duration_ms,
    })),
  }));
}

export async function showDelivery(db: Database, row: DeliveryRow) {
  const [view] = await deliveryViews(db, [row]);
  return found(view, `delivery ${row.id}`);
}

export async function listDeliveries(
  db: Database,
  { merchantId, webhookId }: { merchantId: number; webhookId: string },
  { limit, cursor, state }: PageQuery & { state?: DeliveryState | undefined },
) {
  found(await readEndpoint(db, merchantId, { id: webhookId }), `webhook ${webhookId}`);
  const rows = await readDeliveries(db, webhookId, { limit, before: positionCursor(cursor), state });
  const views = new Map((await deliveryViews(db, rows.slice(0, limit))).map((view) => [view.id, view]));
  return cutPage(rows, limit, { item: (row) => found(views.get(row.id), row.id), cursor: ({ event_seq: at }) => at });
}

export async function listLoyaltyEvents(
  db: Database,
  merchantId: number,
  { limit, cursor, name }: PageQuery & { name?: LoyaltyEventName | undefined },
) {
  const rows = await readLoyaltyEvents(db, merchantId, { limit, before: positionCursor(cursor), name });
  return cutPage(rows, limit, {
    item: ({ id, name: event, data, at }) => ({ id, event, data, at: seconds(at) }),
    cursor: ({ seq }) => seq,
  });
}
