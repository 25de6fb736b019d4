/** Tells streams that the store has moved on: one question at a time for all streams of this process, none without any. */
import type { Log } from "../kernel/log.ts";

const POLL_MS = 200;

export class StoreWatch {
  readonly #ask: () => Promise<string | undefined>;
  readonly #log: Log;
  readonly #waiting = new Set<() => void>();
  #seen: string | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(ask: () => Promise<string | undefined>, log: Log) {
    this.#ask = ask;
    this.#log = log;
  }

  /** Resolves when the store stands elsewhere than at `seen`, after `ms`, or when the signal says so. */
  async moved(seen: string, ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted || (this.#seen !== undefined && this.#seen !== seen)) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal.removeEventListener("abort", done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      signal.addEventListener("abort", done);
      this.#waiting.add(done);
      this.#timer ??= setTimeout(() => void this.#poll(), POLL_MS);
    });
  }

  async #poll(): Promise<void> {
    try {
      const stand = await this.#ask();
      if (stand !== this.#seen) {
        this.#seen = stand;
        for (const wake of [...this.#waiting]) wake();
      }
    } catch (error) {
      this.#log.warn({ err: error }, "the store does not answer: event streams wait");
    }
    this.#timer = this.#waiting.size === 0 ? undefined : setTimeout(() => void this.#poll(), POLL_MS);
    // Nobody waits: what was seen grows old.
    if (this.#timer === undefined) this.#seen = undefined;
  }
}
