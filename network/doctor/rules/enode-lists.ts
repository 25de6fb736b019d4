/** Lists of enodes as files and nodes give them, compared as Besu compares them: key, IP address and TCP port. */
import { parseEnode } from "../../besu/enode.ts";
import type { Enode } from "../../besu/enode.ts";

/** Lines that are no enode are left out: that a node's file holds one shows when the node refuses it. */
export function readEnodes(urls: readonly string[]): Enode[] {
  return urls.flatMap((url) => {
    try {
      return [parseEnode(url)];
    } catch {
      return [];
    }
  });
}

export function isSameEnode(one: Enode, other: Enode): boolean {
  return one.publicKey === other.publicKey && one.host === other.host && one.port === other.port;
}
