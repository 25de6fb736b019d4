/**
 * Sends what is due, a few at once and a few a receiver. A crash loses nothing: what was taken and not finished is due
 * again when its lease is over, under the same id, and the attempt that was cut off stays in the record.
 */
import type { Clock } from "../kernel/clock.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { Log } from "../kernel/log.ts";
import type { Outward, OutwardAnswer } from "../outward/outward.ts";
import type { Signers } from "../signer/signers.ts";
import type { Database } from "../store/database.ts";
import type { AttemptOutcome, Taken } from "../store/webhook-deliveries.ts";
import { finishAttempt, retireEndpoint, takeDeliveries } from "../store/webhook-deliveries.ts";
import { messageOf } from "./message.ts";
import { PAUSES_MS, pauseAfter } from "./schedule.ts";

export interface DispatcherRooms {
  readonly db: Database;
  readonly signers: Pick<Signers, "openSecret">;
  readonly outward: Outward;
  readonly clock: Clock;
  readonly log: Log;
}

export interface DispatcherOptions {
  readonly lookMs?: number;
  readonly leaseMs?: number;
  readonly exchangeMs?: number;
  /** Pauses between tries, in milliseconds. */
  readonly pauses?: readonly number[];
}

export interface Dispatcher {
  /** Resolves when nothing is under way any more, or after 5 s. */
  stop(): Promise<void>;
}

const AT_ONCE = 16;
const AT_ONCE_PER_ENDPOINT = 4;
/** Messages that went out together come back together: one look for all of them costs as much as one for one. */
const GATHER_MS = 5;
/** Of an answer: enough to see what the receiver complained about. */
const ANSWER_BYTES = 1_024;
const GONE = 410;
const STOP_MS = 5_000;
const NOTHING = { taken: [], hasMore: false };

type Settings = Required<DispatcherOptions>;
/** Longer than an exchange can last, so that nobody else sends what is still being sent. */
const DEFAULTS: Settings = { lookMs: 500, leaseMs: 60_000, exchangeMs: 15_000, pauses: PAUSES_MS };

export function startDispatcher(rooms: DispatcherRooms, options: DispatcherOptions = {}): Dispatcher {
  const dispatch = new Dispatch(rooms, { ...DEFAULTS, ...options });
  const done = dispatch.run();
  return {
    async stop() {
      dispatch.stopping.abort();
      // A receiver that hangs does not hold the gateway's end up: what it was sent is due again later, under the same id.
      await Promise.race([done, rooms.clock.sleep(STOP_MS)]);
    },
  };
}

class Dispatch {
  readonly stopping = new AbortController();
  readonly #rooms: DispatcherRooms;
  readonly #settings: Settings;
  readonly #underWay = new Set<Promise<void>>();
  readonly #busy = new Map<string, number>();
  #problem = "";

  constructor(rooms: DispatcherRooms, settings: Settings) {
    this.#rooms = rooms;
    this.#settings = settings;
  }

  async run(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      const { taken, hasMore } = await this.#take();
      for (const one of taken) this.#begin(one);
      // A receiver whose places are full now is looked past: a long queue of one is not a wait for the others.
      if (hasMore && taken.length > 0 && this.#underWay.size < AT_ONCE) continue;
      await this.#pause();
    }
    await Promise.all(this.#underWay);
  }

  /** Until a place becomes free, which is used at once, or it is time to look for new work. */
  async #pause(): Promise<void> {
    const { clock } = this.#rooms;
    const { signal } = this.stopping;
    const nap = new AbortController();
    const look = clock.sleep(this.#settings.lookMs, AbortSignal.any([signal, nap.signal]));
    if (this.#underWay.size === 0) await look;
    else {
      await Promise.race([look, ...this.#underWay]);
      await clock.sleep(GATHER_MS, signal);
    }
    nap.abort();
  }

  async #take(): ReturnType<typeof takeDeliveries> {
    const { db, clock, log } = this.#rooms;
    try {
      const taking = { now: clock.now(), leaseMs: this.#settings.leaseMs, busy: this.#busy };
      const limit = AT_ONCE - this.#underWay.size;
      if (limit === 0) return NOTHING;
      const found = await takeDeliveries(db, { ...taking, limit, perEndpoint: AT_ONCE_PER_ENDPOINT });
      this.#problem = "";
      return found;
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      // Once a problem, not once a look.
      if (said !== this.#problem) log.error({ err: error }, `webhooks wait: ${said}`);
      this.#problem = said;
      return NOTHING;
    }
  }

  #begin(taken: Taken): void {
    const { endpoint_id: endpoint } = taken;
    this.#busy.set(endpoint, (this.#busy.get(endpoint) ?? 0) + 1);
    const work = this.#deliver(taken)
      .catch((error: unknown) => {
        this.#rooms.log.error(
          { err: error, delivery: taken.id },
          "a webhook's outcome was not stored: it is sent again",
        );
      })
      .finally(() => {
        this.#underWay.delete(work);
        const left = (this.#busy.get(endpoint) ?? 1) - 1;
        if (left === 0) this.#busy.delete(endpoint);
        else this.#busy.set(endpoint, left);
      });
    this.#underWay.add(work);
  }

  async #deliver(taken: Taken): Promise<void> {
    const { db, clock } = this.#rooms;
    const outcome = await this.#attempt(taken);
    const now = clock.now();
    const pause = outcome.isDelivered ? 0 : pauseAfter(taken.tries, Math.random(), this.#settings.pauses);
    const state = outcome.isDelivered ? "delivered" : pause === undefined || outcome.isGone ? "dead" : "waiting";
    await finishAttempt(db, {
      ...outcome.record,
      deliveryId: taken.id,
      number: taken.attempts,
      state,
      nextAt: now + (pause ?? 0),
      now,
    });
    if (outcome.isGone) await retireEndpoint(db, taken.endpoint_id);
  }

  async #attempt(taken: Taken): Promise<Attempted> {
    const { signers, outward, clock } = this.#rooms;
    const startedAt = performance.now();
    try {
      const { body, headers } = messageOf(signers, taken, clock.now());
      const exchange = { url: taken.url, method: "POST", headers, body, timeoutMs: this.#settings.exchangeMs } as const;
      return attemptedBy(await outward.ask({ ...exchange, answerBytesMax: ANSWER_BYTES, tooLong: "cut" }));
    } catch (error) {
      // What is refused today may be allowed when its name resolves elsewhere: it is tried again like any failure.
      const { code, message } = error instanceof LedgerError ? error : { code: "internal", message: String(error) };
      const durationMs = Math.round(performance.now() - startedAt);
      return {
        isDelivered: false,
        isGone: false,
        record: { problem: `${code}: ${message}`.slice(0, 500), durationMs },
      };
    }
  }
}

interface Attempted {
  readonly isDelivered: boolean;
  readonly isGone: boolean;
  readonly record: Pick<AttemptOutcome, "status" | "problem" | "answer" | "durationMs">;
}

/** 2xx is yes; everything else, a redirect too, is no; 410 is "never again". */
function attemptedBy({ status, body, durationMs }: OutwardAnswer): Attempted {
  const isDelivered = status >= 200 && status < 300;
  // PostgreSQL's text holds no NUL.
  const answer = body.replaceAll("\0", "").toWellFormed();
  return { isDelivered, isGone: status === GONE, record: { status, answer, durationMs } };
}
