/** What the chain answered to what was asked for earnings: into the books, and told. */
import { tellEarning } from "../commands/loyalty/tell-earning.ts";
import type { Rooms } from "../commands/rooms.ts";
import type { Facts } from "../kernel/errors.ts";
import type { Outcome as BookOutcome } from "../loyalty/books.ts";
import { answered, booksOf, pauseMs, wakeMs } from "../loyalty/books.ts";
import type { Tx } from "../store/database.ts";
import type { EarningRow } from "../store/earnings.ts";
import { lockEarnings } from "../store/earnings.ts";
import type { Outcome } from "../store/earnings-queue.ts";
import { postpone, readCommandOutcomes, readItemOutcomes, writeAnswer } from "../store/earnings-queue.ts";

/** The epoch of the issue is over: its points are nobody's any more. */
const EXPIRED = "MerchantPointIssueExpired";

export interface Answer {
  readonly row: EarningRow;
  readonly outcome: BookOutcome;
  readonly problem?: { readonly code: string; readonly facts: Facts } | undefined;
}

/** What is not answered yet is looked at again at `againMs`. */
export async function lookAtAnswers(rooms: Rooms, rows: readonly EarningRow[], againMs: number): Promise<void> {
  if (rows.length === 0) return;
  const found = await readAnswers(rooms, rows);
  const answers: Answer[] = [];
  const open: string[] = [];
  for (const row of rows) {
    const seen = found.get(`${row.command_id ?? ""} ${row.ask_kind === "issue" ? row.chain_ref : ""}`);
    if (seen === undefined || seen.outcome === null) open.push(row.id);
    else answers.push(answerOf(row, seen, seen.outcome));
  }
  await postpone(rooms.db, open, againMs);
  await settleAll(rooms, answers);
}

async function readAnswers({ db }: Rooms, rows: readonly EarningRow[]): Promise<ReadonlyMap<string, Outcome>> {
  const of = (kind: "issue" | "reverse") => rows.filter(({ ask_kind: asked }) => asked === kind);
  const items = await readItemOutcomes(
    db,
    of("issue").map((row) => ({ commandId: row.command_id ?? "", chainRef: row.chain_ref })),
  );
  const calls = await readCommandOutcomes(
    db,
    of("reverse").map(({ command_id: id }) => id ?? ""),
  );
  return new Map([
    ...items.map((item) => [`${item.commandId} ${item.chainRef}`, item] as const),
    ...calls.map((call) => [`${call.commandId} `, call] as const),
  ]);
}

function answerOf(row: EarningRow, { code, facts }: Outcome, outcome: "done" | "failed"): Answer {
  if (outcome === "done") return { row, outcome };
  const isExpired = row.ask_kind === "reverse" && code === EXPIRED;
  return { row, outcome: isExpired ? "lapsed" : "failed", problem: { code: code ?? "internal", facts: facts ?? {} } };
}

export async function settleAll(rooms: Rooms, answers: readonly Answer[]): Promise<void> {
  for (const answer of answers) await rooms.db.transaction().execute((tx) => settle(tx, answer, rooms.clock.now()));
}

/** Once: an answer to something that is not asked any more is an echo. */
async function settle(tx: Tx, { row: seen, outcome, problem }: Answer, now: number): Promise<void> {
  const [row] = await lockEarnings(tx, { id: seen.id });
  if (row === undefined || row.ask_key === null || row.ask_key !== seen.ask_key) return;
  const tries = outcome === "failed" ? row.tries + 1 : 0;
  const books = answered(booksOf(row), outcome, now + pauseMs(tries));
  await writeAnswer(tx, row.id, {
    issued: books.issued,
    reversed: books.reversed,
    lapsed: books.lapsed,
    tries,
    problem: outcome === "failed" ? problem : undefined,
    retryMs: books.retryMs,
    wakeMs: wakeMs(books),
  });
  if (outcome === "done") await tell(tx, row, now);
}

async function tell(tx: Tx, row: EarningRow, now: number): Promise<void> {
  const points = BigInt(row.ask_points ?? 0);
  if (row.ask_kind === "reverse") {
    await tellEarning(tx, row, { name: "points.reversed", key: `reversed:${row.ask_no}`, points, now });
    return;
  }
  await tellEarning(tx, row, { name: "points.issued", key: "issued", points, now });
  const isReferrer = row.source === "referral" && row.subject !== row.account;
  if (isReferrer) await tellEarning(tx, row, { name: "referral.earned", key: "referral", points, now });
}
