/** The packed words of `issueBatch`: bits 96–255 receiver, 40–95 base units, 0–39 the first 5 bytes of keccak256(order ref). */
import { AbiCoder, keccak256, toUtf8Bytes } from "ethers";
import type { Address, Hex32, HexData, Points } from "../kernel/ids.ts";
import { parseAddress, parseHex32, parseHexData, parsePoints } from "../kernel/ids.ts";
import { merchantPoint } from "./contracts.ts";

export interface IssueWord {
  readonly to: Address;
  readonly points: Points;
  readonly tag: bigint;
}

export interface IssueBatchCall {
  readonly ref: Hex32;
  readonly epoch: number;
  readonly words: readonly bigint[];
}

const TAG_MASK = (1n << 40n) - 1n;
const POINTS_MASK = (1n << 56n) - 1n;

/** What the chain sees of an order. */
export function tagOf(orderRef: string): bigint {
  return BigInt(keccak256(toUtf8Bytes(orderRef)).slice(0, 12));
}

export function packWord({ to, points, tag }: IssueWord): bigint {
  return (BigInt(to) << 96n) | (points << 40n) | tag;
}

export function unpackWord(word: bigint): IssueWord {
  return {
    to: parseAddress(`0x${(word >> 96n).toString(16).padStart(40, "0")}`),
    points: parsePoints(((word >> 40n) & POINTS_MASK).toString()),
    tag: word & TAG_MASK,
  };
}

/** Words as the store keeps them: 64 hex digits each, one after another. */
export function formatWords(words: readonly bigint[]): string {
  return words.map((word) => word.toString(16).padStart(64, "0")).join("");
}

export function parseWords(text: string): bigint[] {
  return Array.from({ length: text.length / 64 }, (_, index) => BigInt(`0x${text.slice(index * 64, index * 64 + 64)}`));
}

export function encodeIssueBatch({ ref, epoch, words }: IssueBatchCall): HexData {
  return parseHexData(merchantPoint.encodeFunctionData("issueBatch", [ref, epoch, [...words]]));
}

/** Undefined when the call data is something else. */
export function decodeIssueBatch(data: HexData): IssueBatchCall | undefined {
  if (!data.startsWith(merchantPoint.getFunction("issueBatch").selector)) return undefined;
  const [ref, epoch, words] = merchantPoint.decodeFunctionData("issueBatch", data) as unknown as [
    string,
    bigint,
    bigint[],
  ];
  return { ref: parseHex32(ref), epoch: Number(epoch), words: [...words] };
}

/**
 * The same items at the same attempt have the same ref in every life of a store: one that was restored from a backup
 * and signs them again is refused by the chain itself.
 */
export function batchRef(batch: {
  chainId: number;
  token: Address;
  itemSeqs: readonly string[];
  attempt: number;
}): Hex32 {
  const encoded = AbiCoder.defaultAbiCoder().encode(
    ["uint256", "address", "uint256[]", "uint256"],
    [batch.chainId, batch.token, batch.itemSeqs.map(BigInt), batch.attempt],
  );
  return parseHex32(keccak256(encoded));
}

/** What `issueRecordOf` holds for these items. */
export function issueRecord(epoch: number, words: readonly bigint[]): Hex32 {
  return parseHex32(keccak256(`0x${epoch.toString(16).padStart(64, "0")}${formatWords(words)}`));
}
