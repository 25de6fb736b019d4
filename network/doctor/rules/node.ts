/** Findings about one node's work: whether it runs, what it is connected to, what it drops, what waits in its pool. */
import type { NetworkNode } from "../../plan/plan.ts";
import type { Enode } from "../../besu/enode.ts";
import { bestOf } from "./chain.ts";
import type { Facts, NodeFacts, RpcFacts } from "../facts.ts";
import { finding } from "../finding.ts";
import type { Finding } from "../finding.ts";
import { isSameEnode, readEnodes } from "./enode-lists.ts";

/** Two nodes are never asked in the same instant; a few blocks apart is the same head. */
const BEHIND_MAX = 5;
const POOL_FULL_SHARE = 0.9;
const BESU_LEAST = [26, 8] as const;
const JAVA_LEAST = 25;

export function judgeNodes(facts: Facts): Finding[] {
  const best = Math.max(bestOf(facts)?.head?.number ?? 0, ...facts.here.map(bestKnown));
  return [
    ...facts.here.flatMap((node) => [
      ...judgeProcess(node),
      ...judgeVersions(node),
      ...judgeSync(node, best),
      ...judgePeers(facts, node),
      ...judgeAllowlist(facts, node),
      ...judgeMinGasPrice(node),
      ...judgePool(facts, node),
      ...judgeAgent(facts, node),
    ]),
    ...judgeStaticNodes(facts),
    ...judgeReleases(facts),
  ];
}

function bestKnown({ metrics }: NodeFacts): number {
  return metrics?.get("ethereum_best_known_block_number") ?? 0;
}

function judgeProcess({ node, pid, rpc, rpcUrl, log, listening, stranger }: NodeFacts): Finding[] {
  if (rpc !== undefined || stranger !== undefined) return [];
  if (pid !== undefined) return [finding("node_silent", node.id, { node: node.id, pid, address: rpcUrl })];
  // Somebody else listens where it should: that it does not run follows from that.
  if (listening.length > 0) return [];
  return [
    finding("node_down", node.id, { node: node.id, line: log?.lastLine ?? "(it has no log: never started here)" }),
  ];
}

function judgeVersions({ node, rpc }: NodeFacts): Finding[] {
  const { besu, java } = versionsOf(rpc);
  const isOld = besu !== undefined && (besu[0] ?? 0) * 1_000 + (besu[1] ?? 0) < BESU_LEAST[0] * 1_000 + BESU_LEAST[1];
  return [
    ...(isOld ? [finding("besu_too_old", node.id, { is: besu.join("."), least: BESU_LEAST.join(".") })] : []),
    ...(java !== undefined && java < JAVA_LEAST
      ? [finding("java_too_old", node.id, { is: java, least: JAVA_LEAST })]
      : []),
  ];
}

/** besu/v26.8.0/linux-x86_64/openjdk-java-25 */
export function versionsOf(rpc: RpcFacts | undefined): { besu: number[] | undefined; java: number | undefined } {
  const besu = /^besu\/v?(\d+)\.(\d+)(?:\.(\d+))?/i.exec(rpc?.clientVersion ?? "");
  const java = /java-(\d+)/.exec(rpc?.clientVersion ?? "")?.[1];
  return {
    besu: besu?.slice(1).filter(Boolean).map(Number),
    java: java === undefined ? undefined : Number(java),
  };
}

function judgeReleases({ here }: Facts): Finding[] {
  const versions = here.flatMap(({ node, rpc }) => {
    const besu = versionsOf(rpc).besu?.join(".");
    return besu === undefined ? [] : [{ id: node.id, besu }];
  });
  if (new Set(versions.map(({ besu }) => besu)).size < 2) return [];
  return [
    finding("versions_differ", "network", { versions: versions.map(({ id, besu }) => `${id} ${besu}`).join(", ") }),
  ];
}

function judgeSync({ node, rpc }: NodeFacts, best: number): Finding[] {
  const head = rpc?.head?.number;
  if (head === undefined || best - head <= BEHIND_MAX) return [];
  return [finding("node_behind", node.id, { head, best, behind: best - head })];
}

function judgePeers(facts: Facts, { node, rpc }: NodeFacts): Finding[] {
  if (rpc?.peers === undefined) return [];
  const { peers } = rpc;
  const others = facts.network.nodes.filter(({ address }) => address !== node.address);
  if (peers.length === 0 && others.length > 0)
    return [finding("no_peers", node.id, { expected: others.length, port: node.ports.p2p, host: node.host })];
  const missing = others.filter(
    (other) => !peers.includes(other.address) && shouldBePeer(facts, other) && isAllowed(rpc, other),
  );
  if (missing.length === 0) return [];
  return [
    finding("peer_missing", node.id, {
      missing: missing.map(({ id, host, ports }) => `${id} (${host}:${ports.p2p})`).join(", "),
      peers: peers.length,
      hostPort: missing.map(({ host, ports }) => `${host} ${ports.p2p}`)[0] ?? "",
    }),
  ];
}

