/**
 * An outside catalogue that speaks JSON over HTTP (docs/guides/loyalty/redeeming.md; examples/outside-catalogue answers it):
 *
 *   POST {url}/reservations {id, sku, quantity}   200 or 201 {ref} · 409 {reason}
 *   POST {url}/reservations/{id}/confirm          2xx · 404, 409 or 410 {reason}
 *   POST {url}/reservations/{id}/cancel           2xx or 404
 *
 * Everything else is no answer. The secret goes along as a bearer token, and the id as Idempotency-Key.
 */
import { LedgerError } from "../kernel/errors.ts";
import type { Outward, OutwardAnswer } from "../outward/outward.ts";
import type { Connector, OutsideOrder } from "./connector.ts";

export interface HttpCatalogue {
  readonly url: string;
  readonly secret: string;
}

const TIMEOUT_MS = 10_000;
const ANSWER_BYTES_MAX = 8_192;
const TEXT_MAX = 200;

const isFine = ({ status }: OutwardAnswer): boolean => status >= 200 && status < 300;

/** Text that people will read: what is no short text is left out. */
function textOf(answer: OutwardAnswer, field: "ref" | "reason"): string | undefined {
  try {
    const value = (JSON.parse(answer.body) as Record<string, unknown>)[field];
    if (typeof value !== "string" || value === "") return undefined;
    return value.replace(/\p{Cc}/gu, " ").slice(0, TEXT_MAX);
  } catch {
    return undefined;
  }
}

export function httpConnector(outward: Outward, { url, secret }: HttpCatalogue): Connector {
  const base = url.replace(/\/+$/, "");

  const ask = (path: string, { id, ...order }: OutsideOrder): Promise<OutwardAnswer> =>
    outward.ask({
      url: `${base}${path}`,
      method: "POST",
      headers: {
        authorization: `Bearer ${secret}`,
        "content-type": "application/json",
        "idempotency-key": id,
      },
      body: JSON.stringify({ id, ...order }),
      timeoutMs: TIMEOUT_MS,
      answerBytesMax: ANSWER_BYTES_MAX,
    });

  const noAnswer = (problem: string): LedgerError =>
    new LedgerError("connector_answer", { url: new URL(url).host, problem });

  return {
    async reserve(order) {
      const answer = await ask("/reservations", order);
      if (answer.status === 409) return { state: "refused", reason: textOf(answer, "reason") ?? "refused" };
      const ref = isFine(answer) ? textOf(answer, "ref") : undefined;
      if (ref === undefined) throw noAnswer(isFine(answer) ? "no ref in it" : `status ${answer.status}`);
      return { state: "reserved", ref };
    },
    async confirm(order) {
      const answer = await ask(`/reservations/${order.id}/confirm`, order);
      if (isFine(answer)) return { state: "confirmed" };
      if (![404, 409, 410].includes(answer.status)) throw noAnswer(`status ${answer.status}`);
      return { state: "refused", reason: textOf(answer, "reason") ?? "not known there any more" };
    },
    async cancel(order) {
      const answer = await ask(`/reservations/${order.id}/cancel`, order);
      if (!isFine(answer) && answer.status !== 404) throw noAnswer(`status ${answer.status}`);
    },
  };
}
