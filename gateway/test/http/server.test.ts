import { expect } from "chai";
import { z } from "zod";
import { rateLimit } from "../../src/http/middleware/rate-limit.ts";
import { route } from "../../src/http/route.ts";
import { keyRoutes } from "../../src/http/routes/keys.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Store } from "../../src/store/database.ts";
import { openEmbedded } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import type { Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";

describe("the server around the routes", () => {
  let store: Store;
  let rooms: Rooms;
  let api: Api;
  let operator: string;

  before(async function () {
    this.timeout(180_000);
    store = await openEmbedded();
    await migrate(store.db);
    rooms = { db: store.db, engine: store.engine, clock: wallClock, log: silentLog } as Rooms;
    api = await startApi(rooms, keyRoutes);
    operator = await keyFor(rooms, "operator");
  });

  after(async () => {
    await api.close();
    await store.close();
  });

  it("answers who has no key with 401 and a problem in the caller's language", async () => {
    const answer = await api.ask("GET", "/v1/keys", { headers: { "accept-language": "zh-CN,zh;q=0.9" } });
    expect(answer.status).to.equal(401);
    expect(answer.headers.get("content-type")).to.match(/^application\/problem\+json/);
    expect(answer.body).to.include({ code: "unauthenticated", type: "/docs/errors#unauthenticated", status: 401 });
    expect(answer.body.detail).to.contain("API 密钥").and.to.equal(answer.body.detailZh);
  });

  it("makes a key, tells its secret once, and lets it in", async () => {
    const request = { key: operator, headers: { "idempotency-key": "k1" }, body: { role: "auditor", label: "审计" } };
    const made = await api.ask("POST", "/v1/keys", request);
    expect(made.status).to.equal(201);
    expect(made.body.secret).to.match(/^pk_[0-9a-f]{16}_[0-9A-Za-z]{43}$/);
    const again = await api.ask("POST", "/v1/keys", request);
    expect(again.body).to.deep.equal({ key: made.body.key, secret: null });
    const other = await api.ask("POST", "/v1/keys", { ...request, body: { role: "auditor", label: "other" } });
    expect([other.status, other.body.code]).to.deep.equal([422, "idempotency_key_reused"]);
    const refused = await api.ask("GET", "/v1/keys", { key: made.body.secret });
    expect([refused.status, refused.body.code]).to.deep.equal([403, "forbidden"]);
    await api.ask("DELETE", `/v1/keys/${String(made.body.key.id)}`, { key: operator });
    expect((await api.ask("GET", "/v1/keys", { key: made.body.secret })).status).to.equal(401);
  });

  for (const [what, init, status, code] of [
    ["a body that is not JSON", { raw: "{" }, 400, "request_invalid"],
    [
      "a body that is not said to be JSON",
      { raw: "{}", headers: { "content-type": "text/plain" } },
      415,
      "media_type_unsupported",
    ],
    ["a compressed body", { raw: "{}", headers: { "content-encoding": "gzip" } }, 415, "media_type_unsupported"],
    ["a body over 32 kB", { body: { label: "x".repeat(33_000) } }, 413, "payload_too_large"],
    ["a body nested 25 deep", { raw: "[".repeat(25) + "]".repeat(25) }, 400, "request_invalid"],
    ["a text with U+0000", { body: { role: "auditor", label: "a\u0000b" } }, 400, "request_invalid"],
    ["a lone surrogate", { raw: String.raw`{"role":"auditor","label":"\ud800"}` }, 400, "request_invalid"],
    ["a __proto__", { raw: `{"role":"auditor","label":"x","__proto__":{"role":"operator"}}` }, 400, "request_invalid"],
    ["an unknown field", { body: { role: "auditor", label: "x", admin: true } }, 400, "request_invalid"],
    ["no body at all", {}, 400, "request_invalid"],
  ] as const)
    it(`refuses ${what} with ${status} and stores nothing`, async () => {
      const before = await api.ask("GET", "/v1/keys", { key: operator });
      const answer = await api.ask("POST", "/v1/keys", { key: operator, ...init });
      expect([answer.status, answer.body.code]).to.deep.equal([status, code]);
      expect((await api.ask("GET", "/v1/keys", { key: operator })).body).to.deep.equal(before.body);
    });

  it("names the field that is wrong", async () => {
    const answer = await api.ask("POST", "/v1/keys", { key: operator, body: { role: "king", label: "x" } });
    expect(answer.body.facts.field).to.equal("role");
    const unknown = await api.ask("POST", "/v1/keys", {
      key: operator,
      body: { role: "auditor", label: "x", admin: 1 },
    });
    expect(unknown.body.facts).to.deep.equal({ field: "admin", problem: "is not a known field" });
  });

  for (const [key, status] of [
    [undefined, 400],
    ["", 400],
    ["a".repeat(255), 201],
    ["a".repeat(256), 400],
    ["schlüssel", 400],
  ] as const)
    it(`answers an Idempotency-Key of ${key?.length ?? "no"} characters with ${status}`, async () => {
      const headers: Record<string, string> = {
        authorization: `Bearer ${operator}`,
        "content-type": "application/json",
        ...(key === undefined ? {} : { "idempotency-key": key }),
      };
      const body = JSON.stringify({ role: "auditor", label: "length" });
      const response = await fetch(`${api.url}/v1/keys`, { method: "POST", headers, body });
      expect(response.status).to.equal(status);
    });

  it("answers an unknown address with 404, a known one with a wrong verb with 405 and what it knows", async () => {
    expect((await api.ask("GET", "/v2/nothing")).status).to.equal(404);
    const wrong = await api.ask("PUT", "/v1/keys", { key: operator });
    expect([wrong.status, wrong.headers.get("allow")]).to.deep.equal([405, "POST, GET"]);
    expect((await api.ask("GET", "/v1/%E0%A4%A")).status).to.be.oneOf([400, 404]);
  });

  it("says who it is to nobody, and lets no page frame or script it", async () => {
    const { headers } = await api.ask("GET", "/docs");
    expect(headers.get("x-powered-by")).to.equal(null);
    expect(headers.get("content-security-policy")).to.contain("default-src 'none'");
    expect(headers.get("x-content-type-options")).to.equal("nosniff");
  });

  it("keeps a harmless request id and replaces a strange one", async () => {
    const kept = await api.ask("GET", "/healthz", { headers: { "x-request-id": "till-7:42" } });
    expect(kept.headers.get("x-request-id")).to.equal("till-7:42");
    const replaced = await api.ask("GET", "/healthz", { headers: { "x-request-id": "<script>" } });
    expect(replaced.headers.get("x-request-id")).to.match(/^[0-9a-f-]{36}$/);
  });

  it("explains the API, its errors and itself", async () => {
    const docs = await api.ask("GET", "/docs");
    expect(docs.body)
      .to.contain("/v1/keys")
      .and.to.not.match(/<script|https?:\/\/(?!www\.apache)/);
    const errors = await api.ask("GET", "/docs/errors");
    expect(errors.body).to.contain('id="idempotency_key_reused"').and.to.contain("请求头");
    expect((await api.ask("GET", "/openapi.json")).body.openapi).to.equal("3.1.0");
    expect((await api.ask("GET", "/metrics")).body).to.contain("ledger_http_requests_total");
  });

  it("limits the requests of one key and says when to come back", async () => {
    const limited = await startApi(rooms, keyRoutes, {
      gate: { rateLimit: rateLimit({ perKeyPerMinute: 3, perAddressPerMinute: 1_000 }) },
    });
    const statuses: number[] = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await limited.ask("GET", "/v1/keys", { key: operator })).status);
    const refused = await limited.ask("GET", "/v1/keys", { key: operator });
    await limited.close();
    expect(statuses).to.deep.equal([200, 200, 200, 429]);
    expect(Number(refused.headers.get("retry-after"))).to.be.within(1, 60);
  });

  it("lets only listed origins read answers in a browser", async () => {
    const shop = await startApi(rooms, keyRoutes, { corsOrigins: ["https://shop.example"] });
    const allow = async (origin: string) =>
      (await shop.ask("GET", "/healthz", { headers: { origin } })).headers.get("access-control-allow-origin");
    expect([await allow("https://shop.example"), await allow("https://evil.example")]).to.deep.equal([
      "https://shop.example",
      null,
    ]);
    await shop.close();
  });

  it("names each part that is not ready", async () => {
    const sick = await startApi(rooms, keyRoutes, {
      checks: {
        database: { run: () => Promise.resolve(1) },
        chain: { run: () => Promise.reject(new Error("no node")) },
      },
    });
    const answer = await sick.ask("GET", "/readyz");
    await sick.close();
    expect([answer.status, answer.body.parts]).to.deep.equal([
      503,
      { database: { ok: true, value: 1 }, chain: { ok: false, reason: "no node" } },
    ]);
  });

  it("finishes the request under way before it closes, and takes no new one", async () => {
    const [entered, mayEnd] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
    const slow = route({
      method: "get",
      path: "/v1/slow",
      operationId: "slow",
      summary: "slow",
      tag: "Test",
      roles: "public",
      output: z.strictObject({ done: z.boolean() }),
      run: async () => {
        entered.resolve(undefined);
        await mayEnd.promise;
        return { done: true };
      },
    });
    const closing = await startApi(rooms, [slow]);
    const underWay = closing.ask("GET", "/v1/slow");
    await entered.promise;
    const closed = closing.close();
    mayEnd.resolve(undefined);
    const answer = await underWay;
    await closed;
    expect(answer.body).to.deep.equal({ done: true });
    expect(await closing.ask("GET", "/healthz").catch(() => "refused")).to.equal("refused");
  });
});
