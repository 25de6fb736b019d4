/** Webhooks: who is told of a merchant's events, and what became of each message. */
import { z } from "zod";
import { registerEndpoint, removeEndpoint, rotateEndpointSecret } from "../../../commands/webhooks/endpoints.ts";
import { redeliver } from "../../../commands/webhooks/redeliver.ts";
import { LOYALTY_EVENTS } from "../../../kernel/loyalty-events.ts";
import {
  listDeliveries,
  listLoyaltyEvents,
  listWebhooks,
  showDelivery,
  webhookView,
} from "../../../queries/webhooks.ts";
import { askedOf } from "../../present.ts";
import type { Route } from "../../route.ts";
import { route } from "../../route.ts";
import { pageQuery, textIn, timestampOut } from "../../schemas.ts";
import { merchantIdIn, merchantPath } from "../../write-schemas.ts";

const tag = "Webhooks";
const roles = ["merchant", "operator"] as const;
const owned = "merchant";

const EXAMPLE_ID = "5a3cc2a1-5f6b-4a51-9c2e-1d9a3f0e7b10";
const uuidIn = z.uuid().meta({ example: EXAMPLE_ID });
const webhookPath = z.strictObject({ id: merchantIdIn, webhookId: uuidIn });
const eventName = z.enum(LOYALTY_EVENTS).meta({ example: "points.issued" });
const secretOut = z.string().nullable().meta({
  description: "The signing secret, told only once; null when the same request is repeated.",
  example: "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oDazfb0LlMcJY=",
});

const webhookOut = z
  .strictObject({
    id: uuidIn,
    url: z.string().meta({ example: "https://shop.example.com/hooks/points" }),
    label: z.string().meta({ example: "till back office" }),
    events: z.array(eventName).nullable().meta({ description: "null: every event." }),
    state: z.enum(["active", "disabled"]).meta({
      description: "disabled: it answered 410. Register the same URL again to turn it on.",
      example: "active",
    }),
    createdAt: timestampOut.meta({ example: 1_767_225_600 }),
    oldSecretUntil: timestampOut.nullable().meta({
      description: "Until then messages carry a signature of the secret before, too.",
      example: null,
    }),
  })
  .meta({ id: "Webhook" });

const newWebhookOut = z.strictObject({ webhook: webhookOut, secret: secretOut }).meta({ id: "NewWebhook" });

const deliveryOut = z
  .strictObject({
    id: uuidIn,
    webhookId: uuidIn,
    eventId: z.uuid().meta({ description: "The header webhook-id of every attempt.", example: EXAMPLE_ID }),
    event: eventName,
    state: z.enum(["waiting", "delivered", "dead"]).meta({
      description: "dead: no answer of 2xx at the last try; it can be redelivered.",
      example: "delivered",
    }),
    nextAt: timestampOut.nullable().meta({ example: null }),
    deliveredAt: timestampOut.nullable().meta({ example: 1_767_225_601 }),
    attempts: z.array(
      z.strictObject({
        number: z.int().meta({ example: 1 }),
        at: timestampOut.meta({ example: 1_767_225_601 }),
        status: z
          .int()
          .nullable()
          .meta({ description: "Of the receiver's answer; null: there was none.", example: 204 }),
        problem: z.string().nullable().meta({ example: null }),
        answer: z.string().nullable().meta({ description: "Its first kilobyte.", example: "" }),
        durationMs: z
          .int()
          .nullable()
          .meta({ description: "null: under way, or the process ended in it.", example: 37 }),
      }),
    ),
  })
  .meta({ id: "WebhookDelivery" });

const loyaltyEventOut = z
  .strictObject({
    id: z.uuid().meta({ example: EXAMPLE_ID }),
    event: eventName,
    data: z.record(z.string(), z.unknown()).meta({ example: { orderRef: "order-20260501-17", points: "12050" } }),
    at: timestampOut.meta({ example: 1_767_225_600 }),
  })
  .meta({ id: "LoyaltyEvent" });

const nextCursor = z.string().nullable().meta({ example: null });

