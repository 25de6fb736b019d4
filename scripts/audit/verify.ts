/** `npm run audit -- verify <bundle>`: every number of a report bundle again, from a chain node and nothing else. */
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import type { ChainClient } from "../../gateway/src/chain/client.ts";
import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import { readDeployment } from "../../gateway/src/chain/deployment.ts";
import { connectChain } from "../../gateway/src/chain/json-rpc.ts";
import type { Verified } from "../../gateway/src/reports/verify.ts";
import { BundleRefused, verifyBundle } from "../../gateway/src/reports/verify.ts";
import { Checks, Difference } from "./check.ts";
import { compareContracts } from "./compare-contracts.ts";

export interface VerifyOptions {
  readonly bundle: string;
  readonly rpc: string;
  /** Where the reader's own deployment.json is, if there is one. */
  readonly dataDir: string;
}

export async function verify({ bundle, rpc, dataDir }: VerifyOptions): Promise<void> {
  const startedAt = performance.now();
  const files = await readBundle(bundle);
  const trusted = await readOwnDeployment(join(dataDir, "deployment.json"));
  const chain = connectChain(rpc);
  try {
    const verified = await verifyBundle(files, chain, trusted);
    const { from, to } = verified.collected.header;
    console.log(
      `blocks ${from.number} to ${to.number}: ${verified.cells} numbers of ${files.size} files are the chain's`,
    );
    console.log(await askContracts(verified, chain));
    if (trusted === undefined)
      console.log("the contracts' addresses were taken from the bundle: compare them with the alliance's own");
    console.log(`accepted after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s`);
  } finally {
    chain.close();
  }
}

async function readBundle(directory: string): Promise<Map<string, string>> {
  let names: string[];
  try {
    names = await readdir(directory);
  } catch {
    throw new BundleRefused(`${directory} is not a directory that can be read`);
  }
  const files = new Map<string, string>();
  for (const name of names.sort()) files.set(name, await readFile(join(directory, name), "utf8"));
  return files;
}

async function readOwnDeployment(path: string): Promise<Deployment | undefined> {
  try {
    return await readDeployment(path);
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
}

/** The contracts' own words at the last block as well, where the node still has that block's state. */
async function askContracts({ collected, deployment }: Verified, chain: ChainClient): Promise<string> {
  const block = collected.header.to.number;
  const checks = new Checks();
  try {
    await compareContracts(collected.model, { chain, deployment, block, checks });
  } catch (error) {
    if (error instanceof Difference) throw error;
    return `the node keeps no state of block ${block}: the contracts were not asked, the logs were enough`;
  }
  return `and ${checks.total} of the contracts' own answers at block ${block} agree with the logs`;
}
