/** What a backup says of itself, and which files belong in one. A private key never does. */
import { createHash } from "node:crypto";
import { createReadStream, existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { z } from "zod";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";

/** First in the archive. */
export const MANIFEST_NAME = "backup.json";

const file = z.strictObject({
  /** From the network's folder, with slashes. */
  path: z.string().refine((path) => path.split("/").every((part) => !["", ".", ".."].includes(part))),
  bytes: z.number().int().nonnegative(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifest = z.strictObject({
  version: z.literal(1),
  madeAt: z.string(),
  network: z.string(),
  chainId: z.number().int().positive(),
  nodeId: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
  address: z.string().regex(/^0x[0-9a-f]{40}$/),
  files: z.array(file),
});

export type Manifest = z.infer<typeof manifest>;
export type BackedUpFile = z.infer<typeof file>;

/** Throws `NetworkError("refused")`: what follows would be believed. */
export function parseManifest(text: string, archive: string): Manifest {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    content = undefined;
  }
  const parsed = manifest.safeParse(content);
  if (parsed.success) return parsed.data;
  throw new NetworkError("refused", `${archive} is no backup of this program, or a damaged one: take another copy.`);
}

/** Besu's own notes of a run, which the next start makes anew; LOCK is RocksDB's. */
const NOT_KEPT = /^(besu\.(ports|networks)|LOCK)$/;
/** Besu puts a key into its data when it is started without one of its own. */
const KEYS = /^key(\.pub)?$/;

/** The node's data and what is needed to run it elsewhere, without anybody's key. Sorted, so two backups compare. */
export function filesOfBackup(folder: NetworkFolder, nodeId: string): string[] {
  const at = folder.node(nodeId);
  const shared = [folder.network, folder.genesis, folder.staticNodes, folder.deployment, at.config, at.permissions];
  const found = [...shared.filter((path) => existsSync(path)), ...filesBelow(folder.accepted), ...filesBelow(at.data)];
  return found.map((path) => relative(folder.root, path).split(sep).join("/")).sort();
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry) => {
    const inside = join(path, entry.name);
    if (entry.isDirectory()) return filesBelow(inside);
    return entry.isFile() && !NOT_KEPT.test(entry.name) && !KEYS.test(entry.name) ? [inside] : [];
  });
}

/** @param told Called with the bytes read so far. */
export async function hashFiles(
  root: string,
  paths: readonly string[],
  told: (bytes: number) => void,
): Promise<BackedUpFile[]> {
  const files: BackedUpFile[] = [];
  let bytes = 0;
  for (const path of paths) {
    const hash = createHash("sha256");
    const before = bytes;
    for await (const chunk of createReadStream(join(root, path)) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
      told(bytes);
    }
    files.push({ path, bytes: bytes - before, sha256: hash.digest("hex") });
  }
  return files;
}

export function totalBytes(root: string, paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + statSync(join(root, path)).size, 0);
}

/**
 * Two genesis files of one chain may differ in `config.transitions` only: block 0 does not hold it, and an emergency adds
 * to it.
 */
export function isSameChain(oneGenesis: string, otherGenesis: string): boolean {
  return withoutTransitions(oneGenesis) === withoutTransitions(otherGenesis);
}

function withoutTransitions(path: string): string {
  const genesis = JSON.parse(readFileSync(path, "utf8")) as { config: { transitions?: unknown } };
  delete genesis.config.transitions;
  return JSON.stringify(genesis);
}
