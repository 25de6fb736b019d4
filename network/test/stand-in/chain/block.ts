/** A block as the stand-ins pass it around and keep it: what is needed to execute it again, and who agreed to it. */
import { keccak256, toUtf8Bytes } from "ethers";
import type { Vote } from "./extra-data.ts";

/** What a proposer proposes. */
export interface Proposal {
  readonly number: number;
  readonly parentHash: string;
  /** Unix seconds. */
  readonly timestamp: number;
  readonly proposer: string;
  readonly round: number;
  /** Those who may seal this block, ascending; empty where a contract selects them. */
  readonly validators: readonly string[];
  readonly vote: Vote | null;
  /** Signed bytes, in order. */
  readonly transactions: readonly string[];
}

/** A line of blocks.jsonl. */
export interface BlockRecord extends Proposal {
  /** As the EVM computed it. */
  readonly hash: string;
  readonly seals: readonly string[];
}

/** What commit seals are signed over; the round is in it, as in QBFT. */
export function digestOf(proposal: Proposal): string {
  const { number, parentHash, timestamp, proposer, round, validators, vote, transactions } = proposal;
  const fields = [
    number,
    parentHash,
    timestamp,
    proposer,
    round,
    validators,
    vote?.recipient,
    vote?.isIn,
    transactions,
  ];
  return keccak256(toUtf8Bytes(JSON.stringify(fields)));
}

export const quorumOf = (validators: number): number => Math.ceil((2 * validators) / 3);
