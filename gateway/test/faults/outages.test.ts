import { expect } from "chai";
import { LedgerError } from "../../src/kernel/errors.ts";
import { readCommand } from "../../src/outbox/read.ts";
import { sharedLedger } from "../support/ledger.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { startPostgres } from "../support/postgres.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { openPostgres } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { itemsOf, openWriteSide } from "../support/write-side.ts";
import { until } from "../support/until.ts";
import { stopShared } from "../support/shared.ts";

after(stopShared);

describe("outages", function () {
  this.timeout(240_000);
  let ledger: TestLedger;
  let merchant: TestMerchant;

  beforeEach(async () => {
    ledger = await sharedLedger();
    merchant = await ledger.addMerchant();
  });

  for (const engine of ENGINES) {
    it(`keeps commands queued while the chain is down, and drains them afterwards (${engine})`, async () => {
      const store = await freshStore(engine);
      const side = await openWriteSide({ ledger, store, merchant }, 300);
      ledger.pauseNode();
      side.start();
      const command = await side.enqueue(itemsOf(700, "dark"));
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      expect((await readCommand(store.db, command.id))!.items!.confirmed).to.equal(0);
      ledger.resumeNode();
      expect((await side.settled(command)).items).to.deep.equal({ queued: 0, sent: 0, confirmed: 700, failed: 0 });
      expect(await ledger.totalIssued(merchant.token)).to.equal(70_000n);
      await side.stopAll();
      await store.close();
    });

    it(`sends the same bytes again when the chain forgets blocks (${engine})`, async () => {
      const store = await freshStore(engine);
      const side = await openWriteSide({ ledger, store, merchant });
      side.start({ batchItemsMax: 50, behindMsMax: 1_000 });
      const before = await side.settled(await side.enqueue(itemsOf(10, "kept")));
      const state = await ledger.saveState();
      const command = await side.settled(await side.enqueue(itemsOf(400, "forgotten")));
      expect(command.state).to.equal("confirmed");
      // What is sent again meanwhile waits in the pool: the forgetting is seen however slow the machine is.
      await ledger.mining.pause();
      await ledger.loadState(state);
      expect(await ledger.totalIssued(merchant.token)).to.equal(1_000n);
      ledger.mining.resume();
      await until("all is issued again", async () => (await ledger.totalIssued(merchant.token)) === 41_000n, 150_000);
      const again = await side.settled(command);
      expect(again.transactions.map(({ hash }) => hash)).to.deep.equal(command.transactions.map(({ hash }) => hash));
      expect((await side.settled(before)).transactions).to.deep.equal(before.transactions);
      await side.stopAll();
      await store.close();
    });
  }

  it("says that the database is away, loses nothing, and goes on when it is back", async () => {
    const postgres = await startPostgres();
    try {
      const store = openPostgres(await postgres.createDatabase());
      await migrate(store.db);
      const side = await openWriteSide({ ledger, store, merchant });
      side.start({ leaseMs: 1_000, batchItemsMax: 20 });
      const command = await side.enqueue(itemsOf(600, "before"));
      await postgres.kill();
      const refused = await side.enqueue(itemsOf(1, "while-away")).then(
        () => "accepted",
        (error: unknown) => (error instanceof LedgerError ? error.code : String(error)),
      );
      expect(refused).to.equal("database_unavailable");
      await postgres.start();
      expect((await side.settled(command)).items).to.deep.equal({ queued: 0, sent: 0, confirmed: 600, failed: 0 });
      expect((await side.settled(await side.enqueue(itemsOf(1, "while-away")))).state).to.equal("confirmed");
      expect(await ledger.totalIssued(merchant.token)).to.equal(60_100n);
      await side.stopAll();
      await store.close();
    } finally {
      await postgres.stop();
    }
  });
});
