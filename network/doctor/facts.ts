/** What the doctor knows when it judges. `undefined` is: could not be found out, which is never a finding by itself. */
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";

export interface Facts {
  readonly network: NetworkFile;
  /** keccak-256 of genesis.json as it lies in the folder. */
  readonly genesisDigest: Hex32 | undefined;
  /** Hash of block 0 that the contracts were deployed on. */
  readonly deployedOn: Hex32 | undefined;
  readonly staticNodes: readonly string[] | undefined;
  /** Nodes whose files lie in this folder. */
  readonly here: readonly NodeFacts[];
  /** The other organisations' nodes: known by name only. */
  readonly elsewhere: readonly NetworkNode[];
  readonly alliance: AllianceFacts | undefined;
  readonly machine: MachineFacts;
  /** Unix seconds of this computer's clock when the nodes were asked. */
  readonly now: number;
  /** The head was old or ahead of this clock, so it was watched for some seconds. */
  readonly watched: Watched | undefined;
}

export interface Watched {
  readonly seconds: number;
  /** That came meanwhile. */
  readonly blocks: number;
  /** How old the newest was by this computer's clock when it was first seen: about 0 where clocks agree. */
  readonly ageSeconds: number;
}

export interface NodeFacts {
  readonly node: NetworkNode;
  /** Where its files lie, for the words. */
  readonly paths: {
    readonly config: string;
    readonly key: string;
    readonly permissions: string;
    readonly data: string;
    readonly agentLog: string;
  };
  readonly rpcUrl: string;
  /** The process that `up` started, if it lives. */
  readonly pid: number | undefined;
  /** Undefined when nothing answers, or another node does. */
  readonly rpc: RpcFacts | undefined;
  /** Public key of another node that answers at this one's port. */
  readonly stranger: HexData | undefined;
  /** Prometheus samples without labels, by name. */
  readonly metrics: ReadonlyMap<string, number> | undefined;
  /** Ports of the plan at which somebody listens. */
  readonly listening: readonly number[];
  readonly log: LogSigns | undefined;
  readonly files: FileFacts;
  readonly disk: DiskFacts | undefined;
  /** Undefined when this node needs none: an observer, or nothing is deployed yet. */
  readonly agent: AgentFacts | undefined;
}

export interface Sealed {
  readonly number: number;
  readonly timestamp: number;
  readonly miner: Address;
  /** In which it was agreed on: 0 unless a round failed. Each node keeps its own; undefined when it can not be read. */
  readonly round: number | undefined;
}

export interface RpcFacts {
  /** By admin_nodeInfo; undefined when ADMIN is off. */
  readonly publicKey: HexData | undefined;
  /** besu/v26.8.0/linux-x86_64/openjdk-java-25 */
  readonly clientVersion: string | undefined;
  readonly chainId: number | undefined;
  readonly genesisHash: Hex32 | undefined;
  readonly head: Sealed | undefined;
  /** The last blocks, oldest first, the head included. */
  readonly recent: readonly Sealed[];
  /** Those who may seal the next block, in ascending order. */
  readonly validators: readonly Address[] | undefined;
  /** Those who could seal the oldest of `recent`: who came later had no turn yet. */
  readonly seated: readonly Address[] | undefined;
  readonly peers: readonly Address[] | undefined;
  readonly allowlist: readonly string[] | undefined;
  readonly isSyncing: boolean | undefined;
  readonly pool: PoolFacts | undefined;
}

export interface PoolFacts {
  readonly max: number | undefined;
  readonly count: number;
  readonly gaps: readonly NonceGap[];
}

export interface NonceGap {
  readonly sender: Address;
  /** The nonce that the chain expects. */
  readonly next: number;
  readonly lowest: number;
  readonly count: number;
}

/** What the last lines of a node's log say. */
export interface LogSigns {
  readonly lastLine: string;
  /** The newest "Moved to round", unless a block was imported after it. */
  readonly round: { readonly number: number; readonly expiresAfterSeconds: number } | undefined;
  /** Seconds by which a refused block was ahead of this node's clock. */
  readonly futureBlockSeconds: number | undefined;
  readonly troubles: readonly { readonly kind: Trouble; readonly line: string }[];
}

export type Trouble =
  | "disk"
  | "port"
  | "genesis"
  | "java"
  | "options"
  | "locked"
  | "memory"
  | "validatorContract"
  | "staticNodes"
  | "unwritable";

export interface FileFacts {
  /** Undefined: the file or the line is not there. */
  readonly minGasPrice: string | undefined;
  readonly rpcGasCap: string | undefined;
  readonly allowed: readonly string[] | undefined;
  /** Permission bits of the key file. */
  readonly keyMode: number | undefined;
}

export interface DiskFacts {
  readonly path: string;
  readonly freeBytes: number;
  readonly totalBytes: number;
  readonly isWritable: boolean;
}

export interface AgentFacts {
  readonly pid: number | undefined;
  /** As /health says; undefined: it did not answer. */
  readonly health: { readonly status: string; readonly problem: string | undefined } | undefined;
  readonly lastLine: string | undefined;
}

export interface AllianceFacts {
  /** Nodes of active members: who should make blocks. */
  readonly wanted: readonly Address[];
  readonly floor: number | undefined;
}

export interface MachineFacts {
  readonly user: string;
  readonly isClockSynchronised: boolean | undefined;
  /** Why the Besu in BESU_HOME can not be used; undefined: it can, or nobody asked. */
  readonly besuProblem: string | undefined;
}
