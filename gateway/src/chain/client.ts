/** What the gateway asks of a chain node, and nothing more: standard JSON-RPC, `latest` only (QBFT has no finalized tag). */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { NodeStanding } from "./node-list.ts";
import type { RpcAnswer, RpcRequest } from "./rpc-transport.ts";

export type { RpcAnswer, RpcRequest } from "./rpc-transport.ts";

export interface Block {
  readonly number: number;
  readonly hash: Hex32;
  readonly parentHash: Hex32;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly miner: Address;
  readonly gasUsed: bigint;
  readonly transactions: readonly Hex32[];
}

export interface ChainLog {
  readonly blockNumber: number;
  readonly blockHash: Hex32;
  readonly transactionHash: Hex32;
  readonly transactionIndex: number;
  readonly logIndex: number;
  readonly address: Address;
  readonly topics: readonly Hex32[];
  readonly data: HexData;
}

export interface Receipt {
  readonly transactionHash: Hex32;
  readonly blockNumber: number;
  readonly blockHash: Hex32;
  /** False when the transaction was mined but reverted; its nonce is used all the same. */
  readonly succeeded: boolean;
  readonly gasUsed: bigint;
  /** What it reverted with, from nodes that keep it (Besu: `revert-reason-enabled`). */
  readonly revertData?: HexData;
}

/** A transaction as it stands on the chain. `to` is undefined when it deploys a contract. */
export interface ChainTransaction {
  readonly hash: Hex32;
  readonly from: Address;
  readonly nonce: number;
  readonly to?: Address;
  readonly data: HexData;
  readonly blockNumber: number;
  readonly blockHash: Hex32;
  readonly transactionIndex: number;
}

/** What became of a raw transaction handed to a node. `unknown` must be treated as possibly sent: send the same bytes again. */
export type SendOutcome =
  | { readonly kind: "accepted" }
  | { readonly kind: "known" }
  | { readonly kind: "nonceUsed" }
  | { readonly kind: "nonceGap" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "unknown"; readonly message: string };

export type EstimateOutcome =
  | { readonly ok: true; readonly gas: bigint }
  | { readonly ok: false; readonly data: HexData; readonly message: string };

export type CallOutcome =
  | { readonly ok: true; readonly data: HexData }
  /** Revert data; decode it with `decodeRevert`. */
  | { readonly ok: false; readonly data: HexData; readonly message: string };

/** What an `eth_call` takes for true in place of the state: for that one call, and nobody else. */
export type StateOverrides = Readonly<
  Record<Address, { readonly code?: HexData; readonly stateDiff?: Readonly<Record<Hex32, Hex32>> }>
>;

/**
 * Every method throws `LedgerError("chain_unreachable")` when no node answers in time, and `chain_mismatch` when those
 * that answer serve another chain than the one expected. Each answer is one node's; two answers may be two nodes'.
 */
export interface ChainClient {
  chainId(): Promise<number>;
  headNumber(): Promise<number>;
  block(number: number | "latest"): Promise<Block | undefined>;
  /** Those that the node has. */
  blocks(from: number, to: number): Promise<Block[]>;
  /** Both ends inclusive, in as many requests as the node's limits ask for; throws when no node has block `to`. */
  logs(from: number, to: number): Promise<ChainLog[]>;
  /** In any order of hashes; those that are not mined are left out. */
  transactions(hashes: readonly Hex32[]): Promise<ChainTransaction[]>;
  /** All transactions of a range of blocks, both ends inclusive; throws when no node has all of the blocks. */
  transactionsOf(from: number, to: number): Promise<ChainTransaction[]>;
  /** Those that are mined, by transaction hash. */
  receipts(hashes: readonly Hex32[]): Promise<Map<Hex32, Receipt>>;
  receipt(hash: Hex32): Promise<Receipt | undefined>;
  /** Transactions mined (`latest`) or mined and waiting (`pending`) of an account. */
  nonceOf(account: Address, tag: "latest" | "pending"): Promise<number>;
  /** In one round trip, in the order asked, with a head of the same node at which they stood. */
  noncesOf(accounts: readonly Address[]): Promise<{ readonly nonces: readonly number[]; readonly head: number }>;
  /** True while the node is catching up with its peers: what it says about nonces is old. */
  isSyncing(): Promise<boolean>;
  /**
   * Whether a shorter chain than before may be the whole truth. Not where blocks are final, nor where other nodes may
   * know more: there it is the chain of a node that is behind.
   */
  mayBeSetBack(): Promise<boolean>;
  /** Whether any node still has this block. Nodes that hold another one in its place are set aside then. */
  isHeldSomewhere(blockNumber: number, hash: Hex32): Promise<boolean>;
  /** Which node serves, and which are away, for health pages: no credentials, no paths. */
  nodes(): Promise<NodeStanding[]>;
  estimateGas(request: { to: Address; data: HexData; from: Address }): Promise<EstimateOutcome>;
  call(
    request: { to: Address; data: HexData; from?: Address },
    blockNumber?: number,
    overrides?: StateOverrides,
  ): Promise<CallOutcome>;
  /** The runtime code at an address; `0x` where there is none. */
  codeOf(account: Address): Promise<HexData>;
  send(raw: HexData): Promise<SendOutcome>;
  /**
   * For those who pass a node's own words on: the answers of one node, refusals included, in the order asked. Which
   * methods may be asked is their matter; one that a node does not know would set it aside.
   */
  ask(requests: readonly RpcRequest[]): Promise<readonly RpcAnswer[]>;
  close(): void;
}
