/** JSON-RPC for wallets and other people's programs: what is allowed is asked of a node, and its own words are handed on. */
import type { RpcAnswer } from "../../chain/client.ts";
import { readSignedTransaction } from "../../chain/signed-transaction.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { HexData } from "../../kernel/ids.ts";
import type { Rooms } from "../rooms.ts";
import { assertBounded, assertNarrow, GAS_MAX, methodOf } from "./methods.ts";

export interface RpcCall {
  readonly method: string;
  readonly params: readonly unknown[];
}

type RpcRooms = Pick<Rooms, "chain" | "deployment">;

/** What several calls of a batch may need. */
interface Look {
  head?: Promise<number>;
}

/** One answer to each, in the order asked; a call that is refused does not touch the others. */
export async function answerRpc(rooms: RpcRooms, calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
  const look: Look = {};
  const answers = await Promise.all(calls.map((call) => orRefused(() => answerHere(rooms, call, look))));
  // What only a node knows is asked in one go: all of it is as one node sees it.
  const left = calls.filter((_, index) => answers[index] === undefined);
  const nodes = left.length === 0 ? [] : await askNode(rooms, left);
  return answers.map((answer) => answer ?? nodes.shift() ?? refused(new LedgerError("internal", { requestId: "rpc" })));
}

async function askNode({ chain }: RpcRooms, calls: readonly RpcCall[]): Promise<RpcAnswer[]> {
  try {
    return [...(await chain.ask(calls))];
  } catch (error) {
    if (!(error instanceof LedgerError)) throw error;
    return calls.map(() => refused(error));
  }
}

/** Undefined: a node must be asked. */
async function answerHere(rooms: RpcRooms, call: RpcCall, look: Look): Promise<RpcAnswer | undefined> {
  const { method: name, params } = call;
  const method = methodOf(name);
  assertBounded(name, params, method);
  switch (method.way) {
    case "here":
      return { ok: true, result: constantOf(name, rooms) };
    case "logs":
      look.head ??= rooms.chain.headNumber();
      assertNarrow(params[0], await look.head);
      return undefined;
    case "send":
      return { ok: true, result: await send(rooms, params[0]) };
    case "node":
      return undefined;
  }
}

/** Where a node's own answer would say too much of it, or nothing. */
function constantOf(name: string, { deployment: { chainId } }: RpcRooms): unknown {
  switch (name) {
    case "eth_chainId":
      return `0x${chainId.toString(16)}`;
    case "net_version":
      return String(chainId);
    case "eth_accounts":
      return [];
    case "eth_maxPriorityFeePerGas":
      return "0x0";
    case "eth_syncing":
      return false;
    case "web3_clientVersion":
      return "alliance-points-ledger";
    default:
      return true;
  }
}

const notSent = (problem: string): never => {
  throw new LedgerError("rpc_transaction_refused", { problem });
};

/** Read before it goes on: one of another chain, or a gas limit that would fill blocks, is refused here in words. */
async function send({ chain, deployment: { chainId } }: RpcRooms, raw: unknown): Promise<string> {
  if (typeof raw !== "string" || !/^0x([0-9a-fA-F]{2})+$/.test(raw)) return notSent("it is not hex bytes");
  const signed = readSignedTransaction(raw as HexData);
  if (signed === undefined) return notSent("it is no signed transaction");
  if (signed.chainId !== chainId) notSent(`it is signed for chain ${signed.chainId}, and this is ${chainId}`);
  if (signed.gasLimit > GAS_MAX) notSent(`its gas limit ${signed.gasLimit} is above ${GAS_MAX}`);
  const outcome = await chain.send(raw as HexData);
  switch (outcome.kind) {
    case "accepted":
    case "known":
      return signed.hash;
    case "nonceUsed":
      return notSent("nonce too low: the account has sent another transaction with this number");
    case "nonceGap":
      return notSent("nonce too high: transactions with lower numbers are missing");
    case "refused":
      return notSent(outcome.message.slice(0, 200));
    case "unknown":
      throw new LedgerError("chain_unreachable", { timeoutMs: 10_000 });
  }
}

async function orRefused(run: () => Promise<RpcAnswer | undefined>): Promise<RpcAnswer | undefined> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof LedgerError) return refused(error);
    throw error;
  }
}

/** Numbers of EIP-1474. Ours that is none of these is an invalid request. */
const NUMBERS: Readonly<Record<string, number>> = {
  rpc_method_unknown: -32601,
  rpc_params_invalid: -32602,
  rpc_range_too_wide: -32005,
  rpc_transaction_refused: -32003,
  rate_limited: -32005,
  chain_unreachable: -32002,
  chain_mismatch: -32002,
  internal: -32603,
};

export function refused(error: LedgerError): RpcAnswer & { ok: false } {
  const { code, facts } = error;
  const data = { name: code, facts, zh: error.sentence("zh") };
  return { ok: false, error: { code: NUMBERS[code] ?? -32600, message: error.sentence("en"), data } };
}
