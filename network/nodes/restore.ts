/** A backup put back, on the same computer or an empty one. Everything is checked before anything is replaced. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { extract } from "tar";
import type { NetworkFolder } from "../plan/folder.ts";
import { NetworkError } from "../plan/network-error.ts";
import { nodeOf, readNetworkFile } from "../plan/network-file.ts";
import { sizeText, refuseRunning, teller } from "./backup.ts";
import { hashFiles, isSameChain, MANIFEST_NAME, parseManifest } from "./backup-manifest.ts";
import type { Manifest } from "./backup-manifest.ts";

type Say = (line: string) => void;

export interface RestoreOptions {
  readonly file: string;
  /** Another node may live on from the data of this one: it holds the chain and nobody's key. */
  readonly nodeId: string | undefined;
  /** Moves data that are there aside; without it they make the command refuse. */
  readonly replaces: boolean;
}

export interface Restored {
  readonly manifest: Manifest;
  readonly nodeId: string;
  /** Where the data went that were there before. */
  readonly setAside: string | undefined;
  /** False on an empty computer: the organisation puts the key there itself. */
  readonly hasKey: boolean;
}

export async function restore(folder: NetworkFolder, options: RestoreOptions, say: Say): Promise<Restored> {
  const archive = resolve(options.file);
  if (!existsSync(archive)) throw new NetworkError("input", `There is no file ${archive}.`);
  mkdirSync(folder.root, { recursive: true });
  // On the same disk as its place, so that moving it there is one step.
  const staging = mkdtempSync(join(folder.root, ".restore-"));
  try {
    say(`Reading ${archive} …`);
    await unpack(archive, staging);
    const manifest = await verify(staging, archive, say);
    const nodeId = options.nodeId ?? manifest.nodeId;
    await checkPlace(folder, staging, { nodeId, isOther: nodeId !== manifest.nodeId });
    const setAside = setDataAside(folder, nodeId, options.replaces);
    putInPlace(folder, { staging, manifest, nodeId });
    return { manifest, nodeId, setAside, hasKey: existsSync(folder.node(nodeId).key) };
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

async function unpack(archive: string, into: string): Promise<void> {
  try {
    const filter = (_path: string, entry: object): boolean => "type" in entry && isPlain(String(entry.type));
    await extract({ file: archive, cwd: into, strict: true, filter });
  } catch (cause) {
    // A full disk is not the archive's fault.
    if ((cause as NodeJS.ErrnoException).code === "ENOSPC")
      throw new NetworkError("machine", `${into} has no space left for the backup: free some, or restore elsewhere.`);
    throw damaged(archive, (cause as Error).message);
  }
}

/** No links, no devices: they could lead out of the folder. */
function isPlain(type: string): boolean {
  return type === "File" || type === "OldFile" || type === "ContiguousFile";
}

async function verify(staging: string, archive: string, say: Say): Promise<Manifest> {
  const at = join(staging, MANIFEST_NAME);
  const manifest = parseManifest(existsSync(at) ? readFileSync(at, "utf8") : "", archive);
  const total = manifest.files.reduce((sum, { bytes }) => sum + bytes, 0);
  say(
    `Backup of ${manifest.nodeId} of ${manifest.madeAt}: checking ${manifest.files.length} files, ${sizeText(total)} …`,
  );
  const missing = manifest.files.find(({ path }) => !existsSync(join(staging, path)));
  if (missing !== undefined) throw damaged(archive, `${missing.path} is missing`);
  const paths = manifest.files.map(({ path }) => path);
  const found = await hashFiles(staging, paths, teller(say, total));
  const wrong = found.find(({ sha256 }, index) => sha256 !== manifest.files[index]?.sha256);
  if (wrong !== undefined) throw damaged(archive, `${wrong.path} is not what it was when the backup was made`);
  return manifest;
}

function damaged(archive: string, what: string): NetworkError {
  return new NetworkError(
    "refused",
    `${archive} is damaged or was changed: ${what}. Nothing was restored; take another copy.`,
  );
}

async function checkPlace(
  folder: NetworkFolder,
  staging: string,
  { nodeId, isOther }: { nodeId: string; isOther: boolean },
): Promise<void> {
  const isEmpty = !existsSync(folder.network);
  const network = readNetworkFile(isEmpty ? { ...folder, network: join(staging, "network.json") } : folder);
  const node = nodeOf(network, nodeId);
  if (isEmpty && isOther)
    throw new NetworkError("input", `${folder.root} holds no network yet: restore the backup as the node it is of.`);
  if (isEmpty) return;
  if (!isSameChain(folder.genesis, join(staging, "genesis.json")))
    throw new NetworkError(
      "refused",
      `The backup is of another chain: its genesis.json differs from ${folder.genesis} in more than transitions.`,
    );
  await refuseRunning(folder, node);
}

function setDataAside(folder: NetworkFolder, nodeId: string, replaces: boolean): string | undefined {
  const { data } = folder.node(nodeId);
  if (!existsSync(data) || readdirSync(data).length === 0) return undefined;
  if (!replaces)
    throw new NetworkError("input", `${nodeId} has data already (${data}): with --replace they are moved aside first.`);
  const aside = `${data}.replaced-${new Date()
    .toISOString()
    .replaceAll(/[^0-9]/g, "")
    .slice(0, 14)}`;
  renameSync(data, aside);
  return aside;
}

/** The data under the node's own name; of the configuration only what is not there. */
function putInPlace(
  folder: NetworkFolder,
  { staging, manifest, nodeId }: { staging: string; manifest: Manifest; nodeId: string },
): void {
  const from = `nodes/${manifest.nodeId}/`;
  const isOther = nodeId !== manifest.nodeId;
  const data = folder.node(nodeId).data;
  rmSync(data, { recursive: true, force: true });
  mkdirSync(dirname(data), { recursive: true });
  const restored = join(staging, from, "data");
  if (existsSync(restored)) renameSync(restored, data);
  else mkdirSync(data);
  for (const { path } of manifest.files) {
    // Another node's allow-list and ports are not this one's.
    if (path.startsWith(`${from}data/`) || (isOther && path.startsWith(from))) continue;
    const place = join(folder.root, path);
    if (existsSync(place)) continue;
    mkdirSync(dirname(place), { recursive: true });
    cpSync(join(staging, path), place);
  }
}
