/** Work that the gateway does by itself, again and again: what matures, times out, is due. */
import type { Asked } from "../commands/asked.ts";
import type { Rooms } from "../commands/rooms.ts";
import { createHash } from "node:crypto";
import type { Hex32 } from "../kernel/ids.ts";

export interface Routine {
  readonly name: string;
  readonly everyMs: number;
  /** Does one portion; true when there is more to do at once. Several processes may run it at the same time. */
  run(rooms: Rooms): Promise<boolean>;
}

/** A routine's own write: its key is derived from what it is about, so it happens once whoever does it. */
export function askedByRoutine(merchantId: number, key: string): Asked {
  return {
    caller: { organisation: `routine:${merchantId}`, role: "merchant", merchantId, keyId: "routine" },
    idempotencyKey: key,
    requestHash: `0x${createHash("sha256").update(key).digest("hex")}` as Hex32,
    waitMs: 0,
  };
}
