/** The regulator's day on a real chain: a rule sees, a case is opened, the chain obeys or refuses by name, a report tells. */
import { expect } from "chai";
import { setTimeout as sleep } from "node:timers/promises";
import { Wallet, id } from "ethers";
import { merchantPoint, regulatorDesk } from "../../src/chain/contracts.ts";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import { parseAddress } from "../../src/kernel/ids.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { startDesk } from "../../src/regulator/start.ts";
import { parseThresholds } from "../../src/regulator/thresholds.ts";
import { startReports } from "../../src/reports/start.ts";
import { verifyBundle } from "../../src/reports/verify.ts";
import type { Store } from "../../src/store/database.ts";
import { readCursor } from "../../src/store/ledger-cursor.ts";
import type { Answered, Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { sharedLedger } from "../support/ledger.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { roomsOn } from "../support/world.ts";

interface CaseView {
  readonly number: string;
  readonly alerts: readonly { readonly id: string; readonly rule: string }[];
  readonly history: readonly { readonly kind: string; readonly text: string }[];
  readonly chainActs: readonly { readonly act: string; readonly subject: string }[];
}

for (const engine of ENGINES)
  describe(`the regulator's day on a real chain (${engine})`, function () {
    this.timeout(240_000);
    const customer = parseAddress(`0x${(engine === "embedded" ? "d1" : "d2").repeat(20)}`);
    let ledger: TestLedger;
    let shop: TestMerchant;
    let store: Store;
    let rooms: Rooms;
    let api: Api;
    let regulator: string;
    const running: { stop(): Promise<void> }[] = [];

    before(async () => {
      ledger = await sharedLedger();
      shop = await ledger.addMerchant();
      store = await freshStore(engine);
      rooms = await roomsOn(store);
      api = await startApi(rooms, allRoutes);
      regulator = await keyFor(rooms, "regulator");
      // 100 yuan in an hour is a burst here, and one holder of all of it too much.
      const limits = { everySeconds: 1, issueBurst: { floorYuan: 100 }, concentration: { floorYuan: 100 } };
      running.push(startIndexer(rooms, { processId: `desk-${engine}`, reconcileMs: 0 }));
      running.push(startOutbox(rooms, { processId: `desk-${engine}` }));
      running.push(startDesk(rooms, parseThresholds(JSON.stringify(limits))));
      running.push(startReports(rooms));
    });
    after(async () => {
      await api.close();
      for (const one of running.reverse()) await one.stop();
      await store.close();
    });

    const post = (path: string, body: object): Promise<Answered> =>
      api.ask("POST", path, { key: regulator, body, headers: { prefer: "wait=30" } });
    const get = async <T>(path: string): Promise<T> => (await api.ask("GET", path, { key: regulator })).body as T;

    async function until<T>(look: () => Promise<T>, isThere: (found: T) => boolean): Promise<T> {
      for (let tries = 0; tries < 1_200; tries += 1) {
        const found = await look();
        if (isThere(found)) return found;
        await sleep(100);
      }
      throw new Error("it did not come");
    }

    async function untilIndexed(): Promise<void> {
      const head = await rooms.chain.headNumber();
      await until(
        () => readCursor(store.db),
        (cursor) => (cursor?.blockNumber ?? 0) >= head,
      );
    }

    let number = "";

    it("raises what a rule sees in real transactions, and takes it into a case", async () => {
      const till = parseAddress(new Wallet(shop.tillKeys[0] ?? "").address);
      const issue = merchantPoint.encodeFunctionData("issue", [customer, 2_000_000n, id(`burst ${engine}`)]);
      await ledger.actAs(till, shop.token, issue);
      type Alerts = { items: { id: string; rule: string; token: string; transactionHash: string | null }[] };
      const { items } = await until(
        () => get<Alerts>("/v1/desk/alerts?state=open"),
        (found) => found.items.filter(({ token }) => token === shop.token).length >= 2,
      );
      const ours = items.filter(({ token }) => token === shop.token);
      expect(ours.map(({ rule }) => rule).sort()).to.deep.equal(["concentration", "issue_burst"]);
      for (const { transactionHash } of ours) expect(transactionHash).to.match(/^0x[0-9a-f]{64}$/);
      const opened = await post("/v1/desk/cases", { title: "Too much at once", alertIds: ours.map((one) => one.id) });
      expect(opened.status, JSON.stringify(opened.body)).to.equal(201);
      number = (opened.body as CaseView).number;
    });

    it("acts under the case: every act confirmed, in the history and on the chain", async () => {
      const acts: [string, object][] = [
        [`accounts/${customer}/freeze`, {}],
        [`accounts/${customer}/unfreeze`, {}],
        [`tokens/${shop.token}/pause`, {}],
        [`tokens/${shop.token}/unpause`, {}],
        ["transfers", { token: shop.token, from: customer, to: `0x${"e".repeat(40)}`, points: "500" }],
        [`merchants/${shop.id}/warn`, {}],
        [`merchants/${shop.id}/cut-limit`, { percent: 20 }],
        [`merchants/${shop.id}/halt-issue`, {}],
        [`merchants/${shop.id}/resume-issue`, {}],
        [`merchants/${shop.id}/suspend`, {}],
        [`merchants/${shop.id}/reinstate`, {}],
        [`merchants/${shop.id}/advise-wind-down`, {}],
      ];
      for (const [path, body] of acts) {
        const answer = await post(`/v1/supervision/${path}`, { caseNumber: number, ...body });
        expect([answer.status, answer.body.state], `${path} ${JSON.stringify(answer.body)}`).to.deep.equal([
          200,
          "confirmed",
        ]);
      }
      const data = regulatorDesk.encodeFunctionData("orderCount");
      const orderId = BigInt(await ledger.provider.call({ to: ledger.deployment.contracts.regulatorDesk, data }));
      const withdrawn = await post(`/v1/supervision/transfers/${orderId}/withdraw`, { caseNumber: number });
      expect(withdrawn.body.state, JSON.stringify(withdrawn.body)).to.equal("confirmed");
      await untilIndexed();
      const shown = await get<CaseView>(`/v1/desk/cases/${number}`);
      expect(shown.history.filter(({ kind }) => kind === "act")).to.have.length(acts.length + 1);
      expect(shown.chainActs.map(({ act }) => act)).to.include.members([
        "unfreeze",
        "pause",
        "unpause",
        "orderTransfer",
        "warning",
        "limitCut",
        "suspension",
        "windDownAdvice",
      ]);
    });

    it("is refused by the contract's own name before anything is sent", async () => {
      const before = (await get<CaseView>(`/v1/desk/cases/${number}`)).history.length;
      const refused = async (path: string, more: object = {}): Promise<string> => {
        const { body } = await post(`/v1/supervision/${path}`, { caseNumber: number, ...more });
        return (body as { facts: { error: string } }).facts.error;
      };
      expect(await refused(`accounts/${customer}/unfreeze`)).to.equal("DeskAccountNotFrozen");
      expect(await refused(`tokens/0x${"f".repeat(40)}/pause`)).to.equal("DeskTokenUnknown");
      expect(await refused("transfers/99999/withdraw")).to.equal("DeskOrderUnknown");
      expect(await refused(`merchants/${shop.id}/resume-issue`)).to.equal("RegistryMerchantStatus");
      expect((await get<CaseView>(`/v1/desk/cases/${number}`)).history).to.have.length(before);
    });

    it("makes a report bundle that the chain alone confirms, once for one request", async () => {
      const headers = { "idempotency-key": `report-${engine}` };
      const ask = () => api.ask("POST", "/v1/desk/reports", { key: regulator, body: {}, headers });
      const first = (await ask()).body as { id: string };
      expect(((await ask()).body as { id: string }).id).to.equal(first.id);
      type Report = {
        state: string;
        files: { name: string; sha256: string }[];
        manifestSha256: string;
        toBlock: number;
      };
      const report = await until(
        () => get<Report>(`/v1/desk/reports/${first.id}`),
        ({ state }) => state !== "making",
      );
      expect(report.state, JSON.stringify(report)).to.equal("ready");
      const files = new Map<string, string>();
      for (const { name } of report.files) {
        const file = await get<{ content: string }>(`/v1/desk/reports/${first.id}/files/${name}`);
        files.set(name, file.content);
      }
      expect((await verifyBundle(files, rooms.chain, ledger.deployment)).cells).to.be.greaterThan(100);
      expect(files.get("supervision.csv")).to.contain(`,warning,${number},`);
      const beyond = await post("/v1/desk/reports", { to: { block: 2_000_000_000 } });
      expect([beyond.status, beyond.body.code]).to.deep.equal([400, "request_invalid"]);
      expect(beyond.body.detail).to.contain("the newest block");
      const auditor = await keyFor(rooms, "auditor");
      expect((await api.ask("GET", "/v1/desk/reports", { key: auditor })).status).to.equal(200);
      expect((await api.ask("POST", "/v1/desk/reports", { key: auditor, body: {} })).status).to.equal(403);
    });
  });
