/** Deliveries: what is due, who takes it, what came of each attempt. Several processes share the work. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { LoyaltyEventName } from "../kernel/loyalty-events.ts";
import type { Database, Tx } from "./database.ts";
import type { DeliveryState, WebhookAttemptTable, WebhookDeliveryTable } from "./tables-hooks.ts";

export interface Taken {
  readonly id: string;
  readonly endpoint_id: string;
  readonly tries: number;
  readonly attempts: number;
  readonly url: string;
  readonly secret: Uint8Array;
  readonly generation: number;
  readonly old_secret: Uint8Array | null;
  readonly old_secret_until: Date | null;
  readonly event_id: string;
  readonly merchant_id: number;
  readonly name: LoyaltyEventName;
  readonly data: Record<string, unknown>;
  readonly at: Date;
}

/** So many of the due ones are looked at to find work for receivers that have a free place. */
const LOOKED_AT_MAX = 256;

export interface Taking {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Taken ones are due again after this: longer than any exchange, and all that a crash delays. */
  readonly leaseMs: number;
  readonly limit: number;
  readonly perEndpoint: number;
  /** Places in use now: a slow receiver keeps its own places, not those of others. */
  readonly busy: ReadonlyMap<string, number>;
}

/**
 * Takes what is due, each with the number of its attempt written down before it is made. `hasMore`: what is due fills the
 * look, and behind it others may wait for a receiver that has a free place.
 */
export async function takeDeliveries(
  db: Database,
  { now, leaseMs, limit, perEndpoint, busy }: Taking,
): Promise<{ taken: Taken[]; hasMore: boolean }> {
  const full = [...busy].filter(([, count]) => count >= perEndpoint).map(([id]) => id);
  const due = await sql<{ id: string; endpoint_id: string }>`
    select id, endpoint_id from webhook_delivery
    where state = 'waiting' and next_at <= ${new Date(now).toISOString()}::timestamptz and endpoint_id <> all (${full}::uuid[])
    order by next_at limit ${LOOKED_AT_MAX}`.execute(db);
  const counts = new Map(busy);
  const chosen: string[] = [];
  for (const { id, endpoint_id: endpoint } of due.rows) {
    const count = counts.get(endpoint) ?? 0;
    if (chosen.length >= limit || count >= perEndpoint) continue;
    counts.set(endpoint, count + 1);
    chosen.push(id);
  }
  const taken = chosen.length === 0 ? [] : await take(db, chosen, { now, leaseMs });
  return { taken, hasMore: due.rows.length === LOOKED_AT_MAX };
}

async function take(db: Database, ids: string[], { now, leaseMs }: { now: number; leaseMs: number }): Promise<Taken[]> {
  const [at, until] = [new Date(now).toISOString(), new Date(now + leaseMs).toISOString()];
  const { rows } = await sql<Taken>`
    with free as (
      select id from webhook_delivery
      where id = any (${ids}::uuid[]) and state = 'waiting' and next_at <= ${at}::timestamptz
      for update skip locked
    ), taken as (
      update webhook_delivery d set tries = tries + 1, attempts = attempts + 1, next_at = ${until}::timestamptz
      from free where d.id = free.id
      returning d.id, d.endpoint_id, d.event_seq, d.tries, d.attempts
    ), noted as (
      insert into webhook_attempt (delivery_id, number, at) select id, attempts, ${at}::timestamptz from taken
    )
    select t.id, t.endpoint_id, t.tries, t.attempts, e.url, e.secret, e.generation, e.old_secret, e.old_secret_until,
      v.id as event_id, v.merchant_id, v.name, v.data, v.at
    from taken t join webhook_endpoint e on e.id = t.endpoint_id join loyalty_event v on v.seq = t.event_seq`.execute(
    db,
  );
  return rows;
}

export interface AttemptOutcome {
  readonly deliveryId: string;
  readonly number: number;
  readonly status?: number;
  readonly problem?: string;
  readonly answer?: string;
  readonly durationMs: number;
  readonly state: DeliveryState;
  readonly nextAt: number;
  readonly now: number;
}

