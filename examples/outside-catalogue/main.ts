/**
 * A catalogue of gifts that somebody else runs, in one file: what a gift house has to answer so that a merchant of the
 * ledger can offer its goods for points. It keeps everything in memory, and takes pieces once an id.
 *
 *   CATALOGUE_SECRET=<16 characters or more> PORT=8090 node examples/outside-catalogue/main.ts
 */
import { timingSafeEqual } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

type State = "reserved" | "confirmed" | "cancelled";

interface Reservation {
  readonly ref: string;
  readonly sku: string;
  readonly quantity: number;
  state: State;
}

interface Answer {
  readonly status: number;
  readonly body: object;
}

const BODY_BYTES_MAX = 4_096;

/** Pieces on the shelf. */
const stock = new Map([
  ["cup-350", 3],
  ["umbrella", 10],
]);
const reservations = new Map<string, Reservation>();

function reserve({ id, sku, quantity }: { id?: unknown; sku?: unknown; quantity?: unknown }): Answer {
  if (typeof id !== "string" || typeof sku !== "string" || !Number.isInteger(quantity) || Number(quantity) < 1)
    return { status: 400, body: { reason: "id, sku and a whole quantity are needed" } };
  const known = reservations.get(id);
  // The same id again is the same reservation: an answer may have been lost on the way.
  if (known !== undefined)
    return known.state === "cancelled"
      ? { status: 409, body: { reason: "cancelled" } }
      : { status: 200, body: { ref: known.ref } };
  const left = stock.get(sku) ?? 0;
  if (left < Number(quantity)) return { status: 409, body: { reason: `only ${left} of ${sku} are left` } };
  stock.set(sku, left - Number(quantity));
  const ref = `gift-${reservations.size + 1}`;
  reservations.set(id, { ref, sku, quantity: Number(quantity), state: "reserved" });
  return { status: 201, body: { ref } };
}

function settle(id: string, step: string): Answer {
  const reservation = reservations.get(id);
  if (reservation === undefined) return { status: 404, body: { reason: "not known here" } };
  if (step === "confirm") {
    if (reservation.state === "cancelled") return { status: 410, body: { reason: "cancelled" } };
    reservation.state = "confirmed";
  } else if (reservation.state !== "cancelled") {
    reservation.state = "cancelled";
    stock.set(reservation.sku, (stock.get(reservation.sku) ?? 0) + reservation.quantity);
  }
  return { status: 200, body: { state: reservation.state } };
}

async function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > BODY_BYTES_MAX) throw new RangeError("the body is too long");
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8")) as Record<string, unknown>;
}

function isKnown(request: IncomingMessage, secret: string): boolean {
  const [given, wanted] = [Buffer.from(request.headers.authorization ?? ""), Buffer.from(`Bearer ${secret}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function answerTo(request: IncomingMessage, secret: string): Promise<Answer> {
  if (!isKnown(request, secret)) return { status: 401, body: { reason: "wrong secret" } };
  const path = new URL(request.url ?? "/", "http://catalogue").pathname;
  // For people and tests who want to see the shelf.
  if (request.method === "GET" && path === "/stock") return { status: 200, body: Object.fromEntries(stock) };
  const [, id, step] = /^\/reservations\/([0-9a-f-]{36})\/(confirm|cancel)$/.exec(path) ?? [];
  if (request.method !== "POST") return { status: 405, body: { reason: "only POST" } };
  if (id !== undefined && step !== undefined) return settle(id, step);
  if (path !== "/reservations") return { status: 404, body: { reason: "no such address" } };
  return reserve(await readJson(request));
}

function send(response: ServerResponse, { status, body }: Answer): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const secret = process.env["CATALOGUE_SECRET"] ?? "";
if (secret.length < 16) {
  console.error("Set CATALOGUE_SECRET to 16 characters or more: the one that the merchant gave the ledger.");
  process.exitCode = 1;
} else {
  const server = createServer((request, response) => {
    answerTo(request, secret).then(
      (answer) => {
        send(response, answer);
      },
      () => {
        send(response, { status: 400, body: { reason: "no JSON" } });
      },
    );
  });
  server.listen(Number(process.env["PORT"] ?? 8_090), "127.0.0.1", () => {
    console.log(`The catalogue answers at http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  });
}
