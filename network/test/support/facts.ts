/** A healthy network as the doctor sees it, to be made ill one fact at a time. */
import type { Address, Hex32, HexData } from "../../../gateway/src/kernel/ids.ts";
import type { Facts, NodeFacts, RpcFacts, Sealed } from "../../doctor/facts.ts";
import { addressOfPublicKey, enodeUrl, seededNodeKey } from "../../besu/enode.ts";
import type { NetworkFile, NetworkNode, NodeRole } from "../../plan/plan.ts";

export const NOW = 1_800_000_000;
export const PERIOD = 2;
export const TIMEOUT = 6;
export const HASH = (digit: string): Hex32 => `0x${digit.repeat(64)}` as Hex32;
const GIB = 1024 ** 3;

export function plannedNode(index: number, role: NodeRole = "validator"): NetworkNode {
  const { publicKey } = seededNodeKey(`doctor ${index}`);
  const host = `10.0.0.${index + 1}`;
  return {
    id: `org${index}-1`,
    organisation: `org${index}`,
    role,
    host,
    ports: { p2p: 30_303, rpc: 8_545, ws: 8_546, metrics: 9_545 },
    heapMb: 512,
    publicKey,
    address: addressOfPublicKey(publicKey),
    enode: enodeUrl({ publicKey, host, port: 30_303 }),
  };
}

export function networkOf(nodes: readonly NetworkNode[], change: Partial<NetworkFile["chain"]> = {}): NetworkFile {
  return {
    version: 1,
    name: "doctor",
    chain: {
      chainId: 4_242,
      blockPeriodSeconds: PERIOD,
      requestTimeoutSeconds: TIMEOUT,
      epochLength: 30_000,
      gasLimit: 60_000_000,
      validatorSelection: "blockheader",
      ...change,
    },
    besuVersion: "26.8.0",
    organisations: nodes.map(({ organisation: slug }) => ({ slug, name: slug })),
    nodes,
    genesisDigest: HASH("d"),
  };
}

/** Blocks in turn, the last one second old. */
export function blocksOf(validators: readonly Address[], count: number, roundOf: (number: number) => number): Sealed[] {
  let turn = -1;
  return Array.from({ length: count }, (_, index) => {
    const number = 100 - count + 1 + index;
    const round = roundOf(number);
    turn += 1 + round;
    return {
      number,
      round,
      miner: validators[turn % validators.length] as Address,
      timestamp: NOW - 1 - (count - 1 - index) * PERIOD,
    };
  });
}

export function rpcOf(node: NetworkNode, network: NetworkFile, change: Partial<RpcFacts> = {}): RpcFacts {
  const validators = network.nodes
    .filter(({ role }) => role === "validator")
    .map(({ address }) => address)
    .sort();
  const others = network.nodes.filter(({ address }) => address !== node.address);
  const recent = change.recent ?? blocksOf(validators, 20, () => 0);
  return {
    publicKey: node.publicKey,
    clientVersion: "besu/v26.8.0/linux-x86_64/openjdk-java-25",
    chainId: network.chain.chainId,
    genesisHash: HASH("0"),
    head: recent.at(-1),
    recent,
    validators,
    seated: validators,
    peers: others.map(({ address }) => address),
    allowlist: network.nodes.map(({ enode }) => enode),
    isSyncing: false,
    pool: { max: 20_000, count: 0, gaps: [] },
    ...change,
  };
}

export function nodeOf(node: NetworkNode, network: NetworkFile, change: Partial<NodeFacts> = {}): NodeFacts {
  return {
    node,
    rpcUrl: `http://127.0.0.1:${node.ports.rpc}`,
    paths: { config: "config.toml", key: "key", permissions: "permissions.toml", data: "data", agentLog: "agent.log" },
    pid: 77,
    rpc: rpcOf(node, network),
    stranger: undefined,
    metrics: new Map([["ethereum_min_gas_price", 0]]),
    listening: [],
    log: undefined,
    files: {
      minGasPrice: "0",
      rpcGasCap: "100000000",
      allowed: network.nodes.map(({ enode }) => enode),
      keyMode: 0o600,
    },
    disk: { path: "data", freeBytes: 100 * GIB, totalBytes: 200 * GIB, isWritable: true },
    agent: { pid: 78, health: { status: "ok", problem: undefined }, lastLine: undefined },
    ...change,
  };
}

/** A node that ended. */
export const ENDED = { pid: undefined, rpc: undefined, metrics: undefined, listening: [] } as const;

export interface Scene {
  readonly validators?: number;
  /** How many of them are this computer's; all of them otherwise. */
  readonly own?: number;
  readonly chain?: Partial<NetworkFile["chain"]>;
  /** By index. */
  readonly node?: (facts: NodeFacts, index: number, network: NetworkFile) => Partial<NodeFacts>;
  readonly facts?: (facts: Facts) => Partial<Facts>;
}

export function factsOf({ validators = 4, own = validators, chain = {}, node, facts }: Scene = {}): Facts {
  const network = networkOf(
    Array.from({ length: validators }, (_, index) => plannedNode(index)),
    chain,
  );
  const here = network.nodes.slice(0, own).map((planned, index) => {
    const healthy = nodeOf(planned, network);
    return { ...healthy, ...node?.(healthy, index, network) };
  });
  const healthy: Facts = {
    network,
    genesisDigest: network.genesisDigest,
    deployedOn: HASH("0"),
    staticNodes: network.nodes.map(({ enode }) => enode),
    here,
    elsewhere: network.nodes.slice(own),
    alliance: { wanted: network.nodes.map(({ address }) => address), floor: 4 },
    machine: { user: "besu", isClockSynchronised: true, besuProblem: undefined },
    now: NOW,
    watched: undefined,
  };
  return { ...healthy, ...facts?.(healthy) };
}

export const KEY = (text: string): HexData => seededNodeKey(text).publicKey;
