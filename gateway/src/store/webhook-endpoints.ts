/** Endpoints: whom a merchant wants told. Their secrets lie here sealed; nothing here can open them. */
import type { Selectable } from "kysely";
import type { LoyaltyEventName } from "../kernel/loyalty-events.ts";
import type { Tx } from "./database.ts";
import type { WebhookEndpointTable } from "./tables-hooks.ts";

export type EndpointRow = Selectable<WebhookEndpointTable>;

/** The name that a secret is sealed under. */
export function secretLabel(endpointId: string, generation: number): string {
  return `webhook ${endpointId} ${generation}`;
}

export interface NewEndpoint {
  readonly id: string;
  readonly merchantId: number;
  readonly url: string;
  readonly label: string;
  readonly events: readonly LoyaltyEventName[] | undefined;
  readonly sealedSecret: Uint8Array;
  readonly now: number;
}

/** Undefined when the merchant has an endpoint of this URL. */
export async function insertEndpoint(db: Tx, endpoint: NewEndpoint): Promise<EndpointRow | undefined> {
  return db
    .insertInto("webhook_endpoint")
    .values({
      id: endpoint.id,
      merchant_id: endpoint.merchantId,
      url: endpoint.url,
      label: endpoint.label,
      events: endpoint.events === undefined ? null : [...endpoint.events],
      secret: endpoint.sealedSecret,
      old_secret: null,
      old_secret_until: null,
      rotated_by: null,
      created_at: new Date(endpoint.now).toISOString(),
      deleted_at: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
}

/** The merchant's live endpoints, the oldest first; a merchant has tens at most. */
export async function readEndpoints(db: Tx, merchantId: number): Promise<EndpointRow[]> {
  return db
    .selectFrom("webhook_endpoint")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("deleted_at", "is", null)
    .orderBy("created_at")
    .orderBy("id")
    .execute();
}

export async function readEndpoint(
  db: Tx,
  merchantId: number,
  by: { id?: string; url?: string },
): Promise<EndpointRow | undefined> {
  let select = db
    .selectFrom("webhook_endpoint")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("deleted_at", "is", null);
  if (by.id !== undefined) select = select.where("id", "=", by.id);
  if (by.url !== undefined) select = select.where("url", "=", by.url);
  return select.executeTakeFirst();
}

/** False when it was deleted before. What still waits for it will not be sent. */
export async function deleteEndpoint(db: Tx, merchantId: number, id: string, now: number): Promise<boolean> {
  const row = await db
    .updateTable("webhook_endpoint")
    .set({ deleted_at: new Date(now).toISOString() })
    .where("merchant_id", "=", merchantId)
    .where("id", "=", id)
    .where("deleted_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  if (row === undefined) return false;
  await db
    .updateTable("webhook_delivery")
    .set({ state: "dead" })
    .where("endpoint_id", "=", id)
    .where("state", "=", "waiting")
    .execute();
  return true;
}

export async function setEndpointState(db: Tx, id: string, state: "active" | "disabled"): Promise<void> {
  await db.updateTable("webhook_endpoint").set({ state }).where("id", "=", id).execute();
}

export interface Rotation {
  readonly id: string;
  readonly fromGeneration: number;
  readonly sealedSecret: Uint8Array;
  readonly oldSecretUntil: number;
  readonly idempotencyKey: string;
}

/** False when another rotation was quicker. */
export async function rotateSecret(db: Tx, rotation: Rotation): Promise<boolean> {
  const row = await db
    .updateTable("webhook_endpoint")
    .set((set) => ({
      old_secret: set.ref("secret"),
      old_secret_until: new Date(rotation.oldSecretUntil).toISOString(),
      secret: rotation.sealedSecret,
      generation: rotation.fromGeneration + 1,
      rotated_by: rotation.idempotencyKey,
    }))
    .where("id", "=", rotation.id)
    .where("generation", "=", rotation.fromGeneration)
    .where("deleted_at", "is", null)
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}
