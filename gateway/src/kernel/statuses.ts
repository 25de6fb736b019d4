/** The enums of the contracts in the gateway's words, each in the order of the contract's numbers. */

export const MERCHANT_STATUSES = [
  "none",
  "applied",
  "active",
  "issueHalted",
  "suspended",
  "windingDown",
  "closed",
] as const;

export const MEMBER_STATUSES = ["none", "active", "suspended", "left"] as const;
export type MemberStatus = (typeof MEMBER_STATUSES)[number];

export const REDEMPTION_KINDS = ["deduction", "goods", "lottery", "windDown"] as const;

/** Steps of the regulator's ladder for merchants. */
export const MEASURES = [
  "warning",
  "limitCut",
  "issueHalt",
  "issueResumption",
  "suspension",
  "reinstatement",
  "windDownAdvice",
] as const;
export type Measure = (typeof MEASURES)[number];

/** A draw, from its announcement to its end. */
export const DRAW_STATES = ["announced", "open", "closed", "drawn", "void"] as const;
export type DrawState = (typeof DRAW_STATES)[number];

/** What became of the hold that pays for tickets. */
export const TICKET_STATES = ["held", "captured", "released"] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** How a member voted. */
export const SUPPORTS = ["against", "for", "abstain"] as const;
export type Support = (typeof SUPPORTS)[number];

export const PROPOSAL_STATES = [
  "pending",
  "active",
  "canceled",
  "defeated",
  "succeeded",
  "queued",
  "expired",
  "executed",
] as const;
export type ProposalState = (typeof PROPOSAL_STATES)[number];

/** A number of a contract in words. One that this gateway does not know stops it: the contract is another one. */
export function wordOf<Word extends string>(words: readonly Word[], number: number): Word {
  const word = words[number];
  if (word === undefined) throw new RangeError(`the contracts use the number ${number}; known are ${words.join(", ")}`);
  return word;
}

/** The same word as the contracts spell it: `windingDown` is `WindingDown`. */
export function asInContract(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
