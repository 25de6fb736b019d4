/** QBFT's extraData of a block header: RLP of vanity, validators, vote, round and seals. */
import { decodeRlp, encodeRlp } from "ethers";
import { parseAddress, parseHexData } from "../../gateway/src/kernel/ids.ts";
import type { Address, HexData } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";

export interface ExtraData {
  /** 32 bytes that mean nothing. */
  readonly vanity: HexData;
  /** Ascending. Empty in networks that ask a contract. */
  readonly validators: readonly Address[];
  readonly vote: { readonly node: Address; readonly isIn: boolean } | undefined;
  readonly round: number;
  /** 65 bytes each; which ones a node keeps differs between nodes. */
  readonly seals: readonly HexData[];
}

const VANITY = "0x0000000000000000000000000000000000000000000000000000000000000000";

/** Block 0: no vote, round 0, no seals. Besu compares proposers with the sorted list, so it is sorted here. */
export function genesisExtraData(validators: readonly Address[]): HexData {
  return parseHexData(encodeRlp([VANITY, sortedAddresses(validators), [], "0x", []]));
}

/** Ascending by value, which for lower-case hex of one length is by text. */
export function sortedAddresses(addresses: readonly Address[]): Address[] {
  return [...addresses].sort();
}

/** Throws `NetworkError("input")` when it is not what QBFT writes. */
export function decodeExtraData(extraData: string): ExtraData {
  try {
    const [vanity, validators, vote, round, seals, ...more] = list(decodeRlp(extraData));
    if (more.length > 0) throw new TypeError("more than five parts");
    const voted = list(vote);
    return {
      vanity: bytes(vanity, 32),
      validators: list(validators).map((item) => parseAddress(text(item))),
      // Besu writes an "in" as 0xff and an "out" as 0.
      vote:
        voted.length === 0 ? undefined : { node: parseAddress(text(voted[0])), isIn: /^0xff$/i.test(text(voted[1])) },
      round: text(round) === "0x" ? 0 : Number(text(round)),
      seals: list(seals).map((item) => bytes(item, 65)),
    };
  } catch (cause) {
    throw new NetworkError(
      "input",
      "This is not the extraData of a QBFT block: RLP of 32 bytes, validators, vote, round and seals. Is the genesis of another consensus?",
      { cause },
    );
  }
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new TypeError("not a list");
  return value;
}

function text(value: unknown): string {
  if (typeof value !== "string") throw new TypeError("not bytes");
  return value;
}

function bytes(value: unknown, length: number): HexData {
  const hex = text(value);
  if (hex.length !== 2 + 2 * length) throw new TypeError(`not ${length} bytes`);
  return parseHexData(hex);
}
