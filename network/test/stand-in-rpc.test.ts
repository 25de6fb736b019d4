/** Besu's JSON-RPC before one anvil, with answers that the test writes. */
import { expect } from "chai";
import { Wallet, id } from "ethers";
import { findFreePort } from "../../scripts/chain/ports.ts";
import { spawnAnvil } from "../../scripts/chain/anvil.ts";
import type { AnvilProcess } from "../../scripts/chain/anvil.ts";
import { callRpc } from "../../scripts/chain/rpc.ts";
import { startStandIn } from "./stand-in/start-stand-in.ts";
import type { StandIn } from "./stand-in/start-stand-in.ts";

const CHAIN_ID = 20_261;
const [A, B, C] = ["a", "b", "c"].map((letter) => `0x${letter.repeat(40)}`) as [string, string, string];
const NOBODY = `0x${"01".repeat(20)}`;
const enode = (digit: string): string => `enode://${digit.repeat(128)}@127.0.0.1:30303`;

interface Answer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

describe("Besu's JSON-RPC before an anvil", function () {
  this.timeout(120_000);
  let anvil: AnvilProcess;
  let anvilUrl: string;
  let besu: StandIn;

  before(async () => {
    const port = await findFreePort();
    anvil = await spawnAnvil({ port, chainId: CHAIN_ID });
    anvilUrl = `http://127.0.0.1:${port}`;
    await mine(5);
  });
  after(() => anvil.end());
  beforeEach(async () => {
    besu = await startStandIn(anvilUrl);
  });
  afterEach(() => besu.close());

  async function mine(count: number): Promise<void> {
    await callRpc(anvilUrl, "anvil_mine", [`0x${count.toString(16)}`]);
  }

  async function ask(method: string, ...params: unknown[]): Promise<Answer> {
    const response = await fetch(besu.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    });
    return (await response.json()) as Answer;
  }

  async function send(name: string, nonce: number, to = NOBODY): Promise<Answer> {
    const call = { chainId: CHAIN_ID, nonce, to, gasLimit: 50_000, gasPrice: 0, type: 0 };
    return ask("eth_sendRawTransaction", await new Wallet(id(name)).signTransaction(call));
  }

  it("answers for validators off by one when a contract names them, and not when headers do", async () => {
    besu.script.sealersOf = (block) => (block < 4 ? [A, B] : [A, B, C]);
    expect((await ask("qbft_getValidatorsByBlockNumber", "0x3")).result).to.deep.equal([A, B]);
    besu.script.isContractMode = true;
    expect((await ask("qbft_getValidatorsByBlockNumber", "0x3")).result).to.deep.equal([A, B, C]);
    expect((await ask("qbft_getValidatorsByBlockNumber", "0x2")).result).to.deep.equal([A, B]);
    expect((await ask("qbft_proposeValidatorVote", C, true)).error?.message).to.equal("Method not enabled");
  });

  it("keeps votes until they are discarded", async () => {
    await ask("qbft_proposeValidatorVote", C, true);
    expect((await ask("qbft_getPendingVotes")).result).to.deep.equal({ [C]: true });
    await ask("qbft_discardValidatorVote", C);
    expect(besu.script.votes.size).to.equal(0);
  });

  it("limits what eth_getLogs looks at, to the range and to its own head", async () => {
    besu.script.maxLogsRange = 2;
    const logs = (fromBlock: string, toBlock: string): Promise<Answer> => ask("eth_getLogs", { fromBlock, toBlock });
    expect((await logs("0x1", "0x3")).result).to.deep.equal([]);
    expect((await logs("0x1", "0x4")).error).to.deep.equal({
      code: -32005,
      message: "Requested range exceeds maximum RPC range limit",
    });
    besu.faults.lagBlocks = 3;
    expect((await logs("0x1", "0x3")).error).to.deep.equal({ code: -32602, message: "Invalid params" });
    expect(Number((await ask("eth_blockNumber")).result)).to.equal(
      Number(await callRpc(anvilUrl, "eth_blockNumber", [])) - 3,
    );
  });

  it("answers for transactions that it loses", async () => {
    besu.faults.dropTransactions = true;
    const { result } = await send("lost", 0);
    await mine(1);
    expect((await ask("eth_getTransactionByHash", result)).result).to.equal(null);
  });

  it("holds back what stands behind a gap, and lets the last of one nonce win", async () => {
    const late = await send("gap", 1);
    const first = await send("gap", 2);
    const second = await send("gap", 2, A);
    await mine(1);
    expect((await ask("eth_getTransactionReceipt", late.result)).result).to.equal(null);
    await send("gap", 0);
    await mine(1);
    for (const [{ result }, isThere] of [
      [late, true],
      [first, false],
      [second, true],
    ] as const)
      expect((await ask("eth_getTransactionReceipt", result)).result !== null).to.equal(isThere);
    expect((await send("gap", 0)).error).to.deep.equal({ code: -32001, message: "Nonce too low" });
  });

  it("refuses senders that are on no list of accounts", async () => {
    besu.script.accountsAllowlist = [A];
    expect((await send("stranger", 0)).error).to.deep.equal({
      code: -32007,
      message: "Sender account not authorized to send transactions",
    });
  });

  it("changes the list of nodes as a whole or not at all", async () => {
    besu.script.nodesAllowlist = [enode("1")];
    besu.script.fixedNodes = [enode("1")];
    const refusals = [
      [await ask("perm_addNodesToAllowlist", [enode("2"), enode("1")]), "Cannot add an existing node to allowlist"],
      [await ask("perm_addNodesToAllowlist", [enode("2"), enode("2")]), "Request contains duplicate nodes"],
      [await ask("perm_removeNodesFromAllowlist", [enode("3")]), "Cannot remove an absent node from allowlist"],
      [
        await ask("perm_removeNodesFromAllowlist", [enode("1")]),
        "Cannot remove a fixed node (bootnode or static node) from allowlist",
      ],
    ] as const;
    for (const [{ error }, message] of refusals) expect(error).to.deep.equal({ code: -32000, message });
    expect((await ask("perm_addNodesToAllowlist", [enode("2")])).result).to.equal("Success");
    expect(besu.script.nodesAllowlist).to.deep.equal([enode("1"), enode("2")]);
    besu.script.nodesAllowlist = undefined;
    expect((await ask("perm_getNodesAllowlist")).error?.message).to.equal("Node allowlist has not been enabled");
  });

  it("answers a method of a group that is off as Besu does, and whatever a test wants", async () => {
    const bare = await startStandIn(anvilUrl, { groups: ["ETH"] });
    try {
      const response = await fetch(bare.url, {
        method: "POST",
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method: "qbft_getPendingVotes", params: [] }),
      });
      expect(((await response.json()) as Answer).error).to.deep.equal({ code: -32604, message: "Method not enabled" });
    } finally {
      await bare.close();
    }
    besu.faults.refuse = (method) => (method === "eth_call" ? "INTERNAL_ERROR" : undefined);
    expect((await ask("eth_call", { to: NOBODY }, "latest")).error).to.deep.equal({
      code: -32603,
      message: "Internal error",
    });
    expect(besu.asked.at(-1)?.method).to.equal("eth_call");
  });

  it("answers batches in order, and refuses one that is too long", async () => {
    const post = async (count: number): Promise<{ status: number; json: unknown }> => {
      const one = { jsonrpc: "2.0", method: "eth_chainId", params: [] };
      const body = JSON.stringify(Array.from({ length: count }, (_, at) => ({ ...one, id: at })));
      const response = await fetch(besu.url, { method: "POST", body });
      return { status: response.status, json: await response.json() };
    };
    expect(((await post(3)).json as { id: number }[]).map((answer) => answer.id)).to.deep.equal([0, 1, 2]);
    const { json } = await post(1_025);
    expect((json as Answer).error).to.deep.equal({
      code: -32005,
      message: "Number of requests exceeds max batch size",
    });
  });

  it("tells of each new head, and forgets who was cut off", async () => {
    const socket = new WebSocket(besu.wsUrl);
    await new Promise((resolve) => socket.addEventListener("open", resolve, { once: true }));
    const next = (): Promise<{ params?: { result: { number: string } } }> =>
      new Promise((resolve) =>
        socket.addEventListener("message", ({ data }) => resolve(JSON.parse(String(data)) as never), { once: true }),
      );
    const subscribed = next();
    socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method: "eth_subscribe", params: ["newHeads"] }));
    await subscribed;
    const head = next();
    await mine(1);
    expect((await head).params?.result.number).to.equal((await ask("eth_blockNumber")).result);
    const closed = new Promise((resolve) => socket.addEventListener("close", resolve, { once: true }));
    besu.dropSockets();
    await closed;
  });
});
