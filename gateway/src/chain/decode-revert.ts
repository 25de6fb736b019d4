/** Revert data → the named error of our contracts with its arguments. */
import type { HexData } from "../kernel/ids.ts";
import type { Facts } from "../kernel/errors.ts";

export interface Revert {
  /** The contract's error name ("MerchantPointCapExceeded"), "Panic", "Error", or "Unknown". */
  readonly name: string;
  readonly facts: Facts;
}

export function decodeRevert(_data: HexData, _message = ""): Revert {
  throw new Error("lands next");
}
