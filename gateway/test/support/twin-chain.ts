/**
 * One chain on two real nodes: a conductor hands every transaction to both in one order and lets both make the same
 * blocks, so that their hashes are the same. One of them can lag, die with its memory, come back and catch up.
 */
import { strict as assert } from "node:assert";
import { setTimeout as sleep } from "node:timers/promises";
import { keccak256 } from "ethers";
import type { AnvilProcess } from "../../../scripts/chain/anvil.ts";
import { spawnAnvil } from "../../../scripts/chain/anvil.ts";
import { findFreePort } from "../../../scripts/chain/ports.ts";
import type { FaultProxy, RpcBody, RpcCall } from "./fault-proxy.ts";
import { startFaultProxy } from "./fault-proxy.ts";

export interface TwinNode {
  /** What the program under test talks to. */
  readonly proxy: FaultProxy;
  head(): Promise<number>;
  /** No blocks reach it until it catches up; what is sent to it waits in it. */
  lag(): Promise<void>;
  catchUp(): Promise<void>;
  /** Its process ends, and with it its memory: chain and pool. */
  kill(): Promise<void>;
  /** Begins at block 0 and is given every block again. */
  restart(): Promise<void>;
}

export interface TwinChain {
  readonly nodes: readonly [TwinNode, TwinNode];
  readonly urls: readonly string[];
  /** A way in that always works, whichever node is away: for the test itself. */
  readonly controlUrl: string;
  /** Transactions in blocks, by their bytes or fields: each at most once, or something had a second effect. */
  minedCalls(): readonly string[];
  /** While stopped no block is made but by `makeBlock`. */
  stopClock(): void;
  startClock(): void;
  makeBlock(): Promise<void>;
  stop(): Promise<void>;
}

type Write = Pick<RpcCall, "method" | "params">;
interface MadeBlock {
  readonly timestamp: number;
  readonly writes: readonly Write[];
}

const CHAIN_ID = 20_260;
const GENESIS_SECONDS = 1_760_000_000;
const BLOCK_MS = 120;
const isWrite = (method: string): boolean => /^(eth_send|anvil_|hardhat_|evm_)/.test(method);

export async function startTwinChain(): Promise<TwinChain> {
  const conductor = new Conductor();
  const nodes = [await conductor.addNode(), await conductor.addNode()] as const;
  const control = await startFaultProxy(() => conductor.anyUrl());
  control.answer = (call) => (isWrite(call.method) ? conductor.write(call) : undefined);
  conductor.startClock();
  return {
    nodes: [nodes[0].face(), nodes[1].face()],
    urls: nodes.map(({ proxy }) => proxy.url),
    controlUrl: control.url,
    minedCalls: () => conductor.blocks.flatMap(({ writes }) => writes).map(({ params }) => JSON.stringify(params)),
    stopClock: () => {
      conductor.stopClock();
    },
    startClock: () => {
      conductor.startClock();
    },
    makeBlock: () => conductor.makeBlock(),
    async stop() {
      await control.close();
      await conductor.stop();
    },
  };
}

class Conductor {
  readonly blocks: MadeBlock[] = [];
  #waiting: Write[] = [];
  #queue: Promise<unknown> = Promise.resolve();
  #clock: AbortController | undefined;
  readonly #nodes: Node[] = [];

  async addNode(): Promise<Node> {
    const node = new Node(this);
    this.#nodes.push(node);
    await node.open();
    return node;
  }

  anyUrl(): string {
    const node = this.#nodes.find(({ isFollowing }) => isFollowing);
    assert(node !== undefined, "one of the two must be there");
    return node.url;
  }

