/** Earnings, as a merchant sees them. */
import { describeFailure } from "../kernel/failures.ts";
import type { Address } from "../kernel/ids.ts";
import { booksOf, stateOf } from "../loyalty/books.ts";
import type { Tx } from "../store/database.ts";
import type { EarningRow } from "../store/earnings.ts";
import { readEarnings } from "../store/earnings.ts";
import { readEarningTotals } from "../store/earning-totals.ts";

/** A page ends where the next id begins. */
export interface Page {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export function nextCursorOf(rows: readonly { id: string }[], limit: number): string | null {
  return rows.length < limit ? null : (rows.at(-1)?.id ?? null);
}

export const numberOrNull = (value: string | number | null): number | null => (value === null ? null : Number(value));

export function viewEarning(row: EarningRow, nowMs: number) {
  const problem = row.problem_code === null ? undefined : { code: row.problem_code, facts: row.problem_facts ?? {} };
  return {
    earningId: row.id,
    source: row.source,
    subject: row.subject,
    account: row.account,
    token: row.token,
    state: stateOf(booksOf(row), row.decision === "refuse", nowMs),
    points: row.points_due,
    pointsFirst: row.points_first,
    pointsIssued: row.points_issued,
    pointsReversed: row.points_reversed,
    pointsLapsed: row.points_lapsed,
    ref: row.chain_ref,
    rulesVersion: row.rules_version,
    rulesHash: row.rules_hash,
    byRule: [...row.by_rule],
    reason: row.reason,
    createdAt: Number(row.created_at),
    maturesAt: numberOrNull(row.matures_at),
    objections: (row.objections ?? []).map(({ code, facts }) => ({ code, facts: { ...facts } })),
    decision: decisionOf(row),
    problem: problem === undefined ? null : { ...problem, ...describeFailure(problem.code, problem.facts) },
  };
}

function decisionOf({ decision, decision_reason: reason, decided_at: at }: EarningRow) {
  return decision === null ? null : { decision, reason: reason ?? "", at: Number(at ?? 0) };
}

export async function listEarnings(
  db: Tx,
  of: { merchantId: number; account?: Address; isObjected?: boolean },
  { page: { limit, cursor }, nowMs }: { page: Page; nowMs: number },
) {
  const rows = await readEarnings(db, { ...of, before: cursor, limit });
  return { items: rows.map((row) => viewEarning(row, nowMs)), nextCursor: nextCursorOf(rows, limit) };
}

/** What the books say by source: to be compared with the chain. */
export async function showEarningBooks(db: Tx, merchantId: number) {
  return { items: await readEarningTotals(db, { merchantId }) };
}
