/**
 * What time it is on the chain. Windows go by block time, and a chain's clock need not be this computer's (a demo's began
 * at another date): the time is that of the last block, plus what has passed here since it was first seen.
 */
export interface SeenBlock {
  readonly number: number;
  readonly hash: string;
  /** Unix seconds. */
  readonly timestamp: number;
}

export class ChainClock {
  #head: SeenBlock | undefined;
  #seenAtMs = 0;

  /** The same block again changes nothing: it gets older. */
  observe(head: SeenBlock, nowMs: number): void {
    if (head.hash === this.#head?.hash) return;
    this.#head = head;
    this.#seenAtMs = nowMs;
  }

  get head(): SeenBlock | undefined {
    return this.#head;
  }

  /** Seconds since the last block was first seen here. */
  ageSeconds(nowMs: number): number {
    return this.#head === undefined ? 0 : Math.max(0, (nowMs - this.#seenAtMs) / 1_000);
  }

  /** Unix seconds of the chain. */
  now(nowMs: number): number {
    return (this.#head?.timestamp ?? 0) + this.ageSeconds(nowMs);
  }
}
