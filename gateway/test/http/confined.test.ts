/**
 * A customer who is signed in reaches itself and nobody else: every operation there is, asked in the name of another.
 * No node answers here: what gets past the gate fails for another reason.
 */
import { expect } from "chai";
import type { Rooms } from "../../src/commands/rooms.ts";
import { makeWalletLink, openSession, signInWithLink } from "../../src/commands/sessions.ts";
import { openapiDocument } from "../../src/http/openapi.ts";
import type { Route } from "../../src/http/route.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Hex32 } from "../../src/kernel/ids.ts";
import { insertCommand } from "../../src/store/commands.ts";
import type { Customer } from "../../src/store/customers.ts";
import { insertCustomer } from "../../src/store/customers.ts";
import type { Store } from "../../src/store/database.ts";
import { findCaller } from "../../src/commands/keys.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { insertMerchant, tokenOf } from "../support/ledger-rows.ts";
import type { Json, Schema } from "../support/samples.ts";
import { Sampler, seededRandom } from "../support/samples.ts";
import { freshStore } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

const OWN_NAMES = ["customerId", "account", "holder", "voter"] as const;
/** Ways of the customer to consent that it has not used: a wallet's signature beside a customer's id is refused anyway. */
const WALLET_FIELDS = [
  "signature",
  "signatures",
  "nonce",
  "deadline",
  "validAfter",
  "validBefore",
  "salt",
  "releaseAt",
];

type Body = Record<string, Json>;
interface Document {
  readonly paths: Record<string, Record<string, { requestBody?: { content: Record<string, { schema: Schema }> } }>>;
  readonly components: { readonly schemas: Record<string, Schema> };
}

