/** The regulator's desk over HTTP: flag → case → outcome, nothing lost, nothing twice, and only for those it is for. */
import { expect } from "chai";
import { sql } from "kysely";
import type { Rooms } from "../../src/commands/rooms.ts";
import { deskRoutes } from "../../src/http/routes/desk.ts";
import { supervisionWriteRoutes } from "../../src/http/routes/supervision-write.ts";
import { caseBytes, parseCaseNumber, readCaseNumber } from "../../src/kernel/case-number.ts";
import type { Hex32 } from "../../src/kernel/ids.ts";
import { insertAlerts } from "../../src/store/desk-alerts.ts";
import type { Store } from "../../src/store/database.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

/** What the desk's answers are looked at for. */
interface View {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly kind: string;
  readonly state: string;
  readonly text: string;
  readonly code: string;
  readonly en: string;
  readonly zh: string;
  readonly settledBy: string;
  readonly alerts: readonly View[];
  readonly history: readonly View[];
  readonly items: readonly View[];
}

type Seen = Omit<Answered, "body"> & { readonly body: View };

describe("case numbers", () => {
  it("stand on the chain as text that anybody reads", () => {
    const bytes = caseBytes(parseCaseNumber("2027-0042"));
    expect(bytes).to.equal(`0x${"323032372d30303432".padEnd(64, "0")}`);
    expect(readCaseNumber(bytes)).to.equal("2027-0042");
    expect(readCaseNumber(caseBytes(parseCaseNumber("A".repeat(31))))).to.equal("A".repeat(31));
  });

  it("stay bytes where another hand used another form", () => {
    for (const other of [`0x${"ff".repeat(32)}`, `0x${"0".repeat(64)}`, `0x${"41".repeat(32)}`])
      expect(readCaseNumber(other as Hex32)).to.equal(other);
    for (const wrong of ["", "A".repeat(32), "2027 0042", "-1", "案件"])
      expect(() => parseCaseNumber(wrong), wrong).to.throw(RangeError, "must be 1 to 31");
  });
});

