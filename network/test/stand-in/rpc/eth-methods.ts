/** eth_*, net_* and web3_*: Besu's checks first, then the EVM's answer in Besu's dress. */
import { keccak256, Transaction } from "ethers";
import type { EvmAnswer } from "../chain/evm.ts";
import type { Backend } from "./backend.ts";
import { readLogs } from "./logs.ts";
import { readAddress, readBlockChoice, readBlockNumber, readHash, readStateBlock } from "./parameters.ts";
import { RpcRefusal } from "./rpc-errors.ts";

export type Method = (params: readonly unknown[]) => unknown;

const BFT_MIX_HASH = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365";

export const hexOf = (value: number | bigint): string => `0x${value.toString(16)}`;

type Json = Record<string, unknown>;

export function ethMethods(backend: Backend): Record<string, Method> {
  const { evm } = backend;
  const head = async (): Promise<number> => backend.head();
  return {
    eth_blockNumber: async () => hexOf(await head()),
    eth_chainId: () => hexOf(backend.chainId),
    eth_gasPrice: () => "0x0",
    eth_maxPriorityFeePerGas: () => "0x0",
    eth_blobBaseFee: (params) => evm.get("eth_blobBaseFee", params),
    eth_accounts: () => [],
    eth_baseFee: () => "0x0",
    eth_protocolVersion: () => "0x44",
    eth_syncing: async () => {
      const target = backend.syncTarget;
      if (target === undefined) return false;
      return { startingBlock: "0x0", currentBlock: hexOf(await head()), highestBlock: hexOf(target) };
    },
    eth_sendTransaction: async () => Promise.reject(new RpcRefusal("ETH_SEND_TX_NOT_AVAILABLE")),
    eth_sendRawTransaction: (params) => sendRaw(backend, params),
    eth_getBlockByNumber: async ([block, isFull]) => {
      const number = await readBlockNumber(backend, readBlockChoice(block));
      return number > (await head()) ? null : blockAt(backend, number, isFull === true);
    },
    eth_getBlockByHash: async ([hash, isFull]) => {
      const number = await numberOfBlock(backend, readHash(hash, "INVALID_BLOCK_HASH_PARAMS"));
      return number === undefined ? null : blockAt(backend, number, isFull === true);
    },
    eth_getBlockTransactionCountByNumber: async ([block]) => {
      const number = await readBlockNumber(backend, readBlockChoice(block));
      return number > (await head()) ? null : evm.get("eth_getBlockTransactionCountByNumber", [hexOf(number)]);
    },
    eth_getBlockReceipts: async ([block]) => {
      const number = await readBlockNumber(backend, readBlockChoice(block));
      if (number > (await head())) return null;
      const receipts = await evm.get<Json[] | null>("eth_getBlockReceipts", [hexOf(number)]);
      return receipts === null ? null : Promise.all(receipts.map((receipt) => dressReceipt(backend, receipt)));
    },
    eth_getTransactionReceipt: async ([hash]) => {
      const asked = readHash(hash, "INVALID_TRANSACTION_HASH_PARAMS");
      const receipt = await evm.get<Json | null>("eth_getTransactionReceipt", [asked]);
      if (receipt === null || Number(receipt["blockNumber"]) > (await head())) return null;
      return dressReceipt(backend, receipt);
    },
    eth_getTransactionByHash: async ([hash]) => {
      const asked = readHash(hash, "INVALID_TRANSACTION_HASH_PARAMS");
      const mined = await evm.get<Json | null>("eth_getTransactionByHash", [asked]);
      if (mined !== null && mined["blockNumber"] !== null) return mined;
      const waiting = backend.pool.find(asked);
      return waiting === undefined ? null : pendingTransaction(waiting);
    },
    eth_getTransactionCount: async ([address, block]) => {
      const sender = readAddress(address);
      const next = block === "pending" ? backend.pool.nextNonce(sender) : undefined;
      if (next !== undefined) return hexOf(next);
      return evm.get("eth_getTransactionCount", [sender, await readStateBlock(backend, block ?? "latest")]);
    },
    eth_getBalance: ([address, block]) => atState(backend, "eth_getBalance", [readAddress(address)], block),
    eth_getCode: ([address, block]) => atState(backend, "eth_getCode", [readAddress(address)], block),
    eth_getStorageAt: ([address, slot, block]) =>
      atState(backend, "eth_getStorageAt", [readAddress(address), slot], block),
    eth_getProof: ([address, slots, block]) => atState(backend, "eth_getProof", [readAddress(address), slots], block),
    eth_call: async ([call, block, overrides]) => {
      const state = await readStateBlock(backend, block);
      const answer = await evm.ask("eth_call", [
        readCall(call),
        state,
        ...(overrides === undefined ? [] : [overrides]),
      ]);
      return outcomeOf(answer);
    },
    eth_estimateGas: async ([call, block]) => {
      const at = await readStateBlock(backend, block ?? "latest");
      return outcomeOf(await evm.ask("eth_estimateGas", [readCall(call), at]));
    },
    eth_feeHistory: async ([count, newest, percentiles]) => {
      const number = await readBlockNumber(backend, readBlockChoice(newest));
      if (number > (await head())) throw new RpcRefusal("INVALID_BLOCK_NUMBER_PARAMS");
      return evm.get("eth_feeHistory", [count, hexOf(number), percentiles ?? []]);
    },
    eth_getLogs: ([filter]) => readLogs(backend, filter),
    net_version: () => String(backend.chainId),
    net_listening: () => true,
    net_peerCount: () => hexOf(backend.admin.peers().length),
    net_enode: () => backend.admin.enode,
    web3_clientVersion: () => backend.admin.clientName,
    web3_sha3: ([bytes]) => keccak256(String(bytes)),
  };
}

