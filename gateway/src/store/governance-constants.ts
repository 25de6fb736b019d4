/** What was fixed at deployment and no event says: written with the first range of the ledger. */
import { saveRows } from "./bulk.ts";
import type { Tx } from "./database.ts";
import { COUNCIL_RULES, REWARD_SCHEDULE } from "./governance-specs.ts";

interface Constants {
  readonly selfDelay: bigint;
  readonly grace: bigint;
  readonly startedAt: bigint;
  readonly epochSeconds: bigint;
  readonly windowSeconds: bigint;
  readonly windowsRequired: bigint;
}

/** The rest of the council's rules are said by events of its deployment. */
export async function saveConstants(tx: Tx, constants: Constants): Promise<void> {
  const { selfDelay, grace, startedAt, epochSeconds, windowSeconds, windowsRequired } = constants;
  await saveRows(tx, COUNCIL_RULES, [
    { id: 1, voting_period: "0", base_delay: "0", self_delay: String(selfDelay), grace: String(grace), guardian: null },
  ]);
  await saveRows(tx, REWARD_SCHEDULE, [
    {
      id: 1,
      started_at: String(startedAt),
      epoch_seconds: String(epochSeconds),
      window_seconds: String(windowSeconds),
      windows_required: String(windowsRequired),
    },
  ]);
}
