import { expect } from "chai";
import type { ChainClient } from "../../src/chain/client.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import type { JsonRpcOptions } from "../../src/chain/json-rpc.ts";
import type { HexData } from "../../src/kernel/ids.ts";
import { Follower } from "../../src/indexer/follow.ts";
import { silentLog } from "../../src/kernel/log.ts";
import type { Log } from "../../src/kernel/log.ts";
import { readCommand } from "../../src/outbox/read.ts";
import { startAnvil } from "../support/anvil.ts";
import type { Fault } from "../support/fault-proxy.ts";
import type { DeployedLedger } from "../support/ledger.ts";
import { deployLedger } from "../support/ledger.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";
import type { TwinChain } from "../support/twin-chain.ts";
import { startTwinChain } from "../support/twin-chain.ts";
import { until } from "../support/until.ts";
import type { WriteSide } from "../support/write-side.ts";
import { itemsOf, openWriteSide } from "../support/write-side.ts";

after(stopShared);

const isSend = (method: string): boolean => method === "eth_sendRawTransaction";

describe("several nodes of one chain", function () {
  this.timeout(240_000);
  let twin: TwinChain;
  let ledger: DeployedLedger & { close(): Promise<void> };
  const sides: WriteSide[] = [];

  before(async () => {
    twin = await startTwinChain();
    ledger = await deployLedger(twin.controlUrl);
  });
  after(async () => {
    await ledger.close();
    await twin.stop();
  });
  afterEach(async () => {
    for (const node of twin.nodes) {
      node.proxy.fault = () => undefined;
      await node.proxy.comeBack();
      await node.catchUp();
    }
    for (const side of sides.splice(0)) {
      await side.stopAll();
      await side.store.close();
    }
  });

  const connect = (options: JsonRpcOptions = {}, urls = twin.urls): ChainClient => {
    const { chainId, genesisHash } = ledger.deployment;
    return connectChain(urls, { timeoutMs: 5_000, expected: { chainId, genesisHash }, ...options });
  };
  const standings = async (chain: ChainClient): Promise<string[]> => (await chain.nodes()).map(({ state }) => state);

  async function openSide(): Promise<WriteSide> {
    const merchant = await ledger.addMerchant();
    const store = await freshStore("postgresql");
    const side = await openWriteSide({ ledger: { ...ledger, url: twin.controlUrl }, store, merchant });
    sides.push(side);
    return side;
  }

  it("goes on with the next when one dies, says which is away, and shows it back", async () => {
    const [first] = twin.nodes;
    const chain = connect();
    await chain.headNumber();
    await until("both are there", async () => (await standings(chain)).join() === "serves,ready");
    await first.proxy.vanish();
    const head = await chain.headNumber();
    const [away, serving] = await chain.nodes();
    expect(away).to.include({ state: "away", node: first.proxy.url });
    expect(["nobody listens there", "it cut the connection"]).to.include(away?.reason);
    expect(serving).to.include({ state: "serves" });
    await until("blocks go on", async () => (await chain.headNumber()) > head);
    await first.proxy.comeBack();
    await until("it is shown back", async () => (await standings(chain)).join() === "ready,serves");
    // The one that serves goes on serving: two nodes are never at quite the same block.
    await chain.headNumber();
    await until("it serves still", async () => (await standings(chain)).join() === "ready,serves");
  });

  for (const fault of ["away", "deaf", "silent", "broken"] as const satisfies readonly Fault[])
    it(`hands the same bytes to the next node when one is ${fault} as they come, and they act once`, async () => {
      const side = await openSide();
      const handedIn = (): string[] => twin.nodes.flatMap(({ proxy }) => proxy.handedIn);
      for (const { proxy } of twin.nodes) proxy.handedIn.length = 0;
      // The first three, wherever they are handed in: a slow machine may have set the first node aside by then.
      for (const { proxy } of twin.nodes)
        proxy.fault = (method) => (isSend(method) && handedIn().length <= 3 ? fault : undefined);
      side.start({ batchItemsMax: 20 }, () => connect({ timeoutMs: 1_000 }));
      const command = await side.settled(await side.enqueue(itemsOf(90, `once-${fault}`)));
      expect(command.items).to.deep.equal({ queued: 0, sent: 0, confirmed: 90, failed: 0 });
      expect(await ledger.totalIssued(side.merchant.token)).to.equal(9_000n);
      expect(new Set(handedIn()).size).to.equal(command.transactions.length);
      expect(handedIn().length).to.be.greaterThan(command.transactions.length);
    });

  it("loses nothing and repeats nothing when a node dies with its memory and begins again", async () => {
    const [first] = twin.nodes;
    const side = await openSide();
    side.start({ batchItemsMax: 10 }, () => connect());
    const before = await side.enqueue(itemsOf(60, "before-death"));
    await first.kill();
    const during = await side.enqueue(itemsOf(60, "during-death"));
    expect((await side.settled(during)).items?.confirmed).to.equal(60);
    await first.restart();
    const later = await side.enqueue(itemsOf(60, "after-death"));
    for (const command of [before, later]) expect((await side.settled(command)).items?.confirmed).to.equal(60);
    expect(await ledger.totalIssued(side.merchant.token)).to.equal(18_000n);
    expect(await first.head()).to.be.greaterThan(0);
  });

  it("takes a node that stands behind for what it is: nothing is opened again, nothing is sent until it caught up", async () => {
    const [first, second] = twin.nodes;
    const side = await openSide();
    const warnings: string[] = [];
    const log: Log = { ...silentLog, warn: (_facts, message) => warnings.push(message), child: () => log };
    const store = await freshStore("postgresql");
    const follower = new Follower({ db: store.db, chain: connect(), deployment: ledger.deployment, log });
    const chain = connect();
    side.start({ behindMsMax: 300 }, () => chain);
    await second.lag();
    const settled = await side.settled(await side.enqueue(itemsOf(30, "ahead")));
    await until("the read side stands at the head", async () => (await follower.step()).did === "nothing");
    await first.proxy.vanish();
    await until("the other serves", async () => (await standings(chain))[1] === "serves");
    expect(await second.head()).to.be.lessThan(await first.head());
    second.proxy.handedIn.length = 0;
    const waiting = await side.enqueue(itemsOf(30, "waits"));
    // Ten times as long as a lone node would be given.
    const deadline = Date.now() + 3_000;
    while (Date.now() < deadline) expect((await follower.step()).did).to.equal("nothing");
    expect(await readCommand(side.store.db, settled.id)).to.deep.equal(settled);
    expect((await readCommand(side.store.db, waiting.id))?.items).to.include({ confirmed: 0 });
    expect(second.proxy.handedIn).to.deep.equal([]);

    await second.catchUp();
    expect((await side.settled(waiting)).items?.confirmed).to.equal(30);
    await first.proxy.comeBack();
    let did = "";
    await until("the read side follows", async () => (did = (await follower.step()).did) === "applied");
    expect(did).to.equal("applied");
    expect(warnings.filter((text) => text.includes("set back"))).to.deep.equal([]);
    expect(await ledger.totalIssued(side.merchant.token)).to.equal(6_000n);
    await store.close();
  });

  it("turns away from a node that stands still while the others go on", async () => {
    const [first] = twin.nodes;
    const chain = connect({ stillMs: 500 });
    await chain.headNumber();
    await first.lag();
    const stuck = await first.head();
    await until("the other serves", async () => (await chain.headNumber()) > stuck + 2, 60_000);
    const [behind] = await chain.nodes();
    expect(behind?.reason).to.match(/^it stands \d+ blocks behind the others$/);
    await first.catchUp();
  });

  it("asks the next node for logs, transactions and calls that the first does not have yet", async () => {
    const [first] = twin.nodes;
    await first.lag();
    const stuck = await first.head();
    const far = connect({}, [twin.controlUrl]);
    await until("the others are ahead", async () => (await far.headNumber()) > stuck + 3);
    const to = stuck + 3;
    const from = ledger.deployment.deployedAtBlock;
    const every = await far.logs(from, to);
    for (const read of [
      async (chain: ChainClient) => expect(await chain.logs(from, to)).to.deep.equal(every),
      async (chain: ChainClient) => expect(await chain.blocks(to - 1, to)).to.have.lengthOf(2),
      async (chain: ChainClient) => expect(await chain.transactionsOf(from, to)).not.to.deep.equal([]),
      async (chain: ChainClient) => {
        const call = { to: ledger.deployment.contracts.alliance, data: "0xdeadbeef" as HexData };
        expect((await chain.call(call, to)).ok).to.equal(false);
      },
    ])
      await read(connect());
    const alone = connect({}, [first.proxy.url]);
    for (const read of [() => alone.logs(from, to), () => alone.transactionsOf(from, to)])
      expect(await read().catch((error: unknown) => error)).to.include({ code: "not_ready" });
    await first.catchUp();
  });

  it("never uses a node of another chain, and says so", async () => {
    const stranger = await startAnvil();
    const lines: string[] = [];
    const log: Log = { ...silentLog, error: (_facts, message) => lines.push(message), child: () => log };
    try {
      const chain = connect({ log }, [stranger.url, ...twin.urls]);
      const head = await chain.headNumber();
      expect(head).to.be.greaterThan(10);
      const [foreign] = await chain.nodes();
      expect(foreign).to.include({ state: "foreign" });
      expect(foreign?.reason).to.contain("another chain (genesis 0x");
      expect(lines.join()).to.contain("it is never used");
      const error: unknown = await connect({}, [stranger.url])
        .headNumber()
        .catch((thrown: unknown) => thrown);
      expect(error).to.include({ code: "chain_mismatch" });
      const sent = await connect({}, [stranger.url]).send("0x00" as never);
      expect(sent.kind).to.equal("unknown");
    } finally {
      await stranger.stop();
    }
  });

  it("sets a node aside that has another history, instead of building the read side again", async () => {
    const [first] = twin.nodes;
    const store = await freshStore("postgresql");
    const chain = connect();
    const follower = new Follower({ db: store.db, chain, deployment: ledger.deployment, log: silentLog });
    const atHead = async (): Promise<boolean> => {
      const step = await follower.step();
      expect(step.did).not.to.equal("rebuild");
      return step.did !== "rebuild" && step.cursor?.blockNumber === step.head;
    };
    await until("it stands at the head", atHead);
    const own = first.proxy.answer;
    first.proxy.answer = (call) => {
      const isNumbered = call.method === "eth_getBlockByNumber" && call.params[0] !== "0x0";
      return isNumbered ? falsify(call.params) : own(call);
    };
    async function falsify(params: readonly unknown[]): Promise<{ result: unknown }> {
      const block = (await ledger.provider.send("eth_getBlockByNumber", [...params])) as object | null;
      return { result: block === null ? null : { ...block, hash: `0x${"7".repeat(64)}` } };
    }
    await until("the node is set aside", async () => {
      await atHead().catch(() => false);
      return (await chain.nodes())[0]?.reason?.startsWith("its block") === true;
    });
    first.proxy.answer = own;
    await until("it follows on", atHead);
    await store.close();
  });
});
