import { expect } from "chai";
import { connectChain } from "../../src/chain/json-rpc.ts";
import { faultOf, isRangeRefused, revertOf } from "../../src/chain/node-errors.ts";
import type { NodeFault } from "../../src/chain/node-errors.ts";
import { parseNodeAddress } from "../../src/chain/node-address.ts";
import type { Address, HexData } from "../../src/kernel/ids.ts";
import type { FaultProxy, RpcBody, RpcCall } from "../support/fault-proxy.ts";
import { startFaultProxy } from "../support/fault-proxy.ts";

/** What Besu 26.8 says, word for word, to which request, and whether another node may do better. */
const BESU: readonly (readonly [method: string, code: number, text: string, fault: NodeFault | undefined])[] = [
  ["eth_getBlockByNumber", -39001, "Unknown block", "lags"],
  ["eth_call", -32000, "Block not found", "lags"],
  ["eth_call", -32602, "Invalid block param (block not found)", "lags"],
  ["eth_call", -32000, "World state unavailable", "lags"],
  ["eth_getBlockByNumber", 4444, "Pruned history unavailable", "lags"],
  ["eth_getLogs", -32602, "Invalid params", "lags"],
  ["eth_getLogs", -32005, "Requested range exceeds maximum RPC range limit", undefined],
  ["eth_getLogs", -32604, "Method not enabled", "unready"],
  ["eth_getLogs", -32601, "Method not found", "unready"],
  ["eth_call", -40100, "Unauthorized", "unready"],
  ["eth_sendRawTransaction", -32008, "Initial sync is still in progress", "unready"],
  [
    "eth_sendRawTransaction",
    -32002,
    "Transaction pool not enabled. (Either txpool explicitly disabled, or node not yet in sync).",
    "unready",
  ],
  ["eth_sendRawTransaction", -32009, "Gas price below configured minimum gas price", "troubled"],
  ["eth_sendRawTransaction", -32603, "Internal error", "troubled"],
  ["eth_getLogs", -32603, "Timeout expired", "troubled"],
  ["eth_getLogs", -32005, "Number of requests exceeds max batch size", "troubled"],
  ["eth_call", -32603, "Internal error", "troubled"],
  ["eth_call", 3, "Execution reverted", undefined],
  ["eth_estimateGas", -32000, "Execution reverted", undefined],
  ["eth_estimateGas", -32000, "Transaction processing could not be completed due to an exception", undefined],
  ["eth_sendRawTransaction", -32001, "Nonce too low", undefined],
  ["eth_sendRawTransaction", -32000, "Known transaction", undefined],
  ["eth_sendRawTransaction", -32007, "Sender account not authorized to send transactions", undefined],
];

const OTHERS: typeof BESU = [
  ["eth_call", -32602, "BlockOutOfRangeError: block height is 5 but requested was 10", "lags"], // anvil
  ["eth_call", -32000, "header not found", "lags"], // geth
  ["eth_getLogs", -32005, "query returned more than 10000 results", undefined],
  ["eth_call", -32603, "VM Exception while processing transaction: reverted", undefined], // Hardhat
  ["eth_blockNumber", -32005, "rate limit exceeded", "troubled"],
];

const CALL = { to: `0x${"1".repeat(40)}` as Address, data: "0x01" as HexData };
const FROM = { ...CALL, from: `0x${"2".repeat(40)}` as Address };

