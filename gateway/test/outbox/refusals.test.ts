import { expect } from "chai";
import type { ChainClient, SendOutcome } from "../../src/chain/client.ts";
import { merchantPoint } from "../../src/chain/contracts.ts";
import type { Hex32, HexData } from "../../src/kernel/ids.ts";
import { parsePoints } from "../../src/kernel/ids.ts";
import { readCommandItems } from "../../src/outbox/read.ts";
import type { Store } from "../../src/store/database.ts";
import { sharedLedger } from "../support/ledger.ts";
import type { TestLedger } from "../support/ledger.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { customer, itemsOf, openWriteSide } from "../support/write-side.ts";
import type { WriteSide } from "../support/write-side.ts";
import { until } from "../support/until.ts";
import { stopShared } from "../support/shared.ts";

after(stopShared);

const ALL_CONFIRMED = (confirmed: number): object => ({ queued: 0, sent: 0, confirmed, failed: 0 });
const CASE = `0x${"07".repeat(32)}`;

/** A line to the node that does something else with the n-th raw transaction that is sent for the first time. */
function faultyLine(
  plan: (
    send: (raw: HexData) => Promise<SendOutcome>,
    raw: HexData,
    at: { first: number; time: number },
  ) => Promise<SendOutcome>,
): (chain: ChainClient) => ChainClient {
  const times = new Map<HexData, { first: number; time: number }>();
  return (chain) => ({
    ...chain,
    send: (raw) => {
      const known = times.get(raw) ?? { first: times.size, time: 0 };
      times.set(raw, { ...known, time: known.time + 1 });
      return plan((bytes) => chain.send(bytes), raw, known);
    },
  });
}

