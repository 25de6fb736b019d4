/** Tasks: which step an event is, and whether one that is completed is paid. Pure; the rows are read elsewhere. */
import type { Task } from "./rule-book.ts";
import { holdsAt } from "./times.ts";

/** The step that only orders are. */
export const BUY = "buy";

/**
 * Steps done after the event; undefined when it changes nothing. Steps come in order: a later one before its turn does not
 * count, the first one again does not begin anew. The last step completes the task, and a new round begins at 0.
 */
export function advance(
  task: Task,
  before: number,
  name: string,
): { stepsDone: number; isComplete: boolean } | undefined {
  if (task.steps[before] !== name) return undefined;
  const stepsDone = before + 1;
  return stepsDone === task.steps.length ? { stepsDone: 0, isComplete: true } : { stepsDone, isComplete: false };
}

/** The tasks that an event of this name can move on at this second. */
export function tasksFor(tasks: readonly Task[], deed: { name: string; at: number; utcOffsetSeconds: number }): Task[] {
  return tasks.filter(
    ({ steps, times }) => steps.includes(deed.name) && holdsAt(times, deed.at, deed.utcOffsetSeconds),
  );
}

/** How often the customer has been paid for it: on that local day, and ever. */
export interface Paid {
  readonly today: number;
  readonly ever: number;
}

/** Whether completing it now is paid: `once` once for ever, `daily` once a day, the others up to their own number a day. */
export function isPayable({ kind, perDayMax }: Task, { today, ever }: Paid): boolean {
  if (kind === "once") return ever === 0;
  return today < (kind === "daily" ? 1 : perDayMax);
}

/**
 * Whose progress a deed moves: that of each of its articles, or of none in particular (""). A purchase moves both, since
 * whoever told of a look without its article means any. A task of one step needs no memory: it is counted once.
 */
export function subjectsOf(task: Task, name: string, skus: readonly string[]): readonly string[] {
  if (task.steps.length === 1 || skus.length === 0) return [""];
  return name === BUY ? [...new Set(skus), ""] : [...new Set(skus)];
}
