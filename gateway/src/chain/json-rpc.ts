/** The chain over JSON-RPC and HTTP, from whichever of its nodes can serve. */
import type { Address, HexData } from "../kernel/ids.ts";
import { parseHexData } from "../kernel/ids.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { ChainClient, SendOutcome } from "./client.ts";
import { LogFetcher } from "./fetch-logs.ts";
import { HeadWatch } from "./head-watch.ts";
import type { ChainIdentity } from "./node-list.ts";
import { minedReads } from "./mined-reads.ts";
import { isHeldSomewhere, mayBeSetBack, viewNodes } from "./node-views.ts";
import { RpcTransport } from "./rpc-transport.ts";
import { parseBlock, parseNumber, quantity } from "./rpc-shapes.ts";
import { runCall, runEstimate } from "./run-call.ts";
import { classifySendError } from "./send-errors.ts";

export interface JsonRpcOptions {
  /** One request; a batch of 50 is one request. */
  readonly timeoutMs?: number;
  /** Left out: whatever chain the nodes serve. */
  readonly expected?: ChainIdentity | undefined;
  /** Told when a node is set aside, comes back, or serves another chain. */
  readonly log?: Log;
  /** A head that stands for so long is compared with those of the other nodes; left out: 8 s. */
  readonly stillMs?: number;
}

/** Several addresses: one serves until it fails; then the next takes over, with the same requests. */
export function connectChain(urls: string | readonly string[], options: JsonRpcOptions = {}): ChainClient {
  const rpc = new RpcTransport({
    urls: typeof urls === "string" ? [urls] : urls,
    timeoutMs: options.timeoutMs ?? 10_000,
    expected: options.expected,
    log: options.log,
  });
  const watch = new HeadWatch(rpc, options.stillMs);
  const logs = new LogFetcher(rpc);
  const tagOf = (block: number | "latest"): string => (block === "latest" ? block : quantity(block));

  return {
    chainId: async () => parseNumber(await rpc.get("eth_chainId", [])),
    async headNumber() {
      const head = parseNumber(await rpc.get("eth_blockNumber", []));
      await watch.saw(head);
      return head;
    },
    async block(number) {
      const json = await rpc.get("eth_getBlockByNumber", [tagOf(number), false]);
      const block = json === null ? undefined : parseBlock(json);
      if (number === "latest" && block !== undefined) await watch.saw(block.number);
      return block;
    },
    logs: (from, to) => logs.fetch(from, to),
    ...minedReads(rpc),
    nonceOf: async (account, tag) => parseNumber(await rpc.get("eth_getTransactionCount", [account, tag])),
    noncesOf: (accounts) => noncesOf(rpc, accounts),
    isSyncing: async () => (await rpc.get("eth_syncing", [])) !== false,
    mayBeSetBack: () => mayBeSetBack(rpc),
    isHeldSomewhere: (number, hash) => isHeldSomewhere(rpc, number, hash),
    nodes: () => viewNodes(rpc),
    estimateGas: (request) => runEstimate(rpc, request),
    call: (request, blockNumber, overrides) =>
      runCall(rpc, { request, tag: tagOf(blockNumber ?? "latest"), overrides }),
    codeOf: async (account) => parseHexData((await rpc.get("eth_getCode", [account, "latest"])) as string),
    send: (raw) => send(rpc, raw),
    ask: (requests) => rpc.askAll(requests),
    close: () => undefined,
  };
}

/** One less than fits into one request. */
const NONCES_PER_REQUEST = 49;

async function noncesOf(rpc: RpcTransport, accounts: readonly Address[]): Promise<{ nonces: number[]; head: number }> {
  const nonces: number[] = [];
  let head = 0;
  // With each part the head last: at least as high as where the node read them.
  for (let from = 0; from < accounts.length; from += NONCES_PER_REQUEST) {
    const part = accounts.slice(from, from + NONCES_PER_REQUEST);
    const counts = part.map((account) => ({ method: "eth_getTransactionCount", params: [account, "latest"] }));
    const numbers = (await rpc.getAll([...counts, { method: "eth_blockNumber", params: [] }])).map(parseNumber);
    head = Math.max(head, numbers.pop() ?? 0);
    nonces.push(...numbers);
  }
  return { nonces, head };
}

/**
 * Never throws: whatever happens on the way, the bytes may have reached a node. They go to the next node as they are,
 * and mean the same there, whichever of them had them first.
 */
async function send(rpc: RpcTransport, raw: HexData): Promise<SendOutcome> {
  try {
    const { answer, isUnsure } = await rpc.askSurely("eth_sendRawTransaction", [raw]);
    if (answer.ok) return { kind: "accepted" };
    const outcome = classifySendError(answer.error.message);
    // Another node may have taken what this one refuses: only a refusal that stands alone is believed.
    return outcome.kind === "refused" && isUnsure ? { kind: "unknown", message: outcome.message } : outcome;
  } catch (error) {
    if (error instanceof LedgerError)
      return { kind: "unknown", message: error.cause instanceof Error ? error.cause.message : error.message };
    throw error;
  }
}
