/** What passes between stand-ins besides greetings: heads, missing blocks, transactions and the words of consensus. */
import { createHash } from "node:crypto";
import type { BlockRecord } from "../chain/block.ts";
import type { Chain } from "../chain/chain.ts";
import type { Pool } from "../chain/pool.ts";
import type { Consensus } from "../consensus/consensus.ts";
import type { Envelope } from "../consensus/envelope.ts";
import type { Log } from "../log.ts";
import type { Message, Peers } from "./peers.ts";

const BLOCKS_AT_ONCE = 200;
/** Validators make the block themselves; only who still lacks it then asks. */
const ASK_AFTER_MS = 150;
const SEEN_KEPT = 50_000;

export interface SyncParts {
  readonly chain: Chain;
  readonly pool: Pool;
  readonly peers: Peers;
  readonly consensus: Consensus;
  readonly log: Log;
}

export class Sync {
  readonly #parts: SyncParts;
  readonly #heads = new Map<string, number>();
  readonly #seen = new Set<string>();
  #asked: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: SyncParts) {
    this.#parts = parts;
    const { chain, pool, peers } = parts;
    peers.onConnected = (nodeId) => this.#greet(nodeId);
    peers.onMessage = (message, from) => this.#take(message, from);
    chain.onBlock(() => peers.broadcast(this.#status()));
    pool.onAdded(({ bytes }) => {
      this.#remember(bytes);
      peers.broadcast({ kind: "transaction", bytes });
    });
  }

  /** The highest head a connected peer spoke of, when it is more than a block ahead. */
  get target(): number | undefined {
    const highest = this.best;
    return highest > this.#parts.chain.head + 1 ? highest : undefined;
  }

  get best(): number {
    const there = new Set(this.#parts.peers.all.map(({ enode }) => enode.nodeId));
    const heads = [...this.#heads].filter(([nodeId]) => there.has(nodeId)).map(([, head]) => head);
    return Math.max(this.#parts.chain.head, ...heads);
  }

  say(envelope: Envelope): void {
    const message: Message = { kind: "consensus", envelope };
    this.#remember(JSON.stringify(message));
    this.#parts.peers.broadcast(message);
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #status(): Message {
    return { kind: "status", head: this.#parts.chain.head };
  }

  #greet(nodeId: string): void {
    const { peers, pool } = this.#parts;
    this.#heads.delete(nodeId);
    peers.send(nodeId, this.#status());
    for (const { bytes } of pool.all) peers.send(nodeId, { kind: "transaction", bytes });
  }

  #take(message: Message, from: string): void {
    const { chain, pool, peers, consensus } = this.#parts;
    switch (message.kind) {
      case "status":
        this.#heads.set(from, Number(message["head"]));
        this.#askSoon();
        return;
      case "getBlocks": {
        const first = Number(message["from"]);
        const records: BlockRecord[] = [];
        for (let at = first; at <= chain.head && records.length < BLOCKS_AT_ONCE; at += 1)
          records.push(chain.record(at)!);
        peers.send(from, { kind: "blocks", records });
        return;
      }
      case "blocks":
        this.#asked = undefined;
        consensus.between(() => this.#importAll(message["records"] as BlockRecord[]));
        return;
      case "transaction":
        // Once only: two of one nonce would replace each other from peer to peer without end.
        if (this.#remember(String(message["bytes"])))
          void pool.add(String(message["bytes"]), false).catch(() => undefined);
        return;
      case "consensus":
        if (!this.#remember(JSON.stringify(message))) return;
        peers.broadcast(message, from);
        consensus.hear(message["envelope"] as Envelope);
        return;
      default:
    }
  }

  async #importAll(records: readonly BlockRecord[]): Promise<void> {
    const { chain, log } = this.#parts;
    for (const record of records) {
      if (record.number !== chain.head + 1) continue;
      try {
        await chain.import(record);
      } catch (error) {
        log.warn(
          "BlockImport",
          `Block ${record.number} (${record.hash}) was not imported: ${(error as Error).message}`,
        );
        return;
      }
      log.info(
        "FullImportBlockStep",
        `Imported #${record.number} / ${record.transactions.length} tx / (${record.hash})`,
      );
    }
    this.#askSoon();
  }

  #askSoon(): void {
    if (this.#timer !== undefined || this.best <= this.#parts.chain.head) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const { chain, peers } = this.#parts;
      const ahead = [...this.#heads].filter(([, head]) => head > chain.head).map(([nodeId]) => nodeId);
      // Another one each time: the one asked last may be gone.
      const next = ahead.find((nodeId) => nodeId !== this.#asked) ?? ahead[0];
      if (next === undefined) return;
      this.#asked = next;
      peers.send(next, { kind: "getBlocks", from: chain.head + 1 });
    }, ASK_AFTER_MS);
  }

  /** False when it was here before: words are passed on once. */
  #remember(text: string): boolean {
    const key = createHash("sha256").update(text).digest("base64");
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    if (this.#seen.size > SEEN_KEPT)
      for (const oldest of [...this.#seen].slice(0, SEEN_KEPT / 2)) this.#seen.delete(oldest);
    return true;
  }
}