for (const engine of ENGINES)
  describe(`the regulator's desk (${engine})`, function () {
    this.timeout(180_000);
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let keys: Record<"regulator" | "auditor" | "operator", string>;
    let alerts = 0;

    before(async () => {
      store = await freshStore(engine);
      rooms = await roomsOn(store, NO_NODE);
      api = await startApi(rooms, [...deskRoutes, ...supervisionWriteRoutes]);
      keys = {
        regulator: await keyFor(rooms, "regulator"),
        auditor: await keyFor(rooms, "auditor"),
        operator: await keyFor(rooms, "operator"),
      };
    });
    after(async () => {
      await api.close();
      await store.close();
    });

    const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Seen> =>
      api.ask("POST", `/v1/desk/${path}`, { key: keys.regulator, body, headers });
    const get = async (path: string): Promise<View> =>
      (await api.ask("GET", `/v1/desk/${path}`, { key: keys.auditor })).body as View;

    async function raise(): Promise<string> {
      alerts += 1;
      const facts = { symbol: "P1", available: "9", required: "10", ratioBps: "9000", ratioBpsMin: 10_500 };
      const finding = { key: `test/${alerts}`, rule: "coverage_low", facts, blockNumber: 7, time: 1_000 } as const;
      const [id] = await insertAlerts(store.db, [finding], rooms.clock.now());
      return id ?? "";
    }

    it("explains an alert in two languages, with its numbers", async () => {
      const id = await raise();
      const [alert] = (await get("alerts?state=open")).items;
      expect(alert).to.deep.include({ id, rule: "coverage_low", blockNumber: 7, transactionHash: null });
      expect(alert?.en).to.equal("P1 has 9 ALP wei locked and needs 10: 9000 basis points. Threshold: 10500.");
      expect(alert?.zh).to.contain("覆盖 9000 个基点");
    });

    it("goes from flag to case to outcome, and keeps who did what and when", async () => {
      const [first, second] = [await raise(), await raise()];
      const opened = await post("cases", { title: "Thin cover", alertIds: [first], merchantId: 1 });
      expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
      const { number } = opened.body;
      expect(number).to.match(/^20\d\d-\d{4}$/);
      expect(opened.headers.get("location")).to.equal(`/v1/desk/cases/${number}`);
      expect((await post(`cases/${number}/alerts`, { alertId: second })).status).to.equal(200);
      expect((await post(`cases/${number}/notes`, { text: "Asked the merchant." })).status).to.equal(200);
      expect((await post(`cases/${number}/review`, { text: "Papers have come." })).body.state).to.equal("underReview");
      const done = await post(`cases/${number}/outcome`, { outcome: "acted", text: "Limit cut by half." });
      expect(done.body.state).to.equal("acted");
      const shown = await get(`cases/${number}`);
      expect(shown.history.map(({ kind }) => kind)).to.deep.equal([
        "opened",
        "alert",
        "alert",
        "note",
        "review",
        "outcome",
      ]);
      expect(shown.history[5]).to.include({
        text: "Limit cut by half.",
        state: "acted",
        organisation: "org-regulator-0",
      });
      expect(shown.alerts.map(({ id, state }) => [id, state])).to.deep.equal([
        [second, "inCase"],
        [first, "inCase"],
      ]);
      expect((await get("cases?state=acted")).items.map((one) => one.number)).to.include(number);
    });

    it("refuses steps that make no sense, by name, and changes nothing", async () => {
      const alertId = await raise();
      const { number } = (await post("cases", { number: "REG-7.1", title: "Own number", alertIds: [alertId] })).body;
      expect(number).to.equal("REG-7.1");
      const codeOf = async (answer: Promise<Seen>) => [(await answer).status, (await answer).body.code];
      expect(await codeOf(post("cases", { number, title: "Again" }))).to.deep.equal([409, "case_exists"]);
      expect(await codeOf(post("cases", { title: "Twice", alertIds: [alertId] }))).to.deep.equal([
        409,
        "alert_settled",
      ]);
      expect(await codeOf(post(`alerts/${alertId}/dismiss`, { because: "x" }))).to.deep.equal([409, "alert_settled"]);
      expect(await codeOf(post("cases/NO-1/notes", { text: "x" }))).to.deep.equal([404, "not_found"]);
      expect(await codeOf(post(`cases/${number}/alerts`, { alertId: "999" }))).to.deep.equal([404, "not_found"]);
      await post(`cases/${number}/outcome`, { outcome: "dismissed", text: "Nothing in it." });
      const again = post(`cases/${number}/outcome`, { outcome: "acted", text: "x" });
      expect(await codeOf(again)).to.deep.equal([409, "case_state"]);
      expect((await get(`cases/${number}`)).history).to.have.length(3);
      expect((await post(`cases/${number}/review`, { text: "New papers." })).body.state).to.equal("underReview");
      const { items } = await get("cases");
      expect(items.filter((one) => one.title === "Twice")).to.deep.equal([]);
    });

    it("dismisses an alert with a reason, and flags by hand", async () => {
      const alertId = await raise();
      const dismissed = await post(`alerts/${alertId}/dismiss`, { because: "A promotion, announced." });
      expect(dismissed.body).to.include({ state: "dismissed", dismissedBecause: "A promotion, announced." });
      expect(dismissed.body.settledBy).to.equal("org-regulator-0");
      const flagged = await post("alerts", { text: "A customer complained.", account: `0x${"A".repeat(40)}` });
      expect(flagged.body).to.include({ rule: "manual", account: `0x${"a".repeat(40)}`, state: "open" });
      expect(flagged.body.en).to.equal("Flagged by hand: A customer complained.");
    });

    it("does once what is asked for twice", async () => {
      const headers = { "idempotency-key": "case-once" };
      const first = await post("cases", { title: "Once" }, headers);
      const second = await post("cases", { title: "Once" }, headers);
      expect(second.headers.get("idempotency-replayed")).to.equal("true");
      expect(second.body).to.deep.equal(first.body);
      const other = await post("cases", { title: "Another" }, headers);
      expect([other.status, other.body.code]).to.deep.equal([422, "idempotency_key_reused"]);
      const at = async (key: string) => (await post("cases", { title: key }, { "idempotency-key": "race" })).body;
      const twins = await Promise.all([at("race"), at("race"), at("race")]);
      expect(new Set(twins.map(({ number }) => number)).size).to.equal(1);
    });

    it("lets nobody take a line out of a case's history, not even in the database", async () => {
      for (const statement of ["update desk_case_entry set text = 'x'", "delete from desk_case_entry"]) {
        const told = await sql
          .raw(statement)
          .execute(store.db)
          .then(
            () => "done",
            (error: unknown) => String(error),
          );
        expect(told).to.contain("append-only");
      }
    });

    it("is written by regulators only, and read by them and auditors", async () => {
      const body = { title: "Mine" };
      for (const key of [keys.auditor, keys.operator])
        expect((await api.ask("POST", "/v1/desk/cases", { key, body })).status).to.equal(403);
      expect((await api.ask("GET", "/v1/desk/cases", { key: keys.operator })).status).to.equal(403);
      expect((await api.ask("GET", "/v1/desk/cases")).status).to.equal(401);
      expect((await api.ask("GET", "/v1/desk/cases", { key: keys.regulator })).status).to.equal(200);
      const reader = await keyFor(rooms, "regulator", { scopes: ["desk:read"] });
      expect((await api.ask("POST", "/v1/desk/cases", { key: reader, body })).status).to.equal(403);
    });

    it("acts on the chain under a case it knows only; an act waits in the queue while no node answers", async () => {
      const freeze = (caseNumber: string): Promise<Seen> =>
        api.ask("POST", `/v1/supervision/accounts/0x${"b".repeat(40)}/freeze`, {
          key: keys.regulator,
          body: { caseNumber },
          headers: { "idempotency-key": `freeze-${caseNumber}` },
        });
      expect((await freeze("1999-0001")).body.code).to.equal("not_found");
      const { number } = (await post("cases", { title: "Stolen phone" })).body;
      const queued = await freeze(number);
      expect([queued.status, queued.body.kind, queued.body.state]).to.deep.equal([202, "supervision.freeze", "queued"]);
      await freeze(number);
      const { history } = await get(`cases/${number}`);
      expect(history).to.have.length(2);
      expect(history[1]).to.include({ kind: "act", commandId: queued.body.id });
      expect(history[1]?.text).to.equal(`freeze, account 0x${"b".repeat(40)}`);
    });
  });
