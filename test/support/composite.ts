/** Composite signatures as a wallet makes them; written without the gateway's own code, so that the two check each other. */
import { concat, dataSlice, id, keccak256, type BytesLike } from "ethers";

export const TRAILER = id("alliance points ledger: composite signature");
export const COMPOSITE_TYPES = { CompositeMessage: [{ name: "merkleRoot", type: "bytes32" }] };

export interface TypedSigner {
  signTypedData(domain: object, types: object, message: object): Promise<string>;
}

export const compositeDomain = (chainId: bigint) => ({ name: "CompositeSignature", version: "1", chainId });

/** keccak256 of the two in ascending order. */
export function nodeOf(one: string, other: string): string {
  return keccak256(concat(one < other ? [one, other] : [other, one]));
}

/** The layout of `CompositeSignature.sol`: siblings ‖ signature ‖ trailer with their number. */
export function wrap(siblings: readonly string[], signature: BytesLike, count = siblings.length): string {
  return concat([...siblings, signature, dataSlice(TRAILER, 0, 31), `0x${count.toString(16).padStart(2, "0")}`]);
}

export function signRoot(signer: TypedSigner, chainId: bigint, merkleRoot: string): Promise<string> {
  return signer.signTypedData(compositeDomain(chainId), COMPOSITE_TYPES, { merkleRoot });
}
