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
import { amountOf, exactOf, hasCaps, isLineRate, wholeOf } from "./rates.ts";
import type { EarnRule } from "./rule-book.ts";

export const WHOLE_ORDER_RULES_MAX = 5;

type Given = ReadonlyMap<string, bigint>;

export function looksAtWholeOrder({ rate, caps }: Pick<EarnRule, "rate" | "caps">): boolean {
  return !isLineRate(rate) || hasCaps(caps);
}

export function bestOf(applied: readonly Applied[], terms: Terms): Given {
  const wide = applied.filter(({ rule }) => looksAtWholeOrder(rule));
  const narrow = applied.filter(({ rule }) => !looksAtWholeOrder(rule));
  let best: Given = new Map();
  let most = -1n;
  for (const order of ordersOf(wide)) {
    const given = giveInOrder(order, narrow, terms);
    const sum = [...given.values()].reduce((total, points) => total + points, 0n);
    if (sum > most) [best, most] = [given, sum];
  }
  return best;
}

/** Every choice of some of the rules, in every order; the empty one first. */
function* ordersOf(rules: readonly Applied[]): Generator<readonly Applied[]> {
  yield [];
  for (const first of rules) for (const rest of ordersOf(rules.filter((one) => one !== first))) yield [first, ...rest];
}

/** Each rule in turn takes the lines that are left of its own; what nobody took goes line by line. */
function giveInOrder(order: readonly Applied[], narrow: readonly Applied[], terms: Terms): Given {
  const given = new Map<string, bigint>();
  const taken = new Set<OrderLine>();
  for (const { rule, lines } of order) {
    const own = lines.filter((line) => !taken.has(line));
    for (const line of own) taken.add(line);
    given.set(rule.id, amountOf({ rule, lines: own }, terms));
  }
  for (const [ruleId, points] of lineByLine(narrow, taken, terms)) given.set(ruleId, points);
  return given;
}

/** The sum is rounded once; each rule's part is what it adds to the running sum. */
function lineByLine(narrow: readonly Applied[], taken: ReadonlySet<OrderLine>, terms: Terms): Given {
  const exact = new Map<string, bigint>();
  for (const line of new Set(narrow.flatMap(({ lines }) => lines)))
    if (!taken.has(line)) {
      const [ruleId, most] = bestForLine(narrow, line, terms);
      exact.set(ruleId, (exact.get(ruleId) ?? 0n) + most);
    }
  const given = new Map<string, bigint>();
  let sum = 0n;
  for (const { rule } of narrow) {
    const before = wholeOf(sum, terms.multiplier);
    sum += exact.get(rule.id) ?? 0n;
    given.set(rule.id, wholeOf(sum, terms.multiplier) - before);
  }
  return given;
}

function bestForLine(narrow: readonly Applied[], line: OrderLine, { pointsPerYuan }: Terms): [string, bigint] {
  let best: [string, bigint] = ["", -1n];
  for (const { rule, lines } of narrow) {
    if (!isLineRate(rule.rate) || !lines.includes(line)) continue;
    const exact = exactOf(rule.rate, line, pointsPerYuan);
    if (exact > best[1]) best = [rule.id, exact];
  }
  return best;
}
