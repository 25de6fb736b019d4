/** Runs every routine in a loop of its own, until stopped. What goes wrong is said once and tried again. */
import type { Rooms } from "../commands/rooms.ts";
import type { Routine } from "./routine.ts";

export interface Routines {
  stop(): Promise<void>;
}

export function startRoutines(rooms: Rooms, routines: readonly Routine[]): Routines {
  const stopping = new AbortController();
  const done = Promise.all(routines.map((routine) => loop(rooms, routine, stopping.signal)));
  return {
    async stop() {
      stopping.abort();
      await done;
    },
  };
}

async function loop(rooms: Rooms, routine: Routine, signal: AbortSignal): Promise<void> {
  let problem = "";
  while (!signal.aborted) {
    let hasMore = false;
    try {
      hasMore = await routine.run(rooms);
      problem = "";
    } catch (error) {
      const said = error instanceof Error ? error.message : String(error);
      // Once a problem, not once a round.
      if (said !== problem) rooms.log.error({ err: error, routine: routine.name }, `${routine.name} waits: ${said}`);
      problem = said;
    }
    if (!hasMore) await rooms.clock.sleep(routine.everyMs, signal);
  }
}
