import { expect } from "chai";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { merchantPoint } from "../../src/chain/contracts.ts";
import type { ChainClient } from "../../src/chain/client.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address } from "../../src/kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData, parsePoints } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Command, IssueItem, NewCommand } from "../../src/outbox/command.ts";
import { enqueueOnce } from "../../src/outbox/enqueue.ts";
import { readCommandItems, readIssueItem, waitForCommand } from "../../src/outbox/read.ts";
import type { Outbox, OutboxOptions } from "../../src/outbox/worker.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Signers } from "../../src/signer/signers.ts";
import type { Store } from "../../src/store/database.ts";
import { sharedLedger } from "../support/ledger.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { stopShared } from "../support/shared.ts";

after(stopShared);

let keys = 0;

function customer(index: number): Address {
  return parseAddress(`0x${(0xc0ffee00000000n + BigInt(index)).toString(16).padStart(40, "0")}`);
}

function issueOf(merchant: TestMerchant, items: readonly IssueItem[]): NewCommand {
  keys += 1;
  return {
    organisation: "org",
    idempotencyKey: `key-${keys}`,
    requestHash: parseHex32(`0x${"ab".repeat(32)}`),
    kind: "issue",
    merchantId: merchant.id,
    issue: { token: merchant.token, items },
  };
}

function itemsOf(count: number, prefix: string): IssueItem[] {
  return Array.from({ length: count }, (_, index) => ({
    to: customer(index),
    points: parsePoints("100"),
    orderRef: `${prefix}-${index}`,
  }));
}

for (const engine of ENGINES)
  describe(`outbox on ${engine}`, function () {
    this.timeout(240_000);
    let ledger: TestLedger;
    let store: Store;
    let signers: Signers;
    let chain: ChainClient;
    let merchant: TestMerchant;
    const running: Outbox[] = [];

    function start(options: Partial<OutboxOptions> = {}): Outbox {
      const rooms = { db: store.db, chain, signers, clock: wallClock, log: silentLog, deployment: ledger.deployment };
      const outbox = startOutbox(rooms, { processId: "one", ...options });
      running.push(outbox);
      return outbox;
    }

    async function issue(items: readonly IssueItem[]): Promise<Command> {
      const { command } = await enqueueOnce(store.db, issueOf(merchant, items));
      return (await waitForCommand(store.db, command.id, 150_000))!;
    }

    before(async () => {
      ledger = await sharedLedger();
      chain = connectChain(ledger.url);
      store = await freshStore(engine);
      signers = await openSigners(store.db, "test passphrase");
      merchant = await ledger.addMerchant();
      for (const key of merchant.tillKeys) await signers.importKey(key, { purpose: "till", merchantId: merchant.id });
      await signers.importKey(merchant.controllerKey, { purpose: "controller", merchantId: merchant.id });
    });
    after(() => store.close());
    afterEach(async () => {
      await Promise.all(running.splice(0).map((outbox) => outbox.stop()));
    });

    it("issues 1,200 items in batches and tells where each of them is", async () => {
      start();
      const items = itemsOf(1_200, "first");
      const command = await issue(items);
      expect(command).to.deep.include({ state: "confirmed" });
      expect(command.items).to.deep.equal({ queued: 0, sent: 0, confirmed: 1_200, failed: 0 });
      expect(await ledger.totalIssued(merchant.token)).to.equal(120_000n);
      const place = (await readIssueItem(store.db, merchant.token, "first-7"))!;
      const call = merchantPoint.encodeFunctionData("reverse", [
        place.ref,
        place.epoch,
        [...place.words],
        place.index,
        40n,
      ]);
      const [till] = await signers.addressesOf("till", merchant.id);
      const outcome = await chain.call({ to: merchant.token, data: parseHexData(call), from: till! });
      expect(outcome.ok).to.equal(true);
    });

    it("puts orders of one moment into one transaction", async () => {
      start();
      const accepted = await Promise.all(
        itemsOf(40, "together").map((item) => enqueueOnce(store.db, issueOf(merchant, [item]))),
      );
      const done = await Promise.all(accepted.map(({ command }) => waitForCommand(store.db, command.id, 150_000)));
      expect(done.map((command) => command!.state)).to.deep.equal(done.map(() => "confirmed"));
      const hashes = new Set(done.flatMap((command) => command!.transactions.map(({ hash }) => hash)));
      expect(hashes.size).to.be.at.most(20);
    });

    it("fails only the frozen account's item, with the contract's reason", async () => {
      const frozen = customer(9_999);
      const freeze = merchantPoint.encodeFunctionData("freeze", [frozen, `0x${"01".repeat(32)}`]);
      await ledger.actAs(ledger.deployment.contracts.regulatorDesk, merchant.token, freeze);
      start();
      const bad = { to: frozen, points: parsePoints("5"), orderRef: "frozen" };
      const command = await issue([...itemsOf(30, "beside-frozen"), bad]);
      expect(command.state).to.equal("failed");
      expect(command.error).to.deep.equal({ code: "items_failed", facts: { failed: 1, confirmed: 30, total: 31 } });
      const [item] = await readCommandItems(store.db, command.id, { after: 29, limit: 1 });
      expect(item).to.deep.include({ orderRef: "frozen", state: "failed" });
      expect(item!.error).to.deep.equal({ code: "MerchantPointAccountFrozen", facts: { account: frozen } });
    });

    it("lets an order that failed be asked for again", async () => {
      start();
      const again = await issue([{ to: customer(1), points: parsePoints("5"), orderRef: "frozen" }]);
      expect(again.state).to.equal("confirmed");
    });

    it("carries out the steps of a command one after another, and stops at the first that fails", async () => {
      start();
      const [controller] = await signers.addressesOf("controller", merchant.id);
      const [till] = await signers.addressesOf("till", merchant.id);
      const setTill = (limit: bigint): { to: Address; data: ReturnType<typeof parseHexData> } => ({
        to: merchant.token,
        data: parseHexData(merchantPoint.encodeFunctionData("setTill", [till!, limit])),
      });
      const halt = {
        to: merchant.token,
        data: parseHexData(merchantPoint.encodeFunctionData("setIssueHalted", [true])),
      };
      const base = {
        organisation: "org",
        requestHash: parseHex32(`0x${"cd".repeat(32)}`),
        kind: "till",
        signer: controller!,
      };
      const good = await enqueueOnce(store.db, {
        ...base,
        idempotencyKey: "s1",
        calls: [setTill(7n), setTill(10n ** 12n)],
      });
      const bad = await enqueueOnce(store.db, {
        ...base,
        idempotencyKey: "s2",
        calls: [setTill(10n ** 12n), halt, setTill(1n)],
      });
      const [done, failed] = await Promise.all(
        [good, bad].map(({ command }) => waitForCommand(store.db, command.id, 150_000)),
      );
      expect(done!.state).to.equal("confirmed");
      expect(done!.transactions).to.have.length(2);
      expect(failed!.error).to.deep.equal({
        code: "MerchantPointNotRegistry",
        facts: { caller: controller },
      });
      expect(failed!.transactions).to.have.length(1);
    });
  });
