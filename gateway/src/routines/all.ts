/** Every routine of the gateway. */
import { expiryNotices, reinstatements } from "./expiry.ts";
import { matureEarnings } from "./mature-earnings.ts";
import { redeemingRoutines } from "./redeeming.ts";
import type { Routine } from "./routine.ts";
import { settleRules } from "./settle-rules.ts";

export const allRoutines: readonly Routine[] = [
  expiryNotices,
  matureEarnings,
  ...redeemingRoutines,
  reinstatements,
  settleRules,
];
