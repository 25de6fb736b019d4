/** Whether a node stands on an allow-list; without a list every node does. */
import { isSameEnode, readEnode } from "../cli/identity.ts";

export function isAllowedNode(list: readonly string[] | undefined, enode: string): boolean {
  const asked = readEnode(enode);
  if (list === undefined) return true;
  if (asked === undefined) return false;
  return list.some((entry) => {
    const there = readEnode(entry);
    return there !== undefined && isSameEnode(there, asked);
  });
}
