/** Besu's process of one node: found, started, stopped. It is set apart from whoever starts it and outlives the command. */
import { mkdirSync, rmSync } from "node:fs";
import { besuArguments, besuEnvironment } from "../files/launch.ts";
import { readKeyFile } from "../files/key-file.ts";
import type { NetworkFolder, NodeFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodePorts } from "../plan/node-ports.ts";
import type { NetworkNode } from "../plan/plan.ts";
import { isPortFree } from "../../scripts/chain/ports.ts";
import { endOf, endProcess, runningProcess, spawnApart } from "../../scripts/tooling/process.ts";
import type { BesuHome } from "./besu-home.ts";
import { lastLines, setOldLogAside } from "./log-reader.ts";
import type { RunningNode } from "./running-node.ts";

/**
 * bin/besu is a script that ends in `exec java`: the id stays and the words change from `bin/besu …` to
 * `java … org.hyperledger.besu.Besu …`. The node's own --data-path stands in both, and in no other process.
 */
function mark(at: NodeFolder): string {
  return `--data-path=${at.data} `;
}

/** The process that this program started for the node, if it still runs. */
export function besuPid(folder: NetworkFolder, nodeId: string): number | undefined {
  const at = folder.node(nodeId);
  return runningProcess(at.besuPid, mark(at));
}

/** Starts it and returns at once; its RPC answers some 10 to 60 s later. Throws `NetworkError("machine")` on a taken port. */
export async function startBesu(folder: NetworkFolder, node: NetworkNode, besu: BesuHome): Promise<RunningNode> {
  const at = folder.node(node.id);
  readKeyFile(at.key);
  await checkPorts(node);
  mkdirSync(at.data, { recursive: true });
  // Asking Besu for its version took seconds: another command may have been faster.
  if (besuPid(folder, node.id) !== undefined)
    throw new NetworkError("machine", `${node.id} was started by another command just now: run this one again.`);
  setOldLogAside(at.besuLog);
  const child = spawnApart({
    command: besu.program,
    args: besuArguments({ ...at, genesis: folder.genesis, staticNodes: folder.staticNodes }),
    cwd: at.path,
    env: { ...besuEnvironment(node, process.env), ...besu.env },
    pidFile: at.besuPid,
    logFile: at.besuLog,
  });
  const running: { how: string | undefined } = { how: undefined };
  void endOf(child).then((how) => {
    running.how = `${how}. ${whyItEnded(at.besuLog)} (log: ${at.besuLog})`;
  });
  child.unref();
  return { node, pid: child.pid, death: () => running.how };
}

/** False when there was nothing to stop. */
export async function stopBesu(
  folder: NetworkFolder,
  nodeId: string,
  patienceMs: number,
): Promise<"asked" | "killed" | false> {
  const at = folder.node(nodeId);
  const pid = besuPid(folder, nodeId);
  if (pid === undefined) return false;
  const how = await endProcess(pid, { patienceMs, isRunning: () => runningProcess(at.besuPid, mark(at)) === pid });
  rmSync(at.besuPid, { force: true });
  return how;
}

async function checkPorts(node: NetworkNode): Promise<void> {
  for (const { port, host, what } of nodePorts(node))
    if (!(await isPortFree(port, host)))
      throw new NetworkError(
        "machine",
        `Port ${port} (${what} of ${node.id}) is taken by another program: stop it (ss -ltnp 'sport = :${port}' names it), or change the node's ports in network.json and its config.toml.`,
      );
}

const COMPLAINT = /\b(ERROR|FATAL)\b|Exception|Unknown option|Invalid value|Missing required|Unable to/;
/** After a wrong option Besu ends with how to get help. */
const HELP = /^(To display full help|besu \[COMMAND\] --help)/;

/** The line in which Besu says why; a stack may follow it. */
function whyItEnded(log: string): string {
  const lines = lastLines(log, 60).filter((line) => line.trim() !== "" && !/^\s/.test(line) && !HELP.test(line));
  return (lines.findLast((line) => COMPLAINT.test(line)) ?? lines.at(-1) ?? "").slice(0, 500);
}
