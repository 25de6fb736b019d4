/** Keys of an organisation: one for each of its nodes, and one with which it speaks in the alliance. */
import { existsSync } from "node:fs";
import { makeNodeKey, parsePublicKey, seededNodeKey } from "../besu/enode.ts";
import type { NodeKey } from "../besu/enode.ts";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import type { NetworkPlan, NodePlan, OrganisationPlan } from "../plan/plan.ts";
import { readKeyFile, writeKeyFile } from "./key-file.ts";

/** Called with what the key is for: random, or in tests the same for the same seed. */
export type KeyMaker = (purpose: string) => NodeKey;

export function keyMaker(seed: string | undefined): KeyMaker {
  return seed === undefined ? makeNodeKey : (purpose) => seededNodeKey(`${seed}/${purpose}`);
}

export interface OrganisationKeys {
  readonly representative: NodeKey;
  readonly nodes: ReadonlyMap<string, NodeKey>;
}

/** Can be run again: a key that is there stays. */
export function makeOrganisationKeys(
  plan: NetworkPlan,
  folder: NetworkFolder,
  slug: string,
  make: KeyMaker,
): OrganisationKeys {
  const organisation = organisationOf(plan, slug);
  const nodes = new Map(
    organisation.nodes.map((node) => {
      const key = existsSync(folder.node(node.id).key)
        ? readKeyFile(folder.node(node.id).key)
        : make(`node/${node.id}`);
      requireSame(node, key);
      return [node.id, key] as const;
    }),
  );
  for (const [id, key] of nodes) writeKeyFile(folder.node(id).key, key);
  return { representative: keepRepresentative(folder, slug, make), nodes };
}

export function organisationOf(plan: NetworkPlan, slug: string): OrganisationPlan {
  const found = plan.organisations.find((organisation) => organisation.slug === slug);
  if (found !== undefined) return found;
  throw new NetworkError(
    "input",
    `There is no organisation ${slug}. The YAML has ${plan.organisations.map((organisation) => organisation.slug).join(", ")}.`,
  );
}

export function keepRepresentative(folder: NetworkFolder, slug: string, make: KeyMaker): NodeKey {
  const path = folder.representativeKey(slug);
  if (existsSync(path)) return readKeyFile(path);
  const key = make(`representative/${slug}`);
  writeKeyFile(path, key);
  return key;
}

/** The YAML and the key file must speak of the same node. */
export function requireSame(node: NodePlan, key: NodeKey): void {
  if (node.publicKey === undefined || parsePublicKey(node.publicKey, `node ${node.id}: publicKey`) === key.publicKey)
    return;
  throw new NetworkError(
    "refused",
    `node ${node.id}: its key file in this folder is not the key of its publicKey in the YAML. Put the public key that \`keys\` prints into the YAML, or the right key file into the folder.`,
  );
}
