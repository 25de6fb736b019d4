/** What the doctor says: for people in two languages, for programs as JSON. */
import { quorumOf } from "../nodes/status.ts";
import type { Severity } from "./catalogue.ts";
import { isHealthy } from "./diagnose.ts";
import type { Examination } from "./examine.ts";
import type { NodeFacts } from "./facts.ts";
import { bestOf } from "./rules/chain.ts";
import { versionsOf } from "./rules/node.ts";

const MARKS: Readonly<Record<Severity, string>> = { critical: "!!", warning: " !", notice: " i" };

export function reportText({ facts, findings }: Examination): string {
  const head = bestOf(facts)?.head;
  const validators = bestOf(facts)?.validators;
  const chain =
    head === undefined
      ? "No node of this computer answers. 本机没有节点应答。"
      : `Block ${head.number}, ${Math.round(facts.now - head.timestamp)} s old` +
        (validators === undefined
          ? "."
          : `; ${validators.length} validators, ${quorumOf(validators.length)} seal a block.`);
  const said = findings.flatMap(({ severity, code, about, seen, todo }) => [
    "",
    `${MARKS[severity]} ${code} · ${about}`,
    `   ${seen.en}`,
    `   ${seen.zh}`,
    `   → ${todo.en}`,
    `   → ${todo.zh}`,
  ]);
  const verdict = isHealthy(findings) ? ["", "Nothing is wrong that can be seen from here. 从本机看一切正常。"] : [];
  return [`${facts.network.name}: ${chain}`, ...table(facts.here), ...said, ...verdict].join("\n");
}

const HEADINGS = ["node", "block", "peers", "besu", "java", "disk free", "agent"];

function table(nodes: readonly NodeFacts[]): string[] {
  const rows = [HEADINGS, ...nodes.map(rowOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd());
}

function rowOf({ node, rpc, disk, agent }: NodeFacts): string[] {
  const { besu, java } = versionsOf(rpc);
  return [
    node.id,
    rpc === undefined ? "no answer" : String(rpc.head?.number ?? "?"),
    String(rpc?.peers?.length ?? "?"),
    besu?.join(".") ?? "?",
    String(java ?? "?"),
    disk === undefined ? "?" : `${(disk.freeBytes / 1024 ** 3).toFixed(1)} GiB`,
    agent === undefined ? "none" : (agent.health?.status ?? "no answer"),
  ];
}

/** Stable: monitors may read it. Numbers stand in `findings[].numbers` under the names used in the words. */
export function reportJson({ facts, findings }: Examination): string {
  const best = bestOf(facts);
  const content = {
    isHealthy: isHealthy(findings),
    network: facts.network.name,
    genesisDigest: facts.genesisDigest,
    head:
      best?.head === undefined ? undefined : { number: best.head.number, ageSeconds: facts.now - best.head.timestamp },
    validators: best?.validators,
    quorum: best?.validators === undefined ? undefined : quorumOf(best.validators.length),
    nodes: facts.here.map(({ node, pid, rpc, metrics, disk, agent, log }) => ({
      id: node.id,
      pid,
      answers: rpc !== undefined,
      block: rpc?.head?.number,
      peers: rpc?.peers?.length,
      client: rpc?.clientVersion,
      minGasPrice: metrics?.get("ethereum_min_gas_price"),
      round: log?.round?.number,
      freeBytes: disk?.freeBytes,
      agent: agent?.health?.status,
    })),
    findings,
  };
  return JSON.stringify(content, null, 2);
}
