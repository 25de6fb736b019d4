/** eth_subscribe over one WebSocket: newHeads and logs, never replayed after a reconnect. */
import type { Backend } from "./backend.ts";
import type { Request } from "./dispatch.ts";
import { blockAt, hexOf } from "./eth-methods.ts";
import { readLogs } from "./logs.ts";
import { RpcRefusal } from "./rpc-errors.ts";

export class Subscriptions {
  readonly #backend: Backend;
  readonly #send: (message: string) => void;
  readonly #open = new Map<string, () => void>();
  #count = 0;

  constructor(backend: Backend, send: (message: string) => void) {
    this.#backend = backend;
    this.#send = send;
  }

  /** Undefined for a method that is not of subscriptions. */
  answer({ id, method, params }: Request): object | undefined {
    if (method !== "eth_subscribe" && method !== "eth_unsubscribe") return undefined;
    const head = { jsonrpc: "2.0", id: id ?? null };
    const [what, filter] = (params ?? []) as unknown[];
    try {
      return { ...head, result: method === "eth_subscribe" ? this.#subscribe(what, filter) : this.#end(String(what)) };
    } catch (error) {
      return { ...head, error: (error as RpcRefusal).json };
    }
  }

  end(): void {
    for (const stop of this.#open.values()) stop();
    this.#open.clear();
  }

  #subscribe(what: unknown, filter: unknown): string {
    const key = hexOf((this.#count += 1));
    if (what === "newHeads")
      this.#open.set(
        key,
        this.#backend.onHead((block) => void this.#sendHead(key, block)),
      );
    else if (what === "logs")
      this.#open.set(
        key,
        this.#backend.onHead((block) => void this.#sendLogs(key, block, filter)),
      );
    else if (what === "newPendingTransactions" || what === "syncing") this.#open.set(key, () => undefined);
    else throw new RpcRefusal("INVALID_SUBSCRIPTION_PARAMS");
    return key;
  }

  #end(key: string): boolean {
    const stop = this.#open.get(key);
    if (stop === undefined) throw new RpcRefusal("SUBSCRIPTION_NOT_FOUND");
    stop();
    return this.#open.delete(key);
  }

  async #sendHead(key: string, number: number): Promise<void> {
    const block = await blockAt(this.#backend, number, false).catch(() => null);
    if (block === null) return;
    const { transactions: _transactions, uncles: _uncles, size: _size, withdrawals: _withdrawals, ...header } = block;
    this.#tell(key, header);
  }

  async #sendLogs(key: string, block: number, filter: unknown): Promise<void> {
    const range = { ...(filter as object), fromBlock: hexOf(block), toBlock: hexOf(block) };
    const logs = (await readLogs(this.#backend, range).catch(() => [])) as object[];
    for (const log of logs) this.#tell(key, log);
  }

  #tell(subscription: string, result: object): void {
    if (this.#open.has(subscription))
      this.#send(JSON.stringify({ jsonrpc: "2.0", method: "eth_subscription", params: { subscription, result } }));
  }
}
