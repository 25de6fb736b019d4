/** The gateway's API for tests: writes wait until the chain has decided, and every refusal fails the test. */
import { randomUUID } from "node:crypto";
import { expect } from "chai";
import type { Stage } from "./stage.ts";

/** An answer as the JSON it is; its shape is checked by the gateway. */
type Json = Record<string, unknown>;

export async function askApi(stage: Stage, path: string, apiKey?: string, body?: object): Promise<Json> {
  const response = await fetch(`${stage.url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      ...(apiKey === undefined ? {} : { Authorization: `Bearer ${apiKey}` }),
      ...(body === undefined
        ? {}
        : { "Content-Type": "application/json", "Idempotency-Key": randomUUID(), Prefer: "wait=30" }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const answer = (await response.json()) as Json;
  expect(response.status, JSON.stringify(answer)).to.be.lessThan(300);
  return answer;
}
