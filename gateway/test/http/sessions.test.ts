/** Sessions of browsers: how they open, what they are good for, and how they end. No node answers here. */
import { expect } from "chai";
import type { Rooms } from "../../src/commands/rooms.ts";
import { SESSION_IDLE_MS, SESSION_MAX_MS, WALLET_LINK_MS } from "../../src/commands/sessions.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Store } from "../../src/store/database.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { insertMerchant } from "../support/ledger-rows.ts";
import { freshStore, ENGINES } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

/** As a browser does from a page of ours. */
const OURS = { "sec-fetch-site": "same-origin" };
const MINUTE = 60_000;

type Session = Record<string, unknown> | null;

const tokenIn = ({ headers }: Answered): string =>
  /^ledger_session=([0-9A-Za-z]*);/.exec(headers.get("set-cookie") ?? "")?.[1] ?? "";

for (const engine of ENGINES)
  describe(`sessions on ${engine}`, () => {
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let now = Date.UTC(2026, 0, 1);

    before(async function () {
      this.timeout(180_000);
      store = await freshStore(engine);
      rooms = { ...(await roomsOn(store, NO_NODE)), clock: { ...wallClock, now: () => now } };
      await insertMerchant(rooms.db, 1, await rooms.signers.create({ purpose: "controller" }));
      api = await startApi(rooms, allRoutes);
    });
    after(async () => {
      await api.close();
      await store.close();
    });

    const signIn = (body: object, headers: Record<string, string> = OURS) =>
      api.ask("POST", "/v1/session", { body, headers });
    const cookie = (token: string, headers: Record<string, string> = OURS) => ({
      headers: { cookie: `theme=dark; ledger_session=${token}`, ...headers },
    });
    const signedIn = async (apiKey: string): Promise<string> => tokenIn(await signIn({ apiKey }));
    const sessionOf = async (token: string): Promise<Session> =>
      ((await api.ask("GET", "/v1/session", cookie(token))).body as { session: Session }).session;

    it("says that nobody is signed in", async () => {
      const { status, body, headers } = await api.ask("GET", "/v1/session");
      expect([status, body, headers.get("cache-control")]).to.deep.equal([200, { session: null }, "no-store"]);
    });

    it("opens with a key, as a cookie that no script can read and no other site sends", async () => {
      const answer = await signIn({ apiKey: await keyFor(rooms, "merchant", { merchantId: 1 }) });
      expect(answer.headers.get("set-cookie")).to.match(
        /^ledger_session=[0-9A-Za-z]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
      );
      expect(answer.body.session).to.deep.equal({
        role: "merchant",
        organisation: "org-merchant-1",
        merchantId: 1,
        expiresAt: (now + SESSION_IDLE_MS) / 1000,
      });
      const token = tokenIn(answer);
      expect(await sessionOf(token)).to.deep.equal(answer.body.session);
      expect((await api.ask("GET", "/v1/keys", cookie(token))).status).to.equal(200);
      expect((await api.ask("GET", "/v1/desk/alerts", cookie(token))).status).to.equal(403);
    });

    it("sends the cookie over TLS only where the web is under https", async () => {
      const secure = await startApi(rooms, allRoutes, { gate: { publicUrl: "https://points.example" } });
      const body = { apiKey: await keyFor(rooms, "auditor") };
      const { headers } = await secure.ask("POST", "/v1/session", { body, headers: OURS });
      expect(headers.get("set-cookie")).to.match(/; Secure$/);
      await secure.close();
    });

    it("keeps no token that could be used", async () => {
      const token = await signedIn(await keyFor(rooms, "auditor"));
      const rows = JSON.stringify(await rooms.db.selectFrom("web_session").selectAll().execute());
      expect(rows).to.not.include(token);
    });

    for (const [what, apiKey] of [
      ["an unknown key", `pk_0123456789abcdef_${"a".repeat(43)}`],
      ["what is no key", "hunter2"],
    ] as const)
      it(`does not open with ${what}`, async () => {
        const { status, body, headers } = await signIn({ apiKey });
        expect([status, body.code, headers.get("set-cookie")]).to.deep.equal([422, "api_key_unknown", null]);
      });

    it("ends 30 minutes after its last use", async () => {
      const token = await signedIn(await keyFor(rooms, "auditor"));
      now += SESSION_IDLE_MS - MINUTE;
      expect(await sessionOf(token)).to.include({ role: "auditor" });
      now += SESSION_IDLE_MS - MINUTE;
      expect(await sessionOf(token)).to.include({ role: "auditor" });
      now += SESSION_IDLE_MS;
      const over = await api.ask("GET", "/v1/session", cookie(token));
      expect([over.body.session, tokenIn(over)]).to.deep.equal([null, ""]);
      expect(over.headers.get("set-cookie")).to.include("Max-Age=0");
    });

    it("ends 12 hours after it began, however busy it is", async () => {
      const token = await signedIn(await keyFor(rooms, "auditor"));
      const end = now + SESSION_MAX_MS;
      for (now += 20 * MINUTE; now < end; now += 20 * MINUTE)
        expect(await sessionOf(token)).to.include({ role: "auditor" });
      expect(await sessionOf(token)).to.equal(null);
    });

    it("ends with its key, at once", async () => {
      const operator = await keyFor(rooms, "operator");
      const key = await keyFor(rooms, "merchant", { merchantId: 1 });
      const token = await signedIn(key);
      await api.ask("DELETE", `/v1/keys/${key.split("_")[1] ?? ""}`, { key: operator });
      const { status, body } = await api.ask("GET", "/v1/keys", cookie(token));
      expect([status, body.code]).to.deep.equal([401, "session_ended"]);
      expect(await sessionOf(token)).to.equal(null);
    });

    it("ends by signing out, here and for whoever copied the cookie", async () => {
      const token = await signedIn(await keyFor(rooms, "auditor"));
      const out = await api.ask("DELETE", "/v1/session", cookie(token));
      expect([out.status, out.body.session]).to.deep.equal([200, null]);
      expect(out.headers.get("set-cookie")).to.include("Max-Age=0");
      expect(await sessionOf(token)).to.equal(null);
    });

    it("leaves the session before when another is opened in the same browser", async () => {
      const [first, key] = [await signedIn(await keyFor(rooms, "auditor")), await keyFor(rooms, "regulator")];
      const second = tokenIn(await signIn({ apiKey: key }, cookie(first).headers));
      expect(await sessionOf(first)).to.equal(null);
      expect(await sessionOf(second)).to.include({ role: "regulator" });
    });

    it("still answers what is public when it has ended", async () => {
      const gone = "a".repeat(43);
      expect((await api.ask("GET", "/v1/council/actions", cookie(gone))).status).to.equal(200);
      expect((await api.ask("GET", "/v1/keys", cookie(gone))).body.code).to.equal("session_ended");
    });

    it("is confined to the scopes of its key", async () => {
      const key = await keyFor(rooms, "operator", { scopes: ["keys:read"] });
      const token = await signedIn(key);
      expect((await sessionOf(token))?.["scopes"]).to.deep.equal(["keys:read"]);
      const body = { role: "auditor", label: "x" };
      expect((await api.ask("POST", "/v1/keys", { ...cookie(token), body })).status).to.equal(403);
    });

    for (const [what, headers, status] of [
      ["a page of ours", { "sec-fetch-site": "same-origin" }, 201],
      ["the reader's own hand", { "sec-fetch-site": "none" }, 201],
      ["another site", { "sec-fetch-site": "cross-site" }, 403],
      ["another port or sub-domain", { "sec-fetch-site": "same-site" }, 403],
      ["another site that adds our header", { "sec-fetch-site": "cross-site", "x-ledger-web": "1" }, 403],
      ["a browser that does not say, with our header", { "x-ledger-web": "1" }, 201],
      ["a browser that does not say", {}, 403],
    ] as const)
      it(`answers a write from ${what} with ${status}`, async () => {
        const token = await signedIn(await keyFor(rooms, "operator"));
        const body = { role: "auditor", label: "made by a session" };
        const answer = await api.ask("POST", "/v1/keys", { ...cookie(token, headers), body });
        expect(answer.status).to.equal(status);
        if (status === 403) expect(answer.body.code).to.equal("cross_site");
      });

    it("shows another site what it shows to anybody", async () => {
      const token = await signedIn(await keyFor(rooms, "operator"));
      expect((await api.ask("GET", "/v1/keys", cookie(token, { "sec-fetch-site": "same-site" }))).status).to.equal(401);
    });

    it("gives way to a key in the header", async () => {
      const token = await signedIn(await keyFor(rooms, "operator"));
      const answer = await api.ask("GET", "/v1/keys", { key: await keyFor(rooms, "auditor"), ...cookie(token) });
      expect(answer.status).to.equal(403);
    });

    describe("of customers, by a link", () => {
      const till = () => keyFor(rooms, "till", { merchantId: 1, organisation: "shop" });
      const newCustomer = async (key: string) =>
        (await api.ask("POST", "/v1/customers", { key, body: {} })).body as { id: string; address: string };
      const linkFor = async (key: string, customerId: string) =>
        (await api.ask("POST", `/v1/customers/${customerId}/wallet-links`, { key })).body as {
          url: string;
          expiresAt: number;
        };
      const walletLinkIn = ({ url }: { url: string }): string => new URL(url).hash.slice(1);

      it("opens that customer's wallet, once", async () => {
        const key = await till();
        const customer = await newCustomer(key);
        const link = await linkFor(key, customer.id);
        expect(link.url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/sign-in#[0-9A-Za-z]{43}$/);
        expect(link.expiresAt).to.equal((now + WALLET_LINK_MS) / 1000);
        const opened = await signIn({ walletLink: walletLinkIn(link) });
        expect(opened.body.session).to.deep.equal({
          role: "consumer",
          organisation: "shop",
          merchantId: 1,
          account: customer.address,
          customerId: customer.id,
          expiresAt: (now + SESSION_IDLE_MS) / 1000,
        });
        const again = await signIn({ walletLink: walletLinkIn(link) });
        expect([again.status, again.body.code]).to.deep.equal([422, "wallet_link_spent"]);
      });

      it("opens for one of two who come at once", async () => {
        const key = await till();
        const walletLink = walletLinkIn(await linkFor(key, (await newCustomer(key)).id));
        const answers = await Promise.all([signIn({ walletLink }), signIn({ walletLink }), signIn({ walletLink })]);
        expect(answers.map(({ status }) => status).sort()).to.deep.equal([200, 422, 422]);
      });

      it("does not open 15 minutes later, nor when the key that made it is revoked", async () => {
        const key = await till();
        const { id } = await newCustomer(key);
        const late = walletLinkIn(await linkFor(key, id));
        now += WALLET_LINK_MS;
        expect((await signIn({ walletLink: late })).body.code).to.equal("wallet_link_spent");
        const [link, opened] = [await linkFor(key, id), await linkFor(key, id)].map(walletLinkIn) as [string, string];
        const token = tokenIn(await signIn({ walletLink: opened }));
        const operator = await keyFor(rooms, "operator");
        await api.ask("DELETE", `/v1/keys/${key.split("_")[1] ?? ""}`, { key: operator });
        expect((await signIn({ walletLink: link })).body.code).to.equal("wallet_link_spent");
        expect(await sessionOf(token)).to.equal(null);
      });

      it("is made for an organisation's own customers only", async () => {
        const { id } = await newCustomer(await till());
        const other = await keyFor(rooms, "till", { merchantId: 1, organisation: "elsewhere" });
        expect((await api.ask("POST", `/v1/customers/${id}/wallet-links`, { key: other })).status).to.equal(404);
      });
    });
  });
