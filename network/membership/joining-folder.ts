/** From an invitation to a folder with everything that a node needs. Nothing of it is written before all of it is checked. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { isIP } from "node:net";
import { join } from "node:path";
import { makeNodeKey } from "../besu/enode.ts";
import type { NodeKey } from "../besu/enode.ts";
import type { FileOwner } from "../files/compose.ts";
import { readKeyFile, writeKeyFile } from "../files/key-file.ts";
import { keepRepresentative } from "../files/make-keys.ts";
import { networkNode } from "../files/make-network.ts";
import { writeNodeFolder, writeSharedFiles } from "../files/write-node.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { readNetworkFile } from "../plan/network-file.ts";
import type { NetworkFile, NetworkNode, Ports } from "../plan/plan.ts";
import type { SignedInvitation } from "./invitation.ts";
import { signCard } from "./node-card.ts";
import { groundOf } from "./invitation.ts";
import { contentDigest, readJsonFile } from "./signed-file.ts";

export interface NewNode {
  /** The IP address that the others dial. */
  readonly host: string;
  readonly ports: Ports;
  readonly heapMb: number;
}

export interface Joining {
  readonly folder: NetworkFolder;
  readonly invitation: SignedInvitation;
  readonly newNode: NewNode;
  readonly owner: FileOwner;
}

export interface Joined {
  readonly network: NetworkFile;
  readonly node: NetworkNode;
  readonly key: NodeKey;
}

/** Run again it finds what it made; a folder of another network is refused. */
export function makeJoiningFolder({ folder, invitation, newNode, owner }: Joining): Joined {
  const { slug, name } = invitation.invited;
  const id = `${slug}-1`;
  if (existsSync(folder.network)) return findJoined(folder, invitation);
  if (isIP(newNode.host) === 0)
    throw new NetworkError("input", `--host: ${newNode.host} is no IP address; enodes carry no names.`);
  const keyFile = folder.node(id).key;
  const key = existsSync(keyFile) ? readKeyFile(keyFile) : makeNodeKey();
  writeKeyFile(keyFile, key);
  const plan = { id, organisation: slug, role: "validator" as const, publicKey: key.publicKey, ...newNode };
  const node = networkNode(plan, key.publicKey);
  const network: NetworkFile = {
    ...invitation.network,
    organisations: [...invitation.network.organisations, { slug, name }],
    nodes: [...invitation.network.nodes, node],
  };
  mkdirSync(folder.root, { recursive: true });
  writeFileSync(folder.genesis, invitation.genesis);
  writeFileSync(invitationOf(folder), `${JSON.stringify(invitation, null, 2)}\n`);
  keepRepresentative(folder, slug, makeNodeKey);
  writeNodeFolder(folder, network, id, key);
  writeSharedFiles(folder, network, owner);
  return { network, node, key };
}

/** Whether this very invitation made the folder. */
export function hasBegun(folder: NetworkFolder, json: unknown): boolean {
  const kept = invitationOf(folder);
  if (!existsSync(folder.network) || !existsSync(kept)) return false;
  return contentDigest({ json: readJsonFile(kept, "invitation") }) === contentDigest({ json });
}

function invitationOf(folder: NetworkFolder): string {
  return join(folder.root, "invitation.json");
}

function findJoined(folder: NetworkFolder, { network: invited, invited: { slug } }: SignedInvitation): Joined {
  const network = readNetworkFile(folder);
  const node = network.nodes.find(({ organisation, id }) => organisation === slug && existsSync(folder.node(id).key));
  if (network.genesisDigest === invited.genesisDigest && node !== undefined)
    return { network, node, key: readKeyFile(folder.node(node.id).key) };
  throw new NetworkError(
    "input",
    `${folder.root} holds another network, or not the node of ${slug}: name another folder with --dir.`,
  );
}

/** The card that goes back to the inviter; gives its path. */
export function writeCard(
  { folder, invitation }: Pick<Joining, "folder" | "invitation">,
  { node, key }: Joined,
): string {
  const card = signCard(
    {
      kind: "alliance-network-node-card",
      version: 1,
      ...groundOf(invitation),
      invitation: invitation.id,
      organisation: node.organisation,
      publicKey: node.publicKey,
      host: node.host,
      port: node.ports.p2p,
      expiresAt: invitation.expiresAt,
    },
    key.privateKey,
  );
  const path = join(folder.root, "node-card.json");
  writeFileSync(path, `${JSON.stringify(card, null, 2)}\n`);
  return path;
}
