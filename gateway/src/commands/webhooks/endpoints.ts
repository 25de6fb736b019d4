/** A merchant names who is to be told of its events, changes the secret, and takes the name back. */
import { randomBytes, randomUUID } from "node:crypto";
import { LedgerError } from "../../kernel/errors.ts";
import type { LoyaltyEventName } from "../../kernel/loyalty-events.ts";
import type { EndpointRow } from "../../store/webhook-endpoints.ts";
import {
  deleteEndpoint,
  insertEndpoint,
  readEndpoint,
  readEndpoints,
  rotateSecret,
  secretLabel,
  setEndpointState,
} from "../../store/webhook-endpoints.ts";
import { withDatabase } from "../../store/failures.ts";
import type { Asked } from "../asked.ts";
import type { Rooms } from "../rooms.ts";

export interface EndpointRequest {
  readonly merchantId: number;
  readonly url: string;
  readonly label: string;
  /** Left out: every event. */
  readonly events?: readonly LoyaltyEventName[] | undefined;
}

/** Told once, when it is made. */
interface WithSecret {
  readonly endpoint: EndpointRow;
  readonly secret: string | null;
}

const ENDPOINTS_MAX = 20;
/** Standard Webhooks: 24 to 64. */
const SECRET_BYTES = 32;
/** Receivers have so long to take the new secret up. */
const OVERLAP_MS = 24 * 3_600_000;

const shown = (secret: Uint8Array): string => `whsec_${Buffer.from(secret).toString("base64")}`;

/** One endpoint a URL: the same request again gives it without its secret, and turns it on again if it had gone. */
export async function registerEndpoint(rooms: Rooms, request: EndpointRequest): Promise<WithSecret> {
  const { db, signers, outward, clock } = rooms;
  const { merchantId, label } = request;
  outward.assertTarget(request.url);
  const url = new URL(request.url).href;
  const events = request.events === undefined ? undefined : [...new Set(request.events)].sort();
  const known = await withDatabase(() => readEndpoints(db, merchantId));
  const same = known.find((endpoint) => endpoint.url === url);
  if (same !== undefined) return { endpoint: await takeUpAgain(rooms, same, { label, events }), secret: null };
  if (known.length >= ENDPOINTS_MAX) throw new LedgerError("webhooks_too_many", { merchantId, max: ENDPOINTS_MAX });
  const [id, secret] = [randomUUID(), randomBytes(SECRET_BYTES)];
  const sealedSecret = signers.sealSecret(secretLabel(id, 1), secret);
  const made = { id, merchantId, url, label, events, sealedSecret, now: clock.now() };
  const endpoint = await withDatabase(() => insertEndpoint(db, made));
  // A twin of this request was quicker: then this is a repetition of it.
  return endpoint === undefined ? registerEndpoint(rooms, request) : { endpoint, secret: shown(secret) };
}

async function takeUpAgain(
  { db }: Rooms,
  endpoint: EndpointRow,
  { label, events }: { label: string; events: readonly LoyaltyEventName[] | undefined },
): Promise<EndpointRow> {
  const isSame = endpoint.label === label && String(endpoint.events) === String(events ?? null);
  if (!isSame) throw new LedgerError("webhook_exists", { webhookId: endpoint.id });
  if (endpoint.state === "active") return endpoint;
  await withDatabase(() => setEndpointState(db, endpoint.id, "active"));
  return { ...endpoint, state: "active" };
}

export async function removeEndpoint({ db, clock }: Rooms, merchantId: number, webhookId: string): Promise<void> {
  const isGone = await withDatabase(() =>
    db.transaction().execute((tx) => deleteEndpoint(tx, merchantId, webhookId, clock.now())),
  );
  if (!isGone) throw new LedgerError("not_found", { what: `webhook ${webhookId}` });
}

/** From now on signed with both secrets, for a day; the same request again does nothing and tells no secret. */
export async function rotateEndpointSecret(
  rooms: Rooms,
  asked: Asked,
  { merchantId, webhookId }: { merchantId: number; webhookId: string },
): Promise<WithSecret> {
  const { db, signers, clock } = rooms;
  const endpoint = await withDatabase(() => readEndpoint(db, merchantId, { id: webhookId }));
  if (endpoint === undefined) throw new LedgerError("not_found", { what: `webhook ${webhookId}` });
  if (endpoint.rotated_by === asked.idempotencyKey) return { endpoint, secret: null };
  const secret = randomBytes(SECRET_BYTES);
  const isRotated = await withDatabase(() =>
    rotateSecret(db, {
      id: webhookId,
      fromGeneration: endpoint.generation,
      sealedSecret: signers.sealSecret(secretLabel(webhookId, endpoint.generation + 1), secret),
      oldSecretUntil: clock.now() + OVERLAP_MS,
      idempotencyKey: asked.idempotencyKey,
    }),
  );
  if (!isRotated) return rotateEndpointSecret(rooms, asked, { merchantId, webhookId });
  const rotated = await withDatabase(() => readEndpoint(db, merchantId, { id: webhookId }));
  return { endpoint: rotated ?? endpoint, secret: shown(secret) };
}
