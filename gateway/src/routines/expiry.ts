/** Expiry falls due by itself: notices before it, and what came of points given back after it. */
import { settleReinstatements } from "../commands/expiry/reinstate.ts";
import { tellExpiry } from "../commands/expiry/tell-expiry.ts";
import type { Routine } from "./routine.ts";

export const expiryNotices: Routine = { name: "expiry notices", everyMs: 5_000, run: tellExpiry };

export const reinstatements: Routine = { name: "reinstatements", everyMs: 1_000, run: settleReinstatements };
