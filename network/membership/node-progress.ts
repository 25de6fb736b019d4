/** What a new node goes through, waited for step by step: peers, the chain, the contracts, its seat. */
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import type { Address, Hex32 } from "../../gateway/src/kernel/ids.ts";
import { connectBesu } from "../besu/besu-node.ts";
import type { NodeState } from "../nodes/node-state.ts";
import { lookAtNode } from "../nodes/node-state.ts";
import { rpcUrlOf } from "../nodes/running-node.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { NetworkFile, NetworkNode } from "../plan/plan.ts";
import type { Ledger } from "./ledger.ts";
import { waitFor } from "./patience.ts";

type Waiter = Pick<Ledger, "clock" | "say" | "patienceSeconds">;

/** A head that is older than so many block periods is not the present one. */
const HEAD_AGE_PERIODS = 15;
const TELL_BLOCKS_EVERY_MS = 5_000;

export async function waitForPeer(waiter: Waiter, node: NetworkNode, otherwise: string): Promise<void> {
  const awaited = { what: `${node.id} to be let in by another node`, otherwise };
  const count = await waitFor(waiter, awaited, async () => {
    const { peers } = await lookAtNode(rpcUrlOf(node));
    return peers === undefined || peers.length === 0 ? undefined : peers.length;
  });
  waiter.say(`${node.id} is connected with ${count} node${count === 1 ? "" : "s"}`);
}

/** Until the node's head is the present one. */
export async function waitForSync(waiter: Waiter, network: NetworkFile, node: NetworkNode): Promise<void> {
  const { clock, say } = waiter;
  let toldAt = clock.now();
  const awaited = {
    what: `${node.id} to catch up with the chain`,
    otherwise: "It goes on by itself: run the command again later.",
  };
  const head = await waitFor(waiter, awaited, async () => {
    const state = await lookAtNode(rpcUrlOf(node));
    if (isPresent(network, state, clock.now())) return state.head?.number;
    if (state.head !== undefined && clock.now() - toldAt >= TELL_BLOCKS_EVERY_MS) {
      toldAt = clock.now();
      say(`${node.id} is at block ${state.head.number}, of ${new Date(state.head.timestamp * 1_000).toISOString()}`);
    }
    return undefined;
  });
  say(`${node.id} has caught up: block ${head}`);
}

function isPresent({ chain }: NetworkFile, { head, isSyncing }: NodeState, nowMs: number): boolean {
  if (head === undefined || head.number === 0 || isSyncing !== false) return false;
  return nowMs / 1_000 - head.timestamp < HEAD_AGE_PERIODS * chain.blockPeriodSeconds;
}

/** A node that began from another genesis never finds peers: better said at once. */
export async function checkBlock0(node: NetworkNode, expected: Hex32): Promise<void> {
  const chain = connectChain(rpcUrlOf(node));
  const block0 = await chain.block(0);
  chain.close();
  if (block0?.hash === expected) return;
  throw new NetworkError(
    "refused",
    `${node.id} began with block 0 ${String(block0?.hash)}; invited was to ${expected}. Its data directory is of another chain, or the inviter's node is. Stop it (down) and ask the inviter.`,
  );
}

export interface Seat {
  /** Any node that answers and has QBFT among its methods. */
  readonly rpcUrl: string;
  readonly node: Address;
}

/** Whether the node may seal the next block. */
export async function hasSeat({ rpcUrl, node }: Seat): Promise<boolean> {
  return (await connectBesu(rpcUrl).nextValidators()).includes(node);
}

export async function waitForSeat(waiter: Waiter, seat: Seat, otherwise: string): Promise<void> {
  const awaited = { what: `${seat.node} to be a validator`, otherwise };
  await waitFor(waiter, awaited, async () => ((await hasSeat(seat)) ? true : undefined));
  waiter.say(`${seat.node} is a validator`);
}
