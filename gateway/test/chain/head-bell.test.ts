import { expect } from "chai";
import type { HeadBell } from "../../src/chain/head-bell.ts";
import { startHeadBell } from "../../src/chain/head-bell.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { startIndexer } from "../../src/indexer/start.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { readCursor } from "../../src/store/ledger-cursor.ts";
import type { FaultProxy } from "../support/fault-proxy.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";
import { sharedLedger } from "../support/ledger.ts";
import type { TestLedger } from "../support/ledger.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";
import { until } from "../support/until.ts";
import { itemsOf, openWriteSide } from "../support/write-side.ts";

after(stopShared);

/** Longer than any test may take: what wakes before is the bell. */
const LONG_MS = 100_000;

describe("the bell of new blocks", function () {
  this.timeout(240_000);
  let ledger: TestLedger;
  let proxies: FaultProxy[];
  let bell: HeadBell;

  beforeEach(async () => {
    ledger = await sharedLedger();
    proxies = [await startFaultProxy(ledger.url), await startFaultProxy(ledger.url)];
    bell = startHeadBell({ urls: proxies.map(({ wsUrl }) => wsUrl), log: silentLog, silentMs: 1_500, againMs: 20 });
  });
  afterEach(async () => {
    bell.stop();
    for (const proxy of proxies) await proxy.close();
  });

  const makeBlock = (): Promise<unknown> => ledger.provider.send("evm_mine", []);
  const isLive = (): boolean => bell.isLive();

  it("rings for a block, and names the node", async () => {
    await until("it is live", isLive);
    expect(bell.standing()).to.equal(`${proxies[0]!.wsUrl} rings`);
    const rung = bell.next(LONG_MS);
    await makeBlock();
    await rung;
  });

  it("stays live on a chain that stands still: the node answers when it is asked", async () => {
    await until("it is live", isLive);
    await ledger.mining.pause();
    const looks = Array.from({ length: 40 });
    for (const _ of looks) {
      await bell.next(100);
      expect(bell.isLive()).to.equal(true);
    }
    ledger.mining.resume();
  });

  it("turns to the next node when the connection is cut", async () => {
    await until("it is live", isLive);
    proxies[0]!.cutSockets();
    await until("the other rings", () => bell.standing() === `${proxies[1]!.wsUrl} rings`);
    const rung = bell.next(LONG_MS);
    await makeBlock();
    await rung;
  });

  it("notices a socket through which nothing comes any more", async () => {
    await until("it is live", isLive);
    proxies[0]!.muteSockets();
    await until("the other rings", () => bell.standing() === `${proxies[1]!.wsUrl} rings`);
  });

  it("says that none rings while no node is there, and is back when one is", async () => {
    await until("it is live", isLive);
    for (const proxy of proxies) await proxy.vanish();
    await until("it says so", () => bell.standing().startsWith("none rings"));
    await proxies[1]!.comeBack();
    await until("it rings again", () => bell.standing() === `${proxies[1]!.wsUrl} rings`);
  });

  it("wakes those who wait when it is stopped, or when they give up", async () => {
    const gaveUp = new AbortController();
    const waits = [bell.next(LONG_MS), bell.next(LONG_MS, gaveUp.signal)];
    gaveUp.abort();
    await waits[1];
    bell.stop();
    await waits[0];
    await bell.next(LONG_MS);
    expect(bell.isLive()).to.equal(false);
  });

  it("is never needed: read and write side go on while it is cut again and again", async () => {
    const store = await freshStore("postgresql");
    const merchant = await ledger.addMerchant();
    const side = await openWriteSide({ ledger, store, merchant });
    const chain = connectChain(ledger.url);
    const rooms = { db: store.db, chain, deployment: ledger.deployment, clock: wallClock, log: silentLog };
    const indexer = startIndexer(rooms, { processId: "bell", bell });
    side.start({ batchItemsMax: 20, bell });
    const cutting = setInterval(() => {
      for (const proxy of proxies) proxy.cutSockets();
    }, 50);
    try {
      const command = await side.settled(await side.enqueue(itemsOf(60, "bell")));
      expect(command.items?.confirmed).to.equal(60);
      clearInterval(cutting);
      await until("it is live", isLive);
      expect((await side.settled(await side.enqueue(itemsOf(60, "rung")))).items?.confirmed).to.equal(60);
      const head = await chain.headNumber();
      await until("the read side is there", async () => ((await readCursor(store.db))?.blockNumber ?? 0) >= head);
    } finally {
      clearInterval(cutting);
      await side.stopAll();
      await indexer.stop();
      await store.close();
    }
  });
});
