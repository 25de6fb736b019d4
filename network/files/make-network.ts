/** From the plan to a folder that is ready to start: what `init` does. */
import { existsSync, writeFileSync } from "node:fs";
import { addressOfPublicKey, enodeUrl, parsePublicKey } from "../besu/enode.ts";
import type { NodeKey } from "../besu/enode.ts";
import type { HexData } from "../../gateway/src/kernel/ids.ts";
import { genesisDigest, genesisText } from "../genesis/genesis.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { NetworkFile, NetworkNode, NetworkPlan, NodePlan } from "../plan/plan.ts";
import { allNodes } from "../plan/read-plan.ts";
import type { FileOwner } from "./compose.ts";
import { readKeyFile } from "./key-file.ts";
import { keepRepresentative, organisationOf, requireSame } from "./make-keys.ts";
import type { KeyMaker } from "./make-keys.ts";
import { writeNodeFolder, writeSharedFiles } from "./write-node.ts";

export interface MakeNetwork {
  readonly plan: NetworkPlan;
  readonly folder: NetworkFolder;
  /** Only this one's nodes run on this computer; all keys exist already. Undefined: every node whose key is not elsewhere. */
  readonly organisation: string | undefined;
  readonly make: KeyMaker;
  readonly owner: FileOwner;
}

/** Throws before it writes anything, save for keys that it made: running it again uses them. */
export function makeNetwork({ plan, folder, organisation, make, owner }: MakeNetwork): NetworkFile {
  if (existsSync(folder.network))
    throw new NetworkError(
      "input",
      `${folder.root} holds a network already. Name another folder with --dir; a chain's files are never written over.`,
    );
  const keys = organisation === undefined ? keysHere(plan, folder, make) : keysOf(plan, folder, organisation);
  const nodes = allNodes(plan).map((node) => networkNode(node, keys.get(node.id)?.publicKey ?? node.publicKey));
  const genesis = genesisText(
    plan.chain,
    nodes.filter(({ role }) => role === "validator").map(({ address }) => address),
  );
  const network: NetworkFile = {
    version: 1,
    name: plan.name,
    chain: plan.chain,
    besuVersion: plan.besuVersion,
    organisations: plan.organisations.map(({ slug, name }) => ({ slug, name })),
    nodes,
    genesisDigest: genesisDigest(genesis),
  };
  for (const [id, key] of keys) writeNodeFolder(folder, network, id, key);
  for (const { slug } of plan.organisations)
    if (nodes.some((node) => node.organisation === slug && keys.has(node.id))) keepRepresentative(folder, slug, make);
  writeFileSync(folder.genesis, genesis);
  writeSharedFiles(folder, network, owner);
  return network;
}

/** Everything of the node that follows from its key. */
export function networkNode(node: NodePlan, key: HexData | undefined): NetworkNode {
  if (key === undefined) throw new TypeError(`node ${node.id} has no key`);
  const publicKey = parsePublicKey(key, `node ${node.id}: publicKey`);
  return {
    id: node.id,
    organisation: node.organisation,
    role: node.role,
    host: node.host,
    ports: node.ports,
    heapMb: node.heapMb,
    publicKey,
    address: addressOfPublicKey(publicKey),
    enode: enodeUrl({ publicKey, host: node.host, port: node.ports.p2p }),
  };
}

/** Key files that are there are used; nodes with a publicKey and no file run elsewhere; the others get new keys. */
function keysHere(plan: NetworkPlan, folder: NetworkFolder, make: KeyMaker): Map<string, NodeKey> {
  const keys = new Map<string, NodeKey>();
  for (const node of allNodes(plan)) {
    const path = folder.node(node.id).key;
    if (!existsSync(path) && node.publicKey !== undefined) continue;
    const key = existsSync(path) ? readKeyFile(path) : make(`node/${node.id}`);
    requireSame(node, key);
    keys.set(node.id, key);
  }
  if (keys.size === 0)
    throw new NetworkError(
      "input",
      `Every node has a publicKey, and none of their key files is in ${folder.root}: this computer would run nothing. Name the folder that \`keys\` made with --dir, and the organisation with --organisation.`,
    );
  return keys;
}

/** Organisations with machines of their own: all public keys are in the YAML, or each would make another genesis. */
function keysOf(plan: NetworkPlan, folder: NetworkFolder, slug: string): Map<string, NodeKey> {
  const own = organisationOf(plan, slug);
  const keyless = allNodes(plan).filter(({ publicKey }) => publicKey === undefined);
  if (keyless.length > 0)
    throw new NetworkError(
      "input",
      `${keyless.map(({ id }) => id).join(", ")}: no publicKey in the YAML. Each organisation runs \`keys network.yaml --organisation SLUG\` first and adds what it prints; then everybody uses the same YAML.`,
    );
  return new Map(
    own.nodes.map((node) => {
      const key = readKeyFile(folder.node(node.id).key);
      requireSame(node, key);
      return [node.id, key];
    }),
  );
}
