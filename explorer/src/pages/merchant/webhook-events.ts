/** Everything that a webhook can be told, by the names of the API; the compiler compares them with its types. */
import type { CreateWebhookData } from "../../../../gateway/client/generated/types.gen.ts";

type WebhookEvent = NonNullable<CreateWebhookData["body"]["events"]>[number];

const EVENTS: Readonly<Record<WebhookEvent, true>> = {
  "rules.published": true,
  "points.pending": true,
  "points.issued": true,
  "points.reversed": true,
  "points.cancelled": true,
  "points.refused": true,
  "points.expiring": true,
  "points.reinstated": true,
  "task.completed": true,
  "referral.earned": true,
  "deduction.held": true,
  "deduction.captured": true,
  "deduction.released": true,
  "deduction.refunded": true,
  "deduction.failed": true,
  "goods.reserved": true,
  "goods.accepted": true,
  "goods.shipped": true,
  "goods.delivered": true,
  "goods.cancelled": true,
  "goods.failed": true,
  "lottery.opened": true,
  "lottery.drawn": true,
  "lottery.voided": true,
  "lottery.won": true,
  "sharing.sale": true,
  "sharing.refund": true,
};

export const WEBHOOK_EVENTS = Object.keys(EVENTS) as readonly WebhookEvent[];
