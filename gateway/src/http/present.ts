/** What the route's own description guarantees to be there, said to the compiler. */
import assert from "node:assert/strict";
import type { Caller } from "../kernel/caller.ts";
import type { Asked, Write } from "../commands/asked.ts";

/** Only on routes that name roles. */
export function callerOf(input: { caller: Caller | undefined }): Caller {
  assert(input.caller !== undefined, "a route with roles always has a caller");
  return input.caller;
}

/** Only on routes that write. */
export function writeOf(input: { write: Write | undefined }): Write {
  assert(input.write !== undefined, "a route that writes always has an idempotency key");
  return input.write;
}

export function askedOf(input: { caller: Caller | undefined; write: Write | undefined }): Asked {
  return { ...writeOf(input), caller: callerOf(input) };
}
