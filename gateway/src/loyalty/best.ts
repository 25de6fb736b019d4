/**
 * Rules that exclude each other: of those that are about a line only one gives, and the customer gets the choice that gives
 * most.
 *
 * Rules that give line by line without bound can be chosen line by line. A rule with a cap, a fixed amount or a whole unit
 * looks at many lines at once; so every order in which such rules may take their lines is tried, and the best one counts.
 * No way of choosing looks at amounts, hence each is monotone in the lines, hence the best of them is: a return can never
 * earn. Five such rules are 326 ways, and more are refused by the schema.
 */
import type { Applied, OrderLine, Terms } from "./evaluate.ts";
import type { Basket } from "./rates.ts";
import { EMPTY, amountOf, exactOf, hasCaps, isLineRate, together, wholeOf } from "./rates.ts";
import type { EarnRule } from "./rule-book.ts";

export const WHOLE_ORDER_RULES_MAX = 5;

export function looksAtWholeOrder({ rate, caps }: Pick<EarnRule, "rate" | "caps">): boolean {
  return !isLineRate(rate) || hasCaps(caps);
}

/** Lines that the very same whole-order rules are about: taken together or not at all. */
interface Group {
  /** Bit n: the n-th whole-order rule is about them. */
  readonly mask: number;
  basket: Basket;
  /** What the line-by-line rules would give, exactly, by rule and in all. */
  readonly exactByRule: Map<string, bigint>;
  exact: bigint;
}

export function bestOf(applied: readonly Applied[], terms: Terms): ReadonlyMap<string, bigint> {
  const wide = applied.filter(({ rule }) => looksAtWholeOrder(rule));
  const narrow = applied.filter(({ rule }) => !looksAtWholeOrder(rule));
  const groups = groupsOf(wide, narrow, terms);
  let best: readonly number[] = [];
  let most = -1n;
  for (const order of ordersOf(wide.map((_, index) => index))) {
    const sum = sumInOrder(order, { wide, groups }, terms);
    if (sum > most) [best, most] = [order, sum];
  }
  return giveInOrder(best, { wide, narrow, groups }, terms);
}

function groupsOf(wide: readonly Applied[], narrow: readonly Applied[], terms: Terms): readonly Group[] {
  const groups = new Map<number, Group>();
  const masks = new Map<OrderLine, number>();
  for (const { lines } of narrow) for (const line of lines) masks.set(line, 0);
  wide.forEach(({ lines }, index) => {
    for (const line of lines) masks.set(line, (masks.get(line) ?? 0) | (1 << index));
  });
  const bests = bestByLine(narrow, terms);
  for (const [line, mask] of masks) {
    const group = groups.get(mask) ?? { mask, basket: EMPTY, exactByRule: new Map<string, bigint>(), exact: 0n };
    groups.set(mask, group);
    group.basket = together(group.basket, basketOf(line));
    const best = bests.get(line);
    if (best === undefined) continue;
    group.exactByRule.set(best.ruleId, (group.exactByRule.get(best.ruleId) ?? 0n) + best.exact);
    group.exact += best.exact;
  }
  return [...groups.values()];
}

export function basketOf({ paidFen, quantity }: OrderLine): Basket {
  return { paidFen, pieces: BigInt(quantity) };
}

/** Of two that give the same the first of the book. */
function bestByLine(narrow: readonly Applied[], { pointsPerYuan }: Terms) {
  const bests = new Map<OrderLine, { readonly ruleId: string; readonly exact: bigint }>();
  for (const { rule, lines } of narrow)
    for (const line of lines) {
      const exact = exactOf(rule.rate, basketOf(line), pointsPerYuan);
      if (exact > (bests.get(line)?.exact ?? -1n)) bests.set(line, { ruleId: rule.id, exact });
    }
  return bests;
}

/** Every choice of some of the rules, in every order; the empty one first. */
function* ordersOf(rules: readonly number[]): Generator<readonly number[]> {
  yield [];
  for (const first of rules) for (const rest of ordersOf(rules.filter((one) => one !== first))) yield [first, ...rest];
}

/** What the rule finds when those before it have taken theirs. */
function leftFor(rule: number, taken: number, groups: readonly Group[]): Basket {
  return groups
    .filter(({ mask }) => (mask & (1 << rule)) !== 0 && (mask & taken) === 0)
    .reduce((sum, { basket }) => together(sum, basket), EMPTY);
}

interface Stage {
  readonly wide: readonly Applied[];
  readonly groups: readonly Group[];
}

function sumInOrder(order: readonly number[], { wide, groups }: Stage, terms: Terms): bigint {
  let [sum, taken] = [0n, 0];
  for (const index of order) {
    const { rule } = wide[index] as Applied;
    sum += amountOf(rule, leftFor(index, taken, groups), terms);
    taken |= 1 << index;
  }
  let exact = 0n;
  for (const group of groups) if ((group.mask & taken) === 0) exact += group.exact;
  return sum + wholeOf(exact, terms.multiplier);
}

/** The line-by-line rules' sum is rounded once; each rule's part is what it adds to the running sum. */
function giveInOrder(
  order: readonly number[],
  { wide, narrow, groups }: Stage & { readonly narrow: readonly Applied[] },
  terms: Terms,
): ReadonlyMap<string, bigint> {
  const given = new Map<string, bigint>();
  let taken = 0;
  for (const index of order) {
    const { rule } = wide[index] as Applied;
    given.set(rule.id, amountOf(rule, leftFor(index, taken, groups), terms));
    taken |= 1 << index;
  }
  const left = groups.filter(({ mask }) => (mask & taken) === 0);
  let exact = 0n;
  for (const { rule } of narrow) {
    const before = wholeOf(exact, terms.multiplier);
    for (const { exactByRule } of left) exact += exactByRule.get(rule.id) ?? 0n;
    given.set(rule.id, wholeOf(exact, terms.multiplier) - before);
  }
  return given;
}