  /** One thing after another: a transaction that comes while a block is made is in the next one, on both. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#queue.then(work);
    this.#queue = result.catch(() => undefined);
    return result;
  }

  write({ method, params }: Write): Promise<RpcBody> {
    return this.inTurn(async () => {
      const answers: RpcBody[] = [];
      for (const node of this.#nodes) if (node.isFollowing) answers.push(await node.take({ method, params }));
      const [first] = answers;
      assert(first !== undefined, "one of the two must be there");
      if (first["error"] === undefined) this.#waiting.push({ method, params });
      return first;
    });
  }

  makeBlock(): Promise<void> {
    return this.inTurn(async () => {
      const block = { timestamp: GENESIS_SECONDS + this.blocks.length + 1, writes: this.#waiting };
      this.#waiting = [];
      this.blocks.push(block);
      const heads = new Set<string>();
      for (const node of this.#nodes) if (node.isFollowing) heads.add(await node.mine(block.timestamp));
      assert(heads.size <= 1, "both nodes make the same block");
    });
  }

  /** Gives a node everything from the block after `from` on. */
  async replay(node: Node, from: number): Promise<void> {
    for (const { timestamp, writes } of this.blocks.slice(from)) {
      for (const write of writes) await node.take(write);
      await node.mine(timestamp);
    }
    for (const write of this.#waiting) await node.take(write);
  }

  startClock(): void {
    if (this.#clock !== undefined) return;
    const clock = new AbortController();
    this.#clock = clock;
    void (async () => {
      while (!clock.signal.aborted) {
        await this.makeBlock();
        await sleep(BLOCK_MS);
      }
    })();
  }

  stopClock(): void {
    this.#clock?.abort();
    this.#clock = undefined;
  }

  async stop(): Promise<void> {
    this.stopClock();
    await this.#queue;
    for (const node of this.#nodes) await node.close();
  }
}

class Node {
  proxy!: FaultProxy;
  isFollowing = false;
  readonly #conductor: Conductor;
  readonly #strays: Write[] = [];
  #anvil: AnvilProcess | undefined;
  #port = 0;

  constructor(conductor: Conductor) {
    this.#conductor = conductor;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  async open(): Promise<void> {
    await this.#spawn();
    this.proxy = await startFaultProxy(() => this.url);
    this.proxy.answer = (call) => {
      if (!isWrite(call.method)) return undefined;
      return this.isFollowing ? this.#conductor.write(call) : Promise.resolve(this.#keep(call));
    };
    this.isFollowing = true;
  }

  async take({ method, params }: Write): Promise<RpcBody> {
    const { result, error } = await this.#ask(method, params);
    return error === undefined ? { result } : { error };
  }

  async mine(timestamp: number): Promise<string> {
    await this.#ask("evm_mine", [timestamp]);
    const { result } = await this.#ask("eth_getBlockByNumber", ["latest", false]);
    return (result as { hash: string }).hash;
  }

  async head(): Promise<number> {
    return Number((await this.#ask("eth_blockNumber", [])).result);
  }

  face(): TwinNode {
    return {
      proxy: this.proxy,
      head: () => this.head(),
      lag: () =>
        this.#conductor.inTurn(() => {
          this.isFollowing = false;
          return Promise.resolve();
        }),
      catchUp: () => this.#follow(),
      kill: async () => {
        await this.#conductor.inTurn(async () => {
          this.isFollowing = false;
          await this.proxy.vanish();
          await this.#anvil?.end();
        });
      },
      restart: async () => {
        await this.#spawn();
        await this.#follow();
        await this.proxy.comeBack();
      },
    };
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.#anvil?.end();
  }

  async #follow(): Promise<void> {
    if (this.isFollowing) return;
    await this.#conductor.inTurn(async () => {
      await this.#conductor.replay(this, await this.head());
      this.isFollowing = true;
    });
    for (const stray of this.#strays.splice(0)) await this.#conductor.write(stray);
  }

  /** A node without peers takes what it is given, and nobody hears of it. */
  #keep({ method, params }: RpcCall): RpcBody {
    this.#strays.push({ method, params });
    return { result: keccak256(String(params[0])) };
  }

  async #spawn(): Promise<void> {
    this.#port = await findFreePort();
    this.#anvil = await spawnAnvil({ port: this.#port, chainId: CHAIN_ID, clockAt: GENESIS_SECONDS });
  }

  async #ask(method: string, params: readonly unknown[]): Promise<{ result?: unknown; error?: unknown }> {
    const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
    const answer = await fetch(this.url, { method: "POST", headers: { "content-type": "application/json" }, body });
    return (await answer.json()) as { result?: unknown; error?: unknown };
  }
}
