/** The vote that a validator wrote into its block: part of QBFT's extraData, [vanity, validators, vote, round, seals]. */
import { decodeRlp } from "ethers";
import { parseNumber } from "../../gateway/src/chain/rpc-shapes.ts";
import { parseAddress } from "../../gateway/src/kernel/ids.ts";
import type { Address } from "../../gateway/src/kernel/ids.ts";

export interface HeaderVote {
  readonly block: number;
  readonly proposer: Address;
  /** Those who could seal this block, ascending; empty where a contract selects them. */
  readonly sealers: readonly Address[];
  readonly vote: { readonly subject: Address; readonly isIn: boolean } | undefined;
}

/** A letting-in is the byte ff; a putting-out is an empty string (IBFT wrote 00). */
const IN = "0xff";

export function parseHeader(json: unknown): HeaderVote {
  const { number, miner, extraData } = json as { number: string; miner: string; extraData: string };
  return { block: parseNumber(number), proposer: parseAddress(miner), ...parseExtraData(extraData) };
}

/** What is not QBFT's holds no vote: a local chain's headers are read without harm. */
function parseExtraData(extraData: string): Pick<HeaderVote, "sealers" | "vote"> {
  const nothing = { sealers: [], vote: undefined };
  try {
    const fields = decodeRlp(extraData);
    if (!Array.isArray(fields) || fields.length !== 5) return nothing;
    const [, validators, vote] = fields;
    if (!Array.isArray(validators) || !Array.isArray(vote)) return nothing;
    const sealers = validators.map((validator) => parseAddress(String(validator)));
    const [subject, kind] = vote;
    if (typeof subject !== "string") return { sealers, vote: undefined };
    return { sealers, vote: { subject: parseAddress(subject), isIn: kind === IN } };
  } catch {
    return nothing;
  }
}