for (const engine of ENGINES)
  describe(`what the chain refuses, on ${engine}`, function () {
    this.timeout(240_000);
    let ledger: TestLedger;
    let store: Store;
    let side: WriteSide;

    async function begin(options: { tills?: number; dailyLimit?: bigint; alp?: bigint } = {}): Promise<void> {
      side = await openWriteSide({ ledger, store, merchant: await ledger.addMerchant(options) });
    }

    before(async () => {
      ledger = await sharedLedger();
      store = await freshStore(engine);
    });
    after(() => store.close());

    async function failuresOf(id: string): Promise<string[]> {
      const items = await readCommandItems(store.db, id, { after: -1, limit: 5_000 });
      return items.flatMap(({ error }) => (error === undefined ? [] : [error.code]));
    }

    async function assertNoncesContiguous(): Promise<void> {
      for (const till of await side.signers.addressesOf("till", side.merchant.id)) {
        const rows = await store.db
          .selectFrom("outbox_transaction")
          .select(["nonce", "state"])
          .where("signer", "=", till)
          .where("state", "<>", "replaced")
          .orderBy("nonce")
          .execute();
        expect(rows.map(({ nonce }) => nonce)).to.deep.equal(rows.map((_, index) => index));
        expect(await side.chain.nonceOf(till, "latest")).to.equal(rows.length);
      }
    }

    afterEach(async () => {
      await side.stopAll();
      await assertNoncesContiguous();
    });

    it("turns to another till when one has reached its daily limit", async () => {
      await begin({ tills: 2, dailyLimit: 7_000n });
      side.start({ batchItemsMax: 35 });
      expect((await side.settled(await side.enqueue(itemsOf(60, "first")))).items).to.deep.equal(ALL_CONFIRMED(60));
      expect((await side.settled(await side.enqueue(itemsOf(70, "second")))).items).to.deep.equal(ALL_CONFIRMED(70));
    });

    it("issues as much as the limits of all tills allow, and says why the rest failed", async () => {
      await begin({ tills: 1, dailyLimit: 7_500n });
      // Two batches pass their trials side by side; the chain reverts the second, whose items are queued again.
      side.start({ batchItemsMax: 50 });
      const command = await side.settled(await side.enqueue(itemsOf(100, "limit")));
      expect(command.state).to.equal("failed");
      expect(command.items).to.deep.equal({ queued: 0, sent: 0, confirmed: 75, failed: 25 });
      expect(new Set(await failuresOf(command.id))).to.deep.equal(new Set(["MerchantPointTillLimitExceeded"]));
      expect(await ledger.totalIssued(side.merchant.token)).to.equal(7_500n);
    });

    it("issues no more than the collateral covers", async () => {
      // 30 ALP cover 100 yuan at 30 %: 10,000 points of 100 base units.
      await begin({ alp: 30n * 10n ** 18n });
      side.start();
      const big = { to: customer(1), points: parsePoints("600000"), orderRef: "big" };
      const command = await side.settled(await side.enqueue([big, { ...big, orderRef: "too-much" }]));
      expect(command.items).to.deep.equal({ queued: 0, sent: 0, confirmed: 1, failed: 1 });
      expect(await failuresOf(command.id)).to.deep.equal(["MerchantPointCapExceeded"]);
    });

    it("fails everything at once, for the contract's own reason, while the token is paused", async () => {
      await begin();
      const desk = ledger.deployment.contracts.regulatorDesk;
      const until = (1n << 64n) - 1n;
      await ledger.actAs(desk, side.merchant.token, merchantPoint.encodeFunctionData("pause", [CASE, until]));
      side.start();
      const command = await side.settled(await side.enqueue(itemsOf(40, "paused")));
      expect(command.error).to.deep.equal({ code: "MerchantPointPaused", facts: {} });
      await ledger.actAs(desk, side.merchant.token, merchantPoint.encodeFunctionData("unpause", [CASE]));
      expect((await side.settled(await side.enqueue(itemsOf(40, "paused")))).state).to.equal("confirmed");
    });

    it("sends the same bytes again when no answer comes back, though they arrived", async () => {
      await begin();
      const line = faultyLine(async (send, raw, { time }) => {
        const outcome = await send(raw);
        return time === 0 ? { kind: "unknown", message: "the answer was lost" } : outcome;
      });
      side.start({ batchItemsMax: 20 }, line);
      const command = await side.settled(await side.enqueue(itemsOf(200, "silent")));
      expect(command.items).to.deep.equal(ALL_CONFIRMED(200));
      expect(await ledger.totalIssued(side.merchant.token)).to.equal(20_000n);
    });

    it("sends the same bytes again when they never arrived", async () => {
      await begin();
      const line = faultyLine((send, raw, { first, time }) =>
        time === 0 && first % 3 === 1 ? Promise.resolve({ kind: "unknown", message: "lost on the way" }) : send(raw),
      );
      side.start({ batchItemsMax: 20 }, line);
      const command = await side.settled(await side.enqueue(itemsOf(200, "lost")));
      expect(command.items).to.deep.equal(ALL_CONFIRMED(200));
      const hashes = command.transactions.map(({ hash }): Hex32 => hash);
      expect(new Set(hashes).size).to.equal(10);
    });

    it("fills the nonce of a transaction that the node refuses for good, and issues its items in another", async () => {
      await begin({ tills: 1 });
      const line = faultyLine((send, raw, { first, time }) => {
        if (first !== 0) return send(raw);
        const isFirst = time === 0;
        return Promise.resolve(
          isFirst
            ? { kind: "unknown", message: "lost on the way" }
            : { kind: "refused", message: "exceeds block gas limit" },
        );
      });
      side.start({ batchItemsMax: 20 }, line);
      const command = await side.settled(await side.enqueue(itemsOf(60, "refused")));
      expect(command.items).to.deep.equal(ALL_CONFIRMED(60));
      expect(await ledger.totalIssued(side.merchant.token)).to.equal(6_000n);
      const fills = await store.db
        .selectFrom("outbox_transaction")
        .select("nonce")
        .where("kind", "=", "fill")
        .execute();
      expect(fills).to.deep.equal([{ nonce: 0 }]);
    });

    it("gives a key that the network does not admit no more work, and the others take it", async () => {
      await begin({ tills: 2 });
      const [barred] = await side.signers.addressesOf("till", side.merchant.id);
      let isBarred = true;
      const line = faultyLine(async (send, raw) => {
        const { Transaction } = await import("ethers");
        const from = Transaction.from(raw).from?.toLowerCase();
        if (isBarred && from === barred) return { kind: "refused", message: "Sender account not authorized" };
        return send(raw);
      });
      side.start({ leaseMs: 1_000 }, line);
      const first = await side.enqueue(itemsOf(10, "one"));
      await until("the barred key has no more work", async () => {
        const keys = await store.db.selectFrom("signer_key").select(["address", "stalled_reason"]).execute();
        return keys.some(({ address, stalled_reason: reason }) => address === barred && reason !== null);
      });
      const second = await side.settled(await side.enqueue(itemsOf(10, "two")));
      expect(second.state).to.equal("confirmed");
      isBarred = false;
      expect((await side.settled(first)).state).to.equal("confirmed");
      expect(await ledger.totalIssued(side.merchant.token)).to.equal(2_000n);
    });
  });
