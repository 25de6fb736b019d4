/** Looks at what was indexed, range by range, and raises what the rules find. Several processes take turns. */
import type { Clock } from "../kernel/clock.ts";
import type { Log } from "../kernel/log.ts";
import type { Database } from "../store/database.ts";
import { insertAlerts } from "../store/desk-alerts.ts";
import { lockDeskCursor, readLookRange, saveDeskCursor } from "../store/desk-cursor.ts";
import { readBlockHash } from "../store/ledger-read.ts";
import { readCursor } from "../store/ledger-cursor.ts";
import { lookAtRange } from "./look.ts";
import type { Thresholds } from "./thresholds.ts";

export interface DeskRooms {
  readonly db: Database;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * A look holds a database transaction. Catching up 4,800 movements amid 48,000 of the window before took 2 to 5 s (PGlite and
 * PostgreSQL, two busy cores), so fewer are taken at once; at the head a look has those of five seconds.
 */
const BLOCKS_MAX = 2_000;
const EVENTS_MAX = 1_000;
const SERIALIZATION_FAILURE = "40001";

export interface LookDone {
  /** False when there was nothing that had not been looked at. */
  readonly hasLooked: boolean;
  readonly isAtHead: boolean;
  /** Alerts that were not raised before. */
  readonly raised: number;
}

/** Looks at the next range, raises what is found and moves on: all in one database transaction. */
export async function lookOnce({ db, clock }: Pick<DeskRooms, "db" | "clock">, limits: Thresholds): Promise<LookDone> {
  // One snapshot: the rules must not see balances of a later block than the one they name.
  const transaction = db.transaction().setIsolationLevel("repeatable read");
  return transaction.execute(async (tx) => {
    const seen = await lockDeskCursor(tx);
    const head = await readCursor(tx);
    if (head === undefined) return { hasLooked: false, isAtHead: true, raised: 0 };
    // A chain that was set back is looked at from its beginning: alerts already raised have their keys.
    const isSame = seen !== undefined && (await readBlockHash(tx, seen.blockNumber)) === seen.blockHash;
    const range = await readLookRange(tx, isSame ? seen.blockNumber : -1, {
      head: head.blockNumber,
      blocksMax: BLOCKS_MAX,
      eventsMax: EVENTS_MAX,
    });
    if (range === undefined) return { hasLooked: false, isAtHead: true, raised: 0 };
    const isAtHead = range.to === head.blockNumber;
    const findings = await lookAtRange(tx, range, { limits, isAtHead });
    const raised = (await insertAlerts(tx, findings, clock.now())).length;
    await saveDeskCursor(tx, { blockNumber: range.to, blockHash: range.toHash });
    return { hasLooked: true, isAtHead, raised };
  });
}

export interface Desk {
  stop(): Promise<void>;
}

/** Never throws: whatever is wrong now is tried again. */
export function startDesk(rooms: DeskRooms, limits: Thresholds): Desk {
  const stopping = new AbortController();
  const done = run(rooms, limits, stopping.signal);
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function run(rooms: DeskRooms, limits: Thresholds, signal: AbortSignal): Promise<void> {
  let problem = "";
  while (!signal.aborted) {
    let isBehind = false;
    try {
      const { hasLooked, isAtHead, raised } = await lookOnce(rooms, limits);
      isBehind = hasLooked && !isAtHead;
      if (raised > 0) rooms.log.info({ raised }, "the regulator's rules raised alerts");
      problem = "";
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      // Once a problem, not once a look; and that another process was looking is none.
      if (said !== problem && (error as { code?: string }).code !== SERIALIZATION_FAILURE)
        rooms.log.error({ err: error }, `the regulator's rules wait: ${said}`);
      problem = said;
    }
    if (!isBehind) await rooms.clock.sleep(limits.everySeconds * 1_000, signal);
  }
}
