/**
 * A new key for a validator while the chain goes on: a second node with the new key catches up beside the old one, the
 * representative names it to the alliance, and the members' agents vote it in before they vote the old one out.
 */
import { existsSync, renameSync } from "node:fs";
import { alliance as allianceAbi } from "../../gateway/src/chain/contracts.ts";
import { parseHexData } from "../../gateway/src/kernel/ids.ts";
import { makeNodeKey } from "../besu/enode.ts";
import type { FileOwner } from "../files/compose.ts";
import { readKeyFile, writeKeyFile } from "../files/key-file.ts";
import { networkNode } from "../files/make-network.ts";
import { writeNodeFolder, writeSharedFiles } from "../files/write-node.ts";
import { bringUp, startAgents } from "../nodes/bring-up.ts";
import { rpcUrlOf } from "../nodes/running-node.ts";
import { takeDown } from "../nodes/take-down.ts";
import { writeAcceptedNode } from "../plan/accepted-node.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodePorts } from "../plan/node-ports.ts";
import type { NetworkFile, NetworkNode, Ports } from "../plan/plan.ts";
import { isPortFree } from "../../scripts/chain/ports.ts";
import { letIn } from "./invite.ts";
import type { Ledger, Representative } from "./ledger.ts";
import { memberBy } from "./ledger.ts";
import { hasSeat, waitForPeer, waitForSeat, waitForSync } from "./node-progress.ts";
import { carryOut, settleLeftovers } from "./outgoing.ts";
import { waitFor } from "./patience.ts";

const START_TIMEOUT_MS = 300_000;

export interface Rotation {
  readonly own: Representative;
  /** From the old node's ports to the new one's. */
  readonly portOffset: number;
  readonly owner: FileOwner;
}

export async function rotateKey(ledger: Ledger, network: NetworkFile, rotation: Rotation): Promise<NetworkNode> {
  const { folder, say } = ledger;
  const { own } = rotation;
  await settleLeftovers(ledger, [own.key]);
  const member = await memberBy(ledger, own.key.address);
  if (member === undefined)
    throw new NetworkError(
      "network",
      `${own.slug} is no member: its node's key can be changed before admission by a new folder.`,
    );
  const { old, fresh, network: both } = await prepare(folder, network, rotation);

  writeAcceptedNode(folder, { version: 1, address: fresh.address, enode: fresh.enode, organisation: own.slug });
  await letIn(ledger, both, fresh);
  await bringUp(
    folder,
    { node: fresh.id, timeoutMs: START_TIMEOUT_MS, waitsForBlocks: false, startsAgents: false },
    say,
  );
  await waitForPeer(ledger, fresh, `${old.id} must run and let it in: look at its log, then run rotate-key again.`);
  await waitForSync(ledger, both, fresh);

  if (member.node !== fresh.address) {
    await carryOut(ledger, own.key, {
      what: `name ${fresh.address} as ${own.slug}'s node`,
      to: ledger.deployment.contracts.alliance,
      data: parseHexData(allianceAbi.encodeFunctionData("rotateNode", [fresh.address])),
    });
    say(`the alliance knows ${own.slug} by the node ${fresh.address} now; ${member.node} can never be used again`);
  }
  await startAgents(folder, [fresh], say);
  const again =
    "The members' agents vote when they see the new node: run rotate-key again later; until then both nodes run.";
  await waitForSeat(ledger, { rpcUrl: rpcUrlOf(fresh), node: fresh.address }, again);
  await waitUntilOldIsOut(ledger, { old, fresh }, again);
  await takeDown(folder, [old], say);
  retire({ folder, network: both, owner: rotation.owner }, old);
  return fresh;
}

interface Pair {
  readonly old: NetworkNode;
  readonly fresh: NetworkNode;
}

/** The organisation's newest validator is the one that an earlier run made, if there are two. */
async function prepare(
  folder: NetworkFolder,
  network: NetworkFile,
  { own, portOffset, owner }: Rotation,
): Promise<Pair & { readonly network: NetworkFile }> {
  const validators = network.nodes.filter(
    ({ organisation, role, id }) =>
      organisation === own.slug && role === "validator" && existsSync(folder.node(id).key),
  );
  const [old, fresh] = validators;
  if (old === undefined)
    throw new NetworkError(
      "input",
      `${own.slug}'s validator does not run from ${folder.root}: run rotate-key where it does.`,
    );
  if (fresh !== undefined) return { old, fresh, network };
  const ports = await shiftedPorts(old, portOffset);
  const id = nextId(old.id);
  const keyFile = folder.node(id).key;
  const key = existsSync(keyFile) ? readKeyFile(keyFile) : makeNodeKey();
  writeKeyFile(keyFile, key);
  const made = networkNode({ ...old, id, ports, publicKey: key.publicKey }, key.publicKey);
  const at = network.nodes.indexOf(old) + 1;
  const both = { ...network, nodes: [...network.nodes.slice(0, at), made, ...network.nodes.slice(at)] };
  writeNodeFolder(folder, both, id, key);
  writeSharedFiles(folder, both, owner);
  return { old, fresh: made, network: both };
}

const PORT_MAX = 65_535;

/** Asked before anything is written: the ports of the new node stand in files that others read. */
async function shiftedPorts({ host, ports }: NetworkNode, offset: number): Promise<Ports> {
  const shifted = {
    p2p: ports.p2p + offset,
    rpc: ports.rpc + offset,
    ws: ports.ws + offset,
    metrics: ports.metrics + offset,
  };
  for (const { what, host: at, port } of nodePorts({ host, ports: shifted }))
    if (port > PORT_MAX || !(await isPortFree(port, at)))
      throw new NetworkError(
        "machine",
        `Port ${port}, for the new node's ${what}, is taken or none: choose another distance with --port-offset. Nothing was changed.`,
      );
  return shifted;
}

/** alpha-1 → alpha-1-k2 → alpha-1-k3 */
function nextId(id: string): string {
  const [, base = id, count = "1"] = /^(.*)-k(\d+)$/.exec(id) ?? [];
  return `${base}-k${Number(count) + 1}`;
}

async function waitUntilOldIsOut(ledger: Ledger, { old, fresh }: Pair, otherwise: string): Promise<void> {
  const what = `more than half of the validators to vote the old node ${old.address} out`;
  await waitFor(ledger, { what, otherwise }, async () =>
    (await hasSeat({ rpcUrl: rpcUrlOf(fresh), node: old.address })) ? undefined : true,
  );
  ledger.say(`${old.address} is no validator any more`);
}

/** Its folder stays for the record under another name, where `up` does not look. */
function retire(
  {
    folder,
    network,
    owner,
  }: { readonly folder: NetworkFolder; readonly network: NetworkFile; readonly owner: FileOwner },
  old: NetworkNode,
): void {
  const { path } = folder.node(old.id);
  if (existsSync(path)) renameSync(path, `${path}.retired`);
  writeSharedFiles(folder, { ...network, nodes: network.nodes.filter(({ id }) => id !== old.id) }, owner);
}
