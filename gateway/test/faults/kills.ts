/** Kills a process in the middle of issuing, again and again, until the issue is done; used by tests and `npm run faults`. */
import { setTimeout as sleep } from "node:timers/promises";
import type { Moment } from "../../src/outbox/rooms.ts";
import type { Plan } from "./plan.ts";
import { startUnderFault } from "./processes.ts";
import type { Settled } from "./processes.ts";

export const MOMENTS: readonly Moment[] = [
  "beforeStore",
  "insideStore",
  "afterStore",
  "afterSend",
  "afterMarkSent",
  "beforeSettle",
  "insideSettle",
  "afterSettle",
];

/** How a round ends the process: at the n-th time of a moment, or so long after its start. */
export type Kill = { readonly at: Moment; readonly nth: number } | { readonly afterMs: number };

export interface KillReport {
  /** Processes that really died of SIGKILL; one may be done before its moment comes. */
  readonly kills: number;
  readonly rounds: number;
  readonly seconds: number;
  readonly settled: readonly Settled[];
}

export async function issueUnderKills(plan: Plan, kills: readonly Kill[]): Promise<KillReport> {
  const begun = performance.now();
  let [dead, rounds] = [0, 0];
  for (const kill of kills) {
    rounds += 1;
    const processId = `${plan.processId}-${rounds}`;
    const victim = startUnderFault({ ...plan, processId }, "at" in kill ? `${kill.at}:${kill.nth}` : undefined);
    if ("afterMs" in kill) {
      await victim.started;
      await Promise.race([sleep(kill.afterMs), victim.ended]);
      victim.kill();
    }
    if ((await victim.ended) === "SIGKILL") dead += 1;
  }
  const last = startUnderFault({ ...plan, processId: `${plan.processId}-last` });
  const settled = await last.settled;
  await last.ended;
  if (settled === undefined) throw new Error("the last process died before everything was settled");
  return { kills: dead, rounds: rounds + 1, seconds: (performance.now() - begun) / 1_000, settled };
}
