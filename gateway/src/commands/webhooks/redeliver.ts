/** A merchant has an event told once more: a dead one after its receiver was mended, or one that was lost there. */
import { LedgerError } from "../../kernel/errors.ts";
import { withDatabase } from "../../store/failures.ts";
import type { DeliveryRow } from "../../store/webhook-deliveries.ts";
import { readDelivery, renewDelivery } from "../../store/webhook-deliveries.ts";
import { readEndpoint } from "../../store/webhook-endpoints.ts";
import type { Asked } from "../asked.ts";
import type { Rooms } from "../rooms.ts";

/** The message keeps its id. The same request again is not another delivery. */
export async function redeliver(
  { db, clock }: Rooms,
  asked: Asked,
  { merchantId, deliveryId }: { merchantId: number; deliveryId: string },
): Promise<DeliveryRow> {
  const what = `delivery ${deliveryId}`;
  const delivery = await withDatabase(() => readDelivery(db, merchantId, deliveryId));
  if (delivery === undefined) throw new LedgerError("not_found", { what });
  const endpoint = await withDatabase(() => readEndpoint(db, merchantId, { id: delivery.endpoint_id }));
  if (endpoint === undefined) throw new LedgerError("not_found", { what: `webhook ${delivery.endpoint_id}` });
  if (endpoint.state === "disabled") throw new LedgerError("webhook_disabled", { webhookId: endpoint.id });
  await withDatabase(() => renewDelivery(db, deliveryId, { now: clock.now(), key: asked.idempotencyKey }));
  const renewed = await withDatabase(() => readDelivery(db, merchantId, deliveryId));
  if (renewed === undefined) throw new LedgerError("not_found", { what });
  return renewed;
}
