/** Whether earning leads anywhere, and what it costs: prizes within reach, rewards below what a customer is worth. */
import { fenOf } from "./figures.ts";
import type { Finding } from "./findings.ts";
import { decimals, finding } from "./findings.ts";
import type { LintFacts } from "./lint.ts";
import type { RuleBook } from "./rule-book.ts";

/** Without a catalogue, the next prize after the cheapest is taken to cost three times as much. */
const NEXT_PRIZE = 3n;
/** Below this customers do not notice a reward. */
const NOTICED_BPS = 20;
const ALL_BPS = 10_000;

export function lintGoals(book: RuleBook, facts: LintFacts): Finding[] {
  const { rules, tasks, referral } = book;
  if (rules.length === 0 && tasks.length === 0 && referral === undefined) return [finding("earns_nothing")];
  return [...lintPrizes(book, facts), ...lintNewCustomer(book, facts), ...lintRates(book, facts)];
}

/** The cheapest prize and the next: from the catalogue, or the least deduction. */
export function prizesOf(book: RuleBook, { outlook }: Pick<LintFacts, "outlook">): [bigint, bigint] | undefined {
  const [cheapest = book.deduction.isOpen ? book.deduction.minimumPoints : undefined] = outlook.prizes;
  if (cheapest === undefined) return undefined;
  return [cheapest, outlook.prizes.find((prize) => prize > cheapest) ?? cheapest * NEXT_PRIZE];
}

function lintPrizes(book: RuleBook, facts: LintFacts): Finding[] {
  const prizes = prizesOf(book, facts);
  if (prizes === undefined) return [];
  const [cheapest, next] = prizes;
  const { firstOrderPoints: first, taskPointsPerDay: perDay, oncePoints } = facts.figures;
  const found: Finding[] = [];
  if (book.rules.length > 0 && first < cheapest)
    found.push(
      finding("first_purchase_below_cheapest_prize", {
        orderYuan: decimals(facts.outlook.averageOrderFen),
        points: decimals(first),
        prize: decimals(cheapest),
        missing: decimals(cheapest - first),
      }),
    );
  if (perDay === 0n) return found;
  const goals = [
    ["two_days_below_small_prize", 2n, cheapest],
    ["seven_days_below_other_prize", 7n, next],
  ] as const;
  for (const [code, days, prize] of goals) {
    const points = perDay * days + oncePoints;
    if (points >= prize) continue;
    const needed = (prize - oncePoints + days - 1n) / days;
    found.push(finding(code, { points: decimals(points), prize: decimals(prize), perDay: decimals(needed) }));
  }
  return found;
}

function lintNewCustomer(book: RuleBook, { outlook, figures, terms }: LintFacts): Finding[] {
  const found: Finding[] = [];
  const profit = (outlook.averageOrderFen * BigInt(outlook.grossMarginBps)) / 10_000n;
  const cost = figures.newCustomerFen;
  const costYuan = decimals(cost);
  if (cost > outlook.acquisitionCostFen)
    found.push(
      finding("new_customer_above_acquisition_cost", { costYuan, limitYuan: decimals(outlook.acquisitionCostFen) }),
    );
  if (cost > profit)
    found.push(
      finding("new_customer_above_profit", {
        costYuan,
        orderYuan: decimals(outlook.averageOrderFen),
        limitYuan: decimals(profit),
      }),
    );
  const week = fenOf(figures.taskPointsPerDay * 7n, terms);
  if (book.tasks.length > 0 && week > profit)
    found.push(finding("tasks_above_profit", { costYuan: decimals(week), limitYuan: decimals(profit) }));
  return found;
}

function lintRates({ rules }: RuleBook, { outlook, figures }: LintFacts): Finding[] {
  const percent = decimals(BigInt(figures.rewardBps));
  if (figures.rewardBps >= ALL_BPS) return [finding("reward_gives_everything_back", { percent })];
  if (figures.rewardBps > outlook.grossMarginBps)
    return [finding("reward_above_margin", { percent, margin: decimals(BigInt(outlook.grossMarginBps)) })];
  const isForAll = rules.some(({ firstPurchaseOnly, tiers }) => !firstPurchaseOnly && tiers === undefined);
  return isForAll && figures.rewardBps < NOTICED_BPS
    ? [finding("reward_too_small", { orderYuan: decimals(outlook.averageOrderFen), percent })]
    : [];
}
