/** The chain for wallets: an unmodified ethers provider works over it, and nothing that is not on the list does. */
import { expect } from "chai";
import { JsonRpcProvider, Wallet } from "ethers";
import type { Rooms } from "../../src/commands/rooms.ts";
import { METHODS } from "../../src/commands/rpc/methods.ts";
import { rateLimit } from "../../src/http/middleware/rate-limit.ts";
import type { Store } from "../../src/store/database.ts";
import type { Api } from "../support/api.ts";
import { keyFor, startApi } from "../support/api.ts";
import { networkRoutes } from "../../src/http/routes/network.ts";
import { freshStore } from "../support/stores.ts";
import { NO_NODE, roomsOn } from "../support/world.ts";

const NAMES: Readonly<Record<string, string>> = {
  admin:
    "addPeer addTrustedPeer changeLogLevel datadir exportChain importChain nodeInfo peers removePeer startHTTP stopHTTP startWS",
  anvil:
    "setBalance setCode setNonce setStorageAt impersonateAccount mine reset dropTransaction setRpcUrl dumpState loadState autoImpersonateAccount",
  debug:
    "traceTransaction traceBlock traceCall storageRangeAt setHead getRawBlock getBadBlocks memStats gcStats accountRange dumpBlock printBlock",
  hardhat:
    "setBalance setCode setNonce setStorageAt impersonateAccount mine reset dropTransaction metadata stopImpersonatingAccount",
  evm: "mine snapshot revert increaseTime setNextBlockTimestamp setAutomine setIntervalMining setBlockGasLimit addAccount",
  personal: "newAccount unlockAccount sendTransaction sign importRawKey listAccounts listWallets lockAccount ecRecover",
  miner: "start stop setEtherbase setExtra setGasPrice setGasLimit changeTargetGasLimit",
  txpool: "content contentFrom inspect status besuTransactions besuStatistics besuPendingTransactions",
  engine: "newPayloadV3 forkchoiceUpdatedV3 getPayloadV3 exchangeCapabilities getClientVersionV1",
  qbft: "proposeValidatorVote discardValidatorVote getPendingVotes getValidatorsByBlockNumber getSignerMetrics",
  perm: "addAccountsToAllowlist removeAccountsFromAllowlist addNodesToAllowlist reloadPermissionsFromFile getAccountsAllowlist",
  plugins: "reloadPluginConfig",
  trace: "block call callMany filter get rawTransaction replayBlockTransactions transaction",
  eth: "sendTransaction sign signTransaction signTypedData signTypedData_v4 mining hashrate coinbase getWork submitWork submitHashrate newFilter newBlockFilter newPendingTransactionFilter getFilterChanges getFilterLogs uninstallFilter subscribe unsubscribe createAccessList getProof protocolVersion resend pendingTransactions compileSolidity getBlockReceipts simulateV1 callMany",
  clique: "propose discard getSigners",
  web3: "sha3",
  net: "peerCount enode services",
  rpc: "modules",
  ots: "getApiLevel getInternalOperations hasCode searchTransactionsBefore",
  ledger: "credit",
};
const FOREIGN = Object.entries(NAMES).flatMap(([space, names]) => names.split(" ").map((name) => `${space}_${name}`));

interface Answer {
  readonly id: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string; readonly data?: { readonly name: string } };
}

