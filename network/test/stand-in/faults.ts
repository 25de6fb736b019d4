/**
 * Switches for drills: STAND_IN_FAULTS holds them as JSON, and <data-path>/stand-in-faults.json, read again each second,
 * overrides them while the stand-in runs.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";

export interface Faults {
  /** Added to this node's clock. */
  readonly clockOffsetSeconds: number;
  /** Transactions are answered for and lost. */
  readonly dropTransactions: boolean;
  /** No block can be written. */
  readonly diskFull: boolean;
  /** Every RPC answer waits. */
  readonly answerDelayMs: number;
}

export const NO_FAULTS: Faults = {
  clockOffsetSeconds: 0,
  dropTransactions: false,
  diskFull: false,
  answerDelayMs: 0,
};

const READ_EVERY_MS = 1_000;

export interface FaultSwitches {
  readonly current: Faults;
  close(): void;
}

export function watchFaults(dataPath: string, fromEnvironment: string | undefined): FaultSwitches {
  const fixed = { ...NO_FAULTS, ...(JSON.parse(fromEnvironment ?? "{}") as Partial<Faults>) };
  const file = join(dataPath, "stand-in-faults.json");
  const read = (): Faults => {
    try {
      return { ...fixed, ...(JSON.parse(readFileSync(file, "utf8")) as Partial<Faults>) };
    } catch {
      return fixed;
    }
  };
  const state = { current: read() };
  const timer = setInterval(() => (state.current = read()), READ_EVERY_MS);
  timer.unref();
  return {
    get current() {
      return state.current;
    },
    close: () => clearInterval(timer),
  };
}
