import { expect } from "chai";
import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { Follower } from "../../src/indexer/follow.ts";
import { Reconciler } from "../../src/indexer/reconcile.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import * as abi from "../../src/chain/contracts.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address, Hex32 } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Database, Store } from "../../src/store/database.ts";
import { clearLedger, readCursor } from "../../src/store/ledger-cursor.ts";
import type { ChainLab, MerchantInLab } from "../support/chain-lab.ts";
import { startChainLab } from "../support/chain-lab.ts";
import { expectStoreEqualsChain, hashTables } from "../support/compare.ts";
import { ENGINES, freshStore } from "../support/stores.ts";
import { Walk } from "../support/walk.ts";

const YEAR = 366 * 86_400;

describe("indexer", function () {
  this.timeout(240_000);
  let lab: ChainLab;
  let merchants: MerchantInLab[];
  let customers: Address[];

  before(async () => {
    lab = await startChainLab();
    const [, a, b, tillA, tillB, ...others] = lab.accounts as [Address, Address, Address, Address, Address, Address];
    customers = others;
    merchants = [
      await lab.admitMerchant({ name: "乡村基", calendar: 1, controller: a, till: tillA }),
      await lab.admitMerchant({ name: "汉堡王", calendar: 2, controller: b, till: tillB }),
    ];
    await new Walk(lab, { seed: 11, steps: 900, merchants, customers }).run();
  });
  after(() => lab.stop());

  const followerOf = (db: Database, chain = lab.chain): Follower =>
    new Follower({ db, chain, deployment: lab.deployment, log: silentLog });

  /** Steps until the store stands at the head; answers how often it had to rebuild. */
  async function catchUp(db: Database, chain = lab.chain): Promise<number> {
    const follower = followerOf(db, chain);
    let rebuilds = 0;
    for (;;) {
      const step = await follower.step();
      if (step.did === "rebuild") rebuilds += 1;
      else if (step.cursor?.blockNumber === step.head) return rebuilds;
    }
  }

  /** To a controller: customers may stand frozen after the walk. */
  const issueOne = async (points: number, ref: string): Promise<void> => {
    const [merchant] = merchants as [MerchantInLab];
    const args = [merchant.controller, points, ref as Hex32] as const;
    await lab.must(merchant.till, merchant.token, abi.merchantPoint.encodeFunctionData("issue", [...args]));
  };

  for (const engine of ENGINES)
    describe(engine, () => {
      let store: Store;
      before(async () => {
        store = await freshStore(engine);
      });
      after(() => store.close());

      it("knows every balance, lot, supply and reserve after a random walk over years", async () => {
        await catchUp(store.db);
        expect(await expectStoreEqualsChain({ db: store.db, lab })).to.be.greaterThan(150);
      });

      it("lets points expire without any event, in balances, holders, supply and the day's figures", async () => {
        await issueOne(777, `0x${"e".repeat(63)}${engine === "embedded" ? 1 : 2}`);
        await catchUp(store.db);
        const expiredBefore = await sumOfDays(store.db);
        await lab.mine(YEAR * 2);
        await catchUp(store.db);
        await expectStoreEqualsChain({ db: store.db, lab });
        const holdings = await store.db.selectFrom("holding").select("balance").where("balance", ">", "0").execute();
        expect(holdings).to.deep.equal([]);
        expect(await sumOfDays(store.db)).to.be.greaterThan(expiredBefore);
        const [tokens] = await store.db
          .selectFrom("point_token")
          .select((read) => [read.fn.sum<string>("expired").as("expired"), read.fn.sum<string>("holder_count").as("n")])
          .execute();
        expect(tokens).to.deep.equal({ expired: String(await sumOfDays(store.db)), n: "0" });
      });

      it("comes back identical when it is deleted, whatever ranges it reads the chain in", async () => {
        const before = await hashTables(store.db);
        await clearLedger(store.db);
        await catchUp(store.db);
        expect(await hashTables(store.db)).to.deep.equal(before);

        await clearLedger(store.db);
        let head = lab.deployment.deployedAtBlock;
        const creeping = { ...lab.chain, headNumber: () => Promise.resolve(head) };
        for (const last = await lab.chain.headNumber(); head < last; head = Math.min(last, head + 9))
          await catchUp(store.db, creeping);
        await catchUp(store.db);
        expect(await hashTables(store.db)).to.deep.equal(before);
      });

      it("builds the read side again when the chain was set back", async () => {
        const snapshot = await lab.rpc("evm_snapshot");
        await issueOne(500, `0x${"a".repeat(64)}`);
        await issueOne(500, `0x${"b".repeat(64)}`);
        expect(await catchUp(store.db)).to.equal(0);
        await lab.rpc("evm_revert", [snapshot]);
        // As long as the head is a block we know, the node may only be behind its peers.
        expect((await followerOf(store.db).step()).did).to.equal("nothing");
        await lab.mine(77);
        expect(await catchUp(store.db)).to.equal(1);
        await expectStoreEqualsChain({ db: store.db, lab });
        const refs = await store.db
          .selectFrom("issue")
          .select("ref")
          .where("ref", "=", `0x${"a".repeat(64)}` as Hex32)
          .execute();
        expect(refs).to.deep.equal([]);
      });

      it("refuses another chain, saying which is stored and which was found", async () => {
        const other = { ...lab.deployment, genesisHash: `0x${"9".repeat(64)}` as Hex32 };
        const follower = new Follower({ db: store.db, chain: lab.chain, deployment: other, log: silentLog });
        const error: unknown = await follower.step().catch((thrown: unknown) => thrown);
        expect(error).to.include({ code: "chain_mismatch" });
      });

      it("finds a difference when a row is wrong", async () => {
        const reconciler = new Reconciler({ db: store.db, chain: lab.chain, log: silentLog });
        expect((await reconciler.sample(200))?.differences).to.deep.equal([]);
        const [{ token }] = merchants as [MerchantInLab];
        const { touched } = await store.db
          .selectFrom("point_token")
          .select("touched")
          .where("address", "=", token)
          .executeTakeFirstOrThrow();
        const row = store.db
          .updateTable("holding")
          .where("token", "=", token)
          .where("account", "=", customers[0] as Address);
        await row.set({ touched, lane0: "1", balance: "1" }).execute();
        const found = await reconciler.sample(200);
        expect(found?.differences.map(({ what }) => what)).to.deep.equal([
          `lots of ${String(customers[0])} in ${token}`,
        ]);
      });
    });

  async function sumOfDays(db: Database): Promise<bigint> {
    const row = await db
      .selectFrom("token_day")
      .select((read) => read.fn.sum<string>("expired").as("sum"))
      .executeTakeFirst();
    return BigInt(row?.sum ?? 0);
  }

  it("says what it waits for when no node answers, and stops all the same", async () => {
    const store = await freshStore("postgresql");
    const chain = connectChain("http://127.0.0.1:1", { timeoutMs: 200 });
    const rooms = { db: store.db, chain, deployment: lab.deployment, clock: wallClock, log: silentLog };
    const indexer = startIndexer(rooms, { processId: "alone" });
    while (indexer.status().state !== "waiting") await sleep(20);
    expect(indexer.status().problem).to.contain("No chain node answered");
    await indexer.stop();
    await store.close();
  });

  it("is taken over by another of three processes within 10 s of a kill -9", async () => {
    const store = await freshStore("postgresql");
    const script = new URL("../support/indexer-process.ts", import.meta.url).pathname;
    const start = (id: string): ChildProcess =>
      spawn(process.execPath, [script, store.url ?? "", lab.url, JSON.stringify(lab.deployment), id], {
        stdio: "inherit",
      });
    const processes = new Map(["first", "second", "third"].map((id) => [id, start(id)]));
    try {
      await until(async () => (await readCursor(store.db))?.blockNumber === (await lab.chain.headNumber()));
      const lease = await store.db.selectFrom("indexer_lease").selectAll().executeTakeFirstOrThrow();
      expect(processes.get(lease.owner)?.kill("SIGKILL")).to.equal(true);
      const killedAt = Date.now();
      await issueOne(321, `0x${"d".repeat(64)}`);
      await until(async () => (await readCursor(store.db))?.blockNumber === (await lab.chain.headNumber()));
      expect(Date.now() - killedAt).to.be.lessThan(10_000);
      await expectStoreEqualsChain({ db: store.db, lab });
    } finally {
      for (const child of processes.values()) child.kill("SIGKILL");
      await store.close();
    }
  });
});

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await sleep(50);
}
