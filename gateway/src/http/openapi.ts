/** The OpenAPI 3.1 document, made from the very descriptions that handle the requests. Needs no running server. */
import { OpenAPIRegistry, OpenApiGeneratorV31 } from "@asteasolutions/zod-to-openapi";
import { z } from "zod";
import { addExamples } from "./examples.ts";
import type { Route } from "./route.ts";
import { needsIdempotencyKey, scopeOf } from "./route.ts";
import { problemOut } from "./schemas.ts";

export const API_VERSION = "1.0.0";

const idempotencyKey = z.string().min(1).max(255).meta({
  description:
    "Your own unique name of this write, the order number for example. The same key and body give the first result again.",
});
const prefer = z
  .string()
  .regex(/^wait=\d{1,2}$/)
  .optional()
  .meta({ description: "wait=N: wait up to N (≤ 30) seconds for the outcome on the chain." });

const STATUS_TEXT: Record<number, string> = {
  200: "Done.",
  201: "Created.",
  202: "Accepted; it will be carried out exactly once.",
};

function problemsOf(described: Route): number[] {
  const always = [400, 404, 429, 500, 503];
  if (described.roles !== "public" || described.door === true) always.push(401, 403);
  // What a body asks for may be at odds with how things stand, also when it is only computed (a quote).
  if (described.method !== "get") always.push(409, 413, 415, 422);
  return always.sort((a, b) => a - b);
}

function mediaTypeOf({ open, pour }: Route): string {
  if (pour !== undefined) return "text/csv";
  return open === undefined ? "application/json" : "text/event-stream";
}

function register(registry: OpenAPIRegistry, described: Route): void {
  const problem = { description: "Refused.", content: { "application/problem+json": { schema: problemOut } } };
  const statuses = new Set([described.status ?? 200, ...(described.status === 202 ? [200] : [])]);
  const answers = Object.fromEntries(
    [...statuses].map((status) => [
      status,
      {
        description: STATUS_TEXT[status] ?? "Done.",
        content: {
          [mediaTypeOf(described)]: { schema: described.output },
        },
      },
    ]),
  );
  registry.registerPath({
    method: described.method,
    path: described.path.replace(/:(\w+)/g, "{$1}"),
    operationId: described.operationId,
    summary: described.summary,
    ...(described.description === undefined ? {} : { description: described.description }),
    tags: [described.tag],
    security: [...(described.roles === "public" ? [{}] : []), { apiKey: [] }, { session: [] }],
    "x-roles": described.roles === "public" ? ["public"] : [...described.roles],
    ...(described.roles === "public" ? {} : { "x-scope": scopeOf(described) }),
    request: {
      ...(described.params === undefined ? {} : { params: described.params }),
      ...(described.query === undefined ? {} : { query: described.query }),
      ...(needsIdempotencyKey(described)
        ? { headers: z.object({ "Idempotency-Key": idempotencyKey, Prefer: prefer }) }
        : {}),
      ...(described.body === undefined
        ? {}
        : { body: { required: true, content: { "application/json": { schema: described.body } } } }),
    },
    responses: {
      ...answers,
      ...Object.fromEntries(problemsOf(described).map((status) => [status, problem])),
    },
  });
}

export function openapiDocument(routes: readonly Route[]): object {
  const registry = new OpenAPIRegistry();
  registry.registerComponent("securitySchemes", "apiKey", {
    type: "http",
    scheme: "bearer",
    bearerFormat: "pk_<id>_<secret>",
    description: "An API key of your organisation.",
  });
  registry.registerComponent("securitySchemes", "session", {
    type: "apiKey",
    in: "cookie",
    name: "ledger_session",
    description: "A browser that is signed in (POST /v1/session). Only pages of this gateway can use it.",
  });
  for (const described of routes) register(registry, described);
  const document = new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: "3.1.0",
    info: {
      title: "积分通 · alliance points ledger",
      version: API_VERSION,
      description:
        "Merchants issue points that expire, customers swap and redeem them, anyone checks. Amounts are decimal strings in base units (points: 0.01 point; ALP: 1e-18). Every read of what is on the chain names the block it is true at.",
      license: { name: "Apache-2.0", identifier: "Apache-2.0" },
    },
    servers: [{ url: "/" }],
  });
  addExamples(document);
  return document;
}
