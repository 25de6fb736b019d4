/** Texts that open something: 32 random bytes in base 62, of which only the SHA-256 is stored. */
import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** ⌈256 / log2 62⌉ */
export const SECRET_LENGTH = 43;

export function newSecret(): string {
  let value = BigInt(`0x${randomBytes(32).toString("hex")}`);
  let text = "";
  for (let i = 0; i < SECRET_LENGTH; i += 1) {
    text = (ALPHABET[Number(value % 62n)] ?? "0") + text;
    value /= 62n;
  }
  return text;
}

export const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
