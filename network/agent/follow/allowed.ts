/** Whom this node should talk with, and how its list differs from that. */
import type { Address } from "../../../gateway/src/kernel/ids.ts";
import { parseEnode } from "../../besu/enode.ts";
import { sameEntry } from "../../besu/allow-list.ts";

export interface KnownNode {
  readonly address: Address;
  readonly enode: string;
}

export interface AllowScene {
  readonly block: number;
  readonly self: KnownNode;
  /** What the node's list holds. */
  readonly listed: readonly string[];
  /** network.json and `accepted/`: nodes that were agreed on before the alliance knew them. */
  readonly agreed: readonly KnownNode[];
  /** Nodes of active and suspended members, with where they say they are reached. */
  readonly members: readonly { readonly address: Address; readonly enode: string | undefined }[];
  /** Addresses that serve or ever served a member. */
  readonly taken: ReadonlySet<Address>;
  readonly validators: ReadonlySet<Address>;
}

export interface AllowDecision {
  /** Everybody this node should be connected with. */
  readonly wanted: readonly KnownNode[];
  readonly add: readonly string[];
  readonly remove: readonly string[];
  /** Agreed on once, and no member's any more: they must not come back with a restart. */
  readonly gone: ReadonlySet<Address>;
  /** Since when each entry is not wanted: a list that flickers takes nobody off. */
  readonly unwanted: ReadonlyMap<string, number>;
}

/** New ones at once; others go when nobody wanted them for `settleBlocks`, and a validator never goes while it is one. */
export function decideAllowed(
  scene: AllowScene,
  before: ReadonlyMap<string, number>,
  settleBlocks: number,
): AllowDecision {
  const wanted = wantedNodes(scene);
  const listed = new Set(scene.listed.map(sameEntry));
  const isWanted = new Set([...wanted, scene.self].map(({ enode }) => sameEntry(enode)));
  const unwanted = new Map<string, number>();
  for (const entry of scene.listed)
    if (!isWanted.has(sameEntry(entry)) && mayGo(entry, scene)) unwanted.set(entry, before.get(entry) ?? scene.block);
  return {
    wanted,
    add: [scene.self, ...wanted].map(({ enode }) => enode).filter((enode) => !listed.has(sameEntry(enode))),
    remove: [...unwanted].filter(([, since]) => scene.block - since >= settleBlocks).map(([entry]) => entry),
    gone: goneNodes(scene),
    unwanted,
  };
}

/** An address that served a member and serves none is never used again, so this does not flicker. */
function goneNodes({ agreed, members, taken, validators, self }: AllowScene): ReadonlySet<Address> {
  const stays = new Set([self.address, ...validators, ...members.map(({ address }) => address)]);
  return new Set(agreed.map(({ address }) => address).filter((address) => taken.has(address) && !stays.has(address)));
}

function wantedNodes({ agreed, members, taken, self }: AllowScene): KnownNode[] {
  const memberNodes = new Map(members.map(({ address, enode }) => [address, enode]));
  const found = new Map<string, KnownNode>();
  const want = (node: KnownNode): void => void found.set(sameEntry(node.enode), node);
  for (const { address, enode } of members) if (enode !== undefined) want({ address, enode });
  for (const node of agreed) {
    // A member's node that has not said where it is reached yet is where it was agreed to be.
    const isSilentMember = memberNodes.has(node.address) && memberNodes.get(node.address) === undefined;
    if (isSilentMember || !taken.has(node.address)) want(node);
  }
  return [...found.values()].filter(({ address }) => address !== self.address);
}

/** What can not be read was put there by somebody else, for a reason: it stays. */
function mayGo(entry: string, { validators, self }: AllowScene): boolean {
  try {
    const { address } = parseEnode(entry);
    return address !== self.address && !validators.has(address);
  } catch {
    return false;
  }
}
