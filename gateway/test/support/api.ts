/** The API on a free port over any rooms, and a few words to talk to it. */
import type { Rooms } from "../../src/commands/rooms.ts";
import { findCaller } from "../../src/commands/keys.ts";
import { findOpenSession } from "../../src/commands/sessions.ts";
import type { ServerOptions } from "../../src/http/server.ts";
import { createApp, listen } from "../../src/http/server.ts";
import { rateLimit } from "../../src/http/middleware/rate-limit.ts";
import type { Route } from "../../src/http/route.ts";
import type { Role, Scope } from "../../src/kernel/caller.ts";
import { createMetrics } from "../../src/kernel/metrics.ts";
import { isDatabaseAway } from "../../src/store/failures.ts";
import { createApiKey } from "../../src/store/access-keys.ts";

export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into answers freely
  readonly body: any;
}

export interface Api {
  readonly url: string;
  ask(
    method: string,
    path: string,
    init?: { key?: string; body?: unknown; headers?: Record<string, string>; raw?: string },
  ): Promise<Answered>;
  close(): Promise<void>;
}

let writes = 0;

/** Writes get an Idempotency-Key of their own unless the test gives one. */
async function ask(url: string, method: string, path: string, init: Parameters<Api["ask"]>[2] = {}): Promise<Answered> {
  writes += 1;
  const headers: Record<string, string> = {
    ...(method === "GET" ? {} : { "idempotency-key": `test-${process.pid}-${writes}` }),
    ...(init.body === undefined && init.raw === undefined ? {} : { "content-type": "application/json" }),
    ...(init.key === undefined ? {} : { authorization: `Bearer ${init.key}` }),
    ...init.headers,
  };
  const body = init.raw ?? (init.body === undefined ? undefined : JSON.stringify(init.body));
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  // A stream never ends: only how it begins is asked here.
  if (/event-stream/.test(response.headers.get("content-type") ?? "")) {
    await response.body?.cancel();
    return { status: response.status, headers: response.headers, body: "" };
  }
  const text = await response.text();
  const isJson = /json/.test(response.headers.get("content-type") ?? "");
  return { status: response.status, headers: response.headers, body: isJson ? JSON.parse(text) : text };
}

export async function startApi(
  rooms: Rooms,
  routes: readonly Route[],
  overrides: Partial<Omit<ServerOptions, "gate">> & { gate?: Partial<ServerOptions["gate"]> } = {},
): Promise<Api> {
  const { gate, ...rest } = overrides;
  const app = createApp(routes, rooms, {
    corsOrigins: [],
    proxyHops: 0,
    checks: {},
    isDatabaseAway,
    metrics: createMetrics({ processMetrics: false, gauges: {} }),
    ...rest,
    gate: {
      findCaller: (text) => findCaller(rooms, text),
      findSession: async (token) => (await findOpenSession(rooms, token))?.caller,
      rateLimit: rateLimit({ perKeyPerMinute: 1_000_000, perAddressPerMinute: 1_000_000 }),
      merchantOfToken: () => Promise.resolve(undefined),
      publicReads: true,
      checkAnswers: true,
      ...gate,
    },
  });
  const server = await listen(app, "127.0.0.1", 0);
  return {
    url: server.url,
    ask: (method, path, init) => ask(server.url, method, path, init),
    close: () => server.close(1_000),
  };
}

/** A key of its own organisation for each role, made straight in the store. */
export async function keyFor(
  rooms: Rooms,
  role: Role,
  about: { merchantId?: number; memberId?: number; organisation?: string; scopes?: readonly Scope[] } = {},
): Promise<string> {
  const { secret } = await createApiKey(rooms.db, {
    organisation: about.organisation ?? `org-${role}-${about.merchantId ?? about.memberId ?? 0}`,
    role,
    label: `test ${role}`,
    now: rooms.clock.now(),
    ...(about.merchantId === undefined ? {} : { merchantId: about.merchantId }),
    ...(about.memberId === undefined ? {} : { memberId: about.memberId }),
    ...(about.scopes === undefined ? {} : { scopes: about.scopes }),
  });
  return secret ?? "";
}
