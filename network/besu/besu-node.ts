/** What only a Besu node answers: its validators and votes, its allow-lists, its peers. All else is the chain client's. */
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";

export interface Peer {
  /** From its node id: keccak-256 of the public key. */
  readonly address: Address;
  readonly enode: string;
  readonly isInbound: boolean;
}

/** Blocks proposed in a range, and the last one. */
export interface SignerMetric {
  readonly address: Address;
  readonly proposedBlocks: number;
  readonly lastProposedBlock: number;
}

/** Every method throws `LedgerError("chain_unreachable")` when the node does not answer in time. */
export interface BesuNode {
  readonly url: string;
  /**
   * Those who may seal the block after `latest`, in ascending order. The same in both ways of selection, which
   * `qbft_getValidatorsByBlockNumber` is not: with a contract it answers for the block after the one asked.
   */
  nextValidators(): Promise<Address[]>;
  /** Those who may seal `block`, in either way of selection. */
  sealersOf(block: number, selection: "blockheader" | "contract"): Promise<Address[]>;
  /** This node's own standing votes: true lets in, false puts out. Undefined with a validator contract. */
  pendingVotes(): Promise<ReadonlyMap<Address, boolean> | undefined>;
  /** False with a validator contract, where Besu has no such method. */
  proposeVote(node: Address, isIn: boolean): Promise<boolean>;
  discardVote(node: Address): Promise<boolean>;
  signerMetrics(fromBlock: number, toBlockExclusive: number): Promise<SignerMetric[]>;
  /** Undefined when the node runs without the list. */
  nodesAllowlist(): Promise<string[] | undefined>;
  /** What is on the list already stays, without an error. */
  allowNodes(enodes: readonly string[]): Promise<void>;
  disallowNodes(enodes: readonly string[]): Promise<void>;
  accountsAllowlist(): Promise<Address[] | undefined>;
  allowAccounts(accounts: readonly Address[]): Promise<void>;
  disallowAccounts(accounts: readonly Address[]): Promise<void>;
  peers(): Promise<Peer[]>;
  /** Not remembered by the node over a restart. */
  addPeer(enode: string): Promise<void>;
  /** The node's own, as others should dial it. */
  enode(): Promise<string>;
  clientVersion(): Promise<string>;
}

/** @param url The node's own JSON-RPC with the groups QBFT, PERM and ADMIN: loopback only. */
export function connectBesu(_url: string, _options: { readonly timeoutMs?: number } = {}): BesuNode {
  throw new Error("not built yet");
}

/** 64 bytes of public key → the address. */
export type PublicKey = HexData;
