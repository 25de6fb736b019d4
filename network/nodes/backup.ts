/** One stopped node as one file: a tar of its data and its configuration, with a digest of every file inside. */
import { existsSync, mkdtempSync, renameSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { create, replace } from "tar";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodeOf, readNetworkFile } from "../plan/network-file.ts";
import type { NetworkNode } from "../plan/plan.ts";
import { filesOfBackup, hashFiles, MANIFEST_NAME, totalBytes } from "./backup-manifest.ts";
import type { Manifest } from "./backup-manifest.ts";
import { besuPid } from "./besu-process.ts";
import { lookAtNode } from "./node-state.ts";
import { rpcUrlOf } from "./running-node.ts";

const TELL_EVERY_MS = 2_000;

type Say = (line: string) => void;

export interface BackupOptions {
  readonly nodeId: string;
  /** Must not be there yet. */
  readonly file: string;
}

/** Throws `NetworkError("network")` while the node runs: a database that is written to can not be copied whole. */
export async function backUp(folder: NetworkFolder, { nodeId, file }: BackupOptions, say: Say): Promise<Manifest> {
  const network = readNetworkFile(folder);
  const node = nodeOf(network, nodeId);
  await refuseRunning(folder, node);
  const archive = resolve(file);
  if (existsSync(archive)) throw new NetworkError("input", `${archive} is there already: name another file.`);
  if (!existsSync(folder.node(nodeId).data))
    throw new NetworkError(
      "input",
      `${nodeId} has no data on this computer: ${folder.node(nodeId).data} is not there.`,
    );
  const paths = filesOfBackup(folder, nodeId);
  const bytes = totalBytes(folder.root, paths);
  checkSpace(dirname(archive), bytes);
  say(`Reading ${paths.length} files, ${sizeText(bytes)} …`);
  const files = await hashFiles(folder.root, paths, teller(say, bytes));
  const manifest: Manifest = {
    version: 1,
    madeAt: new Date().toISOString(),
    network: network.name,
    chainId: network.chain.chainId,
    ...{ nodeId, address: node.address, files },
  };
  say(`Writing ${archive} …`);
  await writeArchive(folder.root, archive, manifest);
  return manifest;
}

/** The manifest is the first entry: a reader knows what comes before it comes. Whole or not at all. */
async function writeArchive(root: string, archive: string, manifest: Manifest): Promise<void> {
  const staging = mkdtempSync(join(tmpdir(), "backup-"));
  const draft = `${archive}.part`;
  try {
    writeFileSync(join(staging, MANIFEST_NAME), `${JSON.stringify(manifest, null, 2)}\n`);
    await create({ file: draft, cwd: staging, portable: true, mode: 0o600 }, [MANIFEST_NAME]);
    await replace(
      { file: draft, cwd: root, portable: true, noDirRecurse: true },
      manifest.files.map(({ path }) => path),
    );
    renameSync(draft, archive);
  } finally {
    rmSync(staging, { recursive: true, force: true });
    rmSync(draft, { force: true });
  }
}

export async function refuseRunning(folder: NetworkFolder, node: NetworkNode): Promise<void> {
  const isRunning =
    besuPid(folder, node.id) !== undefined || (await lookAtNode(rpcUrlOf(node))).address === node.address;
  if (!isRunning) return;
  throw new NetworkError(
    "network",
    `${node.id} runs, and its database changes while it does: stop it first (down --node ${node.id}, or where it was started).`,
  );
}

function checkSpace(directory: string, bytes: number): void {
  if (!existsSync(directory)) throw new NetworkError("input", `There is no folder ${directory}: make it first.`);
  const { bavail, bsize } = statfsSync(directory);
  if (bavail * bsize < bytes)
    throw new NetworkError(
      "machine",
      `${directory} has ${sizeText(bavail * bsize)} left and the backup takes ${sizeText(bytes)}: name a file on another disk.`,
    );
}

export function sizeText(bytes: number): string {
  return bytes < 1_000_000 ? `${Math.ceil(bytes / 1_000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export function teller(say: Say, total: number): (bytes: number) => void {
  let toldAt = performance.now();
  return (bytes) => {
    const now = performance.now();
    if (now - toldAt < TELL_EVERY_MS) return;
    toldAt = now;
    say(`${sizeText(bytes)} of ${sizeText(total)}.`);
  };
}
