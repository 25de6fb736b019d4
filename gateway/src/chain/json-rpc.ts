/** A chain node over JSON-RPC and HTTP. */
import type { ChainClient } from "./client.ts";

export interface JsonRpcOptions {
  /** One request; a batch of 50 is one request. */
  readonly timeoutMs?: number;
}

/** Several addresses are tried in turn: the first that answers serves. */
export function connectChain(_urls: string | readonly string[], _options: JsonRpcOptions = {}): ChainClient {
  throw new Error("lands next");
}
