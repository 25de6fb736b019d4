/**
 * Files that go from one organisation to another by any way there is (mail, chat, a USB stick), so nothing but their
 * signature is trusted. EIP-712, so that a representative can sign with a hardware wallet that shows what it signs.
 * The readable fields are for that; `content` is the digest of the whole file, so that no field of it is unsigned.
 */
import { readFileSync } from "node:fs";
import { keccak256, Signature, SigningKey, toUtf8Bytes, TypedDataEncoder, verifyTypedData } from "ethers";
import type { TypedDataField } from "ethers";
import type { Address, Hex32, HexData } from "../../gateway/src/kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData } from "../../gateway/src/kernel/ids.ts";
import { NetworkError } from "../plan/network-error.ts";

/** What a signature is good for: this chain, this alliance, and nowhere else. */
export interface Ground {
  readonly chainId: number;
  readonly alliance: Address;
}

export type Types = Readonly<Record<string, readonly TypedDataField[]>>;

export interface Statement {
  readonly ground: Ground;
  readonly types: Types;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The longest invitation of 30 validators is 60 kB: what is far longer is no file of ours. */
const BYTES_MAX = 2_000_000;

export function signStatement(privateKey: HexData, statement: Statement): HexData {
  return parseHexData(new SigningKey(privateKey).sign(digestOf(statement)).serialized);
}

/** Undefined when the bytes are no signature at all. */
export function signerOf({ ground, types, values }: Statement, signature: string): Address | undefined {
  try {
    // One signature has one spelling: ethers refuses the other half of the curve.
    if (Signature.from(signature).serialized !== signature) return undefined;
    return parseAddress(verifyTypedData(domainOf(ground), mutable(types), values, signature));
  } catch {
    return undefined;
  }
}

function digestOf({ ground, types, values }: Statement): string {
  return TypedDataEncoder.hash(domainOf(ground), mutable(types), values);
}

function domainOf({ chainId, alliance }: Ground) {
  return { name: "Alliance network", version: "1", chainId, verifyingContract: alliance };
}

function mutable(types: Types): Record<string, TypedDataField[]> {
  return Object.fromEntries(Object.entries(types).map(([name, fields]) => [name, [...fields]]));
}

/** The same digest for the same content, however its fields are ordered or indented. */
export function contentDigest(content: object): Hex32 {
  return textDigest(canonical(content));
}

export function textDigest(text: string): Hex32 {
  return parseHex32(keccak256(toUtf8Bytes(text)));
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  fields.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join()}}`;
}

/** @param what As people call it: "invitation". */
export function readJsonFile(path: string, what: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    const { code = "" } = error as { code?: string };
    throw new NetworkError(
      "input",
      `The ${what} ${path} can not be read (${code}): name the file that was sent to you.`,
    );
  }
  try {
    if (text.length <= BYTES_MAX) return JSON.parse(text) as unknown;
  } catch {
    // said below
  }
  throw new NetworkError("input", `${path} is no ${what}: it is not the JSON that the network program writes.`);
}
