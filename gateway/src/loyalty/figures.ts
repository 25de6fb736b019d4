/** What a rule book will cost: per order, per new customer, per month. Averages, rounded down; nothing here moves a point. */
import type { Fen, Points } from "../kernel/ids.ts";
import { least } from "./caps.ts";
import type { OrderFacts } from "./evaluate.ts";
import { evaluateOrder } from "./evaluate.ts";
import type { Outlook, SampleOrder } from "./outlook.ts";
import type { RuleBook, Task } from "./rule-book.ts";

const BPS = 10_000n;
const MONTH_DAYS = 30n;

/** What points are worth at this merchant's till, and where its day begins. */
export interface ShopTerms {
  readonly pointsPerYuan: number;
  readonly utcOffsetSeconds: number;
}

export interface Figures {
  /** Of an ordinary order, in the lowest tier. */
  readonly orderPoints: Points;
  /** Their value against what was paid. */
  readonly rewardBps: number;
  readonly firstOrderPoints: Points;
  /** What tasks give a customer who does all of them, purchases left out. */
  readonly taskPointsPerDay: Points;
  readonly oncePoints: Points;
  /** Of a customer brought by a friend: first order, one-off tasks, both sides of the referral. */
  readonly newCustomerPoints: Points;
  readonly newCustomerFen: Fen;
  /** The part of it that will be used. */
  readonly newCustomerExpectedFen: Fen;
  /** In 30 days, at most what the book's budget allows. */
  readonly monthPoints: Points;
  /** Their value: what the shop owes if all are used. */
  readonly monthLiabilityFen: Fen;
  readonly monthBreakageFen: Fen;
  readonly monthExpectedFen: Fen;
  /** What each rule gives in an ordinary order, on average. */
  readonly byRule: ReadonlyMap<string, Points>;
}

/** The value of points at the till: 1 fen is as many base units as a yuan is points. */
export function fenOf(points: bigint, { pointsPerYuan }: Pick<ShopTerms, "pointsPerYuan">): Fen {
  return (points / BigInt(pointsPerYuan)) as Fen;
}

export function figuresOf(
  book: RuleBook,
  { outlook, sample, terms }: { outlook: Outlook; sample: readonly SampleOrder[]; terms: ShopTerms },
): Figures {
  const ordinary = averageOf(book, sample, { ...terms, isFirstPurchase: false });
  const first = averageOf(book, sample, { ...terms, isFirstPurchase: true });
  const oncePoints = sumOf(book.tasks.filter(({ kind }) => kind === "once"));
  const daily = book.tasks.filter((task) => task.kind !== "once" && !task.steps.includes("buy"));
  const taskPointsPerDay = least(sumOf(daily), book.caps.perCustomerDay);
  const friends = book.referral === undefined ? 0n : book.referral.referrerPoints + book.referral.friendPoints;
  const newCustomerPoints = (first.points + oncePoints + friends) as Points;
  const newCustomerFen = fenOf(newCustomerPoints, terms);
  const monthPoints = least(
    monthOf({ ordinary: ordinary.points, first: first.points, oncePoints, taskPointsPerDay, friends }, outlook),
    book.caps.budget,
  );
  const monthLiabilityFen = fenOf(monthPoints, terms);
  const monthExpectedFen = usedOf(monthLiabilityFen, outlook);
  return {
    orderPoints: ordinary.points,
    rewardBps: ordinary.paid === 0n ? 0 : Number((fenOf(ordinary.sum, terms) * BPS) / ordinary.paid),
    firstOrderPoints: first.points,
    taskPointsPerDay,
    oncePoints,
    newCustomerPoints,
    newCustomerFen,
    newCustomerExpectedFen: usedOf(newCustomerFen, outlook),
    monthPoints,
    monthLiabilityFen,
    monthBreakageFen: (monthLiabilityFen - monthExpectedFen) as Fen,
    monthExpectedFen,
    byRule: ordinary.byRule,
  };
}

interface Average {
  readonly points: Points;
  readonly sum: bigint;
  readonly paid: bigint;
  readonly byRule: ReadonlyMap<string, Points>;
}

function averageOf(
  book: RuleBook,
  sample: readonly SampleOrder[],
  terms: ShopTerms & Pick<OrderFacts, "isFirstPurchase">,
): Average {
  const byRule = new Map<string, bigint>();
  let [sum, paid] = [0n, 0n];
  for (const { placedAt, lines } of sample) {
    const earned = evaluateOrder(book, { ...terms, placedAt, tierId: book.tiers[0]?.id, room: new Map() }, lines);
    sum += earned.points;
    for (const { isFreight, paidFen } of lines) if (!isFreight) paid += paidFen;
    for (const { ruleId, points } of earned.byRule) byRule.set(ruleId, (byRule.get(ruleId) ?? 0n) + points);
  }
  const count = BigInt(Math.max(1, sample.length));
  const averages = [...byRule].map(([id, points]) => [id, (points / count) as Points] as const);
  return { points: (sum / count) as Points, sum, paid, byRule: new Map(averages) };
}

function sumOf(tasks: readonly Task[]): Points {
  return tasks.reduce((sum, { points, perDayMax }) => sum + points * BigInt(perDayMax), 0n) as Points;
}

/** As many customers do the tasks of a day as buy on it. */
function monthOf(
  each: { ordinary: bigint; first: bigint; oncePoints: bigint; taskPointsPerDay: bigint; friends: bigint },
  { ordersPerDay, newCustomersPerMonth, referredBps }: Outlook,
): bigint {
  const newcomers = BigInt(newCustomersPerMonth);
  const days = BigInt(ordersPerDay) * MONTH_DAYS;
  const extra = each.first > each.ordinary ? each.first - each.ordinary : 0n;
  const referred = (newcomers * BigInt(referredBps) * each.friends) / BPS;
  return days * (each.ordinary + each.taskPointsPerDay) + newcomers * (extra + each.oncePoints) + referred;
}

function usedOf(fen: Fen, { usedBps }: Outlook): Fen {
  return ((fen * BigInt(usedBps)) / BPS) as Fen;
}
