/** One event stream that comes back by itself. Knows nothing of the page, so that it can be tested without one. */

/** `away`: the gateway does not answer; it is asked again and again. */
export type LiveState = "connecting" | "live" | "away";

/** What is needed of an EventSource. */
export interface Stream {
  onopen: ((event: Event) => unknown) | null;
  onerror: ((event: Event) => unknown) | null;
  onmessage: ((event: MessageEvent<string>) => unknown) | null;
  addEventListener(name: string, listener: () => void): void;
  readonly readyState: number;
  close(): void;
}

interface Wiring {
  readonly open: (url: string) => Stream;
  /** Something happened, or may have happened while the line was down. */
  readonly onEvent: () => void;
  readonly retryMs?: number;
}

const CLOSED = 2;
const RETRY_MS = 2_000;

export class LiveLine {
  readonly #wiring: Wiring;
  readonly #listeners = new Set<() => void>();
  #stream: Stream | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #state: LiveState = "connecting";
  #wasOpen = false;

  constructor(wiring: Wiring) {
    this.#wiring = wiring;
  }

  readonly state = (): LiveState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  };

  open(): void {
    if (this.#stream !== undefined) return;
    const stream = this.#wiring.open("/v1/events");
    this.#stream = stream;
    stream.onopen = () => {
      // What happened while the line was down was told to nobody.
      if (this.#wasOpen) this.#wiring.onEvent();
      this.#wasOpen = true;
      this.#enter("live");
    };
    stream.onmessage = () => this.#wiring.onEvent();
    stream.addEventListener("reset", () => this.#wiring.onEvent());
    stream.onerror = () => {
      this.#enter("away");
      // After an answer that is no stream (a proxy's 502) a browser gives up; after a lost connection it tries again.
      if (stream.readyState !== CLOSED) return;
      this.close();
      this.#retry = setTimeout(() => this.open(), this.#wiring.retryMs ?? RETRY_MS);
    };
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#stream?.close();
    this.#stream = undefined;
  }

  #enter(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}
