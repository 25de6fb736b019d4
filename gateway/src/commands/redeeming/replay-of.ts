/** The command that was accepted before for the very same thing, waited for if asked. */
import { readCommand, waitForCommand } from "../../outbox/read.ts";
import type { Accepted } from "../accept.ts";
import type { Rooms } from "../rooms.ts";

export async function replayOf(
  { db }: Pick<Rooms, "db">,
  commandId: string,
  waitMs: number,
): Promise<Accepted | undefined> {
  const command = waitMs === 0 ? await readCommand(db, commandId) : await waitForCommand(db, commandId, waitMs);
  return command === undefined ? undefined : { command, isReplay: true };
}
