/** Accepts a command once: its idempotency row, steps and items in one database transaction. */
import type { Database } from "../store/database.ts";
import type { Command, NewCommand } from "./command.ts";

/**
 * Same organisation, key and hash: the first command again. Throws `idempotency_key_reused` for another hash and
 * `order_already_issued` when an order of this token was accepted before; then nothing is stored.
 */
export function enqueueOnce(_db: Database, _command: NewCommand): Promise<{ command: Command; isReplay: boolean }> {
  return Promise.reject(new Error("lands next"));
}
