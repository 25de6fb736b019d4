/** Every routine of the gateway. */
import type { Routine } from "./routine.ts";

export const allRoutines: readonly Routine[] = [];
