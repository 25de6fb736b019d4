/** The account that stands in block 0 of networks which select validators by contract: code and storage, no constructor. */
import { readFileSync } from "node:fs";
import { keccak256, toBeHex, zeroPadValue } from "ethers";
import { parseAddress } from "../../gateway/src/kernel/ids.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";
import { sortedAddresses } from "./extra-data.ts";

export const VALIDATOR_CONTRACT = parseAddress("0x0000000000000000000000000000000000007777");

const ARTIFACT = new URL(
  "../../artifacts/contracts/validators/GenesisValidators.sol/GenesisValidators.json",
  import.meta.url,
);

export interface GenesisAccount {
  readonly balance: string;
  /** Runtime bytecode: creation code stops Besu at its start (#7091). */
  readonly code: string;
  /** 64 hex digits → 64 hex digits. */
  readonly storage: Readonly<Record<string, string>>;
}

interface Artifact {
  readonly deployedBytecode: string;
  readonly deployedLinkReferences?: object;
  readonly immutableReferences?: object;
}

export function validatorContractAccount(validators: readonly Address[]): GenesisAccount {
  return { balance: "0x0", code: runtimeCode(), storage: addressArrayAt(0n, sortedAddresses(validators)) };
}

function runtimeCode(): string {
  let artifact: Artifact;
  try {
    artifact = JSON.parse(readFileSync(ARTIFACT, "utf8")) as Artifact;
  } catch (cause) {
    throw new NetworkError(
      "machine",
      "The validator contract is not compiled. Run `node scripts/bootstrap.mjs hardhat build`, then this command again.",
      { cause },
    );
  }
  const holes = { ...artifact.deployedLinkReferences, ...artifact.immutableReferences };
  // Nobody runs a constructor or a linker in block 0: what they would fill in stays zero.
  if (Object.keys(holes).length > 0)
    throw new TypeError(`GenesisValidators has immutables or libraries: ${Object.keys(holes).join(", ")}`);
  return artifact.deployedBytecode;
}

/** An `address[]` in Solidity's layout: the length in its slot, the elements from keccak-256 of the slot on. */
function addressArrayAt(slot: bigint, addresses: readonly Address[]): Record<string, string> {
  const first = BigInt(keccak256(toBeHex(slot, 32)));
  return Object.fromEntries([
    [toBeHex(slot, 32), toBeHex(addresses.length, 32)],
    ...addresses.map((address, index) => [toBeHex(first + BigInt(index), 32), zeroPadValue(address, 32)]),
  ]) as Record<string, string>;
}
