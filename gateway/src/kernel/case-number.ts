/**
 * Case numbers: the name under which the regulator acts, at its desk and on the chain. On the chain a number is its own
 * ASCII padded with zeros to 32 bytes, so that anybody reads "2027-0042" in an event without asking this gateway.
 */
import type { Hex32 } from "./ids.ts";

declare const unit: unique symbol;
/** 1 to 31 characters of A–Z, a–z, 0–9, "." and "-", the first a letter or digit. */
export type CaseNumber = string & { readonly [unit]: "caseNumber" };

export const CASE_NUMBER = /^[A-Za-z0-9][A-Za-z0-9.-]{0,30}$/;

/** Throws a RangeError with the rule. */
export function parseCaseNumber(text: string): CaseNumber {
  if (!CASE_NUMBER.test(text)) throw new RangeError('must be 1 to 31 letters, digits, "." or "-"');
  return text as CaseNumber;
}

/** The 32 bytes that stand for it on the chain. */
export function caseBytes(caseNumber: CaseNumber): Hex32 {
  return `0x${Buffer.from(caseNumber, "ascii").toString("hex").padEnd(64, "0")}` as Hex32;
}

/** The number that 32 bytes of an event say; the bytes themselves when whoever acted used another form. */
export function readCaseNumber(bytes: Hex32): string {
  const text = Buffer.from(bytes.slice(2).replace(/(00)+$/, ""), "hex").toString("latin1");
  return CASE_NUMBER.test(text) ? text : bytes;
}
