/** A run over a file: its parts, what became of each row, and the names under which parts are sent. Pure. */
import type { CommandItem, Failure } from "../../../../../gateway/client/generated/types.gen.ts";
import type { BatchRow } from "./check.ts";

/** As many as the gateway puts into one transaction. */
export const PART_ROWS = 500;

export type RowState = "waiting" | "sent" | "confirmed" | "before" | "failed";
export const ROW_STATES: readonly RowState[] = ["waiting", "sent", "confirmed", "before", "failed"];

export interface RowResult {
  readonly state: RowState;
  readonly hash?: string;
  readonly error?: Pick<Failure, "code" | "en" | "zh">;
}

export interface Part {
  /** Of the rows of the run. */
  readonly from: number;
  readonly until: number;
  /** How often it was sent with fewer rows, because some were issued before. */
  readonly attempt: number;
  readonly commandId?: string;
  readonly isSettled: boolean;
  /** One for each row of the part, in order. */
  readonly results: readonly RowResult[];
}

export interface BatchRun {
  /** SHA-256 of token and rows: the same file is the same run wherever and whenever it is sent. */
  readonly id: string;
  readonly token: string;
  readonly fileName: string;
  /** Unix seconds. */
  readonly beganAt: number;
  readonly rows: readonly BatchRow[];
}

export function partsOf({ rows }: BatchRun): Part[] {
  return Array.from({ length: Math.ceil(rows.length / PART_ROWS) }, (_, index) => {
    const from = index * PART_ROWS;
    const until = Math.min(from + PART_ROWS, rows.length);
    const results = Array.from({ length: until - from }, () => ({ state: "waiting" as const }));
    return { from, until, attempt: 0, isSettled: false, results };
  });
}

/** The same part of the same file has the same name for ever: sent again, it gives the first answer again. */
export const partKey = ({ id }: BatchRun, { from, attempt }: Part): string => `batch:${id}:${from}:${attempt}`;

/** What of a part is still to be sent. */
export const openRows = ({ rows }: BatchRun, { from, until, results }: Part): BatchRow[] =>
  rows.slice(from, until).filter((_, index) => results[index]?.state === "waiting");

export const withResults = (
  run: BatchRun,
  part: Part,
  resultOf: (row: BatchRow, now: RowResult) => RowResult,
): Part => ({
  ...part,
  results: part.results.map((result, index) => {
    const row = run.rows[part.from + index];
    return row === undefined ? result : resultOf(row, result);
  }),
});

/** Accepted: everything that waited is on its way. */
export const accepted = (run: BatchRun, part: Part, commandId: string): Part => ({
  ...withResults(run, part, (_, now) => (now.state === "waiting" ? { state: "sent" } : now)),
  commandId,
});

const resultOfItem = ({ state, transactionHash, error }: CommandItem): RowResult => ({
  state: state === "confirmed" ? "confirmed" : state === "failed" ? "failed" : "sent",
  ...(transactionHash === null ? {} : { hash: transactionHash }),
  ...(error === null ? {} : { error: { code: error.code, en: error.en, zh: error.zh } }),
});

/** The command has come to rest: each row has its own end. */
export function settled(run: BatchRun, part: Part, items: readonly CommandItem[]): Part {
  const byOrder = new Map(items.map((item) => [item.orderRef, item]));
  const next = withResults(run, part, ({ orderRef }, now) => {
    const item = byOrder.get(orderRef);
    return now.state !== "sent" || item === undefined ? now : resultOfItem(item);
  });
  return { ...next, isSettled: true };
}

const CHANGED: NonNullable<RowResult["error"]> = {
  code: "order_already_issued",
  en: "This order was issued before, to another account or with other points.",
  zh: "该订单此前已发行，但账户或积分数不同。",
};

/** Rows whose orders another command has already: done before, or at odds with what was done. */
export function foundBefore(run: BatchRun, part: Part, items: readonly CommandItem[]): Part {
  const byOrder = new Map(items.map((item) => [item.orderRef, item]));
  const next = withResults(run, part, ({ orderRef, to, points }, now) => {
    const item = byOrder.get(orderRef);
    if (now.state !== "waiting" || item === undefined) return now;
    const result = resultOfItem(item);
    if (item.to !== to.toLowerCase() || item.points !== points) return { ...result, state: "failed", error: CHANGED };
    return result.state === "confirmed" ? { ...result, state: "before" } : result;
  });
  return { ...next, attempt: part.attempt + 1 };
}

export type Counts = Readonly<Record<RowState, number>>;

export function countsOf(parts: readonly Part[]): Counts {
  const counts = { waiting: 0, sent: 0, confirmed: 0, before: 0, failed: 0 };
  for (const { results } of parts) for (const { state } of results) counts[state] += 1;
  return counts;
}

export const isFinished = (parts: readonly Part[]): boolean => parts.every((part) => part.isSettled);
