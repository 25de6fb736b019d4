/** Every routine of the gateway. */
import type { Routine } from "./routine.ts";
import { settleRules } from "./settle-rules.ts";

export const allRoutines: readonly Routine[] = [settleRules];