const endpointRoutes: readonly Route[] = [
  route({
    method: "post",
    path: "/v1/merchants/:id/webhooks",
    operationId: "createWebhook",
    summary: "Have an address of yours told of events (Standard Webhooks)",
    description:
      "Public https addresses only, on port 443 or 8443. Each message is signed; see docs/reference/webhooks.md. An answer of 2xx within 15 s is a delivery; else it is tried ten times over three and a half days.",
    tag,
    roles,
    owned,
    params: merchantPath,
    body: z.strictObject({
      url: z.string().min(1).max(2_048).meta({ example: "https://shop.example.com/hooks/points" }),
      label: textIn(64).optional().meta({ description: "Your name of it.", example: "till back office" }),
      events: z
        .array(eventName)
        .min(1)
        .max(LOYALTY_EVENTS.length)
        .optional()
        .meta({ description: "Left out: every event, new ones too.", example: ["points.issued", "points.expiring"] }),
    }),
    output: newWebhookOut,
    status: 201,
    async run(input, rooms) {
      const { id: merchantId } = input.params;
      const { url, label, events } = input.body;
      const made = await registerEndpoint(rooms, { merchantId, url, label: label ?? "", events });
      if (made.secret === null) input.answer.header("Idempotency-Replayed", "true");
      return { webhook: webhookView(made.endpoint), secret: made.secret };
    },
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/webhooks",
    operationId: "listWebhooks",
    summary: "Who is told of the merchant's events",
    tag,
    roles,
    owned,
    params: merchantPath,
    output: z.strictObject({ items: z.array(webhookOut) }),
    run: ({ params }, { db }) => listWebhooks(db, params.id),
  }),
  route({
    method: "delete",
    path: "/v1/merchants/:id/webhooks/:webhookId",
    operationId: "deleteWebhook",
    summary: "Stop telling this address",
    tag,
    roles,
    owned,
    params: webhookPath,
    output: z.strictObject({ deleted: z.literal(true).meta({ example: true }) }),
    async run({ params }, rooms) {
      await removeEndpoint(rooms, params.id, params.webhookId);
      return { deleted: true as const };
    },
  }),
  route({
    method: "post",
    path: "/v1/merchants/:id/webhooks/:webhookId/rotate-secret",
    operationId: "rotateWebhookSecret",
    summary: "A new signing secret; the one before signs along for 24 hours",
    tag,
    roles,
    owned,
    params: webhookPath,
    output: newWebhookOut,
    async run(input, rooms) {
      const { id: merchantId, webhookId } = input.params;
      const made = await rotateEndpointSecret(rooms, askedOf(input), { merchantId, webhookId });
      if (made.secret === null) input.answer.header("Idempotency-Replayed", "true");
      return { webhook: webhookView(made.endpoint), secret: made.secret };
    },
  }),
];

const deliveryRoutes: readonly Route[] = [
  route({
    method: "get",
    path: "/v1/merchants/:id/webhooks/:webhookId/deliveries",
    operationId: "listWebhookDeliveries",
    summary: "What this address was told, newest first, with every attempt",
    tag,
    roles,
    owned,
    params: webhookPath,
    query: z.strictObject({ ...pageQuery, state: z.enum(["waiting", "delivered", "dead"]).optional() }),
    output: z.strictObject({ items: z.array(deliveryOut), nextCursor }),
    run: ({ params, query }, { db }) =>
      listDeliveries(db, { merchantId: params.id, webhookId: params.webhookId }, query),
  }),
  route({
    method: "post",
    path: "/v1/merchants/:id/deliveries/:deliveryId/redeliver",
    operationId: "redeliverWebhook",
    summary: "Tell it once more, with all its tries again",
    tag,
    roles,
    owned,
    params: z.strictObject({ id: merchantIdIn, deliveryId: uuidIn }),
    output: deliveryOut,
    async run(input, rooms) {
      const { id: merchantId, deliveryId } = input.params;
      return showDelivery(rooms.db, await redeliver(rooms, askedOf(input), { merchantId, deliveryId }));
    },
  }),
  route({
    method: "get",
    path: "/v1/merchants/:id/loyalty-events",
    operationId: "listLoyaltyEvents",
    summary: "What happened to the merchant's loyalty, newest first: everything that webhooks tell",
    tag,
    roles,
    owned,
    params: merchantPath,
    query: z.strictObject({ ...pageQuery, event: eventName.optional() }),
    output: z.strictObject({ items: z.array(loyaltyEventOut), nextCursor }),
    run: ({ params, query: { event, ...page } }, { db }) => listLoyaltyEvents(db, params.id, { ...page, name: event }),
  }),
];

export const webhooksRoutes: readonly Route[] = [...endpointRoutes, ...deliveryRoutes];
