/** One phase: all keys send what they are told, and what the chain confirmed is counted from its events, block by block. */
import { setImmediate, setTimeout as sleep } from "node:timers/promises";
import { SetupError } from "../tooling/setup-error.ts";
import type { BenchNodes, BlockFacts, EventLog } from "./nodes.ts";
import type { Call, Sender } from "./sender.ts";

/** Often enough that a block is seen a twentieth of 2 s late, seldom enough to cost a node nothing. */
const POLL_MS = 100;
/** Besu answers 5,000 blocks of logs at once and no more. */
const LOG_BLOCKS_MAX = 1_000;
/** A key of which nothing was confirmed for so long sends again, to the next node: a dropped transaction blocks all behind it. */
const PATIENCE_MS = 15_000;
/** What is still on its way when the time is over is waited for, so that the next phase begins with empty pools. */
const DRAIN_MS = 60_000;
export interface Phase {
  readonly name: string;
  readonly seconds: number;
  readonly senders: readonly Sender[];
  /** What this key sends next. */
  readonly next: (sender: number, count: number) => Call;
  readonly filter: { readonly address: readonly string[]; readonly topics: readonly unknown[] };
  /** Who did it, and how many issues or swaps it was. */
  readonly read: (log: EventLog) => { readonly by: string; readonly effects: number };
}

export interface Outcome {
  readonly name: string;
  readonly effects: number;
  readonly transactions: number;
  readonly refused: number;
  /** Seconds between the first and the last block that were counted. */
  readonly seconds: number;
  readonly blocks: number;
  readonly perSecond: number;
  readonly blockPeriodSeconds: number;
  /** Gas used, of all gas that the blocks had. */
  readonly fullness: number;
  /** Milliseconds from signing to being seen confirmed: half and 95 % of the transactions were faster. */
  readonly latencyMs: { readonly median: number; readonly p95: number };
}

interface SeenBlock extends BlockFacts {
  readonly seenAt: number;
  readonly effects: number;
}

export class Measurement {
  readonly #nodes: BenchNodes;
  readonly #phase: Phase;
  readonly #byAddress: ReadonlyMap<string, Sender>;
  readonly #sent: number[];
  /** The node each key sends to. */
  readonly #goesTo: number[];
  readonly #blocks: SeenBlock[] = [];
  readonly #latencies: number[] = [];
  #head = 0;
  /** When a node last answered, in ms. */
  #readAt = performance.now();
  #transactions = 0;
  /** Before this phase began. */
  readonly #refusedBefore: number;

  constructor(nodes: BenchNodes, phase: Phase) {
    this.#nodes = nodes;
    this.#phase = phase;
    this.#byAddress = new Map(phase.senders.map((sender) => [sender.address.toLowerCase(), sender]));
    this.#sent = phase.senders.map(() => 0);
    this.#goesTo = phase.senders.map((_, index) => index);
    this.#refusedBefore = this.#refused();
  }

  async run(tell: (line: string) => void): Promise<Outcome> {
    this.#head = (await this.#nodes.block("latest")).number;
    const startedAt = performance.now();
    const endsAt = startedAt + this.#phase.seconds * 1_000;
    let toldAt = startedAt;
    const feeding = this.#feedUntil(endsAt);
    while (performance.now() < endsAt) {
      await this.#step();
      if (performance.now() - toldAt > 5_000) {
        toldAt = performance.now();
        const left = Math.max(0, Math.round((endsAt - toldAt) / 1_000));
        tell(`bench: ${this.#phase.name}: ${this.#effects()} confirmed, ${left} s left`);
      }
    }
    const measured = this.#blocks.length;
    await feeding;
    await this.#drain();
    return this.#outcome(this.#blocks.slice(0, measured));
  }

