/**
 * static-nodes.json: whom a node dials from its start on. Besu keeps these nodes on its allow-list whatever it is told,
 * and does not start when one of them is not on the list: whoever is taken off the list must leave this file first.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { parseEnode } from "./enode.ts";

/** Takes the nodes out of the file; counts from the node's next start on. Others are left as they are written. */
export function forgetStaticNodes(path: string, gone: ReadonlySet<Address>): void {
  if (gone.size === 0 || !existsSync(path)) return;
  const entries = JSON.parse(readFileSync(path, "utf8")) as string[];
  const kept = entries.filter((entry) => !isOneOf(entry, gone));
  if (kept.length === entries.length) return;
  // Another agent of this computer may do the same at the same time: each writes a draft of its own.
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, `${JSON.stringify(kept, null, 2)}\n`);
  renameSync(draft, path);
}

function isOneOf(entry: string, addresses: ReadonlySet<Address>): boolean {
  try {
    return addresses.has(parseEnode(entry).address);
  } catch {
    return false;
  }
}
