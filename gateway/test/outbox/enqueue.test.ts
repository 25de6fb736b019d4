import { expect } from "chai";
import { sql } from "kysely";
import { LedgerError } from "../../src/kernel/errors.ts";
import { parseAddress, parseHex32, parseHexData, parsePoints } from "../../src/kernel/ids.ts";
import type { NewCommand } from "../../src/outbox/command.ts";
import { enqueueOnce } from "../../src/outbox/enqueue.ts";
import { readCommand, readCommandItems, readIssueItem, waitForCommand } from "../../src/outbox/read.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { stopShared } from "../support/shared.ts";

const TOKEN = parseAddress(`0x${"11".repeat(20)}`);
const CUSTOMER = parseAddress(`0x${"22".repeat(20)}`);
const hash = (digit: string): ReturnType<typeof parseHex32> => parseHex32(`0x${digit.repeat(64)}`);

function issueOf(orderRefs: readonly string[], idempotencyKey = "key-1", requestHash = hash("a")): NewCommand {
  const items = orderRefs.map((orderRef) => ({ to: CUSTOMER, points: parsePoints("100"), orderRef }));
  return {
    organisation: "org",
    idempotencyKey,
    requestHash,
    kind: "issue",
    merchantId: 1,
    issue: { token: TOKEN, items },
  };
}

async function codeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return "nothing thrown";
  } catch (error) {
    return error instanceof LedgerError ? error.code : String(error);
  }
}

after(stopShared);

for (const engine of ENGINES)
  describe(`enqueueOnce on ${engine}`, function () {
    this.timeout(180_000);
    let store: Store;

    before(async () => {
      store = await freshStore(engine);
      const signers = await openSigners(store.db, "test passphrase");
      await signers.create({ purpose: "till", merchantId: 1 });
    });
    after(() => store.close());
    beforeEach(async () => {
      await sql`truncate command cascade`.execute(store.db);
    });

    it("stores a command and its items, and reads them back", async () => {
      const { command, isReplay } = await enqueueOnce(store.db, issueOf(["B", "A", "C"]));
      expect(isReplay).to.equal(false);
      expect(command).to.deep.include({ kind: "issue", state: "queued", merchantId: 1, organisation: "org" });
      expect(command.items).to.deep.equal({ queued: 3, sent: 0, confirmed: 0, failed: 0 });
      const items = await readCommandItems(store.db, command.id, { after: 0, limit: 10 });
      expect(items.map(({ orderRef, points, state }) => [orderRef, points, state])).to.deep.equal([
        ["A", 100n, "queued"],
        ["C", 100n, "queued"],
      ]);
      expect(await readIssueItem(store.db, TOKEN, "A")).to.equal(undefined);
    });

    it("gives the first command again for the same key and body, and refuses another body", async () => {
      const first = await enqueueOnce(store.db, issueOf(["A"]));
      const again = await enqueueOnce(store.db, issueOf(["A"]));
      expect(again).to.deep.equal({ command: first.command, isReplay: true });
      expect(await codeOf(enqueueOnce(store.db, issueOf(["B"], "key-1", hash("b"))))).to.equal(
        "idempotency_key_reused",
      );
    });

    it("lets 100 twins at once have one effect", async () => {
      const twins = await Promise.all(Array.from({ length: 100 }, () => enqueueOnce(store.db, issueOf(["A", "B"]))));
      expect(new Set(twins.map(({ command }) => command.id)).size).to.equal(1);
      expect(twins.filter(({ isReplay }) => !isReplay)).to.have.length(1);
      expect(await store.db.selectFrom("issue_item").selectAll().execute()).to.have.length(2);
    });

    it("refuses an order that was accepted before and stores nothing of the request", async () => {
      const first = await enqueueOnce(store.db, issueOf(["A"]));
      const promise = enqueueOnce(store.db, issueOf(["Z", "A"], "key-2"));
      expect(await codeOf(promise)).to.equal("order_already_issued");
      await promise.catch((error: unknown) => {
        expect((error as LedgerError).facts).to.deep.equal({ orderRef: "A", commandId: first.command.id });
      });
      expect(await store.db.selectFrom("command").selectAll().execute()).to.have.length(1);
      expect(await store.db.selectFrom("issue_item").selectAll().execute()).to.have.length(1);
    });

    it("lets overlapping requests in opposite orders through without a deadlock: one wins", async () => {
      const refs = Array.from({ length: 300 }, (_, index) => `order-${index}`);
      const results = await Promise.allSettled([
        enqueueOnce(store.db, issueOf(refs, "one")),
        enqueueOnce(store.db, issueOf([...refs].reverse(), "two")),
      ]);
      expect(results.filter(({ status }) => status === "fulfilled")).to.have.length(1);
    });

    it("takes 5,000 items at once and refuses 5,001", async () => {
      const refs = Array.from({ length: 5_001 }, (_, index) => `order-${index}`);
      const { command } = await enqueueOnce(store.db, issueOf(refs.slice(1)));
      expect(command.items?.queued).to.equal(5_000);
      expect(await codeOf(enqueueOnce(store.db, issueOf(refs, "two")))).to.equal("request_invalid");
    });

    for (const [what, command] of [
      ["an order twice in one request", issueOf(["A", "A"])],
      ["no items", issueOf([])],
      ["a NUL in an order's number", issueOf(["A\0"])],
      ["half a character", issueOf(["\ud800"])],
      ["129 characters", issueOf(["A".repeat(129)])],
      ["an empty key", issueOf(["A"], "")],
    ] as const)
      it(`refuses ${what}`, async () => {
        expect(await codeOf(enqueueOnce(store.db, command))).to.equal("request_invalid");
        expect(await store.db.selectFrom("command").selectAll().execute()).to.have.length(0);
      });

    it("refuses what no key of this gateway could sign", async () => {
      const call = { to: TOKEN, data: parseHexData("0x12") };
      const base = { organisation: "org", idempotencyKey: "key", requestHash: hash("a"), kind: "swap" };
      expect(await codeOf(enqueueOnce(store.db, { ...base, calls: [call], signer: CUSTOMER }))).to.equal("not_found");
      expect(await codeOf(enqueueOnce(store.db, { ...issueOf(["A"]), merchantId: 2 }))).to.equal("not_found");
      expect(await store.db.selectFrom("command").selectAll().execute()).to.have.length(0);
    });

    it("waits no longer than asked, and knows no command by a foreign id", async () => {
      const { command } = await enqueueOnce(store.db, issueOf(["A"]));
      expect((await waitForCommand(store.db, command.id, 50))?.state).to.equal("queued");
      expect(await readCommand(store.db, "00000000-0000-4000-8000-000000000000")).to.equal(undefined);
      expect(await readCommand(store.db, "not an id")).to.equal(undefined);
    });
  });
