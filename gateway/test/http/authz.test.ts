/** Every operation × every role × own and other's objects, generated from the routes themselves. No node answers here. */
import { expect } from "chai";
import type { Rooms } from "../../src/commands/rooms.ts";
import { merchantIdOfToken } from "../../src/commands/find-merchant.ts";
import { openapiDocument } from "../../src/http/openapi.ts";
import type { Route } from "../../src/http/route.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Role } from "../../src/kernel/caller.ts";
import { ROLES } from "../../src/kernel/caller.ts";
import type { Store } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { insertMerchant, tokenOf } from "../support/ledger-rows.ts";
import type { Json, Schema } from "../support/samples.ts";
import { Sampler, seededRandom } from "../support/samples.ts";
import { freshStore } from "../support/stores.ts";
import { FOUNDER, NO_NODE, roomsOn } from "../support/world.ts";

const OWN = 1;
const OTHER = 2;

interface Document {
  readonly paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

describe("who may do what", () => {
  const document = openapiDocument(allRoutes) as Document;
  const sampler = new Sampler(document.components.schemas, seededRandom(7));
  let store: Store;
  let rooms: Rooms;
  let api: Api;
  const keys = new Map<Role, string>();

  before(async function () {
    this.timeout(180_000);
    store = await freshStore("embedded");
    rooms = await roomsOn(store, NO_NODE);
    for (const id of [OWN, OTHER]) {
      const controller = await rooms.signers.create({ purpose: "controller" });
      await rooms.signers.create({ purpose: "till", merchantId: id });
      await insertMerchant(rooms.db, id, controller);
    }
    for (const role of ROLES) {
      const isOfMerchant = role === "merchant" || role === "till";
      const about = isOfMerchant ? { merchantId: OWN } : role === "member" ? { memberId: FOUNDER } : {};
      keys.set(role, await keyFor(rooms, role, about));
    }
    api = await startApi(rooms, allRoutes, { gate: { merchantOfToken: (token) => merchantIdOfToken(rooms, token) } });
  });
  after(async () => {
    await api.close();
    await store.close();
  });

  function pathOf({ path }: Route, merchantId: number): string {
    return (
      path
        .replace(":token", tokenOf(merchantId))
        .replace(":id", String(merchantId))
        .replace(":holder", `0x${"a".repeat(40)}`)
        .replace(":account", `0x${"a".repeat(40)}`)
        .replace(":earningId", "1")
        .replace(":ref", "order-1")
        .replace(":numberOrHash", "1")
        .replace(":hash", `0x${"b".repeat(64)}`)
        .replace(/:(address|account)\b/, `0x${"c".repeat(40)}`)
        .replace(":keyId", "0123456789abcdef")
        .replace(/:(commandId|customerId|webhookId|deliveryId)/, "0b9f4c1e-6f0c-4f0e-8f54-0d6c4fd6a001")
        .replace(/:(drawId|version|proposalId)\b/, "1")
        // What the caller has named itself: goods, stores, offers.
        .replace(/:[a-zA-Z]+/g, "name-1")
    );
  }

  function bodyOf(described: Route): Json | undefined {
    // A merchant may make keys, but not of every role: which one it is decides here, not chance.
    if (described.operationId === "createKey") return { role: "till", label: "till 1" };
    const operation = document.paths[described.path.replace(/:(\w+)/g, "{$1}")]?.[described.method];
    const schema = operation?.requestBody?.content["application/json"]?.schema;
    return schema === undefined ? undefined : sampler.valid(schema);
  }

  async function statusOf(described: Route, merchantId: number, role?: Role): Promise<number> {
    const body = bodyOf(described);
    const key = role === undefined ? {} : { key: keys.get(role)! };
    const init = { ...key, ...(body === undefined ? {} : { body }) };
    return (await api.ask(described.method.toUpperCase(), pathOf(described, merchantId), init)).status;
  }

  for (const described of allRoutes) {
    const { operationId, roles, owned } = described;
    it(`${operationId}: ${roles === "public" ? "anyone" : roles.join(", ")}`, async () => {
      const anonymous = await statusOf(described, OWN);
      if (roles === "public") expect(anonymous, "anonymous").to.not.be.oneOf([401, 403]);
      else expect(anonymous, "anonymous").to.equal(401);
      for (const role of ROLES) {
        const status = await statusOf(described, OWN, role);
        if (roles === "public" || roles.includes(role)) expect(status, role).to.not.be.oneOf([401, 403, 500]);
        else expect(status, role).to.equal(403);
      }
    });
    if (owned === undefined) continue;
    it(`${operationId}: another merchant's object does not exist for a merchant`, async () => {
      const before = await rooms.db.selectFrom("command").select("id").execute();
      for (const role of ["merchant", "till"] as const) {
        if (roles !== "public" && !roles.includes(role)) continue;
        expect(await statusOf(described, OTHER, role), role).to.equal(404);
      }
      expect(await rooms.db.selectFrom("command").select("id").execute()).to.have.length(before.length);
    });
  }

  it("queues writes while no node answers, and shows them to their organisation only", async () => {
    const body = { items: [{ to: `0x${"a".repeat(40)}`, points: "100", orderRef: "queued-1" }] };
    const queued = await api.ask("POST", `/v1/points/${tokenOf(OWN)}/issues`, { key: keys.get("till")!, body });
    expect([queued.status, queued.body.state]).to.deep.equal([202, "queued"]);
    const path = `/v1/commands/${String(queued.body.id)}`;
    expect(queued.headers.get("location")).to.equal(path);
    expect((await api.ask("GET", path, { key: keys.get("till")! })).body).to.deep.equal(queued.body);
    expect((await api.ask("GET", path, { key: keys.get("operator")! })).status).to.equal(200);
    expect((await api.ask("GET", path, { key: keys.get("auditor")! })).status).to.equal(404);
    expect((await api.ask("GET", `${path}/items`, { key: keys.get("till")! })).body.items[0]).to.include({
      orderRef: "queued-1",
      state: "queued",
    });
  });

  it("answers 503 for what only the chain knows while no node answers", async () => {
    const foreign = `0x${"d".repeat(40)}`;
    const answer = await api.ask("POST", `/v1/points/${foreign}/issues`, {
      key: keys.get("till")!,
      body: { items: [{ to: foreign, points: "1", orderRef: "x" }] },
    });
    expect([answer.status, answer.body.code]).to.deep.equal([503, "chain_unreachable"]);
    expect(answer.headers.get("retry-after")).to.equal("2");
  });

  it("lets a merchant make keys for its own tills only", async () => {
    const merchant = keys.get("merchant")!;
    const make = async (body: object) => (await api.ask("POST", "/v1/keys", { key: merchant, body })).status;
    expect(await make({ role: "till", label: "till 2" })).to.equal(201);
    expect(await make({ role: "till", label: "theirs", merchantId: OTHER })).to.equal(404);
    expect(await make({ role: "operator", label: "rise" })).to.equal(403);
    expect(await make({ role: "till", label: "elsewhere", organisation: "other" })).to.equal(403);
  });

  it("demands a key for reads too when it is told to", async () => {
    const closed = await startApi(rooms, allRoutes, { gate: { publicReads: false } });
    const readable = allRoutes.filter(({ roles, door }) => roles === "public" && door !== true);
    for (const described of readable) {
      const body = bodyOf(described);
      const init = body === undefined ? {} : { body };
      const answer = await closed.ask(described.method.toUpperCase(), pathOf(described, OWN), init);
      expect(answer.status, described.operationId).to.equal(401);
    }
    await closed.close();
  });
});
