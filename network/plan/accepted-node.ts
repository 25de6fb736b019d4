/**
 * Nodes that were let in before the alliance knows them: that of an invited organisation, or a member's next one. One
 * JSON file each in `accepted/`. The agent keeps them on the node's allow-list; once the alliance knows the address,
 * the file is not needed any more, and it does no harm.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import type { NetworkFolder } from "./folder.ts";
import { NetworkError } from "./network-error.ts";

export interface AcceptedNode {
  readonly version: 1;
  /** Also the file's name. */
  readonly address: Address;
  readonly enode: string;
  /** Slug of the organisation that runs it. */
  readonly organisation: string;
  /** Id of the invitation that its card answers; undefined for a node of our own. */
  readonly invitation?: string;
}

export function readAcceptedNodes(folder: NetworkFolder): AcceptedNode[] {
  if (!existsSync(folder.accepted)) return [];
  const files = readdirSync(folder.accepted).filter((file) => file.endsWith(".json"));
  return files.sort().map((file) => readOne(join(folder.accepted, file)));
}

export function writeAcceptedNode(folder: NetworkFolder, node: AcceptedNode): void {
  mkdirSync(folder.accepted, { recursive: true });
  const path = join(folder.accepted, `${node.address}.json`);
  writeFileSync(`${path}.next`, `${JSON.stringify(node, null, 2)}\n`);
  renameSync(`${path}.next`, path);
}

function readOne(path: string): AcceptedNode {
  try {
    const node = JSON.parse(readFileSync(path, "utf8")) as Partial<AcceptedNode>;
    if (node.version === 1 && typeof node.enode === "string" && typeof node.address === "string")
      return node as AcceptedNode;
  } catch {
    // said below
  }
  throw new NetworkError("input", `${path} is no accepted node: delete it, and run accept with the node's card again.`);
}
