/** What an event or a purchase does for a customer's tasks, and what a completed one earns. */
import { createHash } from "node:crypto";
import type { Address, Points } from "../../kernel/ids.ts";
import type { Task } from "../../loyalty/rule-book.ts";
import { advance, isPayable, subjectsOf, tasksFor } from "../../loyalty/tasks.ts";
import { localDay } from "../../loyalty/usage.ts";
import type { Tx } from "../../store/database.ts";
import type { EarningRow } from "../../store/earnings.ts";
import { countTaskPayments } from "../../store/earnings.ts";
import { insertLoyaltyEvent } from "../../store/loyalty-events.ts";
import type { ProgressRow } from "../../store/member-events.ts";
import { readProgress, writeProgress } from "../../store/member-events.ts";
import { readOrderById } from "../../store/loyalty-orders.ts";
import type { ShopFacts } from "../../store/shop-facts.ts";
import type { StoredObjection } from "../../store/tables-earning.ts";
import { bookEarning, chainRefOf } from "./book-earning.ts";
import type { PublishedRules } from "./find-rules.ts";
import type { UsageLedger } from "./usage-ledger.ts";

export interface TaskStage {
  readonly shop: ShopFacts;
  readonly rules: PublishedRules;
  readonly usage: UsageLedger;
  readonly nowMs: number;
}

export interface TaskDeed {
  readonly account: Address;
  readonly name: string;
  readonly at: number;
  readonly skus: readonly string[];
  /** Unique among the merchant's deeds: `event:<ref>` or `order:<ref>`. */
  readonly ref: string;
  readonly orderId?: string;
  /** Of the order; events pay at once. */
  readonly maturesAt: number | undefined;
  readonly objections: readonly StoredObjection[];
}

export async function doTasks(tx: Tx, stage: TaskStage, deed: TaskDeed): Promise<void> {
  const { shop, rules } = stage;
  const tasks = tasksFor(rules.book.tasks, { ...deed, utcOffsetSeconds: shop.utcOffsetSeconds });
  if (tasks.length === 0) return;
  const progress = await readProgress(tx, shop.merchantId, deed.account);
  for (const task of tasks) await doTask(tx, stage, { task, deed, progress });
}

interface Doing {
  readonly task: Task;
  readonly deed: TaskDeed;
  readonly progress: readonly ProgressRow[];
}

/** One deed completes a task once, however many articles it is about; each of them goes on to its next step. */
async function doTask(tx: Tx, stage: TaskStage, { task, deed, progress }: Doing): Promise<void> {
  let isPaid = false;
  for (const subject of subjectsOf(task, deed.name, deed.skus)) {
    const before = progress.find((row) => row.task_id === task.id && row.subject === subject);
    const step = advance(task, before?.steps_done ?? 0, deed.name);
    if (step === undefined) continue;
    const orderId = deed.orderId ?? before?.order_id ?? undefined;
    const objections = [...(before?.objections ?? []), ...deed.objections];
    if (before !== undefined || step.stepsDone > 0)
      await writeProgress(tx, {
        merchantId: stage.shop.merchantId,
        account: deed.account,
        taskId: task.id,
        subject,
        stepsDone: step.stepsDone,
        orderId,
        objections,
        now: Math.floor(stage.nowMs / 1000),
      });
    if (step.isComplete && !isPaid) {
      await pay(tx, stage, { task, deed: { ...deed, objections }, subject, orderId });
      isPaid = true;
    }
  }
}

async function pay(
  tx: Tx,
  stage: TaskStage,
  { task, deed, subject, orderId }: { task: Task; deed: TaskDeed; subject: string; orderId: string | undefined },
): Promise<void> {
  const { shop, rules, usage } = stage;
  const day = localDay(deed.at, shop.utcOffsetSeconds);
  const { merchantId } = shop;
  const paid = await countTaskPayments(tx, { merchantId, account: deed.account, taskId: task.id, day });
  if (!isPayable(task, paid)) return;
  const points = usage.withinTask(task.id, task.points, { account: deed.account, day });
  if (points === 0n) return;
  const name = createHash("sha256").update(deed.ref).digest("hex").slice(0, 32);
  const row = await bookEarning(tx, stage, {
    source: "task",
    account: deed.account,
    subject: task.id,
    chainRef: chainRefOf("task", `${task.id}:${name}`, rules.rulesHash),
    orderId,
    sku: subject === "" ? undefined : subject,
    rules: { version: rules.version, hash: rules.rulesHash },
    shares: [{ ruleId: `task:${task.id}`, points }],
    points,
    day,
    maturesAt: await maturityOf(tx, deed, orderId),
    objections: deed.objections,
  });
  if (row !== undefined) await tellCompleted(tx, row, { task, points, nowMs: stage.nowMs });
}

/** At once, unless an order was one of its steps: then not before that order. */
async function maturityOf(tx: Tx, deed: TaskDeed, orderId: string | undefined): Promise<number | undefined> {
  if (deed.orderId !== undefined) return deed.maturesAt;
  const order = orderId === undefined ? undefined : await readOrderById(tx, orderId);
  if (order === undefined) return deed.at;
  return order.matures_at === null ? undefined : Math.max(deed.at, Number(order.matures_at));
}

function tellCompleted(
  tx: Tx,
  row: EarningRow,
  { task, points, nowMs }: { task: Task; points: Points; nowMs: number },
): Promise<void> {
  return insertLoyaltyEvent(tx, {
    merchantId: row.merchant_id,
    name: "task.completed",
    key: `earning:${row.id}:task`,
    data: { account: row.account, taskId: task.id, earningId: row.id, points: points.toString() },
    now: nowMs,
  });
}
