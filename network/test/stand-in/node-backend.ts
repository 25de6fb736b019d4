/** The node's own chain and peers as the JSON-RPC layer wants them. */
import type { Chain } from "./chain/chain.ts";
import { encodeExtraData } from "./chain/extra-data.ts";
import type { Pool } from "./chain/pool.ts";
import type { VoteProposals } from "./chain/vote-tally.ts";
import { enodeText, readEnode } from "./cli/identity.ts";
import type { Enode } from "./cli/identity.ts";
import type { Settings } from "./cli/settings.ts";
import type { Peers } from "./p2p/peers.ts";
import type { Sync } from "./p2p/sync.ts";
import type { AllowList, Backend, HeaderFacts } from "./rpc/backend.ts";
import { CLIENT_NAME } from "./version.ts";

export interface NodeParts {
  readonly settings: Settings;
  readonly chain: Chain;
  readonly pool: Pool;
  readonly peers: Peers;
  readonly votes: VoteProposals;
  readonly sync: Sync;
  readonly nodes: AllowList<string> | undefined;
  readonly accounts: AllowList<string> | undefined;
  readonly fixed: readonly Enode[];
  readonly self: Enode;
}

export function nodeBackend(parts: NodeParts): Backend {
  const { settings, chain, pool, peers, sync, fixed, self } = parts;
  return {
    evm: chain.evm,
    chainId: chain.genesis.chainId,
    genesisHash: chain.genesis.hash,
    maxLogsRange: settings.maxLogsRange,
    isRevertReasonKept: settings.isRevertReasonKept,
    get syncTarget() {
      return sync.target;
    },
    head: () => chain.head,
    headerFacts: (block) => headerFacts(chain, block),
    qbft: qbftBackend(parts),
    nodesAllowlist: parts.nodes,
    accountsAllowlist: parts.accounts,
    admin: {
      enode: enodeText(self),
      clientName: CLIENT_NAME,
      peers: () => peers.all.map((peer) => ({ ...peer, enode: enodeText(peer.enode) })),
      addPeer: (enode) => peers.maintain(readEnode(enode)!),
      removePeer: (enode) => peers.forget(readEnode(enode)!.nodeId),
      fixedNodes: () => fixed.map(enodeText),
    },
    pool: {
      add: (bytes) => pool.add(bytes, true),
      get all() {
        return pool.all;
      },
      find: (hash) => pool.find(hash),
      nextNonce: (sender) => pool.nextNonce(sender),
      maxSize: settings.poolSize,
    },
    onHead: (listener) => {
      let isOpen = true;
      chain.onBlock(({ number }) => {
        if (isOpen) listener(number);
      });
      return () => (isOpen = false);
    },
  };
}

function qbftBackend({ chain, votes }: NodeParts): Backend["qbft"] {
  return {
    requestTimeoutSeconds: chain.genesis.requestTimeoutMs / 1_000,
    // With a contract Besu asks it on the state after that block: those who may seal the next one.
    validatorsAt: (block) => chain.sealersOf(chain.isContractMode(block) ? block + 1 : block),
    sealersOf: (block) => chain.sealersOf(block),
    get votes() {
      return chain.isContractMode(chain.head + 1) ? undefined : votes;
    },
    proposerOf: (block) => chain.record(block)?.proposer,
  };
}

function headerFacts(chain: Chain, block: number): HeaderFacts {
  const record = chain.record(block);
  const { hash, header } = chain.genesis;
  if (record === undefined) return { hash, ...header };
  const { validators, vote, round, seals, proposer } = record;
  const extraData = encodeExtraData({ validators, vote: vote ?? undefined, round, seals });
  return { extraData, miner: proposer, ...(block === 1 ? { parentHash: hash } : {}) };
}
