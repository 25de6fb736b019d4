/** What a wallet signed, read from its bytes. */
import { Transaction } from "ethers";
import type { Hex32, HexData } from "../kernel/ids.ts";
import { parseHex32 } from "../kernel/ids.ts";

export interface SignedTransaction {
  readonly hash: Hex32;
  /** 0 when the signature would be good on any chain. */
  readonly chainId: number;
  readonly gasLimit: bigint;
}

/** Undefined when the bytes are no transaction, or nobody signed it. */
export function readSignedTransaction(raw: HexData): SignedTransaction | undefined {
  try {
    const { hash, chainId, gasLimit, from } = Transaction.from(raw);
    if (hash === null || from === null) return undefined;
    return { hash: parseHex32(hash, "hash"), chainId: Number(chainId), gasLimit };
  } catch {
    return undefined;
  }
}
