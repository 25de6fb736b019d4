/** The chain itself, by the gateway's JSON-RPC: for what a page checks with its own eyes. */
import { client } from "../../../gateway/client/generated/client.gen.ts";

interface RpcAnswer {
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

async function post(method: string, params: readonly unknown[]): Promise<RpcAnswer> {
  const response = await fetch(`${client.getConfig().baseUrl ?? ""}/rpc`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
  });
  return (await response.json()) as RpcAnswer;
}

export async function askChain(method: string, params: readonly unknown[]): Promise<unknown> {
  const { result, error } = await post(method, params);
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}

/** A call at the end of a block; undefined when the node no longer has the state of it. */
export async function callChain(call: { to: string; data: string }, block: number): Promise<string | undefined> {
  const { result, error } = await post("eth_call", [call, `0x${block.toString(16)}`]);
  return error === undefined && typeof result === "string" && result !== "0x" ? result : undefined;
}
