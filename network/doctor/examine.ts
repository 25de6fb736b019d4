/** Finds out what can be found out, at once for all nodes, and judges it. Changes nothing: no file, no vote, no peer. */
import { setTimeout as sleep } from "node:timers/promises";
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import { alliance as allianceAbi } from "../../gateway/src/chain/contracts.ts";
import { readContract } from "../../gateway/src/chain/read-contracts.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { parseAddress } from "../../gateway/src/kernel/ids.ts";
import { genesisDigest } from "../genesis/genesis.ts";
import { agentHealthUrl, agentPid, askAgent } from "../nodes/agent-process.ts";
import { selectNodes } from "../nodes/bring-up.ts";
import type { Selection } from "../nodes/bring-up.ts";
import { findBesu } from "../nodes/besu-home.ts";
import { besuPid } from "../nodes/besu-process.ts";
import { rpcUrlOf } from "../nodes/running-node.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodesHere, readNetworkFile } from "../plan/network-file.ts";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";
import { diagnose } from "./diagnose.ts";
import type { AgentFacts, AllianceFacts, Facts, NodeFacts } from "./facts.ts";
import type { Finding } from "./finding.ts";
import { readLogSigns } from "./probe/log-signs.ts";
import { readMetrics } from "./probe/metrics-text.ts";
import { readDeployed, readGenesisText, readNodeFiles, readStaticNodes, readTail } from "./probe/files.ts";
import { diskOf, isClockSynchronised, listeningPorts, userName } from "./probe/machine.ts";
import { askHead, askMetrics, askNode } from "./probe/node.ts";
import { bestOf, isLate } from "./rules/chain.ts";

export interface Examination {
  readonly facts: Facts;
  /** The worst first. */
  readonly findings: readonly Finding[];
}

