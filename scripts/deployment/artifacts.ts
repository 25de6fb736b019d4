/** Compiled contracts, read from Hardhat's artifacts without loading Hardhat. */
import type { Artifact, ArtifactResolver } from "@nomicfoundation/ignition-core";

import { readdir, readFile } from "node:fs/promises";
import { basename, join } from "node:path";

/** @param artifactsDir Hardhat's `artifacts` folder. Contract names are unique in this repository. */
export function createArtifactResolver(artifactsDir: string): ArtifactResolver {
  return {
    async loadArtifact(contractName: string): Promise<Artifact> {
      const files = await readdir(join(artifactsDir, "contracts"), { recursive: true }).catch(() => []);
      const file = files.find((path) => basename(path) === `${contractName}.json`);
      if (file === undefined) {
        throw new Error(`The contract ${contractName} is not compiled: run \`npx hardhat build\` first.`);
      }
      return JSON.parse(await readFile(join(artifactsDir, "contracts", file), "utf8")) as Artifact;
    },
    // Only for verification on public explorers, which a permissioned chain has no use for.
    getBuildInfo: () => Promise.resolve(undefined),
  };
}
