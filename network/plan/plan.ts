/** What a network is made of, as its organisations agree on it in one YAML file. */
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";

/** As Besu names the two ways to know the validators: votes in block headers, or a contract's answer. */
export type ValidatorSelection = "blockheader" | "contract";

/** A validator makes blocks; an observer follows, keeps everything and answers (auditors, gateways). */
export type NodeRole = "validator" | "observer";

/** TCP; `p2p` is the one that other organisations reach. */
export interface Ports {
  readonly p2p: number;
  readonly rpc: number;
  readonly ws: number;
  readonly metrics: number;
}

export interface NodePlan {
  /** Unique in the network, a-z 0-9 and hyphens; also its folder's name. */
  readonly id: string;
  /** Slug of the organisation that runs it. */
  readonly organisation: string;
  readonly role: NodeRole;
  /** An IP address: enodes carry no names. */
  readonly host: string;
  readonly ports: Ports;
  /** Java heap, MiB. */
  readonly heapMb: number;
  /** Given when the organisation made its key itself; undefined: `init` makes it. */
  readonly publicKey: HexData | undefined;
}

export interface OrganisationPlan {
  readonly slug: string;
  /** As people read it; also the member's name on the chain. */
  readonly name: string;
  readonly nodes: readonly NodePlan[];
}

/** Everything the genesis follows from; the same for every organisation. */
export interface ChainPlan {
  readonly chainId: number;
  readonly blockPeriodSeconds: number;
  /** Of round 0; each further round doubles it. Besu advises at least twice the block period. */
  readonly requestTimeoutSeconds: number;
  /** Blocks until votes that reached no majority are void. */
  readonly epochLength: number;
  readonly gasLimit: number;
  readonly validatorSelection: ValidatorSelection;
}

export interface NetworkPlan {
  readonly name: string;
  readonly chain: ChainPlan;
  readonly besuVersion: string;
  readonly organisations: readonly OrganisationPlan[];
}

/** A node whose key exists. */
export interface NetworkNode extends Omit<NodePlan, "publicKey"> {
  /** 64 bytes, uncompressed secp256k1 without the leading 04. */
  readonly publicKey: HexData;
  readonly address: Address;
  /** enode://<128 hex digits>@<host>:<p2p port> */
  readonly enode: string;
}

/** `network.json`: the network's public description, no secret in it. */
export interface NetworkFile {
  readonly version: 1;
  readonly name: string;
  readonly chain: ChainPlan;
  readonly besuVersion: string;
  readonly organisations: readonly { readonly slug: string; readonly name: string }[];
  readonly nodes: readonly NetworkNode[];
  /** keccak-256 of genesis.json's bytes: two organisations compare it before they start. */
  readonly genesisDigest: Hex32;
}
