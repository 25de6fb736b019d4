/** What the gateway asks of a chain node, and nothing more: standard JSON-RPC, `latest` only (QBFT has no finalized tag). */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";

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

/** Every method throws `LedgerError("chain_unreachable")` when no node answers in time. */
export interface ChainClient {
  chainId(): Promise<number>;
  headNumber(): Promise<number>;
  block(number: number | "latest"): Promise<Block | undefined>;
  blocks(from: number, to: number): Promise<Block[]>;
  /** Both ends inclusive; `to` must not be beyond the head. */
  logs(from: number, to: number): Promise<ChainLog[]>;
  /** In any order of hashes; those that are not mined are left out. */
  transactions(hashes: readonly Hex32[]): Promise<ChainTransaction[]>;
  /** All transactions of a range of blocks, both ends inclusive. */
  transactionsOf(from: number, to: number): Promise<ChainTransaction[]>;
  /** Those that are mined, by transaction hash. */
  receipts(hashes: readonly Hex32[]): Promise<Map<Hex32, Receipt>>;
  receipt(hash: Hex32): Promise<Receipt | undefined>;
  /** Transactions mined (`latest`) or mined and waiting (`pending`) of an account. */
  nonceOf(account: Address, tag: "latest" | "pending"): Promise<number>;
  /** In one round trip, in the order asked. */
  noncesOf(accounts: readonly Address[]): Promise<number[]>;
  /** True while the node is catching up with its peers: what it says about nonces is old. */
  isSyncing(): Promise<boolean>;
  estimateGas(request: { to: Address; data: HexData; from: Address }): Promise<EstimateOutcome>;
  call(
    request: { to: Address; data: HexData; from?: Address },
    blockNumber?: number,
    overrides?: StateOverrides,
  ): Promise<CallOutcome>;
  /** The runtime code at an address; `0x` where there is none. */
  codeOf(account: Address): Promise<HexData>;
  send(raw: HexData): Promise<SendOutcome>;
  close(): void;
}
