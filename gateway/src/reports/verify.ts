/** Checks a bundle against the chain: every cell is recomputed; the first that differs is named. */
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { ChainClient } from "../chain/client.ts";
import type { Deployment } from "../chain/deployment.ts";
import { parseDeployment } from "../chain/deployment.ts";
import type { Manifest } from "./bundle.ts";
import { MANIFEST, REPORT_JSON, formatJson, makeBundle, sha256Of } from "./bundle.ts";
import type { Collected } from "./collect.ts";
import { collect } from "./collect.ts";
import { parseCsv } from "./table.ts";

/** The bundle is not whole, or not of this chain: its numbers were not even compared. */
export class BundleRefused extends Error {
  override readonly name = "BundleRefused";
}

/** A number of the bundle is not what the chain says. */
export class BundleDiffers extends Error {
  override readonly name = "BundleDiffers";
  readonly file: string;
  /** From 1, the line of the names not counted. */
  readonly row: number;
  readonly column: string;

  constructor(at: { file: string; row: number; column: string }, sides: { bundle: string; chain: string }) {
    super(`${at.file}, row ${at.row}, ${at.column}: the bundle says ${sides.bundle}, the chain says ${sides.chain}`);
    this.file = at.file;
    this.row = at.row;
    this.column = at.column;
  }
}

export interface Verified {
  readonly collected: Collected;
  readonly deployment: Deployment;
  /** Cells that were equal, of all files. */
  readonly cells: number;
}

const mark = z.strictObject({ number: z.int(), hash: z.string(), timestamp: z.int() });
const manifestSchema = z.strictObject({
  format: z.literal("ledger-report/1"),
  chainId: z.int(),
  genesisHash: z.string(),
  contracts: z.record(z.string(), z.string()),
  deployedAtBlock: z.int(),
  from: mark,
  to: mark,
  files: z.array(z.strictObject({ name: z.string(), bytes: z.int(), sha256: z.string() })),
});

/** `trusted` is where the reader knows the contracts to be; without it the bundle's own addresses are taken. */
export async function verifyBundle(
  files: ReadonlyMap<string, string>,
  chain: ChainClient,
  trusted?: Deployment,
): Promise<Verified> {
  const manifest = readManifest(files.get(MANIFEST));
  checkFiles(files, manifest);
  const deployment = deploymentOf(manifest);
  if (trusted !== undefined) checkDeployment(deployment, trusted);
  await checkChain(chain, manifest);
  const collected = await collect(chain, deployment, { from: manifest.from.number, to: manifest.to.number });
  const expected = makeBundle(collected);
  let cells = 0;
  for (const table of collected.tables) cells += compareCsv(`${table.name}.csv`, files, expected);
  cells += compareJson(files.get(REPORT_JSON) ?? "", collected);
  for (const [name, text] of expected)
    if (files.get(name) !== text) throw new BundleRefused(`${name} has the right numbers in other bytes`);
  return { collected, deployment, cells };
}

function readManifest(text: string | undefined): Manifest {
  if (text === undefined) throw new BundleRefused(`there is no ${MANIFEST}`);
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new BundleRefused(`${MANIFEST} is cut off or not JSON`);
  }
  const parsed = manifestSchema.safeParse(json);
  if (parsed.success) return parsed.data as unknown as Manifest;
  const [issue] = parsed.error.issues;
  throw new BundleRefused(`${MANIFEST}: ${issue?.path.join(".") ?? ""} ${issue?.message ?? "is not a manifest"}`);
}

function checkFiles(files: ReadonlyMap<string, string>, manifest: Manifest): void {
  for (const { name, bytes, sha256 } of manifest.files) {
    const text = files.get(name);
    if (text === undefined) throw new BundleRefused(`${name} is missing`);
    const found = Buffer.byteLength(text);
    if (found !== bytes) throw new BundleRefused(`${name} has ${found} bytes, the manifest says ${bytes}`);
    if (sha256Of(text) !== sha256) throw new BundleRefused(`${name} is not the file that the manifest has the hash of`);
  }
  const listed = new Set([MANIFEST, ...manifest.files.map(({ name }) => name)]);
  for (const name of files.keys())
    if (!listed.has(name)) throw new BundleRefused(`${name} is not listed in the manifest`);
}

