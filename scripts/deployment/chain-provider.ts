/** The chain as Ignition wants it (EIP-1193), over JSON-RPC by HTTP, signing here when a key is given. */
import type { EIP1193Provider, RequestArguments } from "@nomicfoundation/ignition-core";

import { Wallet } from "ethers";

/** Long enough for a busy laptop to mine a block of deployments, short enough to notice a node that hangs. */
const REQUEST_TIMEOUT_MS = 30_000;

/** What a node answered instead of a result; Ignition reads `code` and `data` to decode reverts. */
class RpcError extends Error {
  readonly code: number;
  readonly data: unknown;

  constructor({ message, code, data }: { message: string; code: number; data?: unknown }) {
    super(message);
    this.name = "RpcError";
    this.code = code;
    this.data = data;
  }
}

interface RpcAnswer {
  readonly result?: unknown;
  readonly error?: { message: string; code: number; data?: unknown };
}

/**
 * @param rpcUrl The node.
 * @param privateKey The deployer's key. Without it the node signs, as a development chain does for its own accounts.
 */
export function createChainProvider(rpcUrl: string, privateKey?: string): EIP1193Provider {
  const wallet = privateKey === undefined ? undefined : new Wallet(privateKey);
  return {
    async request({ method, params }: RequestArguments): Promise<unknown> {
      const list = Array.isArray(params) ? (params as unknown[]) : [];
      if (wallet !== undefined && method === "eth_accounts") return [wallet.address];
      if (wallet !== undefined && method === "eth_sendTransaction") {
        const signed = await signTransaction(wallet, list[0] as Record<string, string>, async () =>
          String(await call(rpcUrl, "eth_chainId", [])),
        );
        return await call(rpcUrl, "eth_sendRawTransaction", [signed]);
      }
      return await call(rpcUrl, method, list);
    },
  };
}

async function call(rpcUrl: string, method: string, params: readonly unknown[]): Promise<unknown> {
  const response = await fetch(rpcUrl, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const answer = (await response.json()) as RpcAnswer;
  if (answer.error !== undefined) throw new RpcError(answer.error);
  return answer.result;
}

/** Ignition fills in nonce, gas and fees; the chain id it leaves to the node. */
async function signTransaction(
  wallet: Wallet,
  fields: Record<string, string>,
  fetchChainId: () => Promise<string>,
): Promise<string> {
  const { from: _from, gas, nonce, ...rest } = fields;
  return await wallet.signTransaction({
    ...rest,
    nonce: Number(nonce),
    gasLimit: BigInt(gas ?? 0),
    chainId: BigInt(await fetchChainId()),
    type: "gasPrice" in rest ? 0 : 2,
  });
}
