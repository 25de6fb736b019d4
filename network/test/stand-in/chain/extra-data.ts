/** QBFT's extraData: RLP of [vanity, validators, vote or empty, round, seals]. */
import { decodeRlp, encodeRlp, getAddress } from "ethers";

export interface Vote {
  readonly recipient: string;
  readonly isIn: boolean;
}

export interface ExtraData {
  /** Ascending, lower case. Empty where a contract selects them. */
  readonly validators: readonly string[];
  readonly vote: Vote | undefined;
  readonly round: number;
  readonly seals: readonly string[];
}

const VANITY = `0x${"00".repeat(32)}`;

export function encodeExtraData({ validators, vote, round, seals }: ExtraData): string {
  const voted = vote === undefined ? [] : [vote.recipient, vote.isIn ? "0xff" : "0x00"];
  const hex = round.toString(16);
  const roundHex = round === 0 ? "0x" : `0x${hex.padStart(hex.length + (hex.length % 2), "0")}`;
  return encodeRlp([VANITY, [...validators], voted, roundHex, [...seals]]);
}

export function decodeExtraData(bytes: string): ExtraData {
  const fields = decodeRlp(bytes);
  if (!Array.isArray(fields) || fields.length !== 5) throw new Error("extraData is not QBFT's list of five.");
  const [vanity, validators, vote, round, seals] = fields;
  if (typeof vanity !== "string" || vanity.length !== 66) throw new Error("extraData's vanity is not 32 bytes.");
  if (!Array.isArray(validators) || !Array.isArray(vote) || !Array.isArray(seals) || typeof round !== "string")
    throw new Error("extraData's fields are not of QBFT's kinds.");
  return {
    validators: validators.map((address) => getAddress(String(address)).toLowerCase()),
    vote: vote.length === 0 ? undefined : { recipient: String(vote[0]), isIn: vote[1] === "0xff" },
    round: round === "0x" ? 0 : Number(round),
    seals: seals.map(String),
  };
}
