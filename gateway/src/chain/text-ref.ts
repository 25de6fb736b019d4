/** Names of the business (order numbers, cases) as the 32 bytes that the contracts know. */
import { keccak256, toUtf8Bytes } from "ethers";
import type { Hex32 } from "../kernel/ids.ts";

const HEX_32 = /^0x[0-9a-fA-F]{64}$/;

/** keccak-256 of its UTF-8, whatever it looks like. */
export function hashOf(text: string): Hex32 {
  return keccak256(toUtf8Bytes(text)) as Hex32;
}

/** 32 bytes in hex stay as they are; any other text is hashed (keccak-256 of its UTF-8). */
export function refOf(text: string): Hex32 {
  return HEX_32.test(text) ? (text.toLowerCase() as Hex32) : hashOf(text);
}
