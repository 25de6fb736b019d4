/** Caps: how much room they leave, and what of a sum they let through. */
import type { Points } from "../kernel/ids.ts";
import { POINTS_MAX } from "../kernel/ids.ts";
import type { Earned, Room } from "./evaluate.ts";
import type { Caps, RuleBook } from "./rule-book.ts";

/** What was given under caps already, still pending or issued, net of what was taken back. */
export interface Given {
  /** To this customer, in the merchant's local day and month of the order. */
  readonly today: Points;
  readonly thisMonth: Points;
  /** To everybody, ever. */
  readonly ever: Points;
}

export const NOTHING_GIVEN: Given = { today: 0n as Points, thisMonth: 0n as Points, ever: 0n as Points };

export function least(...amounts: readonly (bigint | undefined)[]): Points {
  return amounts.reduce<bigint>((low, one) => (one !== undefined && one < low ? one : low), POINTS_MAX) as Points;
}

/** Whether any cap has a memory beyond the order itself. */
export function remembers({ perCustomerDay, perCustomerMonth, budget }: Caps): boolean {
  return perCustomerDay !== undefined || perCustomerMonth !== undefined || budget !== undefined;
}

/** What caps still let through; undefined when nothing bounds it. The cap of an order is not asked here. */
export function roomUnder(caps: Caps, given: Given): Points | undefined {
  if (!remembers(caps)) return undefined;
  const left = (cap: Points | undefined, used: Points): bigint | undefined =>
    cap === undefined ? undefined : cap > used ? cap - used : 0n;
  return least(
    left(caps.perCustomerDay, given.today),
    left(caps.perCustomerMonth, given.thisMonth),
    left(caps.budget, given.ever),
  );
}

/** The room of a new order. `givenUnder` is asked for the rules whose caps remember, and with "" for the book. */
export async function roomOf(book: RuleBook, givenUnder: (ruleId: string) => Promise<Given> | Given): Promise<Room> {
  const room = new Map<string, Points>();
  for (const { id, caps } of [{ id: "", caps: book.caps }, ...book.rules]) {
    const left = remembers(caps) ? roomUnder(caps, await givenUnder(id)) : undefined;
    if (left !== undefined) room.set(id, left);
  }
  return room;
}

/**
 * The room to keep with an order for its returns: what it took, no more. Other orders may have taken the rest meanwhile,
 * so a return that moves an order from one rule to another must not use it.
 */
export function roomTaken(book: RuleBook, earned: Earned): Room {
  const took = new Map(earned.byRule.map(({ ruleId, points }) => [ruleId, points]));
  const room = new Map<string, Points>([["", earned.points]]);
  for (const { id, caps } of book.rules) if (remembers(caps)) room.set(id, took.get(id) ?? (0n as Points));
  return room;
}
