/** What a receiver gets: Standard Webhooks (standardwebhooks.com), so that its own language has the check ready-made. */
import { Webhook } from "standardwebhooks";
import type { Signers } from "../signer/signers.ts";
import { secretLabel } from "../store/webhook-endpoints.ts";
import type { Taken } from "../store/webhook-deliveries.ts";

export interface Message {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** The same bytes whenever it is sent: jsonb keeps one order of fields, and the event does not change. */
function bodyOf({ name, at, merchant_id: merchantId, data }: Taken): string {
  return JSON.stringify({ type: name, timestamp: at.toISOString(), merchantId, data });
}

/** Signed with the secret in force, and with the one before while receivers may still hold it. `now` in milliseconds. */
export function messageOf(signers: Pick<Signers, "openSecret">, taken: Taken, now: number): Message {
  const body = bodyOf(taken);
  const sentAt = new Date(now);
  const signatures = secretsOf(signers, taken, now).map((secret) =>
    new Webhook(secret, { format: "raw" }).sign(taken.event_id, sentAt, body),
  );
  return {
    body,
    headers: {
      "content-type": "application/json",
      // The event's own id, at every receiver and every attempt: what came twice is recognised by it.
      "webhook-id": taken.event_id,
      "webhook-timestamp": String(Math.floor(now / 1000)),
      "webhook-signature": signatures.join(" "),
    },
  };
}

function secretsOf({ openSecret }: Pick<Signers, "openSecret">, taken: Taken, now: number): Uint8Array[] {
  const { endpoint_id: id, generation } = taken;
  const secrets = [openSecret(secretLabel(id, generation), taken.secret)];
  const isOldGood = taken.old_secret_until !== null && taken.old_secret_until.getTime() > now;
  if (taken.old_secret !== null && isOldGood)
    secrets.push(openSecret(secretLabel(id, generation - 1), taken.old_secret));
  return secrets.map((secret) => Uint8Array.from(secret));
}
