/** What a merchant's customer has reached: tier, points on their way, tasks of today, friends. */
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Fen } from "../kernel/ids.ts";
import type { RuleBook, Task } from "../loyalty/rule-book.ts";
import { parseBook } from "../loyalty/schema.ts";
import { nextTierOf, tierOf } from "../loyalty/tiers.ts";
import { holdsAt } from "../loyalty/times.ts";
import { daysOfMonth, localDay } from "../loyalty/usage.ts";
import type { Tx } from "../store/database.ts";
import { countFriends, countTaskPayments } from "../store/earnings.ts";
import { readEarningTotals } from "../store/earning-totals.ts";
import { countReferred, readMember, readSpent } from "../store/loyalty-members.ts";
import { readInForce } from "../store/loyalty-rules.ts";
import { readProgress } from "../store/member-events.ts";
import type { ProgressRow } from "../store/member-events.ts";
import { readShopFacts } from "../store/shop-facts.ts";

const TIER_SECONDS = 365 * 86_400;

interface Whom {
  readonly merchantId: number;
  readonly account: Address;
}

export async function showMember(db: Tx, whom: Whom, nowMs: number) {
  const { merchantId, account } = whom;
  const member = await readMember(db, merchantId, account);
  if (member === undefined) throw new LedgerError("not_found", { what: `member ${account} of merchant ${merchantId}` });
  const now = Math.floor(nowMs / 1000);
  const stored = await readInForce(db, merchantId);
  const book = stored === undefined ? undefined : parseBook(JSON.parse(stored.document));
  const offset = (await readShopFacts(db, merchantId))?.utcOffsetSeconds ?? 0;
  const spent = (await readSpent(db, { ...whom, from: now - TIER_SECONDS, now })) as Fen;
  const totals = await readEarningTotals(db, whom);
  const day = localDay(now, offset);
  const month = daysOfMonth(day);
  return {
    account,
    joinedAt: Number(member.joined_at),
    referrer: member.referrer,
    spentFen: spent.toString(),
    ...tiersOf(book, spent),
    points: sumOf(totals),
    tasks: book === undefined ? [] : await tasksOf(db, book, { ...whom, day, now, offset }),
    friends: {
      joined: await countReferred(db, merchantId, account),
      paidThisMonth: await countFriends(db, {
        merchantId,
        referrer: account,
        fromDay: month.from,
        untilDay: month.until,
      }),
    },
  };
}

const namedTier = ({ id, name }: { id: string; name: { zh: string; en: string } }) => ({ id, name: { ...name } });

function tiersOf(book: RuleBook | undefined, spent: Fen) {
  const tier = book && tierOf(book, spent);
  const next = book && nextTierOf(book, spent);
  return {
    tier: tier === undefined ? null : namedTier(tier),
    nextTier: next === undefined ? null : { ...namedTier(next.tier), missingFen: next.missingFen.toString() },
  };
}

function sumOf(totals: Awaited<ReturnType<typeof readEarningTotals>>) {
  const sum = (pick: (one: (typeof totals)[number]) => string): string =>
    totals.reduce((all, one) => all + BigInt(pick(one)), 0n).toString();
  return {
    pending: sum((one) => one.pointsPending),
    objected: sum((one) => one.pointsObjected),
    issued: sum((one) => one.pointsIssued),
    reversed: sum((one) => one.pointsReversed),
    lapsed: sum((one) => one.pointsLapsed),
  };
}

async function tasksOf(db: Tx, book: RuleBook, at: Whom & { day: number; now: number; offset: number }) {
  const progress = Map.groupBy(await readProgress(db, at.merchantId, at.account), (row) => row.task_id);
  const views: Awaited<ReturnType<typeof taskOf>>[] = [];
  for (const task of book.tasks) views.push(await taskOf(db, task, { ...at, progress: progress.get(task.id) ?? [] }));
  return views;
}

async function taskOf(
  db: Tx,
  task: Task,
  at: Whom & { day: number; now: number; offset: number; progress: readonly ProgressRow[] },
) {
  const paid = await countTaskPayments(db, { ...at, taskId: task.id });
  return {
    taskId: task.id,
    name: { ...task.name },
    kind: task.kind,
    steps: [...task.steps],
    points: task.points.toString(),
    isOpen: holdsAt(task.times, at.now, at.offset),
    stepsDone: Math.max(0, ...at.progress.map(({ steps_done: done }) => done)),
    paidToday: paid.today,
    paidEver: paid.ever,
    perDayMax: task.kind === "daily" || task.kind === "once" ? 1 : task.perDayMax,
  };
}