  /** Keeps every key's share on its way. Signing yields after each key, so that blocks are seen when they come. */
  async #feedUntil(endsAt: number): Promise<void> {
    const handed = new Set<Promise<void>>();
    while (performance.now() < endsAt) {
      for (const [index, sender] of this.#phase.senders.entries()) {
        const raws = this.#fill(index, sender);
        if (raws.length === 0) continue;
        const one = this.#nodes.hand(this.#goesTo[index] ?? 0, raws).finally(() => handed.delete(one));
        handed.add(one);
        await setImmediate();
      }
      await sleep(POLL_MS);
    }
    await Promise.all(handed);
  }

  #fill(index: number, sender: Sender): string[] {
    const raws: string[] = [];
    for (let room = sender.room; room > 0; room--) {
      const count = this.#sent[index] ?? 0;
      raws.push(sender.sign(this.#phase.next(index, count), performance.now()));
      this.#sent[index] = count + 1;
    }
    return raws;
  }

  /** What a node refuses now (one that lags does not know the newest block) another or the same gives a moment later. */
  async #step(): Promise<void> {
    await sleep(POLL_MS);
    try {
      await this.#follow();
      await this.#pushStuck();
      this.#readAt = performance.now();
    } catch (error) {
      if (performance.now() - this.#readAt > PATIENCE_MS) throw error;
    }
  }

  /** Counts the blocks that are new, at most so many that every node answers for their logs. */
  async #follow(): Promise<void> {
    const latest = await this.#nodes.block("latest");
    const last = Math.min(latest.number, this.#head + LOG_BLOCKS_MAX);
    if (last <= this.#head) return;
    const [fromBlock, toBlock] = [this.#head + 1, last].map((number) => `0x${number.toString(16)}`);
    const filter = { ...this.#phase.filter, fromBlock, toBlock };
    const logs = await this.#nodes.read<readonly (EventLog & { blockNumber: string })[]>("eth_getLogs", [filter]);
    const headers: BlockFacts[] = [];
    for (let number = this.#head + 1; number < last; number++) headers.push(await this.#nodes.block(number));
    headers.push(last === latest.number ? latest : await this.#nodes.block(last));

    // All is there: from here on nothing waits, so that nothing is counted twice when a node fails in between.
    const now = performance.now();
    const effects = new Map<number, number>();
    for (const log of logs) {
      const { by, effects: some } = this.#phase.read(log);
      const sender = this.#byAddress.get(by.toLowerCase());
      if (sender === undefined) continue; // not of this bench
      const number = Number(log.blockNumber);
      effects.set(number, (effects.get(number) ?? 0) + some);
      this.#latencies.push(sender.confirm(now));
      this.#transactions += 1;
    }
    for (const block of headers) this.#blocks.push({ ...block, seenAt: now, effects: effects.get(block.number) ?? 0 });
    this.#head = last;
  }

  async #pushStuck(): Promise<void> {
    const now = performance.now();
    for (const [index, sender] of this.#phase.senders.entries()) {
      if (!sender.isStuck(now, PATIENCE_MS)) continue;
      // At the block up to which events are counted: what a later one took is not refused, only not counted yet.
      const counted = `0x${this.#head.toString(16)}`;
      const taken = Number(await this.#nodes.read<string>("eth_getTransactionCount", [sender.address, counted]));
      const node = (this.#goesTo[index] ?? 0) + 1;
      this.#goesTo[index] = node;
      await this.#nodes.hand(node, sender.remaining(taken, now));
    }
  }

  async #drain(): Promise<void> {
    const until = performance.now() + DRAIN_MS;
    while (this.#phase.senders.some(({ isIdle }) => !isIdle) && performance.now() < until) {
      await this.#step();
    }
  }

  #refused(): number {
    return this.#phase.senders.reduce((total, { refused }) => total + refused, 0);
  }

  #effects(): number {
    return this.#blocks.reduce((sum, { effects }) => sum + effects, 0);
  }

  /** From the first block with an effect to the last one seen in time: what came in the first began before it. */
  #outcome(blocks: readonly SeenBlock[]): Outcome {
    const begin = blocks.findIndex(({ effects }) => effects > 0);
    const [first, last] = [blocks[begin], blocks.at(-1)];
    if (first === undefined || last === undefined || last.number === first.number) {
      throw new SetupError(
        `In ${this.#phase.seconds} s the chain confirmed ${first === undefined ? "nothing" : "in one block only"}: ` +
          "give more --seconds, or see `npm run network -- doctor`.",
      );
    }
    const counted = blocks.slice(begin + 1);
    const sum = (of: (block: SeenBlock) => number) => counted.reduce((total, block) => total + of(block), 0);
    const seconds = (last.seenAt - first.seenAt) / 1_000;
    const effects = sum((block) => block.effects);
    return {
      name: this.#phase.name,
      effects,
      transactions: this.#transactions,
      refused: this.#refused() - this.#refusedBefore,
      seconds,
      blocks: counted.length,
      perSecond: effects / seconds,
      blockPeriodSeconds: seconds / counted.length,
      fullness: sum(({ gasUsed }) => gasUsed) / sum(({ gasLimit }) => gasLimit),
      latencyMs: { median: quantile(this.#latencies, 0.5), p95: quantile(this.#latencies, 0.95) },
    };
  }
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return Math.round(sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0);
}
