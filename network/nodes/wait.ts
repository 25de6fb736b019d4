/** Waiting for nodes that were just started, and telling what is waited for. */
import { setTimeout as sleep } from "node:timers/promises";
import { NetworkError } from "../plan/network-error.ts";
import type { NetworkFile } from "../plan/plan.ts";
import type { NodeState } from "./node-state.ts";
import { lookAtNode } from "./node-state.ts";
import { rpcUrlOf } from "./running-node.ts";
import type { RunningNode } from "./running-node.ts";

const LOOK_EVERY_MS = 500;
/** Nobody should look at a silent terminal for longer. */
const TELL_EVERY_MS = 10_000;
/** The first could be one that was there before; two were made now. */
const BLOCKS_AWAITED = 2;

type Say = (line: string) => void;

/** The nodes were started and did not come up: what `doctor` is for. */
export class NotUp extends NetworkError {}

export interface Waiting {
  readonly network: NetworkFile;
  readonly nodes: readonly RunningNode[];
  readonly timeoutMs: number;
  readonly say: Say;
}

/** A JVM on two busy cores answers after 10 to 60 s. Throws when a process ends, or is another network's. */
export async function waitUntilAnswering({ network, nodes, timeoutMs, say }: Waiting): Promise<void> {
  const answered = new Set<string>();
  await untilTrue({ nodes, timeoutMs, say }, async () => {
    await Promise.all(
      nodes.map(async ({ node }) => {
        if (answered.has(node.id)) return;
        const state = await lookAtNode(rpcUrlOf(node));
        if (state.head === undefined) return;
        checkIdentity(network, node, state);
        answered.add(node.id);
        say(`${node.id} answers at ${state.url}: ${state.client ?? "no version"}, block ${state.head.number}.`);
      }),
    );
    const missing = nodes.filter(({ node }) => !answered.has(node.id)).map(({ node }) => node.id);
    return missing.length === 0 ? "done" : { for: `for an answer of ${missing.join(", ")}`, fetched: 0 };
  });
}

function checkIdentity(network: NetworkFile, node: RunningNode["node"], state: NodeState): void {
  const { chainId } = network.chain;
  const at = `What answers at ${state.url}, the RPC port of ${node.id},`;
  if (state.chainId !== undefined && state.chainId !== chainId)
    throw new NetworkError("network", `${at} has chain id ${state.chainId}, expected ${chainId}: stop that program.`);
  if (state.address !== undefined && state.address !== node.address)
    throw new NetworkError("network", `${at} is node ${state.address}, expected ${node.address}: stop that program.`);
}

export interface Moving {
  readonly head: number;
  /** Of the node that has most. */
  readonly peers: number;
}

/**
 * Until every node has a peer (where there can be one), has caught up with them and saw two new blocks. Catching up may take
 * hours on a long chain: while it goes on, time does not run out.
 */
export async function waitForBlocks({ network, nodes, timeoutMs, say }: Waiting): Promise<Moving> {
  const first = new Map<string, number>();
  let last: Moving = { head: 0, peers: 0 };
  await untilTrue({ nodes, timeoutMs, say }, async () => {
    const states = await Promise.all(nodes.map(({ node }) => lookAtNode(rpcUrlOf(node))));
    const waiting: string[] = [];
    let fetched = 0;
    for (const [index, { head, peers, isSyncing }] of states.entries()) {
      const id = nodes[index]?.node.id ?? "";
      if (head !== undefined && !first.has(id)) first.set(id, head.number);
      const gained = head === undefined ? 0 : head.number - (first.get(id) ?? head.number);
      if (isSyncing === true) fetched += head?.number ?? 0;
      if (network.nodes.length > 1 && peers?.length === 0) waiting.push(`${id} has no peer`);
      else if (isSyncing === true) waiting.push(`${id} catches up, block ${head?.number ?? "?"}`);
      else if (gained < BLOCKS_AWAITED) waiting.push(`${id} is at block ${head?.number ?? "?"}`);
    }
    const heads = states.map((state) => state.head?.number ?? 0);
    last = { head: Math.max(...heads), peers: Math.max(...states.map(({ peers }) => peers?.length ?? 0)) };
    return waiting.length === 0 ? "done" : { for: `for blocks (${waiting.join(", ")})`, fetched };
  });
  return last;
}

interface Missing {
  /** What is still waited for. */
  readonly for: string;
  /** While this grows, time does not run out. */
  readonly fetched: number;
}

async function untilTrue(
  { nodes, timeoutMs, say }: Omit<Waiting, "network">,
  look: () => Promise<"done" | Missing>,
): Promise<void> {
  const startedAt = performance.now();
  let [toldAt, grewAt, fetched] = [startedAt, startedAt, 0];
  for (;;) {
    for (const { node, death } of nodes) {
      const how = death();
      if (how !== undefined) throw new NotUp("machine", `${node.id} did not stay: ${how}`);
    }
    const missing = await look();
    if (missing === "done") return;
    const now = performance.now();
    if (missing.fetched > fetched) [grewAt, fetched] = [now, missing.fetched];
    if (now - grewAt > timeoutMs)
      throw new NotUp("network", `Waited ${Math.round((now - startedAt) / 1_000)} s ${missing.for}, in vain.`);
    if (now - toldAt > TELL_EVERY_MS) {
      say(`Waiting ${missing.for}, ${Math.round((now - startedAt) / 1_000)} s so far.`);
      toldAt = now;
    }
    await sleep(LOOK_EVERY_MS);
  }
}
