/** The time that ages are counted from: one clock for the whole page, in steps of ten seconds. */
import { useSyncExternalStore } from "react";

const STEP_MS = 10_000;

const listeners = new Set<() => void>();
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  ticking ??= setInterval(() => {
    now = Date.now();
    for (const tell of listeners) tell();
  }, STEP_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

/** Unix seconds. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now) / 1_000;