function deploymentOf(manifest: Manifest): Deployment {
  try {
    return parseDeployment(JSON.stringify(manifest));
  } catch (error) {
    throw new BundleRefused(`${MANIFEST}: ${(error as Error).message}`);
  }
}

function checkDeployment(found: Deployment, trusted: Deployment): void {
  if (found.chainId !== trusted.chainId || found.genesisHash !== trusted.genesisHash)
    throw new BundleRefused(`the bundle is of chain ${found.chainId} ${found.genesisHash}, not of yours`);
  for (const [name, address] of Object.entries(trusted.contracts)) {
    const said = found.contracts[name as keyof typeof found.contracts];
    if (said !== address) throw new BundleRefused(`the bundle's ${name} is ${said}, yours is ${address}`);
  }
  if (found.deployedAtBlock !== trusted.deployedAtBlock)
    throw new BundleRefused(`the bundle begins at block ${found.deployedAtBlock}, yours at ${trusted.deployedAtBlock}`);
}

async function checkChain(chain: ChainClient, manifest: Manifest): Promise<void> {
  const chainId = await chain.chainId();
  if (chainId !== manifest.chainId)
    throw new BundleRefused(`the bundle is of chain ${manifest.chainId}, the node serves chain ${chainId}`);
  const genesis = (await chain.block(0))?.hash ?? "nothing";
  if (genesis !== manifest.genesisHash)
    throw new BundleRefused(`the bundle's chain begins with ${manifest.genesisHash}, the node's with ${genesis}`);
  for (const { number, hash, timestamp } of [manifest.from, manifest.to]) {
    const block = await chain.block(number);
    if (block?.hash !== hash)
      throw new BundleRefused(`the bundle's block ${number} is ${hash}, the node's is ${block?.hash ?? "missing"}`);
    if (block.timestamp !== timestamp)
      throw new BundleRefused(`the bundle's block ${number} is of ${timestamp}, the node's of ${block.timestamp}`);
  }
}

/** Both as fields; the names of the columns are row 0. */
function compareCsv(file: string, files: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): number {
  const text = files.get(file);
  if (text === undefined) throw new BundleRefused(`${file} is missing`);
  let rows: string[][];
  try {
    rows = parseCsv(text);
  } catch (error) {
    throw new BundleRefused(`${file}: ${(error as Error).message}`);
  }
  return compareRows(file, rows, parseCsv(expected.get(file) ?? ""));
}

function compareRows(file: string, rows: readonly string[][], expected: readonly string[][]): number {
  let cells = 0;
  const [columns = []] = expected;
  for (let row = 0; row < Math.max(rows.length, expected.length); row += 1) {
    const [found, wanted] = [rows[row], expected[row]];
    const at = { file, row, column: columns[0] ?? "" };
    if (found === undefined) throw new BundleDiffers(at, { bundle: "no such row", chain: wanted?.join(",") ?? "" });
    if (wanted === undefined) throw new BundleDiffers(at, { bundle: found.join(","), chain: "no such row" });
    for (let index = 0; index < Math.max(found.length, wanted.length); index += 1) {
      const [bundle, chain] = [found[index] ?? "no such column", wanted[index] ?? "no such column"];
      if (bundle !== chain)
        throw new BundleDiffers({ ...at, column: columns[index] ?? `column ${index + 1}` }, { bundle, chain });
      if (row > 0) cells += 1;
    }
  }
  return cells;
}

function compareJson(text: string, { header, tables }: Collected): number {
  let json: { tables?: Record<string, Record<string, string>[]> } & Record<string, unknown>;
  try {
    json = JSON.parse(text) as typeof json;
  } catch {
    throw new BundleRefused(`${REPORT_JSON} is cut off or not JSON`);
  }
  let cells = 0;
  for (const { name, columns, rows } of tables) {
    const said = json.tables?.[name];
    if (!Array.isArray(said)) throw new BundleRefused(`${REPORT_JSON}: the table ${name} is missing`);
    const found = said.map((row) => columns.map((column) => row[column] ?? ""));
    cells += compareRows(
      `${REPORT_JSON} ${name}`,
      [[...columns], ...found],
      [[...columns], ...rows.map((row) => [...row])],
    );
  }
  const { tables: _, ...said } = json;
  if (!isDeepStrictEqual(said, JSON.parse(formatJson(header))))
    throw new BundleRefused(`${REPORT_JSON} names another chain or period than ${MANIFEST}`);
  return cells;
}
