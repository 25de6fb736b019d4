/** Private keys on disk: readable by their owner alone, and never written over. */
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { parseNodeKey } from "../besu/enode.ts";
import type { NodeKey } from "../besu/enode.ts";
import { NetworkError } from "../plan/network-error.ts";

const OWNER_ONLY = 0o600;

/** Does nothing when the same key is there; refuses when another one is. */
export function writeKeyFile(path: string, key: NodeKey): void {
  if (existsSync(path)) {
    if (readKeyFile(path).address === key.address) return;
    throw new NetworkError(
      "refused",
      `${path} holds another key. Keys are never written over: move it away first if it is really not needed any more.`,
    );
  }
  mkdirSync(dirname(path), { recursive: true });
  // wx: two commands at the same time can not both make it. Besu reads one line of hex digits, 0x is optional.
  writeFileSync(path, `${key.privateKey}\n`, { mode: OWNER_ONLY, flag: "wx" });
  // The umask may have taken the owner's own rights as well.
  chmodSync(path, OWNER_ONLY);
}

/** Throws `NetworkError`: "input" when there is none, "refused" when others may read it. */
export function readKeyFile(path: string): NodeKey {
  if (!existsSync(path))
    throw new NetworkError("input", `There is no key file ${path}. Restore it from where the organisation keeps it.`);
  const mode = statSync(path).mode & 0o777;
  if ((mode & 0o077) !== 0)
    throw new NetworkError(
      "refused",
      `${path} may be read by others (mode ${mode.toString(8)}): the key counts as known. Replace the key (rotate-key), or run chmod 600 on it if you are sure that nobody did.`,
    );
  return parseNodeKey(readFileSync(path, "utf8"));
}
