/**
 * Rings within one process, so that nobody waits for the next look at the database: `work` when something was queued,
 * `settled` when a command came to its end. Only a hint: everyone who listens also looks by himself now and then.
 */
import type { Database } from "../store/database.ts";

export type Ring = "work" | "settled";

const listeners = new WeakMap<Database, Map<Ring, Set<() => void>>>();

function listenersOf(db: Database, ring: Ring): Set<() => void> {
  const rings = listeners.get(db) ?? new Map<Ring, Set<() => void>>();
  listeners.set(db, rings);
  const set = rings.get(ring) ?? new Set<() => void>();
  rings.set(ring, set);
  return set;
}

export function ring(db: Database, what: Ring): void {
  for (const listener of [...listenersOf(db, what)]) listener();
}

/** Calls `listener` at every ring until the function given back is called. */
export function onRing(db: Database, what: Ring, listener: () => void): () => void {
  const set = listenersOf(db, what);
  set.add(listener);
  return () => void set.delete(listener);
}

/** Resolves at the next ring, or after `timeoutMs`. */
export function nextRing(db: Database, what: Ring, timeoutMs: number): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      off();
      resolve();
    };
    const timer = setTimeout(done, timeoutMs);
    const off = onRing(db, what, done);
  });
}
