import { expect } from "chai";
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
    this.timeout(60_000);
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
});
