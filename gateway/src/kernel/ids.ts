/** Branded values: made only by the parsers of this file, impossible to mistake for one another. */
import { LedgerError } from "./errors.ts";

declare const unit: unique symbol;

/** A 20-byte account address, lower-case hex with 0x. */
export type Address = string & { readonly [unit]: "address" };
/** A 32-byte value (reference, hash), lower-case hex with 0x. */
export type Hex32 = string & { readonly [unit]: "hex32" };
/** Hex bytes of any even length, lower case with 0x. */
export type HexData = string & { readonly [unit]: "hexData" };
/** Base units of a merchant point (0.01 point), 0 to 2^56 − 1 in one movement. */
export type Points = bigint & { readonly [unit]: "points" };
/** Wei of the alliance token (1e-18 ALP). */
export type Alp = bigint & { readonly [unit]: "alp" };

/** Fen of renminbi (0.01 yuan): what orders, prices and refunds are counted in. Never fractional. */
export type Fen = bigint & { readonly [unit]: "fen" };

export const ZERO_ADDRESS = "0x0000000000000000000000000000000000000000" as Address;
export const POINTS_MAX = (1n << 56n) - 1n;
const ALP_MAX = (1n << 96n) - 1n;
/** 10 billion yuan: no order is larger, and products with rates and ratios stay far below 2^63. */
const FEN_MAX = 10n ** 12n;

function reject(field: string, problem: string): never {
  throw new LedgerError("request_invalid", { field, problem });
}

export function parseAddress(text: string, field = "address"): Address {
  if (!/^0x[0-9a-fA-F]{40}$/.test(text)) reject(field, "must be 0x and 40 hex digits");
  return text.toLowerCase() as Address;
}

export function parseHex32(text: string, field = "ref"): Hex32 {
  if (!/^0x[0-9a-fA-F]{64}$/.test(text)) reject(field, "must be 0x and 64 hex digits");
  return text.toLowerCase() as Hex32;
}

export function parseHexData(text: string, field = "data"): HexData {
  if (!/^0x([0-9a-fA-F]{2})*$/.test(text)) reject(field, "must be 0x and an even number of hex digits");
  return text.toLowerCase() as HexData;
}

function parseInteger(text: string, max: bigint, field: string): bigint {
  if (!/^(0|[1-9][0-9]{0,77})$/.test(text)) reject(field, "must be a whole number in base units, as a decimal string");
  const value = BigInt(text);
  if (value > max) reject(field, `must be at most ${max}`);
  return value;
}

/** Base units from a decimal string; a movement holds at most 2^56 − 1 of them (one lane of the contract). */
export function parsePoints(text: string, field = "points"): Points {
  return parseInteger(text, POINTS_MAX, field) as Points;
}

/** Wei from a decimal string; the pool's reserves are 96 bits wide. */
export function parseAlp(text: string, field = "alp"): Alp {
  return parseInteger(text, ALP_MAX, field) as Alp;
}

/** Fen from a decimal string, 0 to 10^12. */
export function parseFen(text: string, field = "amountFen"): Fen {
  return parseInteger(text, FEN_MAX, field) as Fen;
}
