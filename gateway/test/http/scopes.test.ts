/** A key confined to scopes does what they name and nothing else, and makes no key that may do more. */
import { expect } from "chai";
import type { Rooms } from "../../src/commands/rooms.ts";
import { scopeOf } from "../../src/http/route.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { SCOPES } from "../../src/kernel/caller.ts";
import type { Store } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { freshStore } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

describe("scopes of keys", () => {
  let store: Store;
  let rooms: Rooms;
  let api: Api;

  before(async function () {
    this.timeout(180_000);
    store = await freshStore("embedded");
    rooms = await roomsOn(store, NO_NODE);
    api = await startApi(rooms, allRoutes);
  });
  after(async () => {
    await api.close();
    await store.close();
  });

  const guarded = allRoutes.filter(({ roles }) => roles !== "public");

  it("are those of the operations that need a key, no more and no fewer", () => {
    expect([...new Set(guarded.map(scopeOf))].sort()).to.deep.equal([...SCOPES]);
  });

  it("let a confined key list keys, and refuse it the making of one by the scope's name", async () => {
    const key = await keyFor(rooms, "operator", { scopes: ["keys:read"] });
    expect((await api.ask("GET", "/v1/keys", { key })).status).to.equal(200);
    const refused = await api.ask("POST", "/v1/keys", { key, body: { role: "auditor", label: "x" } });
    expect(refused.status).to.equal(403);
    expect(refused.body).to.deep.include({ code: "forbidden", facts: { needed: "the scope keys:write" } });
  });

  it("refuse every operation of another scope, before its body is read", async () => {
    const keys = new Map<string, string>();
    for (const scope of SCOPES) keys.set(scope, await keyFor(rooms, "operator", { scopes: [scope] }));
    for (const described of guarded.filter(({ roles }) => roles.includes("operator"))) {
      const path = described.path.replace(/:\w+/g, "1");
      for (const [scope, key] of keys) {
        const { status, body } = await api.ask(described.method.toUpperCase(), path, { key });
        const isRefused = status === 403 && (body as { code: string }).code === "forbidden";
        expect(isRefused, `${described.operationId} with ${scope}`).to.equal(scope !== scopeOf(described));
      }
    }
  });

  it("cannot be widened by making another key", async () => {
    const key = await keyFor(rooms, "operator", { scopes: ["keys:write", "points:write"] });
    const make = async (scopes?: string[]) =>
      (await api.ask("POST", "/v1/keys", { key, body: { role: "auditor", label: "y", ...(scopes ? { scopes } : {}) } }))
        .status;
    expect(await make(["points:write"])).to.equal(201);
    expect(await make(["points:write", "exchange:write"])).to.equal(403);
    expect(await make()).to.equal(403);
  });

  it("must be known ones", async () => {
    const key = await keyFor(rooms, "operator");
    const body = { role: "auditor", label: "z", scopes: ["points:burn"] };
    const { status, body: problem } = await api.ask("POST", "/v1/keys", { key, body });
    expect(status).to.equal(400);
    expect(JSON.stringify(problem)).to.include("scopes");
  });
});
