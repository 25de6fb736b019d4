/** One draw as the chain's logs tell it. */
import type { Deployment } from "../../gateway/src/chain/deployment.ts";
import type { Address, Hex32 } from "../../gateway/src/kernel/ids.ts";
import type { DrawTerms, DrawTier } from "../../gateway/src/kernel/lottery-events.ts";
import type { Checks } from "../audit/check.ts";
import { Difference } from "../audit/check.ts";
import type { LotteryRecord, Of } from "./record.ts";

export interface Draw {
  readonly drawId: bigint;
  readonly announced: Of<"DrawAnnounced">;
  readonly terms: DrawTerms;
  readonly tiers: readonly DrawTier[];
  readonly witnessed: Of<"DrawWitnessed"> | undefined;
  readonly tickets: readonly Of<"TicketsBought">[];
  readonly closings: readonly Of<"DrawClosed">[];
  readonly kept: Of<"EntropyKept"> | undefined;
  readonly secrets: readonly Of<"SecretRevealed">[];
  readonly drawn: Of<"DrawDrawn"> | undefined;
  readonly voided: Of<"DrawVoided"> | undefined;
  readonly settled: readonly Of<"TicketsSettled">[];
  readonly paid: readonly Of<"PrizePaid">[];
}

export interface Verifier {
  readonly record: LotteryRecord;
  readonly deployment: Deployment;
  readonly checks: Checks;
  /** The hash of a block, asked of the node; undefined when it does not serve it any more. */
  readonly hashOf: (block: number) => Promise<Hex32 | undefined>;
}

export function readDraw(record: LotteryRecord, drawId: bigint): Draw {
  const events = record.draws.get(drawId) ?? [];
  const all = <N extends string>(name: N) => events.filter((one): one is Of<N> => one.type === `lottery.${name}`);
  const only = <N extends string>(name: N): Of<N> | undefined => {
    const found = all(name);
    if (found.length > 1) throw new Difference(`${name} of draw ${drawId} is said ${found.length} times, not once`);
    return found[0];
  };
  const announced = only("DrawAnnounced");
  if (announced === undefined) throw new Difference(`draw ${drawId} was never announced`);
  return {
    ...{ drawId, announced, terms: announced.terms, tiers: announced.tiers, witnessed: only("DrawWitnessed") },
    ...{ tickets: all("TicketsBought"), closings: all("DrawClosed"), kept: only("EntropyKept") },
    ...{ secrets: all("SecretRevealed"), drawn: only("DrawDrawn"), voided: only("DrawVoided") },
    ...{ settled: all("TicketsSettled"), paid: all("PrizePaid") },
  };
}

export const prizesOf = ({ tiers }: Draw): number => tiers.reduce((sum, { count }) => sum + Number(count), 0);

/** Who bought a number; undefined when nobody did. */
export function ownerOf({ tickets }: Draw, number: bigint): Address | undefined {
  return tickets.find(({ first, count }) => number >= first && number < first + count)?.buyer;
}

/** Prizes are counted through the tiers in their order. */
export function tierOf({ drawId, tiers }: Draw, index: bigint): DrawTier {
  let end = 0n;
  for (const tier of tiers) {
    end += tier.count;
    if (index < end) return tier;
  }
  throw new Difference(`draw ${drawId} has no prize ${index}`);
}

/** In the words of the contract. */
export function stateOf({ drawn, voided, closings, witnessed }: Draw): string {
  if (voided !== undefined) return "void";
  if (drawn !== undefined) return "drawn";
  if (closings.length > 0) return "closed";
  return witnessed === undefined ? "announced" : "open";
}
