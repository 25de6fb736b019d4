/** Where the contracts are: one file, written by the deployment, read by the gateway and every tool. */
import { readFile } from "node:fs/promises";
import type { Address, Hex32 } from "../kernel/ids.ts";
import { parseAddress, parseHex32 } from "../kernel/ids.ts";

export const CONTRACT_NAMES = [
  "accessManager",
  "alliance",
  "council",
  "allianceToken",
  "nodeRewards",
  "merchantRegistry",
  "merchantPointFactory",
  "collateral",
  "exchangePool",
  "regulatorDesk",
  "nodeDirectory",
  "ruleBooks",
  "sharingProgram",
  "lottery",
  "consentRelay",
] as const;

export type ContractName = (typeof CONTRACT_NAMES)[number];

export interface Deployment {
  readonly chainId: number;
  /** Hash of block 0. Two starts of one dev chain may share it, so the indexer also compares the block it stands at. */
  readonly genesisHash: Hex32;
  /** First block that can hold an event of ours. */
  readonly deployedAtBlock: number;
  readonly contracts: Readonly<Record<ContractName, Address>>;
}

/** Contracts that a deployment file does not name: it was written by a version of before they were there. */
export class OldDeployment extends Error {
  readonly missing: readonly string[];

  constructor(missing: readonly string[]) {
    super(`the deployment names no ${missing.join(", ")}`);
    this.missing = missing;
  }
}

export function parseDeployment(text: string): Deployment {
  const raw = JSON.parse(text) as {
    chainId: number;
    genesisHash: string;
    deployedAtBlock: number;
    contracts: Record<string, string>;
  };
  const missing = CONTRACT_NAMES.filter((name) => !(name in raw.contracts));
  if (missing.length > 0 && "accessManager" in raw.contracts) throw new OldDeployment(missing);
  const contracts = Object.fromEntries(
    CONTRACT_NAMES.map((name) => [name, parseAddress(raw.contracts[name] ?? "", `contracts.${name}`)]),
  ) as Record<ContractName, Address>;
  return {
    chainId: raw.chainId,
    genesisHash: parseHex32(raw.genesisHash, "genesisHash"),
    deployedAtBlock: raw.deployedAtBlock,
    contracts,
  };
}

export async function readDeployment(path: string): Promise<Deployment> {
  return parseDeployment(await readFile(path, "utf8"));
}
