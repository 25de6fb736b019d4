/**
 * Server-Sent Events over a feed in the store. Every event carries its place as id, so a reader that comes back with
 * `Last-Event-ID`, to this process or another, goes on where it was. A process serves a bounded number of readers; one
 * that does not read is let go and loses nothing.
 */
import type { Response } from "express";
import { LedgerError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { StoreWatch } from "./store-watch.ts";

export interface FedEvent {
  /** Where the reader stands once it has this event. */
  readonly id: string;
  readonly data: unknown;
}

export interface Fed {
  readonly events: readonly FedEvent[];
  /** Where the reader stands after all of them, though nothing of it was for them. */
  readonly reached: string;
  readonly isMore: boolean;
  /** What the store stood at. */
  readonly seen: string;
  readonly isReset: boolean;
}

/** One reader's view of the store. */
export interface Feed {
  readonly from: string;
  read(after: string): Promise<Fed>;
}

export interface StreamLimits {
  readonly streamsMax: number;
  /** Proxies cut what is silent for a minute; some for half of it. */
  readonly heartbeatMs: number;
  /** A reader that has not taken what lies in its socket by then is let go. */
  readonly slowMs: number;
  /** Keys can be revoked: a reader shows its own again after that. */
  readonly lifeMs: number;
}

export const STREAM_LIMITS: StreamLimits = {
  streamsMax: 200,
  heartbeatMs: 15_000,
  slowMs: 10_000,
  lifeMs: 3_600_000,
};

interface Rooms {
  readonly watch: StoreWatch;
  readonly log: Log;
  readonly limits: StreamLimits;
}

export class EventStreams {
  readonly #rooms: Rooms;
  readonly #open = new Set<AbortController>();

  constructor(rooms: Rooms) {
    this.#rooms = rooms;
  }

  /** Takes a place before anything is asked of the store. */
  async serve(res: Response, openFeed: () => Promise<Feed>): Promise<void> {
    const { limits, log, watch } = this.#rooms;
    if (this.#open.size >= limits.streamsMax) throw new LedgerError("streams_full", { limit: limits.streamsMax });
    const stop = new AbortController();
    this.#open.add(stop);
    const life = setTimeout(() => stop.abort(), limits.lifeMs);
    res.once("close", () => stop.abort());
    try {
      const feed = await openFeed();
      begin(res);
      await new Reader(res, watch, limits).follow(feed, stop.signal);
    } catch (error) {
      if (!res.headersSent) throw error;
      // The store may be away: the reader comes back with the id it has.
      log.warn({ err: error }, "an event stream ended");
    } finally {
      clearTimeout(life);
      this.#open.delete(stop);
      if (res.headersSent) res.end();
    }
  }

  /** Before the server closes: each reader comes back to another process. */
  endAll(): void {
    for (const stop of this.#open) stop.abort();
  }
}

function begin(res: Response): void {
  res.status(200).set({
    "Content-Type": "text/event-stream; charset=utf-8",
    "Cache-Control": "no-store",
    // nginx would keep events back to fill its buffer.
    "X-Accel-Buffering": "no",
  });
  res.flushHeaders();
  res.write("retry: 2000\n\n");
}

class Reader {
  readonly #res: Response;
  readonly #watch: StoreWatch;
  readonly #limits: StreamLimits;
  #spokeAt = Date.now();

  constructor(res: Response, watch: StoreWatch, limits: StreamLimits) {
    this.#res = res;
    this.#watch = watch;
    this.#limits = limits;
  }

  async follow(feed: Feed, signal: AbortSignal): Promise<void> {
    let after = feed.from;
    while (!signal.aborted) {
      const fed = await feed.read(after);
      if (fed.isReset) {
        this.#res.write(`event: reset\ndata: {"why":"the chain was set back: forget all events and begin anew"}\n\n`);
        return;
      }
      for (const { id, data } of fed.events)
        if (!(await this.#say(`id: ${id}\ndata: ${JSON.stringify(data)}\n\n`, signal))) return;
      after = fed.reached;
      if (fed.isMore) continue;
      const silentMs = Date.now() - this.#spokeAt;
      if (silentMs >= this.#limits.heartbeatMs) {
        // An id without data moves a reader's place and shows it nothing.
        if (!(await this.#say(`: alive\nid: ${after}\n\n`, signal))) return;
      } else await this.#watch.moved(fed.seen, this.#limits.heartbeatMs - silentMs, signal);
    }
  }

  /** False: the reader is gone, or does not read. At most one socket's buffer lies here for it. */
  async #say(text: string, signal: AbortSignal): Promise<boolean> {
    this.#spokeAt = Date.now();
    if (this.#res.write(text)) return !signal.aborted;
    const isTaken = await this.#drained(signal);
    if (!isTaken) this.#res.destroy();
    return isTaken;
  }

  #drained(signal: AbortSignal): Promise<boolean> {
    return new Promise((resolve) => {
      const end = (isTaken: boolean): void => {
        clearTimeout(timer);
        this.#res.off("drain", taken);
        signal.removeEventListener("abort", left);
        resolve(isTaken);
      };
      const taken = (): void => end(true);
      const left = (): void => end(false);
      const timer = setTimeout(left, this.#limits.slowMs);
      this.#res.once("drain", taken);
      signal.addEventListener("abort", left);
    });
  }
}