export interface ExamineOptions extends Selection {
  /** Asked for BESU_HOME and JAVA_HOME only. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly say: (line: string) => void;
}

/** An old head is watched for two periods and a bit: is it the chain that stands, or a clock that is wrong? */
const WATCH = { periods: 2, extraSeconds: 1, stepMs: 250 };

/** Throws `NetworkError("input")` when there is no network in the folder. */
export async function examine(folder: NetworkFolder, options: ExamineOptions): Promise<Examination> {
  const network = readNetworkFile(folder);
  const own = nodesHere(folder, network);
  const chosen = selectNodes(folder, network, options);
  options.say(`Asking ${chosen.length} node${chosen.length === 1 ? "" : "s"} of this computer 询问本机节点`);
  const deployed = readDeployed(folder);
  const here = await Promise.all(chosen.map((node) => lookAt(folder, network, node)));
  const now = Date.now() / 1_000;
  const first: Facts = {
    network,
    genesisDigest: digestOf(folder),
    deployedOn: deployed?.genesisHash,
    staticNodes: readStaticNodes(folder),
    here,
    elsewhere: network.nodes.filter(({ id }) => !own.some((node) => node.id === id)),
    alliance: deployed === undefined ? undefined : await askAlliance(here, deployed.contracts.alliance),
    machine: {
      user: userName(),
      isClockSynchronised: await isClockSynchronised(),
      besuProblem: await besuProblem(folder, network, here, options),
    },
    now,
    watched: undefined,
  };
  const facts = { ...first, watched: await watch(first, options.say) };
  return { facts, findings: diagnose(facts) };
}

async function lookAt(folder: NetworkFolder, network: NetworkFile, node: NetworkNode): Promise<NodeFacts> {
  const at = folder.node(node.id);
  const rpcUrl = rpcUrlOf(node);
  const [answer, metrics, agent] = await Promise.all([
    askNode(rpcUrl, network.chain.validatorSelection),
    askMetrics(node.ports.metrics),
    lookAtAgent(folder, node),
  ]);
  const isOther = answer?.publicKey !== undefined && answer.publicKey !== node.publicKey;
  const rpc = isOther ? undefined : answer;
  return {
    node,
    rpcUrl,
    rpc,
    stranger: isOther ? answer.publicKey : undefined,
    agent,
    paths: { config: at.config, key: at.key, permissions: at.permissions, data: at.data, agentLog: at.agentLog },
    pid: besuPid(folder, node.id),
    metrics: metrics === undefined ? undefined : readMetrics(metrics),
    listening: rpc === undefined ? await listeningPorts(node) : [],
    log: readLogSigns(readTail(at.besuLog)),
    files: readNodeFiles(at),
    disk: diskOf(at.data),
  };
}

/** Only validators have members, and before the contracts are deployed there is nothing for an agent to do. */
async function lookAtAgent(folder: NetworkFolder, node: NetworkNode): Promise<AgentFacts | undefined> {
  if (node.role !== "validator" || readDeployed(folder) === undefined) return undefined;
  const health = await askAgent(agentHealthUrl(folder, node));
  return {
    pid: agentPid(folder, node.id),
    health: health === undefined ? undefined : conditionOf(health),
    lastLine: readLogSigns(readTail(folder.node(node.id).agentLog))?.lastLine,
  };
}

interface AgentPage {
  readonly status: string;
  readonly lastProblem?: { readonly message?: string };
  readonly follow?: { readonly lastProblem?: { readonly message?: string } };
}

/** Following the alliance (allow-list, votes) has troubles of its own. */
function conditionOf({ status, lastProblem, follow }: AgentPage): NonNullable<AgentFacts["health"]> {
  return { status, problem: (status === "notFollowing" ? follow?.lastProblem : lastProblem)?.message };
}

function digestOf(folder: NetworkFolder): Facts["genesisDigest"] {
  const text = readGenesisText(folder);
  return text === undefined ? undefined : genesisDigest(text);
}

async function askAlliance(here: readonly NodeFacts[], alliance: Address): Promise<AllianceFacts | undefined> {
  const urls = here.filter(({ rpc }) => rpc?.head !== undefined).map(({ rpcUrl }) => rpcUrl);
  if (urls.length === 0) return undefined;
  const chain = connectChain(urls);
  const read = async (method: string): Promise<unknown> =>
    (await readContract(chain, { abi: allianceAbi, address: alliance, method, args: [] }))[0];
  try {
    const wanted = [...((await read("getValidators")) as Iterable<string>)].map((node) => parseAddress(node));
    return { wanted, floor: Number(await read("validatorFloor")) };
  } catch {
    // Another chain, or a node that only just syncs: its own findings say so.
    return undefined;
  } finally {
    chain.close();
  }
}

/** Starting Besu to ask its version takes seconds: only when a node here is down, and only where Besu is said to be. */
async function besuProblem(
  folder: NetworkFolder,
  { besuVersion }: NetworkFile,
  here: readonly NodeFacts[],
  { env, say }: ExamineOptions,
): Promise<string | undefined> {
  const isNeeded = here.some(({ rpc, pid }) => rpc === undefined && pid === undefined);
  if (!isNeeded || (env["BESU_HOME"] ?? "") === "") return undefined;
  say("A node is down: asking Besu for its version 有节点未运行，检查 Besu 版本");
  try {
    await findBesu({ env, folder, wanted: besuVersion, say: () => undefined });
    return undefined;
  } catch (error) {
    if (error instanceof NetworkError) return error.message;
    throw error;
  }
}

async function watch(facts: Facts, say: (line: string) => void): Promise<Facts["watched"]> {
  const head = bestOf(facts)?.head;
  if (head === undefined) return undefined;
  const age = facts.now - head.timestamp;
  if (!isLate(age, facts.network) && age >= -1) return undefined;
  const { blockPeriodSeconds } = facts.network.chain;
  const seconds = WATCH.periods * blockPeriodSeconds + WATCH.extraSeconds;
  say(
    `The newest block is ${Math.round(age)} s old: watching for ${seconds} s 最新区块已有 ${Math.round(age)} 秒，观察 ${seconds} 秒`,
  );
  const urls = facts.here.filter(({ rpc }) => rpc?.head !== undefined).map(({ rpcUrl }) => rpcUrl);
  const deadline = performance.now() + seconds * 1_000;
  let newest = head;
  while (newest.number === head.number && performance.now() < deadline) {
    await sleep(WATCH.stepMs);
    for (const block of await Promise.all(urls.map((url) => askHead(url))))
      if (block !== undefined && block.number > newest.number) newest = block;
  }
  return { seconds, blocks: newest.number - head.number, ageSeconds: Date.now() / 1_000 - newest.timestamp };
}
