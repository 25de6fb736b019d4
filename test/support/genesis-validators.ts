/** The validator contract as a genesis holds it, and contracts for it to follow, good and bad, in a few bytes of code each. */
import { AbiCoder, dataLength, getAddress, keccak256, toBeHex, zeroPadValue } from "ethers";
import { artifacts } from "hardhat";

import { connection, ethers, networkHelpers } from "./actors.ts";

/** Where the genesis puts it, and where the tests put what it follows. */
export const PLACE = "0x0000000000000000000000000000000000007777";
export const FOREIGN = "0x0000000000000000000000000000000000008888";

export const VALIDATORS_MAX = 30;

/** A chain of Hardhat's: that of the actors, or a ledger's own. */
type Chain = Pick<typeof connection, "ethers" | "networkHelpers">;

/** The runtime code and slot 0 (the list), as the genesis has them: no constructor runs. */
export async function startAtGenesis(validators: readonly string[], chain: Chain = connection) {
  const { deployedBytecode } = await artifacts.readArtifact("GenesisValidators");
  const { networkHelpers: at } = chain;
  await at.setCode(PLACE, deployedBytecode);
  await at.setStorageAt(PLACE, 1, toBeHex(0, 32)); // nothing followed: the place may have been used before
  await at.setStorageAt(PLACE, 0, toBeHex(validators.length, 32));
  const first = BigInt(keccak256(toBeHex(0, 32)));
  for (const [index, validator] of validators.entries()) {
    await at.setStorageAt(PLACE, first + BigInt(index), zeroPadValue(validator, 32));
  }
  return await chain.ethers.getContractAt("GenesisValidators", PLACE);
}

/** So many addresses, ascending: 1, 2, 3 … times `step`. */
export function addresses(count: number, step = 1n): string[] {
  return Array.from({ length: count }, (_, index) => getAddress(toBeHex(BigInt(index + 1) * step, 20)));
}

export function encodeList(list: readonly string[]): string {
  return AbiCoder.defaultAbiCoder().encode(["address[]"], [list]);
}

/** A contract that answers every call with these bytes. */
export function answering(bytes: string): string {
  const size = toBeHex(dataLength(bytes), 3).slice(2);
  // CODECOPY(0, 16, size) RETURN(0, size)
  return `0x62${size}601060003962${size}6000f3${bytes.slice(2)}`;
}

/** Contracts that give no list, each in its own way. */
export const BROKEN: Readonly<Record<string, string>> = {
  "has no code": "0x",
  "stops without a word": "0x00",
  reverts: "0x60006000fd",
  "reverts with a megabyte": "0x6210000060" + "00fd",
  "burns all it is given": "0xfe",
  "never ends": "0x5b600056",
  "answers with a megabyte": "0x62100000" + "6000f3",
  "writes where nothing may be written": "0x600160005500",
  "asks back for ever, and hands on what it hears":
    "0x63b7ab4db560e01b600052600060006004600033" + "5afa503d600060003e3d6000f3",
};

export async function putForeign(code: string): Promise<void> {
  await networkHelpers.setCode(FOREIGN, code);
}

/** A validator of the genesis, which can send transactions. */
export async function validatorAt(address: string) {
  await networkHelpers.setBalance(address, 10n ** 21n);
  return await ethers.getImpersonatedSigner(address);
}

/** Slot 1: followed from here on, without the votes that lead there. */
export async function followAtOnce(alliance: string): Promise<void> {
  await networkHelpers.setStorageAt(PLACE, 1, zeroPadValue(toBeHex(BigInt(alliance), 20), 32));
}

/** ⌈2n/3⌉, as QBFT has it. */
export function quorumOf(validators: number): number {
  return Math.ceil((2 * validators) / 3);
}
