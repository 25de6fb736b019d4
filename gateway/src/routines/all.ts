/** Every routine of the gateway. */
import { advanceDraws } from "./advance-draws.ts";
import { expiryNotices, reinstatements } from "./expiry.ts";
import { giveSharingDays } from "./give-sharing-days.ts";
import { matureEarnings } from "./mature-earnings.ts";
import { redeemingRoutines } from "./redeeming.ts";
import type { Routine } from "./routine.ts";
import { settleRules } from "./settle-rules.ts";

export const allRoutines: readonly Routine[] = [
  advanceDraws,
  expiryNotices,
  giveSharingDays,
  matureEarnings,
  ...redeemingRoutines,
  reinstatements,
  settleRules,
];
