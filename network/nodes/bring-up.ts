/** `up`: what is down is started, what runs is left alone, and it is over when blocks are made. Can be run again at any time. */
import { existsSync } from "node:fs";
import { totalmem } from "node:os";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere, readNetworkFile } from "../plan/network-file.ts";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";
import { agentPid, startAgent } from "./agent-process.ts";
import { findBesu } from "./besu-home.ts";
import { besuPid, startBesu } from "./besu-process.ts";
import { lookAtNode } from "./node-state.ts";
import { rpcUrlOf } from "./running-node.ts";
import type { RunningNode } from "./running-node.ts";
import { waitForBlocks, waitUntilAnswering } from "./wait.ts";

type Say = (line: string) => void;

/** Which nodes of this computer; all of them without either. */
export interface Selection {
  readonly organisation?: string | undefined;
  readonly node?: string | undefined;
}

/** Throws `NetworkError("input")` when none is left. */
export function selectNodes(folder: NetworkFolder, network: NetworkFile, of: Selection): NetworkNode[] {
  const here = nodesHere(folder, network);
  const chosen = here.filter(
    (node) => (of.node ?? node.id) === node.id && (of.organisation ?? node.organisation) === node.organisation,
  );
  if (chosen.length > 0) return chosen;
  const what = of.node ?? of.organisation;
  const has = here.map(({ id, organisation }) => `${id} (${organisation})`).join(", ");
  if (what === undefined || here.length === 0)
    throw new NetworkError(
      "input",
      `${folder.root} holds no node's key: no node of this network runs on this computer.`,
    );
  throw new NetworkError("input", `No node of this computer is ${what}: there are ${has}.`);
}

export interface BringUp extends Selection {
  readonly timeoutMs: number;
  /** False: it is over when the nodes answer. For the first organisation of several, whose chain can not move yet. */
  readonly waitsForBlocks: boolean;
  /** False: the caller starts them, once the node has caught up with the chain that has the contracts. */
  readonly startsAgents?: boolean;
}

export async function bringUp(folder: NetworkFolder, options: BringUp, say: Say): Promise<void> {
  const network = readNetworkFile(folder);
  const chosen = selectNodes(folder, network, options);
  const nodes = await runNodes(folder, network, { chosen, say });
  const waiting = { network, nodes, timeoutMs: options.timeoutMs, say };
  await waitUntilAnswering(waiting);
  if (options.waitsForBlocks) {
    say(`Waiting for two new blocks, ${network.chain.blockPeriodSeconds} s each …`);
    const { head, peers } = await waitForBlocks(waiting);
    say(`Blocks are made: the head is ${head}, peers up to ${peers}.`);
  }
  if (options.startsAgents === false) return;
  if (existsSync(folder.deployment)) await startAgents(folder, chosen, say);
  else say("No agents yet: the contracts are not there (deployment.json comes with `deploy`).");
}

async function runNodes(
  folder: NetworkFolder,
  network: NetworkFile,
  { chosen, say }: { chosen: readonly NetworkNode[]; say: Say },
): Promise<RunningNode[]> {
  const found = await Promise.all(chosen.map((node) => findRunning(folder, node)));
  const down = chosen.filter((_node, index) => found[index] === undefined);
  for (const running of found)
    if (running !== undefined)
      say(`${running.node.id} runs already${running.pid === undefined ? "" : ` (process ${running.pid})`}.`);
  if (down.length === 0) return found.filter((running) => running !== undefined);
  const besu = await findBesu({ env: process.env, folder, wanted: network.besuVersion, say });
  tellOfMemory(down, say);
  const started = await Promise.all(down.map((node) => startBesu(folder, node, besu)));
  for (const { node, pid } of started) say(`${node.id} starts (Besu ${besu.version}, process ${pid ?? "none"}).`);
  return chosen.map((node) => [...found, ...started].find((running) => running?.node.id === node.id) as RunningNode);
}

const MIB = 1024 * 1024;
/** Beside the heap: direct memory, code, threads. */
const BESIDE_HEAP_MB = 600;

function tellOfMemory(nodes: readonly NetworkNode[], say: Say): void {
  const needed = nodes.reduce((sum, { heapMb }) => sum + heapMb + BESIDE_HEAP_MB, 0);
  const has = Math.round(totalmem() / MIB);
  if (needed > has)
    say(`Warning: the nodes take up to ${needed} MiB and this computer has ${has}: lower heapMb, or run fewer here.`);
}

/** Started by this program, or by docker, systemd or hand: then only its RPC tells. */
async function findRunning(folder: NetworkFolder, node: NetworkNode): Promise<RunningNode | undefined> {
  const pid = besuPid(folder, node.id);
  if (pid !== undefined) {
    const death = (): string | undefined =>
      besuPid(folder, node.id) === pid ? undefined : `its process ended (log: ${folder.node(node.id).besuLog})`;
    return { node, pid, death };
  }
  const { address } = await lookAtNode(rpcUrlOf(node));
  return address === node.address ? { node, pid: undefined, death: () => undefined } : undefined;
}

/** Beside every validator among `nodes`; those that run are left alone. */
export async function startAgents(folder: NetworkFolder, nodes: readonly NetworkNode[], say: Say): Promise<void> {
  await Promise.all(
    nodes
      .filter((node) => node.role === "validator")
      .map(async (node) => {
        const { health, isNew } = await startAgent(folder, node);
        const pid = agentPid(folder, node.id) ?? "none";
        say(`The agent of ${node.id} ${isNew ? "runs" : "ran already"} (process ${pid}): ${health}`);
      }),
  );
}
