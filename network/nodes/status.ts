/** Everything `status` shows, gathered from RPC, process files and agents. Nodes that somebody else started count the same. */
import type { Address, Hex32 } from "../../gateway/src/kernel/ids.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import type { NetworkFile, NetworkNode, NodeRole } from "../plan/plan.ts";
import { nodesHere } from "../plan/network-file.ts";
import { agentHealthUrl, agentPid, askAgent } from "./agent-process.ts";
import { besuPid } from "./besu-process.ts";
import type { NodeState } from "./node-state.ts";
import { lookAtNode } from "./node-state.ts";
import { rpcUrlOf } from "./running-node.ts";

export interface NodeStatus {
  /** Undefined: a node that the network's folder does not know. */
  readonly id: string | undefined;
  readonly organisation: string | undefined;
  readonly role: NodeRole | undefined;
  readonly address: Address | undefined;
  /** Undefined: another computer's, only its connections to ours are seen. */
  readonly rpc: string | undefined;
  /** Of the process that this program started. */
  readonly pid: number | undefined;
  readonly answers: boolean;
  readonly client: string | undefined;
  readonly head: number | undefined;
  readonly headAgeSeconds: number | undefined;
  readonly isSyncing: boolean | undefined;
  readonly peers: number | undefined;
  /** Whether it may seal the next block; undefined when no node told. */
  readonly isValidator: boolean | undefined;
  /** Undefined: it has no agent here. `status` is undefined when the agent does not answer. */
  readonly agent: { readonly pid: number; readonly health: string; readonly status: string | undefined } | undefined;
}

export interface NetworkStatus {
  readonly name: string | undefined;
  readonly chainId: number | undefined;
  readonly genesisHash: Hex32 | undefined;
  readonly genesisDigest: Hex32 | undefined;
  readonly head: number | undefined;
  readonly headAgeSeconds: number | undefined;
  readonly validators: readonly Address[] | undefined;
  /** So many must seal a block, and so many may be away. */
  readonly quorum: number | undefined;
  readonly faultsTolerated: number | undefined;
  /** The nodes of this computer (or the addresses asked for) first, then the others that the network's file names. */
  readonly nodes: readonly NodeStatus[];
}

/** ⌈2n/3⌉ of the validators seal a block (Besu: BftHelpers). */
export function quorumOf(validators: number): number {
  return Math.ceil((2 * validators) / 3);
}

export interface StatusOf {
  readonly folder: NetworkFolder;
  /** Undefined without a network's folder: then `urls` are all there is. */
  readonly network: NetworkFile | undefined;
  /** Asked instead of the nodes of this computer. */
  readonly urls: readonly string[] | undefined;
}

export async function networkStatus({ folder, network, urls }: StatusOf): Promise<NetworkStatus> {
  const here = urls !== undefined || network === undefined ? [] : nodesHere(folder, network);
  const states = await Promise.all((urls ?? here.map(rpcUrlOf)).map((url) => lookAtNode(url)));
  const answering = states.filter((state) => state.head !== undefined);
  const highest = answering.toSorted((one, other) => (other.head?.number ?? 0) - (one.head?.number ?? 0))[0];
  const validators = highest?.validators;
  const isValidator = (address: Address | undefined): boolean | undefined =>
    address === undefined ? undefined : validators?.includes(address);
  const nodes = await Promise.all(
    states.map(async (state, index) => {
      const planned = here[index] ?? network?.nodes.find(({ address }) => address === state.address);
      return {
        ...askedNode(state, planned),
        isValidator: isValidator(planned?.address ?? state.address),
        ...(await processesOf(folder, here[index])),
      };
    }),
  );
  const shown = new Set(nodes.map(({ address }) => address));
  const others = (network?.nodes ?? []).filter(({ address }) => !shown.has(address));
  const connected = new Set(answering.flatMap(({ peers = [] }) => peers));
  return {
    name: network?.name,
    chainId: highest?.chainId,
    genesisHash: highest?.genesisHash,
    genesisDigest: network?.genesisDigest,
    ...headOf(highest),
    validators,
    quorum: validators === undefined ? undefined : quorumOf(validators.length),
    faultsTolerated: validators === undefined ? undefined : Math.floor((validators.length - 1) / 3),
    nodes: [
      ...nodes,
      ...others.map((node) => ({
        ...elsewhere(node, connected.has(node.address)),
        isValidator: isValidator(node.address),
      })),
    ],
  };
}

type Part = Omit<NodeStatus, "isValidator" | "pid" | "agent">;

function askedNode(state: NodeState, planned: NetworkNode | undefined): Part {
  return {
    id: planned?.id,
    organisation: planned?.organisation,
    role: planned?.role,
    address: planned?.address ?? state.address,
    rpc: state.url,
    answers: state.head !== undefined,
    client: state.client,
    ...headOf(state),
    isSyncing: state.isSyncing,
    peers: state.peers?.length,
  };
}

/** A node of another computer: it is there if one of ours is connected to it. */
function elsewhere(
  { id, organisation, role, address }: NetworkNode,
  answers: boolean,
): Omit<NodeStatus, "isValidator"> {
  const unknown = { rpc: undefined, pid: undefined, client: undefined, agent: undefined };
  const unseen = { head: undefined, headAgeSeconds: undefined, isSyncing: undefined, peers: undefined };
  return { ...{ id, organisation, role, address, answers }, ...unknown, ...unseen };
}

function headOf(state: NodeState | undefined): Pick<NodeStatus, "head" | "headAgeSeconds"> {
  const head = state?.head;
  if (head === undefined) return { head: undefined, headAgeSeconds: undefined };
  // Block 0 has the time 0: its age would be half a century.
  const age = head.number === 0 ? undefined : Math.max(0, Math.round(Date.now() / 1_000 - head.timestamp));
  return { head: head.number, headAgeSeconds: age };
}

async function processesOf(
  folder: NetworkFolder,
  node: NetworkNode | undefined,
): Promise<Pick<NodeStatus, "pid" | "agent">> {
  if (node === undefined) return { pid: undefined, agent: undefined };
  const pid = besuPid(folder, node.id);
  const agent = agentPid(folder, node.id);
  if (agent === undefined) return { pid, agent: undefined };
  const health = agentHealthUrl(folder, node);
  return { pid, agent: { pid: agent, health, status: (await askAgent(health))?.status } };
}
