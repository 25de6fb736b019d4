/** Calls that change nothing: what a contract answers, what it would revert with, and how much gas it takes. */
import type { Address, HexData } from "../kernel/ids.ts";
import { parseHexData } from "../kernel/ids.ts";
import type { CallOutcome, EstimateOutcome, StateOverrides } from "./client.ts";
import { revertOf } from "./node-errors.ts";
import type { RpcAnswer, RpcError, RpcRequest, RpcTransport } from "./rpc-transport.ts";
import { parseQuantity } from "./rpc-shapes.ts";

export interface CallRequest {
  readonly to: Address;
  readonly data: HexData;
  readonly from?: Address;
}

/** A call to nobody: every node that has the state of that block answers it. */
const NOBODY = { to: `0x${"0".repeat(40)}`, data: "0x" };

export async function runCall(
  rpc: RpcTransport,
  { request, tag, overrides }: { request: CallRequest; tag: string; overrides: StateOverrides | undefined },
): Promise<CallOutcome> {
  const params = overrides === undefined ? [request, tag] : [request, tag, overrides];
  const answer = await rpc.ask("eth_call", params);
  if (answer.ok) return { ok: true, data: parseHexData(answer.result as string) };
  return { ok: false, ...(await whyFailed(rpc, { method: "eth_call", params }, { answer, tag })) };
}

export async function runEstimate(
  rpc: RpcTransport,
  request: CallRequest & { from: Address },
): Promise<EstimateOutcome> {
  const params = [request];
  const answer = await rpc.ask("eth_estimateGas", params);
  if (answer.ok) return { ok: true, gas: parseQuantity(answer.result) };
  return { ok: false, ...(await whyFailed(rpc, { method: "eth_estimateGas", params }, { answer, tag: "latest" })) };
}

/** Throws `chain_unreachable` when it is the node that failed, not the call. */
async function whyFailed(
  rpc: RpcTransport,
  request: RpcRequest,
  { answer, tag }: { answer: RpcAnswer & { ok: false }; tag: string },
): Promise<{ data: HexData; message: string }> {
  const revert = revertOf(answer.error) ?? (await halted(rpc, request, { error: answer.error, tag }));
  return revert ?? (rpc.resultOf(answer) as never);
}

/**
 * Besu answers "Internal error" (-32603) to a call that runs out of gas or into an invalid instruction, as to trouble
 * of its own. A node that in the same breath runs a call to nobody on the same state is not in trouble: the call is at
 * fault, and asking again for ever would hold up everything behind it.
 */
async function halted(
  rpc: RpcTransport,
  request: RpcRequest,
  { error, tag }: { error: RpcError; tag: string },
): Promise<{ data: HexData; message: string } | undefined> {
  if (error.code !== -32603 || !/internal error/i.test(error.message)) return undefined;
  const [again, probe] = await rpc.askAll([request, { method: "eth_call", params: [NOBODY, tag] }]);
  if (again === undefined || again.ok || again.error.code !== -32603 || probe?.ok !== true) return undefined;
  return { data: "0x" as HexData, message: "the call stops with an exception: out of gas, or an invalid instruction" };
}
