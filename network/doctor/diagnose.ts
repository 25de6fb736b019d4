/** All rules over what was found out. */
import type { Facts } from "./facts.ts";
import { byUrgency } from "./finding.ts";
import type { Finding } from "./finding.ts";
import { judgeChain } from "./rules/chain.ts";
import { judgeGenesis } from "./rules/genesis.ts";
import { judgeMachine } from "./rules/machine.ts";
import { judgeNodes } from "./rules/node.ts";

/** The worst first; each thing once. */
export function diagnose(facts: Facts): Finding[] {
  const all = [...judgeGenesis(facts), ...judgeChain(facts), ...judgeMachine(facts), ...judgeNodes(facts)];
  const once = new Map(all.map((finding) => [`${finding.code} ${finding.about} ${finding.seen.en}`, finding]));
  return [...once.values()].sort(byUrgency);
}

/** Notices alone are no illness. */
export function isHealthy(findings: readonly Finding[]): boolean {
  return findings.every(({ severity }) => severity === "notice");
}
