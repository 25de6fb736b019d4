/**
 * Rings when a node announces a new block over WebSocket, so that nobody has to look often. Never needed: what is
 * missed while it is away is not announced again, so everyone who listens also looks by himself now and then.
 */
import type { Log } from "../kernel/log.ts";
import type { NodeAddress } from "./node-address.ts";
import { parseNodeAddress } from "./node-address.ts";

export interface HeadBell {
  /** True while blocks announce themselves. */
  isLive(): boolean;
  /** Resolves at the next block, after `timeoutMs`, or when `signal` says so. */
  next(timeoutMs: number, signal?: AbortSignal): Promise<void>;
  /** For health pages: which node rings, or why none does. No credentials, no paths. */
  standing(): string;
  stop(): void;
}

export interface HeadBellOptions {
  readonly urls: readonly string[];
  readonly log: Log;
  /** Nothing heard for so long: the node is asked for its head; still nothing for as long again: the socket is dead. */
  readonly silentMs?: number;
  /** Before the first attempt to connect again; doubled up to 30 s. */
  readonly againMs?: number;
}

/** Five and more block periods; a chain that stands still answers the question. */
const SILENT_MS = 10_000;
const AGAIN_MS = 1_000;
const AGAIN_MS_MAX = 30_000;
const SUBSCRIBE = { jsonrpc: "2.0", id: 1, method: "eth_subscribe", params: ["newHeads"] };
const ARE_YOU_THERE = { jsonrpc: "2.0", id: 2, method: "eth_blockNumber", params: [] };

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

export function startHeadBell(options: HeadBellOptions): HeadBell {
  return new Running(options);
}

class Running implements HeadBell {
  readonly #addresses: readonly NodeAddress[];
  readonly #log: Log;
  readonly #silentMs: number;
  readonly #againMs: number;
  readonly #waiting = new Set<() => void>();
  #turn = 0;
  #failures = 0;
  #live: NodeAddress | undefined;
  #reason = "connecting";
  #socket: WebSocket | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isStopped = false;

  constructor({ urls, log, silentMs, againMs }: HeadBellOptions) {
    this.#addresses = urls.map(parseNodeAddress);
    this.#log = log;
    this.#silentMs = silentMs ?? SILENT_MS;
    this.#againMs = againMs ?? AGAIN_MS;
    this.#connect();
  }

  isLive(): boolean {
    return this.#live !== undefined;
  }

  standing(): string {
    return this.#live === undefined ? `none rings (${this.#reason})` : `${this.#live.label} rings`;
  }

  next(timeoutMs: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", done);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, timeoutMs);
      this.#waiting.add(done);
      signal?.addEventListener("abort", done, { once: true });
      if (signal?.aborted === true || this.#isStopped) done();
    });
  }

  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    this.#live = undefined;
    this.#socket?.close();
    this.#ring();
  }

  #ring(): void {
    for (const done of [...this.#waiting]) done();
  }

  #connect(): void {
    const address = this.#addresses[this.#turn % this.#addresses.length];
    if (this.#isStopped || address === undefined) return;
    // Node's WebSocket takes headers, which the standard's does not.
    const socket = new WebSocket(address.url, { headers: address.headers });
    this.#socket = socket;
    let isOver = false;
    const over = (reason: string): void => {
      if (isOver) return;
      isOver = true;
      // A socket whose other end is gone may never say that it is closed: nobody waits for that.
      socket.close();
      this.#lost(address, reason);
    };
    const watch = { isAsked: false };
    const hear = (): void => {
      watch.isAsked = false;
      clearTimeout(this.#timer);
      this.#timer = setTimeout(onSilence, this.#silentMs);
    };
    const onSilence = (): void => {
      if (watch.isAsked || socket.readyState !== WebSocket.OPEN) {
        over("nothing was heard of it");
        return;
      }
      socket.send(JSON.stringify(ARE_YOU_THERE));
      hear();
      watch.isAsked = true;
    };
    hear();
    socket.addEventListener("open", () => {
      if (isOver) return;
      hear();
      socket.send(JSON.stringify(SUBSCRIBE));
    });
    socket.addEventListener("message", ({ data }) => {
      if (isOver) return;
      hear();
      const refusal = this.#read(address, String(data));
      if (refusal !== undefined) over(refusal);
    });
    socket.addEventListener("error", () => {
      over("it can not be reached");
    });
    socket.addEventListener("close", () => {
      over("it closed the connection");
    });
  }

  /** Answers why this node is no use as a bell. */
  #read(address: NodeAddress, text: string): string | undefined {
    let message: Message;
    try {
      message = JSON.parse(text) as Message;
    } catch {
      return "it does not speak JSON";
    }
    if (message.method === "eth_subscription") this.#ring();
    if (message.id !== SUBSCRIBE.id) return undefined;
    if (message.error !== undefined) return `it refuses: ${message.error.message.slice(0, 120)}`;
    this.#live = address;
    this.#failures = 0;
    this.#log.info({ node: address.label }, "blocks announce themselves over WebSocket");
    // Blocks of the time without a bell are looked for at once.
    this.#ring();
    return undefined;
  }

  #lost(address: NodeAddress, reason: string): void {
    clearTimeout(this.#timer);
    if (this.#isStopped) return;
    const again = Math.min(AGAIN_MS_MAX, this.#againMs * 2 ** this.#failures);
    if (this.#live !== undefined || this.#reason !== reason)
      this.#log.warn({ node: address.label, reason, againMs: again }, "no bell from this node: heads are polled");
    this.#live = undefined;
    this.#reason = reason;
    this.#failures += 1;
    this.#turn += 1;
    this.#timer = setTimeout(() => {
      this.#connect();
    }, again);
    this.#ring();
  }
}
