/**
 * Sees to it that a node which stands still, or has fallen behind, does not serve for ever: a Besu node that lost its
 * peers answers every request, and does not know that it is behind (`eth_syncing` is false).
 */
import type { ChainNode } from "./node-list.ts";
import type { RpcTransport } from "./rpc-transport.ts";
import { parseNumber } from "./rpc-shapes.ts";

/** Two block periods and more: blocks come every 1 to 5 s. */
const STILL_MS = 8_000;
/** One block ahead is nothing: blocks reach nodes one after the other. */
const BLOCKS_BEHIND_MAX = 1;
const LOOK_EVERY_MS = 2_000;
const LOOK_MS_MAX = 2_000;

export class HeadWatch {
  readonly #rpc: RpcTransport;
  readonly #stillMs: number;
  #highest = -1;
  #movedAt = 0;
  #lookedAt = 0;

  constructor(rpc: RpcTransport, stillMs = STILL_MS) {
    this.#rpc = rpc;
    this.#stillMs = stillMs;
  }

  /** Told every head that a node names; looks at the others when there is a reason to. */
  async saw(head: number): Promise<void> {
    const now = Date.now();
    if (head > this.#highest) {
      this.#highest = head;
      this.#movedAt = now;
      return;
    }
    if (this.#rpc.nodes.all.length === 1) return;
    if (head === this.#highest && now - this.#movedAt < this.#stillMs) return;
    if (now - this.#lookedAt < LOOK_EVERY_MS) return;
    this.#lookedAt = now;
    await this.#preferHighest(head);
  }

  async #preferHighest(head: number): Promise<void> {
    const { nodes } = this.#rpc;
    const serving = nodes.preferred;
    const others = nodes.all.filter((node) => node !== serving && !nodes.isAway(node));
    const heads = await Promise.all(others.map((node) => headOf(this.#rpc, node)));
    const best = heads.reduce<number>((one, other) => Math.max(one, other ?? -1), -1);
    const ahead = others[heads.indexOf(best)];
    if (ahead === undefined || best <= head + BLOCKS_BEHIND_MAX || nodes.preferred !== serving) return;
    nodes.setAside(serving, `it stands ${best - head} blocks behind the others`);
    nodes.served(ahead);
  }
}

/** Undefined when it does not say in time. */
export async function headOf(rpc: RpcTransport, node: ChainNode, timeoutMs = LOOK_MS_MAX): Promise<number | undefined> {
  try {
    // The one that serves has more time for its work than a look has patience.
    const isSpared = node === rpc.nodes.preferred;
    const requests = [{ method: "eth_blockNumber", params: [] }];
    const [answer] = await rpc.askNode(node, requests, { timeoutMs, isSpared });
    return answer?.ok === true ? parseNumber(answer.result) : undefined;
  } catch {
    return undefined;
  }
}
