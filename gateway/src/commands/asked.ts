/** Who asked for a write, and under which name it happens once. */
import type { Caller } from "../kernel/caller.ts";
import type { Hex32 } from "../kernel/ids.ts";

/** Makes a write happen once: key and hash of what was asked. */
export interface Write {
  readonly idempotencyKey: string;
  readonly requestHash: Hex32;
  /** `Prefer: wait=N`: milliseconds the caller will wait for the outcome, 0 to 30,000. */
  readonly waitMs: number;
}

export interface Asked extends Write {
  readonly caller: Caller;
}
