/** What is asked of all nodes at once, because one alone can not tell. */
import type { Hex32 } from "../kernel/ids.ts";
import { headOf } from "./head-watch.ts";
import type { NodeStanding } from "./node-list.ts";
import type { RpcTransport } from "./rpc-transport.ts";
import { quantity } from "./rpc-shapes.ts";

/** "ctical byzantine fault tolerance": stands in block 0 of every BFT chain of Besu, whose blocks are final at once. */
const BFT_MIX_HASH = "0x63746963616c2062797a616e74696e65206661756c7420746f6c6572616e6365";
const ASK_MS_MAX = 2_000;
/** A health page waits 2 s for all it shows; a node may be asked who it is first. */
const VIEW_MS_MAX = 800;

/** One line a node. One that was set aside is tried again when its time is over, so that the page shows it back. */
export async function viewNodes(rpc: RpcTransport): Promise<NodeStanding[]> {
  const { nodes } = rpc;
  return Promise.all(
    nodes.all.map(async (node) => {
      if (nodes.isAway(node) && node !== nodes.preferred) return nodes.standingOf(node, undefined);
      const head = await headOf(rpc, node, VIEW_MS_MAX);
      if (head !== undefined && !nodes.isAway(node) && node.identity !== "foreign") nodes.answered(node);
      return nodes.standingOf(node, head);
    }),
  );
}

/**
 * Whether any node still has this block; those that have another one in its place are set aside then. A node whose
 * data was put back, or that was fed another history, must not make us believe that the chain went back.
 */
export async function isHeldSomewhere(rpc: RpcTransport, number: number, hash: Hex32): Promise<boolean> {
  const { nodes } = rpc;
  const request = { method: "eth_getBlockByNumber", params: [quantity(number), false] };
  const found = await Promise.all(
    nodes.all.map(async (node) => {
      const [answer] = await rpc.askNode(node, [request], { timeoutMs: ASK_MS_MAX }).catch(() => []);
      const block = answer?.ok === true ? (answer.result as { hash?: unknown } | null) : null;
      return { node, hash: block?.hash };
    }),
  );
  const holder = found.find((one) => one.hash === hash)?.node;
  if (holder === undefined) return false;
  for (const { node, hash: other } of found)
    if (other !== undefined && other !== hash) nodes.setAside(node, `its block ${number} is not that of the others`);
  nodes.served(holder);
  return true;
}

/** Only a node that stands alone, with blocks that are not final, can mean it when its chain is shorter than it was. */
export async function mayBeSetBack(rpc: RpcTransport): Promise<boolean> {
  if (rpc.nodes.all.length > 1) return false;
  const genesis = (await rpc.get("eth_getBlockByNumber", ["0x0", false])) as { mixHash?: unknown } | null;
  return genesis?.mixHash !== BFT_MIX_HASH;
}
