/** The gateway's write side on a network of stand-ins that make QBFT's blocks, while its nodes are killed. */
import { expect } from "chai";
import { Wallet } from "ethers";
import { SmallNetwork } from "../../../network/test/stand-in/small-network.ts";
import type { SmallNode } from "../../../network/test/stand-in/small-network.ts";
import type { ChainClient } from "../../src/chain/client.ts";
import type { Deployment } from "../../src/chain/deployment.ts";
import type { HeadBell } from "../../src/chain/head-bell.ts";
import { startHeadBell } from "../../src/chain/head-bell.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { wallClock } from "../../src/kernel/clock.ts";
import type { Address, HexData } from "../../src/kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { enqueueOnce } from "../../src/outbox/enqueue.ts";
import { waitForCommand } from "../../src/outbox/read.ts";
import type { Outbox } from "../../src/outbox/worker.ts";
import { startOutbox } from "../../src/outbox/worker.ts";
import { openSigners } from "../../src/signer/open.ts";
import type { Store } from "../../src/store/database.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";

after(stopShared);

/** Adds one to its first slot at every call: what acts twice is counted twice. */
const COUNTER = parseAddress(`0x${"c0".repeat(20)}`);
const COUNTER_CODE = "0x5f546001015f5500";
const WAIT_MS = 200_000;

describe("the gateway on a network", function () {
  this.timeout(480_000);
  const network = new SmallNetwork({
    validators: 1,
    observers: 1,
    alloc: { [COUNTER]: { balance: "0x0", code: COUNTER_CODE } },
  });
  let validator: SmallNode;
  let observer: SmallNode;
  let store: Store;
  let chain: ChainClient;
  let bell: HeadBell;
  let outbox: Outbox;
  let signer: Address;
  let commands = 0;

  before(async () => {
    await network.write();
    await network.startAll();
    [validator, observer] = network.nodes as [SmallNode, SmallNode];
    store = await freshStore("postgresql");
    const { hash } = await network.get<{ hash: string }>(validator, "eth_getBlockByNumber", ["0x0", false]);
    const identity = { chainId: 20_260, genesisHash: parseHex32(hash) };
    chain = connectChain([observer.rpcUrl, validator.rpcUrl], { timeoutMs: 3_000, expected: identity });
    bell = startHeadBell({ urls: [observer.wsUrl, validator.wsUrl], log: silentLog });
    const signers = await openSigners(store.db, "a passphrase of the tests");
    signer = await signers.importKey(parseHexData(Wallet.createRandom().privateKey), { purpose: "relayer" });
    const deployment = { ...identity, deployedAtBlock: 1, contracts: {} } as unknown as Deployment;
    const rooms = { db: store.db, chain, signers, clock: wallClock, log: silentLog, deployment };
    outbox = startOutbox(rooms, { processId: "one", bell });
  });
  after(async () => {
    await outbox.stop();
    bell.stop();
    await store.close();
    await network.close();
  });

  async function countOnce(): Promise<string> {
    commands += 1;
    const { command } = await enqueueOnce(store.db, {
      organisation: "org",
      idempotencyKey: `count-${commands}`,
      requestHash: parseHex32(`0x${"ab".repeat(32)}`),
      kind: "count",
      signer,
      calls: [{ to: COUNTER, data: "0x" as HexData }],
    });
    return command.id;
  }
  const countTimes = (times: number): Promise<string[]> => Promise.all(Array.from({ length: times }, countOnce));

  async function expectAllOnce(ids: readonly string[]): Promise<void> {
    for (const id of ids) expect((await waitForCommand(store.db, id, WAIT_MS))?.state).to.equal("confirmed");
    const counted = await network.get<string>(validator, "eth_getStorageAt", [COUNTER, "0x0", "latest"]);
    expect(Number(counted)).to.equal(commands);
    expect(await chain.nonceOf(signer, "latest")).to.equal(commands);
  }

  it("acts once for each command, by zero-price transactions that go through a node that makes no blocks", async () => {
    await expectAllOnce(await countTimes(20));
    expect((await chain.nodes())[0]?.state).to.equal("serves");
  });

  it("goes on through another node when its own is killed with transactions on their way", async () => {
    const ids = await countTimes(20);
    await network.stop(observer, "SIGKILL");
    ids.push(...(await countTimes(20)));
    await expectAllOnce(ids);
    network.start(observer);
    await network.reach(observer, await network.head(validator));
  });

  it("waits while every node is down, and goes on with the same bytes when all are back without their pools", async () => {
    const ids = await countTimes(20);
    for (const node of network.nodes) await network.stop(node, "SIGKILL");
    ids.push(...(await countTimes(20)));
    for (const node of network.nodes) network.start(node);
    await expectAllOnce(ids);
  });
});
