/** Rules of thumb for rule books, as a person would check them before they go live. */
import type { Figures, ShopTerms } from "./figures.ts";
import { fenOf } from "./figures.ts";
import type { Finding } from "./findings.ts";
import { decimals, finding } from "./findings.ts";
import { lintReach } from "./lint-reach.ts";
import { lintGoals } from "./lint-goals.ts";
import type { Outlook } from "./outlook.ts";
import { findPromises } from "./promises.ts";
import type { RuleBook } from "./rule-book.ts";

export interface LintFacts {
  readonly outlook: Outlook;
  readonly figures: Figures;
  readonly terms: ShopTerms;
  /** Unix seconds. */
  readonly now: number;
}

/** Errors first, each kind in the order of the book. */
export function lintBook(book: RuleBook, facts: LintFacts): readonly Finding[] {
  const found = [
    ...findPromises(book),
    ...lintDeduction(book, facts),
    ...lintReferral(book, facts),
    ...lintGoals(book, facts),
    ...lintReach(book, facts),
    ...lintWindow(book),
  ];
  return [...found.filter(({ severity }) => severity === "error"), ...found.filter((one) => one.severity !== "error")];
}

function lintDeduction({ deduction }: RuleBook, { outlook, terms }: LintFacts): Finding[] {
  const { isOpen, maxBps, minimumPoints, stepPoints } = deduction;
  const unit = BigInt(terms.pointsPerYuan);
  const found: Finding[] = [];
  for (const [field, units] of Object.entries({ stepPoints, minimumPoints }))
    if (units % unit !== 0n)
      found.push(
        finding("step_not_whole_fen", { field, units: String(units), pointsPerYuan: String(terms.pointsPerYuan) }),
      );
  if (minimumPoints % stepPoints !== 0n)
    found.push(finding("minimum_not_whole_steps", { minimum: decimals(minimumPoints), step: decimals(stepPoints) }));
  if (!isOpen) return found;
  const limit = (outlook.averageOrderFen * BigInt(maxBps)) / 10_000n;
  const minimum = fenOf(minimumPoints, terms);
  if (minimum > limit)
    found.push(
      finding("deduction_out_of_reach", {
        minimumYuan: decimals(minimum),
        orderYuan: decimals(outlook.averageOrderFen),
        limitYuan: decimals(limit),
      }),
    );
  if (maxBps > 5_000) found.push(finding("deduction_above_half", { percent: decimals(BigInt(maxBps)) }));
  return found;
}

function lintReferral({ referral }: RuleBook, { outlook, terms }: LintFacts): Finding[] {
  if (referral === undefined) return [];
  const cost = fenOf(referral.referrerPoints + referral.friendPoints, terms);
  if (referral.minimumFen === 0n)
    return [finding("referral_without_minimum", { suggestedYuan: decimals(outlook.averageOrderFen) })];
  if (cost < referral.minimumFen) return [];
  const facts = { costYuan: decimals(cost), minimumYuan: decimals(referral.minimumFen) };
  return [finding("referral_above_minimum", facts)];
}

function lintWindow({ returnWindowSeconds, maturesBy, rules }: RuleBook): Finding[] {
  return returnWindowSeconds === 0 && maturesBy === "window" && rules.length > 0 ? [finding("issued_at_once")] : [];
}
