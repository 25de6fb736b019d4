/** A chain node over JSON-RPC and HTTP. */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { parseHexData } from "../kernel/ids.ts";
import { LedgerError } from "../kernel/errors.ts";
import type {
  CallOutcome,
  ChainClient,
  ChainTransaction,
  EstimateOutcome,
  Receipt,
  SendOutcome,
  StateOverrides,
} from "./client.ts";
import { RpcTransport } from "./rpc-transport.ts";
import type { RpcError, RpcRequest } from "./rpc-transport.ts";
import {
  parseBlock,
  parseLog,
  parseNumber,
  parseQuantity,
  parseReceipt,
  parseTransaction,
  quantity,
} from "./rpc-shapes.ts";
import { classifySendError } from "./send-errors.ts";

export interface JsonRpcOptions {
  /** One request; a batch of 50 is one request. */
  readonly timeoutMs?: number;
}

/** Several addresses are tried in turn: the first that answers serves. */
export function connectChain(urls: string | readonly string[], options: JsonRpcOptions = {}): ChainClient {
  const rpc = new RpcTransport(typeof urls === "string" ? [urls] : urls, options.timeoutMs ?? 10_000);
  const tagOf = (block: number | "latest"): string => (block === "latest" ? block : quantity(block));
  const range = (from: number, to: number, make: (tag: string) => RpcRequest): RpcRequest[] =>
    Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => make(quantity(from + index)));

  return {
    chainId: async () => parseNumber(await rpc.get("eth_chainId", [])),
    headNumber: async () => parseNumber(await rpc.get("eth_blockNumber", [])),
    async block(number) {
      const json = await rpc.get("eth_getBlockByNumber", [tagOf(number), false]);
      return json === null ? undefined : parseBlock(json);
    },
    async blocks(from, to) {
      const requests = range(from, to, (tag) => ({ method: "eth_getBlockByNumber", params: [tag, false] }));
      return (await rpc.getAll(requests)).filter((json) => json !== null).map(parseBlock);
    },
    async logs(from, to) {
      const json = await rpc.get("eth_getLogs", [{ fromBlock: quantity(from), toBlock: quantity(to) }]);
      return (json as unknown[]).map(parseLog);
    },
    async transactions(hashes) {
      const json = await rpc.getAll(hashes.map((hash) => ({ method: "eth_getTransactionByHash", params: [hash] })));
      return json.filter(isMined).map(parseTransaction);
    },
    async transactionsOf(from, to) {
      const requests = range(from, to, (tag) => ({ method: "eth_getBlockByNumber", params: [tag, true] }));
      const found: ChainTransaction[] = [];
      for (const json of await rpc.getAll(requests))
        if (json !== null) found.push(...(json as { transactions: unknown[] }).transactions.map(parseTransaction));
      return found;
    },
    async receipt(hash) {
      const json = await rpc.get("eth_getTransactionReceipt", [hash]);
      return isMined(json) ? parseReceipt(json) : undefined;
    },
    async receipts(hashes) {
      const json = await rpc.getAll(hashes.map((hash) => ({ method: "eth_getTransactionReceipt", params: [hash] })));
      return new Map<Hex32, Receipt>(
        json
          .filter(isMined)
          .map(parseReceipt)
          .map((receipt) => [receipt.transactionHash, receipt]),
      );
    },
    nonceOf: async (account, tag) => parseNumber(await rpc.get("eth_getTransactionCount", [account, tag])),
    async noncesOf(accounts) {
      const requests = accounts.map((account) => ({ method: "eth_getTransactionCount", params: [account, "latest"] }));
      return (await rpc.getAll(requests)).map(parseNumber);
    },
    isSyncing: async () => (await rpc.get("eth_syncing", [])) !== false,
    estimateGas: (request) => estimateGas(rpc, request),
    call: (request, blockNumber, overrides) => call(rpc, [request, tagOf(blockNumber ?? "latest")], overrides),
    codeOf: async (account) => parseHexData((await rpc.get("eth_getCode", [account, "latest"])) as string),
    send: (raw) => send(rpc, raw),
    close: () => undefined,
  };
}

/** Nodes answer pending transactions too, without a block. */
function isMined(json: unknown): boolean {
  return json !== null && typeof (json as { blockNumber?: unknown }).blockNumber === "string";
}

/** Undefined when the node did not run the call at all (busy, out of range, not allowed). */
function revertOf(error: RpcError): { data: HexData; message: string } | undefined {
  const nested = error.data as { data?: unknown; result?: unknown } | string | null | undefined;
  const candidates = typeof nested === "object" && nested !== null ? [nested.data, nested.result] : [nested];
  const data = candidates.find(
    (entry): entry is string => typeof entry === "string" && /^0x([0-9a-f]{2})*$/i.test(entry),
  );
  const isRun =
    error.code === 3 || data !== undefined || /revert|out of gas|invalid opcode|EvmError/i.test(error.message);
  return isRun ? { data: parseHexData(data ?? "0x"), message: error.message } : undefined;
}

type CallRequest = { to: Address; data: HexData; from?: Address };

async function call(
  rpc: RpcTransport,
  params: [request: CallRequest, tag: string],
  overrides: StateOverrides | undefined,
): Promise<CallOutcome> {
  const answer = await rpc.ask("eth_call", overrides === undefined ? params : [...params, overrides]);
  if (answer.ok) return { ok: true, data: parseHexData(answer.result as string) };
  const revert = revertOf(answer.error);
  if (revert === undefined) return rpc.resultOf(answer) as never;
  return { ok: false, ...revert };
}

async function estimateGas(
  rpc: RpcTransport,
  request: { to: Address; data: HexData; from: Address },
): Promise<EstimateOutcome> {
  const answer = await rpc.ask("eth_estimateGas", [request]);
  if (answer.ok) return { ok: true, gas: parseQuantity(answer.result) };
  const revert = revertOf(answer.error);
  if (revert === undefined) return rpc.resultOf(answer) as never;
  return { ok: false, ...revert };
}

/** Never throws: whatever happens on the way, the bytes may have reached the node. */
async function send(rpc: RpcTransport, raw: HexData): Promise<SendOutcome> {
  try {
    const answer = await rpc.ask("eth_sendRawTransaction", [raw]);
    return answer.ok ? { kind: "accepted" } : classifySendError(answer.error.message);
  } catch (error) {
    if (error instanceof LedgerError)
      return { kind: "unknown", message: error.cause instanceof Error ? error.cause.message : error.message };
    throw error;
  }
}
