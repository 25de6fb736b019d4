/** The stand-in as processes: what a network of Besu nodes does, this one must do before tests may lean on it. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { once } from "node:events";
import { expect } from "chai";
import { Wallet, id } from "ethers";
import { SmallNetwork } from "./stand-in/small-network.ts";
import type { SmallNode } from "./stand-in/small-network.ts";
import { SAYS_NO } from "./stand-in/tiny-contracts.ts";

const NO = `0x${"99".repeat(20)}`;
const NOBODY = `0x${"01".repeat(20)}`;
const wallet = (name: string): Wallet => new Wallet(id(name));

describe("the stand-in for Besu: four validators and an observer", function () {
  this.timeout(240_000);
  const network = new SmallNetwork({ validators: 4, observers: 1, alloc: { [NO]: { balance: "0x0", code: SAYS_NO } } });
  const node = (index: number): SmallNode => network.nodes[index]!;

  before(async () => {
    await network.write();
    await network.startAll();
  });
  after(() => network.close());

  it("makes the same blocks at every node, each validator in its turn", async () => {
    await Promise.all(network.nodes.map((one) => network.reach(one, 6)));
    const hashes = network.nodes.map(async (one) => {
      const block = await network.get<{ hash: string }>(one, "eth_getBlockByNumber", ["0x6", false]);
      return block.hash;
    });
    expect(new Set(await Promise.all(hashes)).size).to.equal(1);
    const metrics = await network.get<unknown[]>(node(0), "qbft_getSignerMetrics", ["0x1", "0x7"]);
    expect(metrics).to.have.length(4);
  });

  it("puts round, validators and a quorum of seals into the header", async () => {
    const block = await network.get<Record<string, string>>(node(4), "eth_getBlockByNumber", ["0x3", false]);
    expect(block["miner"]).to.be.oneOf(network.nodes.slice(0, 4).map(({ identity }) => identity.address));
    expect(block["extraData"]).to.match(/^0xf90[0-9a-f]+$/);
    expect(block["difficulty"]).to.equal("0x1");
    expect(Number(block["baseFeePerGas"])).to.equal(0);
  });

  for (const { method, params, code, message, why } of [
    { method: "eth_getBlockByNumber", params: ["finalized", false], code: -39001, message: "Unknown block" },
    { method: "eth_call", params: [{ to: NO }, "safe"], code: -39001, message: "Unknown block" },
    { method: "eth_getBalance", params: [NO, "0xffffff"], code: -32000, message: "Block not found" },
    { method: "eth_getBlockByNumber", params: ["12", false], code: -32602, message: "Invalid block number params" },
    {
      method: "eth_getTransactionReceipt",
      params: ["ab".repeat(32)],
      code: -32602,
      message: "Invalid transaction hash params",
    },
    {
      method: "eth_getLogs",
      params: [{ fromBlock: "0x1", toBlock: "0xffffff" }],
      code: -32602,
      message: "Invalid params",
      why: "the end is past the head",
    },
    {
      method: "eth_getLogs",
      params: [{ fromBlock: "0x3", toBlock: "0x1" }],
      code: -32602,
      message: "Invalid params",
      why: "it runs backwards",
    },
    { method: "eth_sendRawTransaction", params: ["0x80"], code: -32602, message: "Invalid params" },
    {
      method: "eth_sendTransaction",
      params: [{}],
      code: -32604,
      message:
        "The method eth_sendTransaction is not supported. Use eth_sendRawTransaction to send a signed transaction to Besu.",
    },
    { method: "debug_traceTransaction", params: [], code: -32604, message: "Method not enabled" },
    { method: "eth_mining", params: [], code: -32601, message: "Method not found", why: "it went with proof of work" },
    {
      method: "perm_getAccountsAllowlist",
      params: [],
      code: -32000,
      message: "Account allowlist has not been enabled",
    },
    {
      method: "perm_addNodesToAllowlist",
      params: [["enode://12@127.0.0.1:1"]],
      code: -32000,
      message: "Request contains an invalid node",
    },
    {
      method: "perm_addNodesToAllowlist",
      params: [[]],
      code: -32000,
      message: "Request contains an empty list of nodes",
    },
    {
      method: "admin_addPeer",
      params: ["enode://12@127.0.0.1:1"],
      code: -32000,
      message:
        "Invalid node ID: node ID must have exactly 128 hexadecimal characters and should not include any '0x' hex prefix.",
    },
    {
      method: "admin_addPeer",
      params: [`enode://${"ab".repeat(64)}@127.0.0.1:1`],
      code: -32000,
      message: "Cannot add a non-permitted node as a peer",
    },
  ])
    it(`refuses ${method}(${JSON.stringify(params).slice(1, 60)}…)${why === undefined ? "" : `: ${why}`}`, async () => {
      const { error } = await network.ask(node(0), method, params);
      expect(error).to.deep.equal({ code, message });
    });

  it("answers a revert with its data, in calls and in receipts", async () => {
    const { error } = await network.ask(node(4), "eth_call", [{ to: NO }, "latest"]);
    expect(error?.code).to.equal(3);
    expect(error?.message).to.equal("Execution reverted: no");
    expect(error?.data).to.match(/^0x08c379a0/);
    const { result } = await network.send(node(4), wallet("reverting"), { to: NO, nonce: 0 });
    const receipt = await network.receipt(node(1), result);
    expect(receipt["status"]).to.equal("0x0");
    expect(receipt["revertReason"]).to.equal(error?.data);
  });

  it("answers the same finished transaction at every node, though it was sent to one", async () => {
    const { result } = await network.send(node(4), wallet("travelling"), { to: NOBODY, nonce: 0 });
    const receipts = await Promise.all(network.nodes.map((one) => network.receipt(one, result)));
    expect(new Set(receipts.map((receipt) => receipt["blockHash"])).size).to.equal(1);
    expect((await network.send(node(0), wallet("travelling"), { to: NOBODY, nonce: 0 })).error).to.deep.equal({
      code: -32001,
      message: "Nonce too low",
    });
  });

  it("holds a transaction up until the nonces before it are there, without a word", async () => {
    const sender = wallet("gapped");
    const late = await network.send(node(0), sender, { to: NOBODY, nonce: 1 });
    expect(late.error).to.equal(undefined);
    const head = await network.head(node(0));
    await network.reach(node(0), head + 3);
    expect(await network.get(node(0), "eth_getTransactionReceipt", [late.result])).to.equal(null);
    expect(await network.get(node(0), "eth_getTransactionCount", [sender.address, "pending"])).to.equal("0x2");
    expect((await network.send(node(0), sender, { to: NOBODY, nonce: 1 })).error?.message).to.equal(
      "Known transaction",
    );
    await network.send(node(1), sender, { to: NOBODY, nonce: 0 });
    expect((await network.receipt(node(0), late.result))["status"]).to.equal("0x1");
  });

  it("lets the last of two transactions with one nonce win, at no price", async () => {
    const sender = wallet("twice");
    const first = await network.send(node(2), sender, { to: NOBODY, nonce: 1 });
    const second = await network.send(node(2), sender, { to: NO, nonce: 1 });
    await network.until("every node heard of both", async () => {
      const lists = await Promise.all(
        network.nodes.map((one) => network.get<{ hash: string }[]>(one, "txpool_besuTransactions")),
      );
      return lists.every((list) => list.some(({ hash }) => hash === second.result));
    });
    await network.send(node(2), sender, { to: NOBODY, nonce: 0 });
    expect((await network.receipt(node(2), second.result))["status"]).to.equal("0x0");
    expect(await network.get(node(2), "eth_getTransactionByHash", [first.result])).to.equal(null);
  });

  it("tells subscribers of new heads over WebSocket", async () => {
    const socket = new WebSocket(node(0).wsUrl);
    const heads: string[] = [];
    socket.addEventListener("message", ({ data }) => {
      const { params } = JSON.parse(String(data)) as { params?: { result: { number: string } } };
      if (params !== undefined) heads.push(params.result.number);
    });
    await once(socket, "open");
    socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_subscribe", params: ["newHeads"] }));
    await network.until("two heads were told of", () => Promise.resolve(heads.length >= 2));
    socket.close();
    expect(Number(heads[1])).to.equal(Number(heads[0]) + 1);
  });

  it("shows Besu's metrics and health", async () => {
    const text = await (await fetch(node(4).metricsUrl)).text();
    expect(text).to.match(/^ethereum_blockchain_height \d+$/m);
    expect(text).to.match(/^ethereum_peer_count 4$/m);
    expect(text).to.match(/^besu_synchronizer_in_sync 1$/m);
    const health = await Promise.all(["liveness", "readiness"].map((path) => fetch(`${node(4).rpcUrl}/${path}`)));
    expect(health.map(({ status }) => status)).to.deep.equal([200, 200]);
  });

  it("cuts off a node that is taken from the list, and lets it back in", async () => {
    const { enode } = node(4);
    // All are static nodes here, which stay on a list.
    const { error } = await network.ask(node(0), "perm_removeNodesFromAllowlist", [[enode]]);
    expect(error?.message).to.equal("Cannot remove a fixed node (bootnode or static node) from allowlist");
    const file = join(node(0).folder, "permissions.toml");
    const before = readFileSync(file, "utf8");
    writeFileSync(file, before.replace(`"${enode}"`, "").replace(/,\s*\]/, "]"));
    expect(await network.get(node(0), "perm_reloadPermissionsFromFile")).to.equal("Success");
    const peers = async (): Promise<number> => (await network.get<unknown[]>(node(0), "admin_peers")).length;
    await network.until("the observer is cut off", async () => (await peers()) === 3);
    expect(await network.get(node(0), "perm_addNodesToAllowlist", [[enode]])).to.equal("Success");
    expect((await network.ask(node(0), "perm_addNodesToAllowlist", [[enode]])).error?.message).to.equal(
      "Cannot add an existing node to allowlist",
    );
    await network.until("the observer is back", async () => (await peers()) === 4);
  });

  it("lets a validator in and out by more than half of the votes", async () => {
    const candidate = node(4).identity.address;
    const validators = (block: string): Promise<string[]> =>
      network.get(node(0), "qbft_getValidatorsByBlockNumber", [block]);
    const vote = async (isIn: boolean, voters: number[]): Promise<void> => {
      for (const voter of voters) await network.get(node(voter), "qbft_proposeValidatorVote", [candidate, isIn]);
    };
    await vote(true, [0, 1]);
    await network.reach(node(0), (await network.head(node(0))) + 6);
    expect(await validators("latest")).to.have.length(4); // two of four are no majority
    await vote(true, [2]);
    await network.until("the observer is a validator", async () => (await validators("latest")).includes(candidate));
    const own = await network.get(node(2), "qbft_getPendingVotes");
    expect(own).to.deep.equal({ [candidate]: true }); // it stands until it is discarded
    await network.until("it makes a block", async () => {
      const head = await network.get<{ miner: string }>(node(0), "eth_getBlockByNumber", ["latest", false]);
      return head.miner === candidate;
    });
    for (const voter of [0, 1, 2]) await network.get(node(voter), "qbft_discardValidatorVote", [candidate]);
    await vote(false, [0, 1, 3]);
    await network.until("it is out again", async () => !(await validators("latest")).includes(candidate));
    for (const voter of [0, 1, 3]) await network.get(node(voter), "qbft_discardValidatorVote", [candidate]);
    expect(await network.get(node(0), "qbft_getPendingVotes")).to.deep.equal({});
  });
});
