/** `status` for people. */
import type { NetworkStatus, NodeStatus } from "../nodes/status.ts";

const HEADINGS = ["node", "organisation", "role", "process", "node answers", "block", "age", "peers", "seals", "agent"];
/** Blocks come each period; a head this much older than one stands still. */
const STILL_PERIODS = 5;
const STILL_SECONDS_MIN = 15;

export function statusText(status: NetworkStatus, blockPeriodSeconds: number): string {
  const rows = [HEADINGS, ...status.nodes.map(rowOf)];
  const widths = HEADINGS.map((_heading, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  const table = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
  return [...table, "", ...summary(status, blockPeriodSeconds)].join("\n").trimEnd();
}

function rowOf(node: NodeStatus): string[] {
  const isElsewhere = node.rpc === undefined;
  return [
    node.id ?? node.rpc ?? "",
    node.organisation ?? "",
    node.role ?? "",
    isElsewhere ? "elsewhere" : node.pid === undefined ? (node.answers ? "not ours" : "none") : String(node.pid),
    answerOf(node),
    node.head === undefined ? "" : `${node.head}${node.isSyncing === true ? " syncing" : ""}`,
    node.headAgeSeconds === undefined ? "" : `${node.headAgeSeconds} s`,
    node.peers === undefined ? "" : String(node.peers),
    node.isValidator === undefined ? "?" : node.isValidator ? "yes" : "no",
    node.agent === undefined ? "" : (node.agent.status ?? "no answer"),
  ];
}

function answerOf({ rpc, answers, client }: NodeStatus): string {
  if (rpc === undefined) return answers ? "connected" : "not connected";
  // besu/v26.8.0/linux-x86_64/openjdk-java-25
  return answers ? (client?.split("/").slice(0, 2).join(" ") ?? "yes") : "no";
}

function summary(status: NetworkStatus, period: number): string[] {
  const { name, chainId, head, headAgeSeconds, validators, quorum, faultsTolerated } = status;
  if (head === undefined) return [];
  const isStill =
    headAgeSeconds === undefined ? head === 0 : headAgeSeconds > Math.max(period * STILL_PERIODS, STILL_SECONDS_MIN);
  return [
    `${name ?? "Network"}: chain ${chainId ?? "?"}, block ${head}${headAgeSeconds === undefined ? "" : `, ${headAgeSeconds} s old`}.`,
    validators === undefined
      ? "The nodes do not tell who seals (QBFT is not among their RPC groups)."
      : `${validators.length} validators, ${quorum ?? "?"} of them seal a block, ${faultsTolerated ?? "?"} may be away.`,
    `Block 0: ${status.genesisHash ?? "?"}${status.genesisDigest === undefined ? "" : `, digest of genesis.json ${status.genesisDigest}`}`,
    ...(isStill ? ["The chain stands still: `doctor` says why and what to do. 链已停止出块，请运行 doctor。"] : []),
  ];
}
