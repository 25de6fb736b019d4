/** One private key in this process's memory, for programs that run beside a node and have no store to keep keys in. */
import { computeAddress, SigningKey, Transaction } from "ethers";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../kernel/ids.ts";

/** A legacy transaction at gas price zero. */
export interface LocalTransaction {
  readonly chainId: number;
  readonly nonce: number;
  readonly to: Address;
  readonly data: HexData;
  readonly gasLimit: bigint;
}

export interface LocalKey {
  readonly address: Address;
  /** The same transaction always gives the same bytes. */
  sign(transaction: LocalTransaction): { readonly raw: HexData; readonly hash: Hex32 };
}

/**
 * @param text 64 hex digits, with or without 0x: what Besu writes into its `key` file. What is wrong with it is said
 * without showing it.
 */
export function openLocalKey(text: string): LocalKey {
  const digits = text.trim().replace(/^0x/, "");
  if (!/^[0-9a-fA-F]{64}$/.test(digits)) throw new RangeError("it does not hold 64 hex digits");
  const key = signingKeyOf(digits);
  return {
    address: parseAddress(computeAddress(key)),
    sign(fields) {
      const transaction = Transaction.from({ type: 0, gasPrice: 0, value: 0, ...fields });
      transaction.signature = key.sign(transaction.unsignedHash);
      return { raw: parseHexData(transaction.serialized), hash: parseHex32(transaction.hash ?? "", "hash") };
    },
  };
}

/** Zero, and what is not below the curve's order, are no keys. */
function signingKeyOf(digits: string): SigningKey {
  try {
    const key = new SigningKey(`0x${digits}`);
    computeAddress(key);
    return key;
  } catch {
    throw new RangeError("it is no private key of the curve");
  }
}