async function sendRaw(backend: Backend, params: readonly unknown[]): Promise<string> {
  const [bytes] = params;
  if (params.length !== 1 || typeof bytes !== "string" || !/^0x[0-9a-fA-F]+$/.test(bytes))
    throw new RpcRefusal("INVALID_PARAMS");
  const outcome = await backend.pool.add(bytes);
  if ("refusal" in outcome) throw new RpcRefusal(outcome.refusal);
  return outcome.hash;
}

async function atState(backend: Backend, method: string, params: readonly unknown[], block: unknown): Promise<unknown> {
  // Since 26.6.1 the block may be left out here, not in eth_call.
  const answer = await backend.evm.ask(method, [...params, await readStateBlock(backend, block ?? "latest")]);
  if (answer.ok) return answer.result;
  throw new RpcRefusal("WORLD_STATE_UNAVAILABLE");
}

function readCall(call: unknown): unknown {
  if (typeof call !== "object" || call === null) throw new RpcRefusal("INVALID_CALL_PARAMS");
  return call;
}

function outcomeOf(answer: EvmAnswer): unknown {
  if (answer.ok) return answer.result;
  const { data, message } = answer.error;
  if (/revert/i.test(message) || (typeof data === "string" && data !== "0x"))
    throw new RpcRefusal("REVERT_ERROR", { data: typeof data === "string" ? data : "0x", ...reasonOf(data) });
  throw new RpcRefusal("INTERNAL_ERROR");
}

/** Besu adds the words of an Error(string) to its message. */
function reasonOf(data: unknown): { suffix: string } | Record<string, never> {
  if (typeof data !== "string" || !data.startsWith("0x08c379a0")) return {};
  const length = Number(`0x${data.slice(74, 138)}`);
  return { suffix: Buffer.from(data.slice(138, 138 + 2 * length), "hex").toString("utf8") };
}

async function numberOfBlock(backend: Backend, hash: string): Promise<number | undefined> {
  if (hash === backend.genesisHash) return 0;
  const block = await backend.evm.get<{ number: string } | null>("eth_getBlockByHash", [hash, false]);
  if (block === null) return undefined;
  const number = Number(block.number);
  return number > (await backend.head()) ? undefined : number;
}

export async function blockAt(backend: Backend, number: number, isFull: boolean): Promise<Json | null> {
  const block = await backend.evm.get<Json | null>("eth_getBlockByNumber", [hexOf(number), isFull]);
  if (block === null) return null;
  return { ...block, difficulty: "0x1", mixHash: BFT_MIX_HASH, ...(await backend.headerFacts(number)) };
}

async function dressReceipt(backend: Backend, receipt: Json): Promise<Json> {
  if (!backend.isRevertReasonKept || receipt["status"] !== "0x0") return receipt;
  const revertReason = await revertReasonOf(backend, receipt);
  return revertReason === undefined ? receipt : { ...receipt, revertReason };
}

/** The EVM keeps none: the call is made again on the state of the block before, which is nearly always the same. */
async function revertReasonOf(backend: Backend, receipt: Json): Promise<string | undefined> {
  const transaction = await backend.evm.get<Json | null>("eth_getTransactionByHash", [receipt["transactionHash"]]);
  const { from, to, input, gas, value } = transaction ?? {};
  const before = hexOf(Number(receipt["blockNumber"]) - 1);
  const answer = await backend.evm.ask("eth_call", [{ from, to, input, gas, value }, before]);
  if (answer.ok || typeof answer.error.data !== "string" || answer.error.data === "0x") return undefined;
  return answer.error.data;
}

/** Besu's TransactionPendingResult: with fees, since deployers read them; `gasPrice` falls back to `maxFeePerGas`. */
function pendingTransaction({ bytes: raw }: { readonly bytes: string }): Json {
  const waiting = Transaction.from(raw);
  const { type, hash, from, nonce, gasLimit, to, value, data, chainId, signature } = waiting;
  const { gasPrice, maxFeePerGas, maxPriorityFeePerGas } = waiting;
  return {
    ...{ blockHash: null, blockNumber: null, transactionIndex: null, hash, from: from?.toLowerCase() ?? null },
    ...{ chainId: hexOf(chainId), type: hexOf(type ?? 0), nonce: hexOf(nonce), gas: hexOf(gasLimit), input: data },
    ...{ to: to?.toLowerCase() ?? null, value: hexOf(value), raw, r: signature?.r, s: signature?.s },
    gasPrice: hexOf(gasPrice ?? maxFeePerGas ?? 0n),
    ...(maxFeePerGas === null ? {} : { maxFeePerGas: hexOf(maxFeePerGas) }),
    ...(maxPriorityFeePerGas === null ? {} : { maxPriorityFeePerGas: hexOf(maxPriorityFeePerGas) }),
  };
}
