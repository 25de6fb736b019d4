/** What /metrics shows, under the names of Besu's categories. */
import type { Chain } from "./chain/chain.ts";
import type { Pool } from "./chain/pool.ts";
import type { Consensus } from "./consensus/consensus.ts";
import type { Peers } from "./p2p/peers.ts";
import type { Sync } from "./p2p/sync.ts";
import type { Sample } from "./rpc/metrics.ts";

export interface MetricParts {
  readonly chain: Chain;
  readonly pool: Pool;
  readonly peers: Peers;
  readonly sync: Sync;
  readonly consensus: Consensus;
}

export function nodeSamples({ chain, pool, peers, sync, consensus }: MetricParts): Sample[] {
  const gauge = (name: string, help: string, value: number): Sample => ({ name, help, type: "gauge", value });
  return [
    gauge("ethereum_blockchain_height", "The current height of the canonical chain", chain.head),
    gauge("ethereum_best_known_block_number", "The estimated highest block available", sync.best),
    gauge("ethereum_peer_count", "The current number of peers connected", peers.all.length),
    gauge("ethereum_peer_limit", "The maximum number of peers this node allows to connect", 25),
    gauge("besu_blockchain_chain_head_timestamp", "Timestamp from the current chain head", chain.headTimestamp),
    gauge(
      "besu_blockchain_chain_head_transaction_count",
      "Number of transactions in the current chain head block",
      chain.record(chain.head)?.transactions.length ?? 0,
    ),
    gauge(
      "besu_synchronizer_in_sync",
      "Whether or not the local node has caught up to the best known peer",
      sync.target === undefined ? 1 : 0,
    ),
    gauge("besu_transaction_pool_transactions", "Current size of the transaction pool", pool.all.length),
    gauge(
      "stand_in_consensus_round",
      "The round of the stand-in's current height (no metric of Besu)",
      consensus.round,
    ),
    gauge("process_start_time_seconds", "Start time of the process", Math.floor(Date.now() / 1_000 - process.uptime())),
  ];
}