/** One of ours that is down, or one that none of ours sees, is said once, by its own finding; others' observers come and go. */
function shouldBePeer({ here }: Facts, other: NetworkNode): boolean {
  const own = here.find(({ node }) => node.id === other.id);
  if (own !== undefined) return own.rpc !== undefined;
  return other.role === "validator" && here.some(({ rpc }) => rpc?.peers?.includes(other.address));
}

function isAllowed({ allowlist }: RpcFacts, other: NetworkNode): boolean {
  return allowlist === undefined || readEnodes(allowlist).some((enode) => isSameEnode(enode, endpointOf(other)));
}

/** In the network file a node may have moved since; the list must have it as it is there. */
function judgeAllowlist(facts: Facts, { node, rpc }: NodeFacts): Finding[] {
  if (rpc?.allowlist === undefined) return [];
  const allowed = readEnodes(rpc.allowlist);
  const missing = facts.network.nodes.filter(
    (other) => other.address !== node.address && belongs(facts, other) && !isAllowed(rpc, other),
  );
  if (missing.length === 0) return [];
  const words = missing.map(({ id, address, enode }) => {
    const elsewhere = allowed.find((other) => other.address === address);
    return elsewhere === undefined ? `${id} ${enode}` : `${id} ${enode} (there as ${elsewhere.host}:${elsewhere.port})`;
  });
  return [finding("not_allowed", node.id, { count: missing.length, missing: words.join(", ") })];
}

/** Agents take members that left off the lists, while network.json goes on naming them. */
function belongs(facts: Facts, { role, address }: NetworkNode): boolean {
  if (facts.alliance === undefined || role === "observer") return true;
  return facts.alliance.wanted.includes(address) || bestOf(facts)?.validators?.includes(address) === true;
}

function endpointOf({ publicKey, address, host, ports }: NetworkNode): Enode {
  return { publicKey, address, host, port: ports.p2p };
}

function judgeStaticNodes(facts: Facts): Finding[] {
  const { staticNodes, network, here } = facts;
  if (staticNodes === undefined) return [];
  const listed = readEnodes(staticNodes);
  const missing = network.nodes
    .filter((node) => belongs(facts, node) && !listed.some((enode) => isSameEnode(enode, endpointOf(node))))
    .map((node) => finding("static_nodes_differ", "computer", { missing: node.id, enode: node.enode }));
  const refused = here.flatMap(({ node, files, rpc, paths }) => {
    if (files.allowed === undefined || rpc !== undefined) return [];
    const allowed = readEnodes(files.allowed);
    return staticNodes
      .filter((url) => readEnodes([url]).some((enode) => !allowed.some((other) => isSameEnode(enode, other))))
      .map((url) => finding("static_not_allowed", node.id, { enode: url, file: paths.permissions }));
  });
  return [...missing, ...refused];
}

function judgeMinGasPrice({ node, metrics, files, paths }: NodeFacts): Finding[] {
  const running = metrics?.get("ethereum_min_gas_price");
  // With the profile Besu's own default is 0; without a running node its file is what is known.
  const is = running ?? Number(files.minGasPrice ?? 0);
  return is === 0 ? [] : [finding("min_gas_price", node.id, { is, file: paths.config })];
}

function judgePool(facts: Facts, { node, rpc }: NodeFacts): Finding[] {
  if (rpc?.pool === undefined) return [];
  const { max, count, gaps } = rpc.pool;
  const isFull = max !== undefined && max > 0 && count >= max * POOL_FULL_SHARE;
  return [
    ...gaps.map((gap) => finding("nonce_gap", node.id, { ...gap })),
    ...(isFull ? [finding("pool_full", node.id, { count, max, period: facts.network.chain.blockPeriodSeconds })] : []),
  ];
}

function judgeAgent(facts: Facts, { node, agent, paths }: NodeFacts): Finding[] {
  if (agent === undefined) return [];
  if (agent.health === undefined && agent.pid === undefined) {
    const line = agent.lastLine === undefined ? "it has no log." : `its log ends with: ${agent.lastLine}`;
    return [finding("agent_down", node.id, { node: node.id, line })];
  }
  const { status, problem } = agent.health ?? { status: "nothing", problem: "its /health does not answer" };
  if (status === "ok" || status === "starting") return [];
  // Whose node is no member's is said of the chain; one that was just admitted reads it within a minute.
  if (status === "notMember" && facts.alliance !== undefined) return [];
  if (status === "behind") return [finding("agent_behind", node.id, { log: paths.agentLog })];
  return [finding("agent_failing", node.id, { status, problem: problem ?? "see its log", log: paths.agentLog })];
}
