/** Which tier a customer is in: by what it spent in 365 days, net of returns. */
import type { Fen } from "../kernel/ids.ts";
import type { RuleBook, Tier } from "./rule-book.ts";

const ONCE = 10_000;

/** The highest tier reached; undefined when the book has none. */
export function tierOf({ tiers }: Pick<RuleBook, "tiers">, spent: Fen): Tier | undefined {
  return tiers.findLast(({ fromFen }) => spent >= fromFen);
}

/** The next tier and what is still to be spent for it; undefined at the top. */
export function nextTierOf(
  { tiers }: Pick<RuleBook, "tiers">,
  spent: Fen,
): { readonly tier: Tier; readonly missingFen: Fen } | undefined {
  const tier = tiers.find(({ fromFen }) => spent < fromFen);
  return tier === undefined ? undefined : { tier, missingFen: (tier.fromFen - spent) as Fen };
}

/** 10,000 = once, also for a tier that the book does not know. */
export function multiplierOf({ tiers }: Pick<RuleBook, "tiers">, tierId: string | undefined): bigint {
  return BigInt(tiers.find(({ id }) => id === tierId)?.multiplierBps ?? ONCE);
}