describe("a customer's session", () => {
  const document = openapiDocument(allRoutes) as Document;
  const sampler = new Sampler(document.components.schemas, seededRandom(11));
  let store: Store;
  let rooms: Rooms;
  let api: Api;
  let me: Customer;
  let other: Customer;
  let till: string;
  const cookies: Record<"link" | "wallet" | "other", string> = { link: "", wallet: "", other: "" };

  before(async function () {
    this.timeout(180_000);
    store = await freshStore("embedded");
    rooms = await roomsOn(store, NO_NODE);
    await insertMerchant(rooms.db, 1, await rooms.signers.create({ purpose: "controller" }));
    [me, other] = (await Promise.all(
      [0, 1].map(async () =>
        insertCustomer(rooms.db, {
          organisation: "shop",
          merchantId: 1,
          address: await rooms.signers.create({ purpose: "customer" }),
          isManaged: true,
          now: rooms.clock.now(),
        }),
      ),
    )) as [Customer, Customer];
    till = await keyFor(rooms, "till", { merchantId: 1, organisation: "shop" });
    const caller = (await findCaller(rooms, till)) ?? expect.fail("the till has a key");
    const byLink = async ({ id }: Customer): Promise<string> => {
      const { token } = await makeWalletLink(rooms, caller, id);
      return (await signInWithLink(rooms, token)).token;
    };
    cookies.link = await byLink(me);
    cookies.other = await byLink(other);
    const wallet = { account: me.address, organisation: `wallet-${me.address}` };
    cookies.wallet = (await openSession(rooms, wallet)).token;
    api = await startApi(rooms, allRoutes);
  });
  after(async () => {
    await api.close();
    await store.close();
  });

  function pathOf({ path }: Route, who: Customer): string {
    return path
      .replace(":token", tokenOf(1))
      .replace(":customerId", who.id)
      .replace(/:(account|holder|address)\b/, who.address)
      .replace(":ref", "order-1")
      .replace(":hash", `0x${"b".repeat(64)}`)
      .replace(/:(commandId|webhookId|deliveryId)/, "0b9f4c1e-6f0c-4f0e-8f54-0d6c4fd6a001")
      .replace(":keyId", "0123456789abcdef")
      .replace(/:(id|drawId|version|proposalId|earningId|numberOrHash)\b/g, "1")
      .replace(/:[a-zA-Z]+/g, "name-1");
  }

  /** Of a body that may be asked in several ways, the first. */
  function schemaOf(described: Route): Schema | undefined {
    const schema = rawSchemaOf(described);
    return schema?.anyOf?.[0] ?? schema;
  }

  const rawSchemaOf = (described: Route): Schema | undefined =>
    document.paths[described.path.replace(/:(\w+)/g, "{$1}")]?.[described.method]?.requestBody?.content[
      "application/json"
    ]?.schema;

  /** A body that the schema takes, about nobody; undefined for an operation without one. */
  function blankBody(described: Route): Body | undefined {
    const schema = schemaOf(described);
    if (schema === undefined) return undefined;
    const body = sampler.valid(schema) as Body;
    const required = new Set(sampler.resolve(schema).required ?? []);
    const isLeftOut = (name: string) => OWN_NAMES.includes(name as never) || WALLET_FIELDS.includes(name);
    return Object.fromEntries(Object.entries(body).filter(([name]) => required.has(name) || !isLeftOut(name)));
  }

  const subjectsOf = (described: Route): (typeof OWN_NAMES)[number][] => {
    const schema = schemaOf(described);
    const inBody = Object.keys(schema === undefined ? {} : (sampler.resolve(schema).properties ?? {}));
    return OWN_NAMES.filter((name) => inBody.includes(name));
  };

  function ask(described: Route, { as, who, body }: { as: string; who: Customer; body?: Body }): Promise<Answered> {
    const headers = { cookie: `ledger_session=${as}`, "sec-fetch-site": "same-origin" };
    const init = body === undefined ? { headers } : { headers, body };
    return api.ask(described.method.toUpperCase(), pathOf(described, who), init);
  }

  const valueOf = (name: string, who: Customer): string => (name === "customerId" ? who.id : who.address);
  const guarded = allRoutes.filter(({ roles }) => roles !== "public");
  const countCommands = async (): Promise<number> =>
    (await rooms.db.selectFrom("command").select("id").execute()).length;

  for (const described of guarded.filter(({ customers }) => customers === undefined))
    it(`${described.operationId}: is not for customers`, async () => {
      for (const as of [cookies.link, cookies.wallet]) {
        const body = blankBody(described);
        const { status } = await ask(described, { as, who: me, ...(body === undefined ? {} : { body }) });
        expect(status).to.equal(403);
      }
    });

  for (const described of guarded.filter(({ customers }) => customers === "named")) {
    it(`${described.operationId}: another customer does not exist for this one`, async () => {
      const before = await countCommands();
      const inPath = /:(customerId|account|holder)\b/.test(described.path);
      const body = blankBody(described);
      const subjects = subjectsOf(described);
      expect(inPath || subjects.length > 0, "names somebody").to.equal(true);
      for (const as of [cookies.link, cookies.wallet]) {
        if (inPath) {
          const { status } = await ask(described, { as, who: other, ...(body === undefined ? {} : { body }) });
          expect(status, "in the path").to.equal(404);
        }
        for (const name of subjects) {
          const foreign = { ...body, [name]: valueOf(name, other) };
          const { status, body: problem } = await ask(described, { as, who: me, body: foreign });
          expect([status, problem.code], name).to.deep.equal([404, "not_found"]);
          // Nor behind the customer's own name.
          const mixed = { customerId: me.id, account: me.address, ...foreign };
          const named = Object.fromEntries(
            Object.entries(mixed).filter(([field]) => subjects.includes(field as never) || field in (body ?? {})),
          );
          expect((await ask(described, { as, who: me, body: named })).status, `${name} beside its own`).to.equal(404);
        }
        if (!inPath && !subjects.some((name) => name in (body ?? {}))) {
          const { status } = await ask(described, { as, who: me, body: body ?? {} });
          expect(status, "nobody").to.equal(400);
        }
      }
      expect(await countCommands()).to.equal(before);
    });

    it(`${described.operationId}: lets the customer itself through`, async () => {
      const [name] = subjectsOf(described);
      const body = blankBody(described);
      const own = name === undefined ? body : { ...body, [name]: valueOf(name, me) };
      const { status, body: answer } = await ask(described, {
        as: cookies.link,
        who: me,
        ...(own === undefined ? {} : { body: own }),
      });
      expect(status, JSON.stringify(answer)).to.not.be.oneOf([401, 403, 500]);
      // What is missing, if anything, is something else than the customer.
      if (status === 404) expect(answer.facts.what).to.not.match(/^(customerId|account|holder|voter) /);
    });
  }

  it("is answered what is public like anybody, and no more", async () => {
    const reads = allRoutes.filter(
      ({ roles, method, open, door, path }) =>
        roles === "public" && method === "get" && open === undefined && door !== true && !path.endsWith(".csv"),
    );
    for (const described of reads) {
      const mine = await ask(described, { as: cookies.link, who: other });
      const anybodys = await api.ask("GET", pathOf(described, other));
      expect(mine.status, described.operationId).to.equal(anybodys.status);
    }
  });

  describe("and what it has asked for", () => {
    const hash = `0x${"5".repeat(64)}` as Hex32;
    const insert = (idempotencyKey: string, organisation = "shop") =>
      insertCommand(rooms.db, {
        organisation,
        idempotencyKey,
        requestHash: hash,
        kind: "points.redeem",
        merchantId: 1,
      });
    const commandRoutes = guarded.filter(({ operationId }) =>
      /^(getCommand|listCommandItems)(Csv)?$/.test(operationId),
    );

    it("is shown to itself, not to another customer of the same organisation, and to the organisation", async () => {
      const mine = (await insert(`customer/${me.id}/first`)) ?? expect.fail("it is new");
      const apps = (await insert("first")) ?? expect.fail("it is new");
      expect(commandRoutes).to.have.length(3);
      for (const { path } of commandRoutes) {
        const statusFor = async (id: string, cookie: string) =>
          (await api.ask("GET", path.replace(":commandId", id), { headers: { cookie: `ledger_session=${cookie}` } }))
            .status;
        expect(await statusFor(mine.id, cookies.link), path).to.equal(200);
        expect(await statusFor(mine.id, cookies.other), path).to.equal(404);
        expect(await statusFor(mine.id, cookies.wallet), path).to.equal(404);
        expect(await statusFor(apps.id, cookies.link), path).to.equal(404);
        expect((await api.ask("GET", path.replace(":commandId", mine.id), { key: till })).status, path).to.equal(200);
      }
    });

    it("has names of its own: another's Idempotency-Key gives nothing away", async () => {
      await insert(`customer/${me.id}/same`);
      const redeem = (who: Customer, cookie: string) =>
        api.ask("POST", `/v1/points/${tokenOf(1)}/redemptions`, {
          body: { points: "100", kind: "deduction", ref: "x", customerId: who.id },
          headers: { cookie: `ledger_session=${cookie}`, "sec-fetch-site": "same-origin", "idempotency-key": "same" },
        });
      expect((await redeem(me, cookies.link)).body.code).to.equal("idempotency_key_reused");
      expect((await redeem(other, cookies.other)).body.code).to.not.equal("idempotency_key_reused");
    });
  });

  it("is found out where another is named deep inside a request", async () => {
    const turnIn = guarded.find(({ operationId }) => operationId === "turnInPoints") ?? expect.fail("it is there");
    const holdOf = ({ address }: Customer): Body => ({ hold: { holder: address, ref: "order-1" } });
    expect((await ask(turnIn, { as: cookies.link, who: me, body: holdOf(other) })).status).to.equal(404);
    expect((await ask(turnIn, { as: cookies.link, who: me, body: holdOf(me) })).status).to.equal(202);
  });

  it("makes no links for itself, nor customers, nor keys", () => {
    const names = ["createWalletLink", "createCustomer", "createKey", "listKeys"];
    const routes = guarded.filter(({ operationId }) => names.includes(operationId));
    expect(routes.map(({ customers }) => customers)).to.deep.equal(names.map(() => undefined));
  });

  it("is a session of one account, whose key is nowhere among the answers", async () => {
    const { body } = await api.ask("GET", "/v1/session", { headers: { cookie: `ledger_session=${cookies.wallet}` } });
    expect(body.session).to.include({ role: "consumer", account: me.address });
    expect(Object.keys(body.session as object)).to.not.include("keyId");
  });
});
