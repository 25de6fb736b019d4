/** The gateway against what only Besu does: the stand-in answers as Besu would, in front of a real EVM. */
import { expect } from "chai";
import { Transaction } from "ethers";
import type { StandIn } from "../../../network/test/stand-in/start-stand-in.ts";
import { startStandIn } from "../../../network/test/stand-in/start-stand-in.ts";
import type { ChainClient } from "../../src/chain/client.ts";
import { merchantPoint } from "../../src/chain/contracts.ts";
import { decodeRevert } from "../../src/chain/decode-revert.ts";
import { startHeadBell } from "../../src/chain/head-bell.ts";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { isSenderRefused } from "../../src/chain/send-errors.ts";
import { Follower } from "../../src/indexer/follow.ts";
import { Reconciler } from "../../src/indexer/reconcile.ts";
import type { Hex32, HexData } from "../../src/kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../../src/kernel/ids.ts";
import { silentLog } from "../../src/kernel/log.ts";
import { readCommand } from "../../src/outbox/read.ts";
import type { Database } from "../../src/store/database.ts";
import { hashTables } from "../support/compare.ts";
import type { TestLedger, TestMerchant } from "../support/ledger.ts";
import { sharedLedger } from "../support/ledger.ts";
import { stopShared } from "../support/shared.ts";
import { freshStore } from "../support/stores.ts";
import { until } from "../support/until.ts";
import type { WriteSide } from "../support/write-side.ts";
import { itemsOf, openWriteSide } from "../support/write-side.ts";

after(stopShared);

const SEND = "eth_sendRawTransaction";
const STRANGER = parseAddress(`0x${"5".repeat(40)}`);

