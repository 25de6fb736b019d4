/** Points on hold: their commands are followed, what times out is released, what came back is refunded. */
import { followHolds } from "../commands/redeeming/follow-holds.ts";
import { followRefunds } from "../commands/redeeming/follow-refunds.ts";
import type { Routine } from "./routine.ts";
import { askedByRoutine } from "./routine.ts";

export const redeemingRoutines: readonly Routine[] = [
  { name: "holds of points", everyMs: 500, run: (rooms) => followHolds(rooms, askedByRoutine) },
  { name: "refunds of points", everyMs: 700, run: (rooms) => followRefunds(rooms, askedByRoutine) },
];
