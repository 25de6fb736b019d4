/** Every routine of the gateway. */
import { redeemingRoutines } from "./redeeming.ts";
import type { Routine } from "./routine.ts";
import { settleRules } from "./settle-rules.ts";

export const allRoutines: readonly Routine[] = [...redeemingRoutines, settleRules];