describe("the gateway on Besu", function () {
  this.timeout(180_000);
  let ledger: TestLedger;
  let besu: StandIn;
  let chain: ChainClient;
  let merchant: TestMerchant;
  const sides: WriteSide[] = [];

  before(async () => {
    ledger = await sharedLedger();
    merchant = await ledger.addMerchant();
  });
  beforeEach(async () => {
    besu = await startStandIn(ledger.url, { maxBatchSize: 50 });
    const { chainId, genesisHash } = ledger.deployment;
    chain = connectChain(besu.url, { timeoutMs: 5_000, expected: { chainId, genesisHash } });
  });
  afterEach(async () => {
    for (const side of sides.splice(0)) {
      await side.stopAll();
      await side.store.close();
    }
    await besu.close();
  });

  async function openSide(): Promise<WriteSide> {
    const own = await ledger.addMerchant();
    const side = await openWriteSide({ ledger, store: await freshStore("postgresql"), merchant: own });
    sides.push(side);
    return side;
  }

  const handedIn = (): Transaction[] =>
    besu.asked.filter(({ method }) => method === SEND).map(({ params }) => Transaction.from(String(params[0])));

  const followerOf = (db: Database, through = chain): Follower =>
    new Follower({ db, chain: through, deployment: ledger.deployment, log: silentLog });

  /** Steps through every refusal until the store stands at the head. */
  async function catchUp(follower: Follower): Promise<void> {
    await until("the read side stands at the head", async () => {
      const step = await follower.step().catch(() => undefined);
      expect(step?.did).not.to.equal("rebuild");
      return step !== undefined && step.did !== "rebuild" && step.cursor?.blockNumber === step.head;
    });
  }

  it("asks for nothing that a Besu node refuses: no tags but latest, no accounts, no price, hex with 0x", async () => {
    const side = await openSide();
    side.start({ batchItemsMax: 20 }, () => chain);
    await side.settled(await side.enqueue(itemsOf(60, "polite")));
    const store = await freshStore("postgresql");
    await catchUp(followerOf(store.db));
    expect((await new Reconciler({ db: store.db, chain, log: silentLog }).sample(20))?.differences).to.deep.equal([]);
    await store.close();
    expect([...new Set(besu.asked.map(({ method }) => method))].sort()).to.deep.equal([
      "eth_blockNumber",
      "eth_call",
      "eth_chainId",
      "eth_getBlockByNumber",
      "eth_getLogs",
      "eth_getTransactionCount",
      "eth_getTransactionReceipt",
      SEND,
    ]);
    const asked = JSON.stringify(besu.asked);
    for (const tag of ["finalized", "safe", "pending", "earliest"]) expect(asked).not.to.contain(`"${tag}"`);
    for (const { params } of besu.asked)
      for (const one of params) if (typeof one === "string") expect(one).to.match(/^(latest|0x[0-9a-f]+)$/);
    for (const { gasPrice, type } of handedIn()) expect({ gasPrice, type }).to.deep.equal({ gasPrice: 0n, type: 0 });
  });

  it("reads the whole chain through a small range of logs, a head that goes back and answers that fail", async () => {
    const direct = await freshStore("postgresql");
    const store = await freshStore("postgresql");
    await ledger.mining.pause();
    try {
      besu.script.maxLogsRange = 7;
      besu.script.proposerOf = () => undefined; // the anvil's own, as it is read directly
      let count = 0;
      besu.faults.refuse = (method) => {
        count += 1;
        besu.faults.lagBlocks = count % 11 === 0 ? 3 : 0;
        if (count % 29 === 0) return "INTERNAL_ERROR";
        return count % 31 === 0 && method !== "eth_chainId" ? "TIMEOUT_ERROR" : undefined;
      };
      const follower = followerOf(store.db);
      const heights: number[] = [];
      for (let turn = 0; turn < 60; turn += 1) {
        const step = await follower.step().catch(() => undefined);
        expect(step?.did).not.to.equal("rebuild");
        if (step?.did === "applied") heights.push(step.cursor.blockNumber);
      }
      expect(heights).to.deep.equal([...heights].sort((one, other) => one - other));
      besu.faults.refuse = () => undefined;
      besu.faults.lagBlocks = 0;
      await catchUp(follower);
      await catchUp(followerOf(direct.db, connectChain(ledger.url)));
      expect(await hashTables(store.db)).to.deep.equal(await hashTables(direct.db));
    } finally {
      ledger.mining.resume();
      await store.close();
      await direct.close();
    }
  });

  it("takes a shorter chain for a node behind, however long: blocks of QBFT are final", async () => {
    const side = await openSide();
    side.start({ behindMsMax: 50 }, () => chain);
    const settled = await side.settled(await side.enqueue(itemsOf(20, "final")));
    expect(await chain.mayBeSetBack()).to.equal(false);
    expect(await connectChain(ledger.url).mayBeSetBack()).to.equal(true);
    besu.faults.lagBlocks = 5;
    const asked = besu.asked.length;
    await until("it was looked at many times", () => besu.asked.length > asked + 40);
    expect(await readCommand(side.store.db, settled.id)).to.deep.equal(settled);
    besu.faults.lagBlocks = 0;
    expect((await side.settled(await side.enqueue(itemsOf(20, "caught-up")))).items?.confirmed).to.equal(20);
  });

  it("brings back transactions that a node took and lost, with the same bytes, the one before a gap first", async () => {
    const side = await openSide();
    let sends = 0;
    besu.faults.refuse = (method) => {
      if (method === SEND) sends += 1;
      // The first of several is lost: those after it wait behind the gap.
      besu.faults.dropTransactions = method === SEND && sends === 1;
      return undefined;
    };
    side.start({ batchItemsMax: 10 }, () => chain);
    const command = await side.settled(await side.enqueue(itemsOf(80, "lost")));
    expect(command.items?.confirmed).to.equal(80);
    expect(await ledger.totalIssued(side.merchant.token)).to.equal(8_000n);
    const hashes = new Set(handedIn().map(({ hash }) => hash));
    expect(hashes.size).to.equal(command.transactions.length);
    expect(handedIn().length).to.be.greaterThan(hashes.size);
  });

  for (const name of ["INTERNAL_ERROR", "TIMEOUT_ERROR", "GAS_PRICE_TOO_LOW", "METHOD_NOT_ENABLED"] as const)
    it(`hands in the same bytes again after ${name}, and never other ones under their nonce`, async () => {
      const side = await openSide();
      let refused = 0;
      besu.faults.refuse = (method) => (method === SEND && (refused += 1) <= 4 ? name : undefined);
      side.start({ batchItemsMax: 10 }, () => chain);
      expect((await side.settled(await side.enqueue(itemsOf(40, name)))).items?.confirmed).to.equal(40);
      expect(await ledger.totalIssued(side.merchant.token)).to.equal(4_000n);
      const byNonce = Map.groupBy(handedIn(), ({ from, nonce }) => `${String(from)} ${nonce}`);
      for (const [place, sent] of byNonce) expect(new Set(sent.map(({ hash }) => hash)).size, place).to.equal(1);
    });

  it("names why a call, an estimate and a mined transaction were refused by the contract", async () => {
    const ref = `0x${"9".repeat(64)}`;
    const data = parseHexData(merchantPoint.encodeFunctionData("issue", [STRANGER, 1, ref]));
    const request = { to: merchant.token, data, from: STRANGER };
    const [called, estimated] = [await chain.call(request), await chain.estimateGas(request)];
    if (called.ok || estimated.ok) throw new Error("a stranger may not issue");
    const { name } = decodeRevert(called.data);
    expect(name).to.equal("MerchantPointNotTill");
    expect(decodeRevert(estimated.data).name).to.equal(name);

    await ledger.provider.send("anvil_impersonateAccount", [STRANGER]);
    const transaction = { from: STRANGER, to: merchant.token, data, gas: "0x30d40", gasPrice: "0x0" };
    const hash = parseHex32((await ledger.provider.send("eth_sendTransaction", [transaction])) as string);
    await until("it is mined", async () => (await chain.receipt(hash)) !== undefined);
    const receipt = await chain.receipt(hash);
    expect(receipt?.succeeded).to.equal(false);
    expect(decodeRevert(receipt?.revertData ?? ("0x" as HexData)).name).to.equal(name);
  });

  it("is not held up by a call that stops with an exception, which Besu calls an internal error", async () => {
    await ledger.provider.send("anvil_setCode", [STRANGER, "0xfe"]);
    const request = { to: STRANGER, data: "0x01" as HexData, from: STRANGER };
    expect(await chain.call(request)).to.include({ ok: false, data: "0x" });
    expect(await chain.estimateGas(request)).to.include({ ok: false, data: "0x" });
    besu.faults.refuse = (method) => (method === "eth_call" ? "INTERNAL_ERROR" : undefined);
    expect(await chain.call(request).catch((error: unknown) => error)).to.include({ code: "chain_unreachable" });
  });

  it("tells a key that the node does not admit from bytes that it refuses", async () => {
    besu.script.accountsAllowlist = [];
    const [key] = merchant.tillKeys;
    const side = await openSide();
    const till = await side.signers.importKey(key!, { purpose: "till", merchantId: side.merchant.id });
    const nonce = await chain.nonceOf(till, "latest");
    const { raw } = await side.signers.signTransaction(till, {
      ...{ chainId: ledger.deployment.chainId, nonce, to: STRANGER, data: "0x" as HexData, gasLimit: 30_000n },
    });
    const outcome = await chain.send(raw);
    expect(outcome.kind).to.equal("refused");
    expect(isSenderRefused(outcome.kind === "refused" ? outcome.message : "")).to.equal(true);
    expect((await chain.send("0x1234" as HexData)).kind).to.equal("refused");
  });

  it("knows a node that is catching up, and one whose ETH methods are off", async () => {
    expect(await chain.isSyncing()).to.equal(false);
    besu.script.syncTarget = 1_000_000;
    expect(await chain.isSyncing()).to.equal(true);
    const closed = await startStandIn(ledger.url, { groups: ["NET"] });
    const [off] = [connectChain(closed.url)];
    expect(await off.headNumber().catch((error: unknown) => error)).to.include({ code: "chain_unreachable" });
    expect((await off.nodes())[0]).to.include({ state: "away", reason: "Method not enabled" });
    const both = connectChain([closed.url, besu.url]);
    expect(await both.headNumber()).to.be.greaterThan(0);
    await closed.close();
  });

  it("hears of new blocks over WebSocket, and again after the node dropped it", async () => {
    const bell = startHeadBell({ urls: [besu.wsUrl], log: silentLog, againMs: 20 });
    await until("it rings", () => bell.isLive());
    besu.dropSockets();
    await until("the drop is noticed", () => !bell.isLive());
    await until("it rings again", () => bell.isLive());
    const rung = bell.next(100_000);
    await ledger.provider.send("evm_mine", []);
    await rung;
    bell.stop();
  });

  it("asks about a block that the node has not yet without taking silence for an answer", async () => {
    besu.faults.lagBlocks = 4;
    const head = (await chain.headNumber()) + 4;
    for (const ask of [
      () => chain.logs(head, head),
      () => chain.transactionsOf(head, head),
      () => chain.call({ to: merchant.token, data: "0x01" as HexData }, head),
    ]) {
      const error = await ask().catch((thrown: unknown) => thrown as { code: string });
      expect(["not_ready", "chain_unreachable"]).to.include((error as { code: string }).code);
    }
    expect(await chain.block(head)).to.equal(undefined);
    expect(await chain.blocks(head, head)).to.deep.equal([]);
    expect(await chain.receipt(`0x${"1".repeat(64)}` as Hex32)).to.equal(undefined);
  });
});