describe("/rpc", () => {
  let store: Store;
  let rooms: Rooms;
  let api: Api;

  before(async function () {
    this.timeout(180_000);
    store = await freshStore("embedded");
    rooms = await roomsOn(store);
    api = await startApi(rooms, networkRoutes);
  });
  after(async () => {
    await api.close();
    await store.close();
  });

  const post = (body: unknown, init: object = {}) => api.ask("POST", "/rpc", { body, ...init });
  const call = async (method: string, ...params: unknown[]): Promise<Answer> =>
    (await post({ jsonrpc: "2.0", id: 7, method, params })).body as Answer;
  const nameOf = ({ error }: Answer) => error?.data?.name;

  it("tells wallets of this chain, by addresses that are the gateway's own", async () => {
    const { body } = await api.ask("GET", "/v1/network");
    expect(body).to.deep.equal({
      chainId: rooms.deployment.chainId,
      chainName: `积分通 Alliance Points ${rooms.deployment.chainId}`,
      rpcUrls: [`${api.url}/rpc`],
      blockExplorerUrls: [api.url],
      nativeCurrency: { name: "Gas (free)", symbol: "GAS", decimals: 18 },
    });
  });

  it("is all that an ethers provider and a wallet need", async function () {
    this.timeout(120_000);
    const { rpcUrls } = (await api.ask("GET", "/v1/network")).body as { rpcUrls: [string] };
    const provider = new JsonRpcProvider(rpcUrls[0], undefined, { batchMaxCount: 20, pollingInterval: 200 });
    expect((await provider.getNetwork()).chainId).to.equal(BigInt(rooms.deployment.chainId));
    const token = rooms.deployment.contracts.allianceToken;
    expect(await provider.getCode(token)).to.match(/^0x6/);
    const head = await provider.getBlockNumber();
    expect((await provider.getBlock(head))?.number).to.equal(head);
    expect(await provider.getLogs({ address: token, fromBlock: 0, toBlock: head })).to.not.have.length(0);
    const wallet = Wallet.createRandom(provider);
    const sent = await wallet.sendTransaction({
      to: token,
      data: "0x18160ddd",
      gasPrice: 0,
      gasLimit: 100_000,
      type: 0,
    });
    const receipt = await sent.wait(1, 60_000);
    expect([receipt?.status, receipt?.from]).to.deep.equal([1, wallet.address]);
    expect(await provider.getTransactionCount(wallet.address)).to.equal(1);
    // A revert keeps its data, from which names are read.
    const refusal = await provider.call({ to: token, data: "0xa9059cbb" }).catch((error: unknown) => error);
    expect(refusal).to.have.property("code", "CALL_EXCEPTION");
    provider.destroy();
  });

  it(`knows no other method: ${FOREIGN.length} names of nodes are refused`, async () => {
    expect(FOREIGN.length).to.be.greaterThan(120);
    expect(FOREIGN.filter((name) => name in METHODS)).to.deep.equal([]);
    for (const name of [...FOREIGN, "", "constructor", "__proto__", "toString", "ETH_CALL", "eth_call "]) {
      const { error } = await call(name);
      expect([error?.code, error?.data?.name], name).to.deep.equal([-32601, "rpc_method_unknown"]);
    }
  });

  it("answers the calls of a batch one by one, in their order", async () => {
    const batch = [
      { jsonrpc: "2.0", id: "a", method: "eth_chainId" },
      { jsonrpc: "2.0", id: "b", method: "admin_peers", params: [] },
      { jsonrpc: "2.0", id: "c", method: "eth_getBlockByNumber", params: ["0x0", false] },
      { jsonrpc: "1.0", id: "d", method: "eth_chainId" },
      { jsonrpc: "2.0", id: "e", method: "eth_blockNumber", params: [] },
    ];
    const answers = (await post(batch)).body as Answer[];
    expect(answers.map(({ id, error }) => [id, error?.code])).to.deep.equal([
      ["a", undefined],
      ["b", -32601],
      ["c", undefined],
      ["d", -32600],
      ["e", undefined],
    ]);
    expect(answers[2]?.result).to.include({ hash: rooms.deployment.genesisHash });
  });

  for (const [what, init, status] of [
    ["an empty batch", { body: [] }, 400],
    ["21 calls", { body: Array.from({ length: 21 }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_chainId" })) }, 400],
    ["what is no JSON", { raw: "{" }, 400],
    ["a form", { raw: "a=1", headers: { "content-type": "application/x-www-form-urlencoded" } }, 415],
    ["132 kB", { body: { jsonrpc: "2.0", id: 1, method: "eth_call", params: ["x".repeat(132_000)] } }, 413],
    ["nesting 25 deep", { raw: "[".repeat(25) + "]".repeat(25) }, 400],
    ["an unknown key", { body: {}, key: `pk_0123456789abcdef_${"a".repeat(43)}` }, 401],
  ] as const)
    it(`refuses ${what} with ${status}, in the words of JSON-RPC`, async () => {
      const answer = await api.ask("POST", "/rpc", init);
      expect(answer.status).to.equal(status);
      expect(answer.body).to.have.keys("jsonrpc", "id", "error");
      expect(answer.body.error.data.name).to.be.a("string");
    });

  it("bounds what makes a node work for long", async () => {
    const ranges = [
      [{ fromBlock: "0x0", toBlock: "0x7d0" }, "rpc_range_too_wide"],
      [{ fromBlock: "0x0", toBlock: "0x7cf" }, undefined],
      [{ fromBlock: "0x0", toBlock: "0xffffffffffffff" }, "rpc_params_invalid"],
      [{ fromBlock: "new" }, "rpc_params_invalid"],
      [{ fromBlock: 0 }, "rpc_params_invalid"],
      ["0x0", "rpc_params_invalid"],
      [{ fromBlock: "earliest", toBlock: "latest" }, undefined],
      [{ blockHash: rooms.deployment.genesisHash }, undefined],
    ] as const;
    for (const [filter, name] of ranges) {
      const answer = await call("eth_getLogs", filter);
      // Whether a node has such blocks is its own matter.
      if (name === undefined) expect(nameOf(answer), JSON.stringify(filter)).to.equal(undefined);
      else expect(nameOf(answer), JSON.stringify(filter)).to.equal(name);
    }
    expect(nameOf(await call("eth_feeHistory", "0x400", "latest", []))).to.equal("rpc_params_invalid");
    expect(nameOf(await call("eth_call", { to: rooms.deployment.contracts.council }, "latest", {}))).to.equal(
      "rpc_params_invalid",
    );
  });

  it("sends what is signed for this chain, and says why not when it is not", async () => {
    const { chainId, contracts } = rooms.deployment;
    const wallet = Wallet.createRandom();
    const base = { to: contracts.council, chainId, nonce: 0, gasPrice: 0, gasLimit: 100_000, type: 0 };
    const refusals = [
      ["0x", /not hex bytes/],
      [7, /not hex bytes/],
      ["0xc0ffee", /no signed transaction/],
      [await wallet.signTransaction({ ...base, chainId: chainId + 1 }), /signed for chain/],
      [await wallet.signTransaction({ ...base, gasLimit: 31_000_000 }), /gas limit 31000000/],
      [await wallet.signTransaction({ ...base, chainId: 0 }), /signed for chain 0/],
    ] as const;
    for (const [raw, why] of refusals) {
      const { error } = await call("eth_sendRawTransaction", raw);
      expect([error?.code, error?.data?.name]).to.deep.equal([-32003, "rpc_transaction_refused"]);
      expect(error?.message).to.match(why);
    }
    const raw = await wallet.signTransaction(base);
    const first = await call("eth_sendRawTransaction", raw);
    expect(first.result).to.match(/^0x[0-9a-f]{64}$/);
  });

  it("names no node, whatever becomes of it", async () => {
    const lost = await startApi(await roomsOn(store, NO_NODE), networkRoutes);
    const answer = await lost.ask("POST", "/rpc", { body: { jsonrpc: "2.0", id: 1, method: "eth_blockNumber" } });
    expect([answer.status, answer.body.error.code, answer.body.error.data.name]).to.deep.equal([
      200,
      -32002,
      "chain_unreachable",
    ]);
    expect(JSON.stringify(answer.body)).to.not.match(/127\.0\.0\.1|localhost|ECONN/);
    const { result } = (
      await lost.ask("POST", "/rpc", { body: { jsonrpc: "2.0", id: 1, method: "web3_clientVersion" } })
    ).body as Answer;
    expect(result).to.equal("alliance-points-ledger");
    await lost.close();
  });

  it("counts each call of a batch", async () => {
    const limited = await startApi(rooms, networkRoutes, {
      gate: { rateLimit: rateLimit({ perKeyPerMinute: 100, perAddressPerMinute: 15 }) },
    });
    const batch = Array.from({ length: 10 }, (_, id) => ({ jsonrpc: "2.0", id, method: "eth_chainId" }));
    expect((await limited.ask("POST", "/rpc", { body: batch })).status).to.equal(200);
    const second = await limited.ask("POST", "/rpc", { body: batch });
    expect([second.status, second.body.error.code, second.body.error.data.name]).to.deep.equal([
      429,
      -32005,
      "rate_limited",
    ]);
    expect(Number(second.headers.get("retry-after"))).to.be.within(1, 60);
    await limited.close();
  });

  it("is open to pages of any origin, as a public node is, and takes no cookie", async () => {
    const origin = { origin: "https://wallet.example" };
    const asked = await api.ask("OPTIONS", "/rpc", { headers: origin });
    expect([asked.status, asked.headers.get("access-control-allow-origin")]).to.deep.equal([204, "*"]);
    expect(asked.headers.get("access-control-allow-credentials")).to.equal(null);
    const elsewhere = await api.ask("OPTIONS", "/v1/network", { headers: origin });
    expect(elsewhere.headers.get("access-control-allow-origin")).to.equal(null);
  });

  it("demands a key where reads do", async () => {
    const closed = await startApi(rooms, networkRoutes, { gate: { publicReads: false } });
    const body = { jsonrpc: "2.0", id: 1, method: "eth_chainId" };
    expect((await closed.ask("POST", "/rpc", { body })).status).to.equal(401);
    expect((await closed.ask("POST", "/rpc", { body, key: await keyFor(rooms, "auditor") })).status).to.equal(200);
    await closed.close();
  });

  it("is asked by POST", async () => {
    const { status, headers } = await api.ask("GET", "/rpc");
    expect([status, headers.get("allow")]).to.deep.equal([405, "POST"]);
  });
});
