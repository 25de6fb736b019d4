/** The agent beside a node: started with the node's own key and RPC, found again, stopped. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { NetworkFolder, NodeFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { NetworkNode } from "../plan/plan.ts";
import { findFreePort, isPortFree } from "../../scripts/chain/ports.ts";
import { endOf, endProcess, lastWords, runningProcess, spawnApart } from "../../scripts/tooling/process.ts";
import { PROJECT_ROOT } from "../../scripts/tooling/run-step.ts";
import { setOldLogAside } from "./log-reader.ts";
import { rpcUrlOf } from "./running-node.ts";

const MAIN = "network/agent/main.ts";
/** From a node's metrics port to its agent's health port, so that an operator knows both. */
const HEALTH_ABOVE_METRICS = 100;
const START_TIMEOUT_MS = 60_000;
const HEALTH_TIMEOUT_MS = 3_000;
const PATIENCE_MS = 20_000;

/** No other agent keeps its notes there. */
function mark(at: NodeFolder): string {
  return `--state-dir ${at.agentState} `;
}

export function agentPid(folder: NetworkFolder, nodeId: string): number | undefined {
  const at = folder.node(nodeId);
  return runningProcess(at.agentPid, mark(at));
}

/** Starts it unless it runs, and waits until it reports its health. Needs deployment.json. */
export async function startAgent(
  folder: NetworkFolder,
  node: NetworkNode,
): Promise<{ health: string; isNew: boolean }> {
  const at = folder.node(node.id);
  if (agentPid(folder, node.id) !== undefined) return { health: agentHealthUrl(folder, node), isNew: false };
  mkdirSync(at.agentState, { recursive: true });
  const usual = node.ports.metrics + HEALTH_ABOVE_METRICS;
  const healthPort = (await isPortFree(usual)) ? usual : await findFreePort();
  setOldLogAside(at.agentLog);
  const child = spawnApart({
    command: process.execPath,
    args: [
      ...["--disable-warning=ExperimentalWarning", join(PROJECT_ROOT, MAIN), "--state-dir", at.agentState],
      ...["--key-file", at.key, "--rpc", rpcUrlOf(node), "--deployment", folder.deployment],
      ...["--network-dir", folder.root, "--node-rpc", rpcUrlOf(node), "--health-port", String(healthPort)],
    ],
    cwd: PROJECT_ROOT,
    env: process.env,
    pidFile: at.agentPid,
    logFile: at.agentLog,
  });
  let death: string | undefined;
  void endOf(child).then((how) => (death = how));
  child.unref();
  const health = healthUrl(healthPort);
  writeFileSync(healthFile(at), `${health}\n`);
  const deadline = performance.now() + START_TIMEOUT_MS;
  while ((await askAgent(health)) === undefined) {
    if (death !== undefined || performance.now() > deadline)
      throw new NetworkError(
        "machine",
        `The agent of ${node.id} did not start: ${death ?? "no answer"}. ${lastWords(at.agentLog)} (log: ${at.agentLog})`,
      );
    await sleep(100);
  }
  return { health, isNew: true };
}

/** False when there was nothing to stop. */
export async function stopAgent(folder: NetworkFolder, nodeId: string): Promise<boolean> {
  const at = folder.node(nodeId);
  const pid = agentPid(folder, nodeId);
  if (pid === undefined) return false;
  await endProcess(pid, { patienceMs: PATIENCE_MS, isRunning: () => runningProcess(at.agentPid, mark(at)) === pid });
  rmSync(at.agentPid, { force: true });
  return true;
}

/** Where the agent listens that was started here; otherwise the usual port, where a supervisor's should be told to. */
export function agentHealthUrl(folder: NetworkFolder, node: NetworkNode): string {
  const file = healthFile(folder.node(node.id));
  return existsSync(file) ? readFileSync(file, "utf8").trim() : healthUrl(node.ports.metrics + HEALTH_ABOVE_METRICS);
}

function healthFile(at: NodeFolder): string {
  return join(at.agentState, "health.url");
}

function healthUrl(port: number): string {
  return `http://127.0.0.1:${port}/health`;
}

/** What an agent says of itself; undefined when none answers. It answers 503 when something is wrong, with the reason. */
export async function askAgent(health: string): Promise<{ readonly status: string } | undefined> {
  try {
    const response = await fetch(health, { signal: AbortSignal.timeout(HEALTH_TIMEOUT_MS) });
    const body = (await response.json()) as { status?: unknown };
    return typeof body.status === "string" ? { ...body, status: body.status } : undefined;
  } catch {
    return undefined;
  }
}
