import { expect } from "chai";
import pg from "pg";
import { enqueueOnce } from "../../src/outbox/enqueue.ts";
import { readIssueItem } from "../../src/outbox/read.ts";
import { merchantPoint } from "../../src/chain/contracts.ts";
import { parseHex32, parseHexData } from "../../src/kernel/ids.ts";
import { openPostgres } from "../../src/store/database.ts";
import { sharedLedger } from "../support/ledger.ts";
import { freshStore, sharedPostgres } from "../support/stores.ts";
import { issueOf, itemsOf, openWriteSide } from "../support/write-side.ts";
import { stopShared } from "../support/shared.ts";

after(stopShared);

/** A copy of a database, as a backup taken now would hold it. */
async function backUp(url: string): Promise<string> {
  const name = `${new URL(url).pathname.slice(1)}_backup`;
  const client = new pg.Client({ connectionString: url.replace(/\/[^/]+$/, "/postgres") });
  await client.connect();
  await client.query(`create database ${name} template ${new URL(url).pathname.slice(1)}`);
  await client.end();
  return url.replace(/\/[^/]+$/, `/${name}`);
}

describe("a store restored from an old backup", function () {
  this.timeout(240_000);

  it("issues nothing twice: neither what it still has queued nor what its customers ask for again", async () => {
    const ledger = await sharedLedger();
    const merchant = await ledger.addMerchant();
    const url = await (await sharedPostgres()).createDatabase();
    // Before the backup: one command confirmed, one queued.
    let store = openPostgres(url);
    const { migrate } = await import("../../src/store/migrate.ts");
    await migrate(store.db);
    let side = await openWriteSide({ ledger, store, merchant });
    side.start();
    await side.settled(await side.enqueue(itemsOf(50, "long-ago")));
    await side.stopAll();
    const [controller] = await side.signers.addressesOf("controller", merchant.id);
    const [till] = await side.signers.addressesOf("till", merchant.id);
    const data = parseHexData(merchantPoint.encodeFunctionData("setTill", [till!, 10n ** 12n]));
    const calls = {
      organisation: "org",
      idempotencyKey: "limit",
      requestHash: parseHex32(`0x${"cd".repeat(32)}`),
      kind: "till",
      signer: controller!,
      calls: [{ to: merchant.token, data }],
    };
    const limit = (await enqueueOnce(store.db, calls)).command;
    const queued = await side.enqueue(itemsOf(500, "queued-at-backup"));
    await store.close();
    const backup = await backUp(url);

    // After it: the queue is drained, and new commands come and go.
    store = openPostgres(url);
    side = await openWriteSide({ ledger, store, merchant });
    side.start();
    const later = issueOf(merchant, itemsOf(300, "after-backup"));
    await side.settled(queued);
    await side.settled(limit);
    await side.settled((await enqueueOnce(store.db, later)).command);
    await side.stopAll();
    await store.close();
    expect(await ledger.totalIssued(merchant.token)).to.equal(85_000n);

    // The backup takes over, and its customers repeat what they got no answer for.
    store = openPostgres(backup);
    side = await openWriteSide({ ledger, store, merchant });
    const nonce = await side.chain.nonceOf(controller!, "latest");
    const repeated = (await enqueueOnce(store.db, later)).command;
    side.start();
    for (const command of [queued, limit, repeated]) expect((await side.settled(command)).state).to.equal("confirmed");
    const fresh = await side.settled(await side.enqueue(itemsOf(7, "fresh")));
    expect(fresh.state).to.equal("confirmed");
    expect(await ledger.totalIssued(merchant.token)).to.equal(85_700n);
    expect(await side.chain.nonceOf(controller!, "latest")).to.equal(nonce);
    // It also knows where the orders are that it has only found: they can be reversed.
    const place = (await readIssueItem(store.db, merchant.token, "after-backup-3"))!;
    const reverse = merchantPoint.encodeFunctionData("reverse", [
      place.ref,
      place.epoch,
      [...place.words],
      place.index,
      1n,
    ]);
    const outcome = await side.chain.call({ to: merchant.token, data: parseHexData(reverse), from: till! });
    expect(outcome.ok).to.equal(true);
    await side.stopAll();
    await store.close();
  });

  it("takes over what a till's key issued elsewhere, and its orders are not issued again", async () => {
    const ledger = await sharedLedger();
    const merchant = await ledger.addMerchant();
    const elsewhere = await freshStore("postgresql");
    const other = await openWriteSide({ ledger, store: elsewhere, merchant });
    other.start();
    await other.settled(await other.enqueue(itemsOf(20, "elsewhere")));
    await other.stopAll();
    await elsewhere.close();

    const store = await freshStore("postgresql");
    const side = await openWriteSide({ ledger, store, merchant });
    side.start();
    const command = await side.settled(await side.enqueue(itemsOf(25, "elsewhere")));
    expect(command.state).to.equal("confirmed");
    expect(await ledger.totalIssued(merchant.token)).to.equal(2_500n);
    await side.stopAll();
    await store.close();
  });
});
