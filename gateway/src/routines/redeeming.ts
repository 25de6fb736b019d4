/** Points on hold are followed, what times out is released, what came back refunded; outside catalogues are told. */
import { tellOutside } from "../commands/goods/tell-outside.ts";
import { followHolds } from "../commands/redeeming/follow-holds.ts";
import { followRefunds } from "../commands/redeeming/follow-refunds.ts";
import type { Routine } from "./routine.ts";
import { askedByRoutine } from "./routine.ts";

export const redeemingRoutines: readonly Routine[] = [
  { name: "holds of points", everyMs: 500, run: (rooms) => followHolds(rooms, askedByRoutine) },
  { name: "refunds of points", everyMs: 700, run: (rooms) => followRefunds(rooms, askedByRoutine) },
  { name: "outside catalogues", everyMs: 1_000, run: (rooms) => tellOutside(rooms) },
];
