import { expect } from "chai";
import { execFile } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import type { Rooms } from "../../src/commands/rooms.ts";
import { allRoutes } from "../../src/http/routes/all.ts";
import type { Indexer } from "../../src/indexer/start.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Store } from "../../src/store/database.ts";
import { readCursor } from "../../src/store/ledger-cursor.ts";
import type { Api } from "../support/api.ts";
import { startApi } from "../support/api.ts";
import type { ChainLab } from "../support/chain-lab.ts";
import { startChainLab } from "../support/chain-lab.ts";
import { freshStore } from "../support/stores.ts";
import { Walk } from "../support/walk.ts";

interface Ended {
  readonly code: number;
  readonly text: string;
}

describe("npm run audit", function () {
  this.timeout(240_000);
  let lab: ChainLab;
  let store: Store;
  let api: Api;
  let indexer: Indexer;

  before(async () => {
    lab = await startChainLab();
    const [, a, b, tillA, tillB, ...customers] = lab.accounts as [Address, Address, Address, Address, Address];
    const merchants = [
      await lab.admitMerchant({ name: "乡村基", calendar: 1, controller: a, till: tillA }),
      await lab.admitMerchant({ name: "汉堡王", calendar: 2, controller: b, till: tillB }),
    ];
    await new Walk(lab, { seed: 3, steps: 500, merchants, customers }).run();
    store = await freshStore("postgresql");
    const rooms = { db: store.db, chain: lab.chain, deployment: lab.deployment, clock: wallClock, log: silentLog };
    indexer = startIndexer(rooms, { processId: "audited", reconcileMs: 0 });
    api = await startApi(rooms as unknown as Rooms, allRoutes);
    await untilIndexed();
  });
  after(async () => {
    await indexer.stop();
    await api.close();
    await store.close();
    await lab.stop();
  });

  async function untilIndexed(): Promise<void> {
    const head = await lab.chain.headNumber();
    while (((await readCursor(store.db))?.blockNumber ?? 0) < head) await sleep(30);
  }

  const audit = (...more: string[]): Promise<Ended> =>
    new Promise((resolve) => {
      const script = new URL("../../../scripts/audit.ts", import.meta.url).pathname;
      const args = [script, "--rpc", lab.url, "--api", api.url, "--data-dir", lab.dataDir, ...more];
      execFile(process.execPath, args, (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : Number(error.code), text: stdout + stderr });
      });
    });

  it("agrees with the contracts and the API, number by number", async () => {
    const { code, text } = await audit();
    expect(text).to.match(/[0-9]{3,} numbers agree with the contracts and the API: [0-9]+ events replayed/);
    expect(code, text).to.equal(0);
  });

  it("finds one block for both sides while the chain goes on", async () => {
    const going = new AbortController();
    const blocks = (async () => {
      while (!going.signal.aborted) {
        await lab.mine();
        // However slow the machine: the read side is never more than a block behind.
        await untilIndexed();
        await sleep(400);
      }
    })();
    const { code, text } = await audit();
    going.abort();
    await blocks;
    expect(code, text).to.equal(0);
  });

  it("audits a block of the past against the contracts alone", async () => {
    const { code, text } = await audit("--block", String((await lab.chain.headNumber()) - 40));
    expect(code, text).to.equal(0);
    expect(text).to.contain("numbers agree with the contracts:");
  });

  it("ends with 1 and the name of the first difference", async () => {
    await untilIndexed();
    const row = await store.db.selectFrom("holding").selectAll().where("balance", ">", "100").executeTakeFirstOrThrow();
    const wrong = String(BigInt(row.balance) - 1n);
    const update = store.db.updateTable("holding").where("token", "=", row.token).where("account", "=", row.account);
    await update.set({ balance: wrong }).execute();
    const { code, text } = await audit();
    expect(code, text).to.equal(1);
    expect(text).to.contain(`DIFFERENCE: API: balance of ${row.account}`);
    expect(text).to.contain(`the replay says ${row.balance}, found ${wrong}`);
  });

  it("ends with 2 and what to do when there is nobody to ask", async () => {
    const { code, text } = await audit("--rpc", "http://127.0.0.1:1");
    expect(code).to.equal(2);
    expect(text).to.contain("the audit could not be done: No chain node answered");
  });

  it("explains itself", async () => {
    expect((await audit("--help")).text).to.contain("npm run audit [-- options]");
  });
});
