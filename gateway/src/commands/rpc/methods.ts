/** What anybody may ask of the chain through the gateway. Everything else does not exist here, whatever a node knows. */
import { LedgerError } from "../../kernel/errors.ts";

/** `node`: handed on as it is. `here`: answered without a node. `logs` and `send` are looked at first. */
export type Way = "node" | "here" | "logs" | "send";

interface Method {
  readonly way: Way;
  /** More are refused: state overrides of calls are for our own previews. */
  readonly paramsMax: number;
}

export const METHODS: Readonly<Record<string, Method>> = {
  eth_accounts: { way: "here", paramsMax: 0 },
  eth_blockNumber: { way: "node", paramsMax: 0 },
  eth_call: { way: "node", paramsMax: 2 },
  eth_chainId: { way: "here", paramsMax: 0 },
  eth_estimateGas: { way: "node", paramsMax: 2 },
  eth_feeHistory: { way: "node", paramsMax: 3 },
  eth_gasPrice: { way: "node", paramsMax: 0 },
  eth_getBalance: { way: "node", paramsMax: 2 },
  eth_getBlockByHash: { way: "node", paramsMax: 2 },
  eth_getBlockByNumber: { way: "node", paramsMax: 2 },
  eth_getBlockTransactionCountByHash: { way: "node", paramsMax: 1 },
  eth_getBlockTransactionCountByNumber: { way: "node", paramsMax: 1 },
  eth_getCode: { way: "node", paramsMax: 2 },
  eth_getLogs: { way: "logs", paramsMax: 1 },
  eth_getStorageAt: { way: "node", paramsMax: 3 },
  eth_getTransactionByBlockHashAndIndex: { way: "node", paramsMax: 2 },
  eth_getTransactionByBlockNumberAndIndex: { way: "node", paramsMax: 2 },
  eth_getTransactionByHash: { way: "node", paramsMax: 1 },
  eth_getTransactionCount: { way: "node", paramsMax: 2 },
  eth_getTransactionReceipt: { way: "node", paramsMax: 1 },
  eth_maxPriorityFeePerGas: { way: "here", paramsMax: 0 },
  eth_sendRawTransaction: { way: "send", paramsMax: 1 },
  eth_syncing: { way: "here", paramsMax: 0 },
  net_listening: { way: "here", paramsMax: 0 },
  net_version: { way: "here", paramsMax: 0 },
  web3_clientVersion: { way: "here", paramsMax: 0 },
};

/** A block of logs is 100 kB on a busy day; of 2,000 a node makes one answer in a second. */
export const LOG_BLOCKS_MAX = 2_000;
/** Our own largest call, a proposal of eight actions carried out, takes a fifth of it. */
export const GAS_MAX = 30_000_000n;
const FEE_BLOCKS_MAX = 100;

export function methodOf(name: string): Method {
  const method = Object.hasOwn(METHODS, name) ? METHODS[name] : undefined;
  if (method === undefined) throw new LedgerError("rpc_method_unknown", { method: name.slice(0, 50) });
  return method;
}

/** What is bounded beside the number of parameters. */
export function assertBounded(name: string, params: readonly unknown[], { paramsMax }: Method): void {
  if (params.length > paramsMax)
    throw new LedgerError("rpc_params_invalid", { method: name, problem: `takes at most ${paramsMax} parameters` });
  if (name === "eth_feeHistory" && !(Number(params[0]) <= FEE_BLOCKS_MAX))
    throw new LedgerError("rpc_params_invalid", {
      method: name,
      problem: `goes back at most ${FEE_BLOCKS_MAX} blocks`,
    });
}

/** Words for the newest block. A chain with final blocks has only that one meaning for them. */
const NEWEST = ["latest", "pending", "safe", "finalized"];

function blockOf(name: unknown, head: number): number {
  if (name === undefined || name === null || NEWEST.includes(name as string)) return head;
  if (name === "earliest") return 0;
  if (typeof name === "string" && /^0x[0-9a-fA-F]{1,12}$/.test(name)) return Number(name);
  throw new LedgerError("rpc_params_invalid", { method: "eth_getLogs", problem: "has a block that is none" });
}

/** Whoever wants more asks for one range after another. */
export function assertNarrow(filter: unknown, head: number): void {
  if (typeof filter !== "object" || filter === null)
    throw new LedgerError("rpc_params_invalid", { method: "eth_getLogs", problem: "needs a filter" });
  const { fromBlock, toBlock, blockHash } = filter as Record<string, unknown>;
  if (blockHash !== undefined) return;
  const blocks = blockOf(toBlock, head) - blockOf(fromBlock, head) + 1;
  if (blocks > LOG_BLOCKS_MAX) throw new LedgerError("rpc_range_too_wide", { blocks, max: LOG_BLOCKS_MAX });
}
