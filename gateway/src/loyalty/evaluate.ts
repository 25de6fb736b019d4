/** What an order earns under a rule book: a pure function, so that a return asks it again about what is left. */
import type { Fen, Points } from "../kernel/ids.ts";
import { POINTS_MAX } from "../kernel/ids.ts";
import { basketOf, bestOf } from "./best.ts";
import { least } from "./caps.ts";
import { concerns } from "./goods.ts";
import { EMPTY, amountOf, together } from "./rates.ts";
import type { EarnRule, RuleBook } from "./rule-book.ts";
import { multiplierOf } from "./tiers.ts";
import { holdsAt } from "./times.ts";

export interface OrderLine {
  readonly sku: string;
  readonly category: string;
  readonly quantity: number;
  /** Paid in money for the whole line, after every discount and deduction. */
  readonly paidFen: Fen;
  readonly isFreight: boolean;
}

/**
 * Room that caps leave, per rule id and ("") for the book's own; absent: no bound. Read once when the order is placed.
 * Only rules with caps are looked up.
 */
export type Room = ReadonlyMap<string, Points>;

/** What is known of the order and its customer when it is placed. It is kept with the order: a return must not see more. */
export interface OrderFacts {
  readonly placedAt: number;
  readonly utcOffsetSeconds: number;
  /** 100 or 1000. */
  readonly pointsPerYuan: number;
  readonly isFirstPurchase: boolean;
  readonly tierId?: string | undefined;
  readonly room: Room;
}

export interface Earned {
  readonly points: Points;
  /** What each rule gave, after caps, rules that gave nothing left out; their sum is `points`. */
  readonly byRule: readonly { readonly ruleId: string; readonly points: Points }[];
}

/** A rule that applies to an order, and the lines that it is about. */
export interface Applied {
  readonly rule: EarnRule;
  readonly lines: readonly OrderLine[];
}

/** What turns lines into points, whatever the rule. */
export interface Terms {
  readonly pointsPerYuan: number;
  /** 10,000 = once. */
  readonly multiplier: bigint;
  readonly room: Room;
}

/**
 * Monotone: fewer or smaller lines never earn more. Every part is: what a rule gives by itself, the caps, the sum, and the
 * larger of two ways of choosing among rules that exclude each other (see best.ts).
 */
export function evaluateOrder(book: RuleBook, facts: OrderFacts, lines: readonly OrderLine[]): Earned {
  const terms = { ...facts, multiplier: multiplierOf(book, facts.tierId) };
  const applied = book.rules.flatMap((rule) => appliedTo(rule, facts, lines));
  const given = new Map<string, bigint>();
  for (const { rule, lines: own } of applied)
    if (rule.stacking === "add") {
      const basket = own.reduce((sum, line) => together(sum, basketOf(line)), EMPTY);
      given.set(rule.id, amountOf(rule, basket, terms));
    }
  const best = bestOf(
    applied.filter(({ rule }) => rule.stacking === "best"),
    terms,
  );
  for (const [ruleId, points] of best) given.set(ruleId, points);
  return cut(book, given, least(book.caps.perOrder, facts.room.get(""), POINTS_MAX));
}

function appliedTo(rule: EarnRule, facts: OrderFacts, lines: readonly OrderLine[]): Applied[] {
  if (rule.firstPurchaseOnly && !facts.isFirstPurchase) return [];
  if (rule.tiers !== undefined && !rule.tiers.some((id) => id === facts.tierId)) return [];
  if (!holdsAt(rule.times, facts.placedAt, facts.utcOffsetSeconds)) return [];
  const own = lines.filter((line) => concerns(rule.goods, line));
  const paid = own.reduce((sum, { paidFen }) => sum + paidFen, 0n);
  return own.length === 0 || paid < (rule.minimumFen ?? 0n) ? [] : [{ rule, lines: own }];
}

/** The book's own cap takes from the last rules first, so that the sum stays what the rules say they gave. */
function cut(book: RuleBook, given: ReadonlyMap<string, bigint>, most: bigint): Earned {
  let left = most;
  const byRule: { ruleId: string; points: Points }[] = [];
  for (const { id } of book.rules) {
    const points = least(given.get(id) ?? 0n, left);
    left -= points;
    if (points > 0n) byRule.push({ ruleId: id, points });
  }
  return { points: (most - left) as Points, byRule };
}