describe("errors of a node", () => {
  for (const [method, code, message, fault] of [...BESU, ...OTHERS])
    it(`${method}: ${code} "${message}" ${fault === undefined ? "is the chain's own answer" : `means it ${fault}`}`, () => {
      expect(faultOf(method, { code, message })).to.equal(fault);
    });

  it("tells a range that is too wide from one that is not there", () => {
    expect(isRangeRefused({ code: -32005, message: "Requested range exceeds maximum RPC range limit" })).to.equal(true);
    expect(isRangeRefused({ code: -32602, message: "query exceeds max block range 5000" })).to.equal(true);
    expect(isRangeRefused({ code: -32602, message: "Invalid params" })).to.equal(false);
    expect(isRangeRefused({ code: -32005, message: "Number of requests exceeds max batch size" })).to.equal(false);
  });

  it("reads the revert data wherever a node puts it", () => {
    const data = "0x08c379a0";
    for (const error of [
      { code: 3, message: "Execution reverted", data },
      { code: -32000, message: "Execution reverted", data },
      { code: -32603, message: "reverted", data: { data } },
    ])
      expect(revertOf(error)?.data).to.equal(data);
    expect(revertOf({ code: -32603, message: "Internal error" })).to.equal(undefined);
  });

  it("shows an address without its credentials and path, and sends them where they belong", () => {
    const { url, headers, label } = parseNodeAddress("https://ann:se%3Acret@node.example:8545/key/abc");
    expect(url).to.equal("https://node.example:8545/key/abc");
    expect(headers).to.deep.equal({ authorization: `Basic ${Buffer.from("ann:se:cret").toString("base64")}` });
    expect(label).to.equal("https://node.example:8545");
  });

  describe("as the chain's client meets them", () => {
    let proxy: FaultProxy;
    beforeEach(async () => {
      proxy = await startFaultProxy("http://127.0.0.1:1");
    });
    afterEach(() => proxy.close());

    const say = (answer: (call: RpcCall) => RpcBody): void => {
      proxy.answer = answer;
    };
    const error = (code: number, message: string): RpcBody => ({ error: { code, message } });
    const isProbe = ({ params }: RpcCall): boolean => (params[0] as { data?: string }).data === "0x";

    it("takes a call that halts for the call's fault when the node runs another one on the same state", async () => {
      say((call) => (isProbe(call) ? { result: "0x" } : error(-32603, "Internal error")));
      const chain = connectChain(proxy.url);
      expect(await chain.call(CALL, 7)).to.deep.include({ ok: false, data: "0x" });
      expect(await chain.estimateGas(FROM)).to.deep.include({ ok: false, data: "0x" });
    });

    it("takes it for the node's trouble when the node runs nothing", async () => {
      say(() => error(-32603, "Internal error"));
      const chain = connectChain(proxy.url);
      for (const ask of [() => chain.call(CALL), () => chain.estimateGas(FROM)])
        expect(await ask().catch((thrown: unknown) => thrown)).to.include({ code: "chain_unreachable" });
    });

    it("halves the range of logs until the node takes it, and keeps to that", async () => {
      const widths: number[] = [];
      say(({ method, params }) => {
        if (method === "eth_getBlockByNumber") return { result: {} };
        const { fromBlock, toBlock } = params[0] as { fromBlock: string; toBlock: string };
        const width = Number(toBlock) - Number(fromBlock) + 1;
        widths.push(width);
        return width > 300 ? error(-32005, "Requested range exceeds maximum RPC range limit") : { result: [] };
      });
      const chain = connectChain(proxy.url);
      expect(await chain.logs(1, 1_000)).to.deep.equal([]);
      expect(widths).to.deep.equal([1_000, 500, 250, 250, 250, 250]);
      widths.length = 0;
      await chain.logs(1, 400);
      expect(widths).to.deep.equal([250, 150]);
    });

    it("takes what is not there yet for no answer, not for no logs", async () => {
      say(({ method }) => ({ result: method === "eth_getLogs" ? [] : null }));
      const thrown: unknown = await connectChain(proxy.url)
        .logs(1, 9)
        .catch((one: unknown) => one);
      expect(thrown).to.include({ code: "not_ready" });
    });

    it("does not believe a refusal after another node may have taken the bytes", async () => {
      const deaf = await startFaultProxy("http://127.0.0.1:1");
      deaf.answer = () => ({ result: "0x" });
      deaf.fault = () => "deaf";
      say(() => error(-32000, "Wrong chainId"));
      expect((await connectChain([deaf.url, proxy.url]).send("0x01" as HexData)).kind).to.equal("unknown");
      expect((await connectChain(proxy.url).send("0x01" as HexData)).kind).to.equal("refused");
      await deaf.close();
    });

    it("sets aside a node that is not ready, and asks the next at once the next time", async () => {
      const ready = await startFaultProxy("http://127.0.0.1:1");
      ready.answer = () => ({ result: "0x1" });
      say(() => error(-32008, "Initial sync is still in progress"));
      const chain = connectChain([proxy.url, ready.url]);
      expect(await chain.headNumber()).to.equal(1);
      proxy.asked.length = 0;
      expect(await chain.headNumber()).to.equal(1);
      expect(proxy.asked).to.deep.equal([]);
      expect((await chain.nodes())[0]).to.include({ state: "away", reason: "Initial sync is still in progress" });
      await ready.close();
    });
  });
});
