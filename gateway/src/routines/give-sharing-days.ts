/** Gives out the days of the sharing program that are over, so that holders need not wait for somebody's sale. */
import { giveDays } from "../commands/sharing/redeem-shares.ts";
import { readDays } from "../commands/sharing/read-sharing.ts";
import type { Routine } from "./routine.ts";
import { askedByRoutine } from "./routine.ts";

const EVERY_MS = 30_000;
/** A try that came to nothing is made again in the next hour. */
const PATIENCE_MS = 3_600_000;
/** The program's, not a merchant's. */
const NOBODY = 0;

export const giveSharingDays: Routine = {
  name: "give sharing days",
  everyMs: EVERY_MS,
  async run(rooms) {
    const { given, due } = await readDays(rooms);
    if (due === 0) return false;
    const key = `sharing:days:${given}+${due}:${Math.floor(rooms.clock.now() / PATIENCE_MS)}`;
    await giveDays(rooms, askedByRoutine(NOBODY, key));
    return false;
  },
};
