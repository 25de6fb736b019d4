/** What can not be reached or does not last: tiers, rules that never give anything, budgets. */
import { looksAtWholeOrder } from "./best.ts";
import type { Finding } from "./findings.ts";
import { decimals, finding } from "./findings.ts";
import type { LintFacts } from "./lint.ts";
import type { Caps, EarnRule, RuleBook, Times } from "./rule-book.ts";
import { holdsAt } from "./times.ts";

const YEAR_DAYS = 365n;
const WEEK_DAYS = 7n;
/** A window that is longer has met every weekday and every minute. */
const SCAN_SECONDS = 8 * 86_400;

export function lintReach(book: RuleBook, facts: LintFacts): Finding[] {
  return [...lintTiers(book, facts), ...lintNever(book, facts), ...lintBudgets(book, facts)];
}

function lintTiers({ tiers, rules }: RuleBook, { outlook }: LintFacts): Finding[] {
  const yearly = outlook.averageOrderFen * YEAR_DAYS;
  return tiers.flatMap((tier, index) => {
    const below = tiers[index - 1];
    const found: Finding[] = [];
    if (tier.fromFen > yearly)
      found.push(
        finding(
          "tier_unreachable",
          { fromYuan: decimals(tier.fromFen), orderYuan: decimals(outlook.averageOrderFen) },
          tier.id,
        ),
      );
    if (below === undefined) return found;
    const [own, other] = [tier.multiplierBps, below.multiplierBps];
    if (own < other)
      found.push(finding("tier_worse", { multiplier: decimals(BigInt(own)), below: decimals(BigInt(other)) }, tier.id));
    const isNamed = rules.some((rule) => rule.tiers?.includes(tier.id) === true && !rule.tiers.includes(below.id));
    if (own === other && !isNamed) found.push(finding("tier_idle", {}, tier.id));
    return found;
  });
}

function lintNever(book: RuleBook, { terms, now }: LintFacts): Finding[] {
  const whatever = [...book.rules, ...book.tasks].flatMap(({ id, times }) => {
    if (times.until !== undefined && times.until <= now) return [finding("rule_over", {}, id)];
    return meetsNoTime(times, now, terms.utcOffsetSeconds) ? [finding("rule_never_holds", reasons.time, id)] : [];
  });
  const rules = book.rules.flatMap((rule) => {
    const reason = neverHolds(rule, book);
    if (reason !== undefined) return [finding("rule_never_holds", reason, rule.id)];
    const other = book.rules.find((one) => overshadows(one, rule, book));
    return other === undefined ? [] : [finding("rule_never_wins", { other: other.id }, rule.id)];
  });
  return [...whatever, ...rules];
}

const reasons = {
  time: {
    reason: "between its first and last second there is none of its hours",
    reasonZh: "其起止时间内没有符合的时段",
  },
  cap: { reason: "one of its caps is 0", reasonZh: "其某项上限为 0" },
  goods: { reason: "it excepts all the goods that it names", reasonZh: "其指定的商品全部被排除" },
  tier: {
    reason: "a first purchase is made in the lowest tier, which it does not name",
    reasonZh: "首单顾客必在最低等级，而该规则未包含最低等级",
  },
};

function meetsNoTime(times: Times, now: number, utcOffsetSeconds: number): boolean {
  const from = Math.max(times.from ?? now, now);
  const until = Math.min(times.until ?? Infinity, from + SCAN_SECONDS);
  for (let at = from; at < until; at += 60) if (holdsAt(times, at, utcOffsetSeconds)) return false;
  return true;
}

function neverHolds({ caps, goods, tiers, firstPurchaseOnly }: EarnRule, book: RuleBook) {
  if (Object.values(caps).some((cap) => cap === 0n)) return reasons.cap;
  const { skus, categories, exceptSkus = [], exceptCategories = [] } = goods;
  const isNamed = skus !== undefined || categories !== undefined;
  const isLeft =
    skus?.some((sku) => !exceptSkus.includes(sku)) === true ||
    categories?.some((category) => !exceptCategories.includes(category)) === true;
  if (isNamed && !isLeft) return reasons.goods;
  const [lowest] = book.tiers;
  if (firstPurchaseOnly && lowest !== undefined && tiers?.includes(lowest.id) === false) return reasons.tier;
  return undefined;
}

/** `one` applies wherever `rule` does and gives at least as much, line by line; of two equals the first in the book gives. */
function overshadows(one: EarnRule, rule: EarnRule, { rules }: RuleBook): boolean {
  if (one === rule || one.stacking !== "best" || rule.stacking !== "best") return false;
  if (looksAtWholeOrder(one) || looksAtWholeOrder(rule) || one.rate.kind !== rule.rate.kind) return false;
  const isWider =
    covers(one.goods, rule.goods) &&
    covers(one.times, rule.times) &&
    (one.minimumFen ?? 0n) <= (rule.minimumFen ?? 0n) &&
    (!one.firstPurchaseOnly || rule.firstPurchaseOnly) &&
    (one.tiers === undefined || rule.tiers?.every((id) => one.tiers?.includes(id)) === true);
  if (!isWider) return false;
  const [own, other] = [amountOf(rule), amountOf(one)];
  return other > own || (other === own && rules.indexOf(one) < rules.indexOf(rule));
}

/** All goods or times, or the very same. A wider minimum needs all the goods: with fewer it could fail alone. */
function covers(one: object, rule: object): boolean {
  return Object.keys(one).length === 0 || JSON.stringify(one) === JSON.stringify(rule);
}

function amountOf({ rate }: EarnRule): bigint {
  return rate.kind === "percent" ? BigInt(rate.bps) : rate.kind === "perPiece" ? rate.points : 0n;
}

function lintBudgets(book: RuleBook, { outlook, figures }: LintFacts): Finding[] {
  const orders = BigInt(outlook.ordersPerDay);
  const ofRules = book.rules.flatMap(({ id, caps }) => tooSmall(id, caps, orders * (figures.byRule.get(id) ?? 0n)));
  const ofTasks = book.tasks
    .filter(({ kind }) => kind !== "once")
    .flatMap(({ id, budget, points, perDayMax }) => tooSmall(id, { budget }, orders * points * BigInt(perDayMax)));
  const all = orders * (figures.orderPoints + figures.taskPointsPerDay);
  return [...ofRules, ...ofTasks, ...tooSmall(undefined, book.caps, all)];
}

function tooSmall(subject: string | undefined, { budget }: Pick<Caps, "budget">, perDay: bigint): Finding[] {
  if (budget === undefined || budget === 0n || budget >= perDay * WEEK_DAYS) return [];
  const facts = {
    days: String(budget / perDay),
    perDay: decimals(perDay),
    week: decimals(perDay * WEEK_DAYS),
    ...(subject === undefined ? { subject: "the whole book", subjectZh: "全部规则" } : {}),
  };
  return [finding("budget_under_a_week", facts, subject)];
}
