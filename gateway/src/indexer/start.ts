/** Starts indexing: of several processes on one store the one that holds the lease does it, the others stand by. */
import type { HeadBell } from "../chain/head-bell.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Clock } from "../kernel/clock.ts";
import { dropIndexerLease, holdIndexerLease } from "../store/ledger-cursor.ts";
import type { FollowRooms } from "./follow.ts";
import { Follower } from "./follow.ts";
import { RangeRefused } from "./apply.ts";
import { Reconciler } from "./reconcile.ts";

export interface IndexerRooms extends FollowRooms {
  readonly clock: Clock;
}

export interface IndexerOptions {
  readonly processId: string;
  /** How long others wait for a process that died. Renewed at a third of it. */
  readonly leaseMs?: number;
  /** Between two looks at the head when there is nothing to do. */
  readonly pollMs?: number;
  /** Between two samples of the reconciler; 0 turns it off. */
  readonly reconcileMs?: number;
  /** Rings when there is a new block: then the head is looked at once a second only. */
  readonly bell?: HeadBell | undefined;
}

export interface IndexerStatus {
  /** `standby`: another process indexes. `waiting`: the last step failed, see `problem`. */
  readonly state: "starting" | "standby" | "following" | "catchingUp" | "waiting";
  readonly head: number | undefined;
  readonly problem: string | undefined;
  readonly differences: number;
  readonly rebuilds: number;
}

export interface Indexer {
  status(): IndexerStatus;
  stop(): Promise<void>;
}

const LEASE_MS = 5_000;
const POLL_MS = 150;
const POLL_MS_WITH_BELL = 1_000;
const RETRY_MS = 1_000;
const RECONCILE_MS = 30_000;
const RECONCILE_ACCOUNTS = 20;

export function startIndexer(rooms: IndexerRooms, options: IndexerOptions): Indexer {
  const stopping = new AbortController();
  const running = new Running(rooms, options, stopping.signal);
  const done = running.run();
  return {
    status: () => running.status,
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

class Running {
  status: IndexerStatus = { state: "starting", head: undefined, problem: undefined, differences: 0, rebuilds: 0 };
  readonly #rooms: IndexerRooms;
  readonly #options: IndexerOptions;
  readonly #signal: AbortSignal;
  readonly #follower: Follower;
  readonly #reconciler: Reconciler;
  #reconciledAt = 0;
  #renewAt = 0;

  constructor(rooms: IndexerRooms, options: IndexerOptions, signal: AbortSignal) {
    this.#rooms = rooms;
    this.#options = options;
    this.#signal = signal;
    this.#follower = new Follower(rooms);
    this.#reconciler = new Reconciler(rooms);
  }

  async run(): Promise<void> {
    const { clock, db } = this.#rooms;
    const { bell } = this.#options;
    while (!this.#signal.aborted) {
      const pauseMs = await this.#turn();
      if (pauseMs === 0) continue;
      if (bell?.isLive() === true && this.status.state === "following")
        await bell.next(Math.max(pauseMs, POLL_MS_WITH_BELL), this.#signal);
      else await clock.sleep(pauseMs, this.#signal);
    }
    // The database may be what failed; then the lease runs out by itself.
    await dropIndexerLease(db, this.#options.processId).catch(() => undefined);
  }

  /** Answers how long to rest. Never throws: whatever is wrong now is tried again. */
  async #turn(): Promise<number> {
    const pollMs = this.#options.pollMs ?? POLL_MS;
    try {
      if (!(await this.#holdLease())) {
        this.#tell({ state: "standby", problem: undefined });
        this.#follower.forget();
        return (this.#options.leaseMs ?? LEASE_MS) / 5;
      }
      const step = await this.#follower.step();
      if (step.did === "rebuild") {
        this.#tell({ state: "catchingUp", rebuilds: this.status.rebuilds + 1 });
        return 0;
      }
      const behind = step.cursor === undefined || step.cursor.blockNumber < step.head;
      this.#tell({ state: behind ? "catchingUp" : "following", head: step.head, problem: undefined });
      if (behind) return step.did === "applied" ? 0 : pollMs;
      await this.#reconcile();
      return pollMs;
    } catch (error) {
      this.#follower.forget();
      if (error instanceof RangeRefused) return pollMs;
      this.#complain(error);
      return RETRY_MS;
    }
  }

  async #holdLease(): Promise<boolean> {
    const { clock, db } = this.#rooms;
    const leaseMs = this.#options.leaseMs ?? LEASE_MS;
    if (clock.now() < this.#renewAt) return true;
    const isHeld = await holdIndexerLease(db, this.#options.processId, leaseMs);
    this.#renewAt = isHeld ? clock.now() + leaseMs / 3 : 0;
    return isHeld;
  }

  async #reconcile(): Promise<void> {
    const everyMs = this.#options.reconcileMs ?? RECONCILE_MS;
    const now = this.#rooms.clock.now();
    if (everyMs === 0 || now - this.#reconciledAt < everyMs) return;
    this.#reconciledAt = now;
    const result = await this.#reconciler.sample(RECONCILE_ACCOUNTS);
    if (result !== undefined) this.#tell({ differences: this.status.differences + result.differences.length });
  }

  #tell(news: Partial<IndexerStatus>): void {
    this.status = { ...this.status, ...news };
  }

  #complain(error: unknown): void {
    this.#renewAt = 0;
    const problem = error instanceof Error ? error.message : String(error);
    // Once a problem, not once a second.
    if (problem !== this.status.problem) {
      const facts = error instanceof LedgerError ? { code: error.code, ...error.facts } : { err: error };
      this.#rooms.log.error(facts, `indexing waits: ${problem}`);
    }
    this.#tell({ state: "waiting", problem });
  }
}
