/** What the JSON-RPC layer stands on: a stand-in's own network, or any anvil with answers written by a test. */
import type { Admission, Waiting } from "../chain/pool.ts";
import type { EvmClient } from "../chain/evm.ts";

/** What Besu's header says that the EVM's does not. */
export interface HeaderFacts {
  readonly hash?: string;
  readonly parentHash?: string;
  readonly miner?: string;
  readonly extraData?: string;
  readonly timestamp?: string;
}

export interface QbftBackend {
  readonly requestTimeoutSeconds: number;
  /** As `qbft_getValidatorsByBlockNumber` answers: with a contract, those after that block. */
  validatorsAt(block: number): Promise<readonly string[]> | readonly string[];
  /** Those who may seal that block, at most the one after the head. */
  sealersOf(block: number): Promise<readonly string[]> | readonly string[];
  /** Undefined with a validator contract: there is nothing to vote on. */
  readonly votes:
    | {
        readonly all: ReadonlyMap<string, boolean>;
        propose(recipient: string, isIn: boolean): void;
        discard(recipient: string): void;
      }
    | undefined;
  /** Undefined for block 0. */
  proposerOf(block: number): Promise<string | undefined> | string | undefined;
}

export interface AllowList<Entry extends string> {
  all(): readonly Entry[];
  add(entries: readonly Entry[]): void;
  remove(entries: readonly Entry[]): void;
  reload(): void;
}

export interface PeerAnswer {
  readonly enode: string;
  readonly isInbound: boolean;
  readonly localAddress: string;
  readonly remoteAddress: string;
}

export interface AdminBackend {
  /** enode://… */
  readonly enode: string;
  readonly clientName: string;
  peers(): readonly PeerAnswer[];
  /** False when it was known already. */
  addPeer(enode: string): boolean;
  removePeer(enode: string): boolean;
  /** Static nodes and bootnodes, which stay on the list. */
  fixedNodes(): readonly string[];
}

export interface PoolBackend {
  add(bytes: string): Promise<Admission>;
  readonly all: readonly Waiting[];
  find(hash: string): Waiting | undefined;
  nextNonce(sender: string): number | undefined;
  readonly maxSize: number;
}

export interface Backend {
  readonly evm: EvmClient;
  readonly chainId: number;
  readonly genesisHash: string | undefined;
  readonly maxLogsRange: number;
  readonly isRevertReasonKept: boolean;
  /** The highest block peers speak of when this node is behind them; undefined in sync. */
  readonly syncTarget: number | undefined;
  head(): Promise<number> | number;
  headerFacts(block: number): Promise<HeaderFacts> | HeaderFacts;
  readonly qbft: QbftBackend;
  readonly nodesAllowlist: AllowList<string> | undefined;
  readonly accountsAllowlist: AllowList<string> | undefined;
  readonly admin: AdminBackend;
  readonly pool: PoolBackend;
  /** Calls back for each new head until the answer is called. */
  onHead(listener: (block: number) => void): () => void;
}
