/** One look at a node by its RPC, whoever started it. What it does not answer is undefined; a look never throws. */
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import type { Address, Hex32 } from "../../gateway/src/kernel/ids.ts";
import { connectBesu } from "../besu/besu-node.ts";
import { parseEnode } from "../besu/enode.ts";

const LOOK_TIMEOUT_MS = 5_000;

export interface Head {
  readonly number: number;
  readonly hash: Hex32;
  /** Unix seconds. */
  readonly timestamp: number;
}

export interface NodeState {
  readonly url: string;
  /** Undefined: the node does not answer. */
  readonly head: Head | undefined;
  readonly chainId: number | undefined;
  readonly genesisHash: Hex32 | undefined;
  readonly isSyncing: boolean | undefined;
  /** `besu/v26.8.0/…` */
  readonly client: string | undefined;
  /** From its own enode. */
  readonly address: Address | undefined;
  readonly peers: readonly Address[] | undefined;
  /** Those who may seal the next block. */
  readonly validators: readonly Address[] | undefined;
}

export async function lookAtNode(url: string, timeoutMs = LOOK_TIMEOUT_MS): Promise<NodeState> {
  const chain = connectChain(url, { timeoutMs });
  const besu = connectBesu(url, { timeoutMs });
  try {
    const head = await orNothing(chain.block("latest"));
    if (head === undefined) return silent(url);
    const [chainId, genesis, isSyncing, client, enode, peers, validators] = await Promise.all([
      orNothing(chain.chainId()),
      orNothing(chain.block(0)),
      orNothing(chain.isSyncing()),
      orNothing(besu.clientVersion()),
      orNothing(besu.enode()),
      orNothing(besu.peers()),
      orNothing(besu.nextValidators()),
    ]);
    return {
      ...{ url, chainId, isSyncing, client, validators },
      head: { number: head.number, hash: head.hash, timestamp: head.timestamp },
      genesisHash: genesis?.hash,
      address: enode === undefined ? undefined : addressOf(enode),
      peers: peers?.map((peer) => peer.address),
    };
  } finally {
    chain.close();
  }
}

function silent(url: string): NodeState {
  const nothing = { chainId: undefined, genesisHash: undefined, isSyncing: undefined, client: undefined };
  return { url, head: undefined, ...nothing, address: undefined, peers: undefined, validators: undefined };
}

/** A group that is off, a node that is no Besu, a request that came too late: all of them leave a gap, no more. */
function orNothing<T>(answer: Promise<T>): Promise<T | undefined> {
  return answer.catch(() => undefined);
}

function addressOf(enode: string): Address | undefined {
  try {
    return parseEnode(enode).address;
  } catch {
    return undefined;
  }
}