/** What came of an attempt; a later one that overtook it keeps the last word on the delivery, unless this one arrived. */
export async function finishAttempt(db: Tx, outcome: AttemptOutcome): Promise<void> {
  const [nextAt, now] = [new Date(outcome.nextAt).toISOString(), new Date(outcome.now).toISOString()];
  const isDelivered = outcome.state === "delivered";
  await sql`
    with noted as (
      update webhook_attempt set status = ${outcome.status ?? null}::integer, problem = ${outcome.problem ?? null}::text,
        answer = ${outcome.answer ?? null}::text, duration_ms = ${outcome.durationMs}::integer
      where delivery_id = ${outcome.deliveryId}::uuid and number = ${outcome.number}::integer
    )
    update webhook_delivery set state = ${outcome.state}::text, next_at = ${nextAt}::timestamptz,
      delivered_at = case when ${isDelivered}::boolean then ${now}::timestamptz else delivered_at end
    where id = ${outcome.deliveryId}::uuid
      and (${isDelivered}::boolean or (state = 'waiting' and attempts = ${outcome.number}::integer))`.execute(db);
}

/** A receiver that is gone for good: nothing more is sent to it until it is registered again. */
export async function retireEndpoint(db: Tx, endpointId: string): Promise<void> {
  await db.updateTable("webhook_endpoint").set({ state: "disabled" }).where("id", "=", endpointId).execute();
  await db
    .updateTable("webhook_delivery")
    .set({ state: "dead" })
    .where("endpoint_id", "=", endpointId)
    .where("state", "=", "waiting")
    .execute();
}

export type DeliveryRow = Selectable<WebhookDeliveryTable> & {
  readonly event_id: string;
  readonly event_name: LoyaltyEventName;
};

function deliveries(db: Tx) {
  return db
    .selectFrom("webhook_delivery as d")
    .innerJoin("loyalty_event as v", "v.seq", "d.event_seq")
    .selectAll("d")
    .select(["v.id as event_id", "v.name as event_name"]);
}

/** Overdue at `now` (milliseconds since 1970): what grows when receivers, or this gateway, do not keep up. */
export async function countOverdue(db: Tx, now: number): Promise<number> {
  const row = await db
    .selectFrom("webhook_delivery")
    .select((read) => read.fn.countAll<string>().as("count"))
    .where("state", "=", "waiting")
    .where("next_at", "<=", new Date(now).toISOString() as never)
    .executeTakeFirst();
  return Number(row?.count ?? 0);
}

/** Of these events, to whomever they go. */
export async function readDeliveriesOfEvents(
  db: Tx,
  eventSeqs: readonly string[],
): Promise<Selectable<WebhookDeliveryTable>[]> {
  if (eventSeqs.length === 0) return [];
  return db
    .selectFrom("webhook_delivery")
    .selectAll()
    .where("event_seq", "in", [...eventSeqs])
    .orderBy("event_seq")
    .orderBy("endpoint_id")
    .execute();
}

/** Newest event first. */
export async function readDeliveries(
  db: Tx,
  endpointId: string,
  page: { limit: number; before?: string | undefined; state?: DeliveryState | undefined },
): Promise<DeliveryRow[]> {
  let select = deliveries(db).where("d.endpoint_id", "=", endpointId);
  if (page.before !== undefined) select = select.where("d.event_seq", "<", page.before);
  if (page.state !== undefined) select = select.where("d.state", "=", page.state);
  return select
    .orderBy("d.event_seq", "desc")
    .limit(page.limit + 1)
    .execute();
}

export async function readDelivery(db: Tx, merchantId: number, id: string): Promise<DeliveryRow | undefined> {
  return deliveries(db)
    .innerJoin("webhook_endpoint as e", "e.id", "d.endpoint_id")
    .where("d.id", "=", id)
    .where("e.merchant_id", "=", merchantId)
    .executeTakeFirst();
}

export async function readAttempts(db: Tx, ids: readonly string[]): Promise<Selectable<WebhookAttemptTable>[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom("webhook_attempt")
    .selectAll()
    .where("delivery_id", "in", [...ids])
    .orderBy("delivery_id")
    .orderBy("number")
    .execute();
}

/** Due at once, with all its tries again. The same request twice is one. */
export async function renewDelivery(db: Tx, id: string, asked: { now: number; key: string }): Promise<void> {
  await db
    .updateTable("webhook_delivery")
    .set({ state: "waiting", tries: 0, next_at: new Date(asked.now).toISOString(), redelivered_by: asked.key })
    .where("id", "=", id)
    .where((where) => where.or([where("redelivered_by", "is", null), where("redelivered_by", "<>", asked.key)]))
    .execute();
}
