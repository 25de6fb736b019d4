/** Tells of versions of rules that came into force, and takes back what the chain refused. */
import { settlePublishing } from "../store/loyalty-rules.ts";
import type { Routine } from "./routine.ts";

export const settleRules: Routine = {
  name: "settle-rules",
  everyMs: 1_000,
  run: async ({ db }) => (await settlePublishing(db)) > 0,
};
