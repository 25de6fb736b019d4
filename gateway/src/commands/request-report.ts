/** A report bundle is asked for: its period becomes a first and a last block at once, the rest is made in the background. */
import { randomUUID } from "node:crypto";
import { LedgerError } from "../kernel/errors.ts";
import type { PeriodAsked } from "../reports/period.ts";
import { resolvePeriod } from "../reports/period.ts";
import { insertReport } from "../store/desk-reports.ts";
import type { Asked } from "./asked.ts";
import type { Made } from "./desk-write.ts";
import { writeAtDesk } from "./desk-write.ts";
import type { Rooms } from "./rooms.ts";

export async function requestReport(rooms: Rooms, asked: Asked, wanted: PeriodAsked): Promise<Made> {
  const { chain, deployment } = rooms;
  const { from, to } = await resolvePeriod(chain, deployment.deployedAtBlock, wanted);
  const last = await chain.block(to);
  if (last === undefined) throw new LedgerError("not_found", { what: `block ${to}` });
  return writeAtDesk(rooms, asked, async ({ tx, organisation, at }) => {
    const id = randomUUID();
    await insertReport(tx, { id, from, to, toHash: last.hash, organisation, at });
    return id;
  });
}
