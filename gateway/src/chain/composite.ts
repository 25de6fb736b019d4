/**
 * One signature for several consents, as `CompositeSignature.sol` checks it: the account signs the root of a Merkle tree
 * whose leaves are the EIP-712 digests of the consents, and each consent travels with the way from its leaf to the root.
 */
import { TypedDataEncoder, concat, keccak256 } from "ethers";
import type { TypedDataDomain as EthersDomain, TypedDataField } from "ethers";
import type { Hex32, HexData } from "../kernel/ids.ts";
import { hashOf } from "./text-ref.ts";

interface Typed {
  readonly domain: EthersDomain;
  readonly types: Record<string, TypedDataField[]>;
  readonly message: Record<string, unknown>;
}

/** What stands before and after the account's own signature in the signature of one consent. */
export interface Wrap {
  readonly digest: Hex32;
  readonly prefix: HexData;
  readonly suffix: HexData;
}

export interface Composite {
  readonly root: Hex32;
  /** One for each digest, in the order given. */
  readonly wraps: readonly Wrap[];
}

const TRAILER = hashOf("alliance points ledger: composite signature").slice(0, -2);

/** The digest a contract checks. Throws what ethers throws when types and message do not fit together. */
export function digestOf({ domain, types, message }: Typed): Hex32 {
  return TypedDataEncoder.hash(domain, types, message) as Hex32;
}

/** At least two digests: a consent alone is signed as it is. */
export function composeDigests(digests: readonly Hex32[]): Composite {
  if (digests.length < 2)
    throw new RangeError(`a composite signature is for two consents and more, not ${digests.length}`);
  const siblings: Hex32[][] = digests.map(() => []);
  let floor = digests.map((hash, index) => ({ hash, leaves: [index] }));
  while (floor.length > 1) {
    const next: typeof floor = [];
    for (let k = 0; k < floor.length; k += 2) {
      const [one, other] = [floor[k], floor[k + 1]];
      if (one === undefined) continue;
      if (other === undefined) {
        next.push(one);
        continue;
      }
      for (const leaf of one.leaves) siblings[leaf]?.push(other.hash);
      for (const leaf of other.leaves) siblings[leaf]?.push(one.hash);
      next.push({ hash: pairOf(one.hash, other.hash), leaves: [...one.leaves, ...other.leaves] });
    }
    floor = next;
  }
  return {
    root: floor[0]?.hash as Hex32,
    wraps: digests.map((digest, k) => ({ digest, ...wrapOf(siblings[k] ?? []) })),
  };
}

/** The signature of one consent out of the account's signature of the root. */
export function wrapSignature({ prefix, suffix }: Wrap, signature: HexData): HexData {
  return concat([prefix, signature, suffix]) as HexData;
}

function wrapOf(siblings: readonly Hex32[]): { prefix: HexData; suffix: HexData } {
  const count = siblings.length.toString(16).padStart(2, "0");
  return { prefix: concat([...siblings]) as HexData, suffix: (TRAILER + count) as HexData };
}

/** In ascending order, as the contract hashes them. */
function pairOf(one: Hex32, other: Hex32): Hex32 {
  return keccak256(one < other ? concat([one, other]) : concat([other, one])) as Hex32;
}
