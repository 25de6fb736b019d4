/** Earnings that have something to do: claimed by one process at a time, and what became of what was asked. */
import { sql } from "kysely";
import type { Facts } from "../kernel/errors.ts";
import type { Tx } from "./database.ts";
import type { EarningRow } from "./earnings.ts";
import type { AskKind } from "./tables-earning.ts";

/** Rows that another process works on are passed over. */
export async function claimEarnings(tx: Tx, nowMs: number, limit: number): Promise<EarningRow[]> {
  return tx
    .selectFrom("earning")
    .selectAll()
    .where("wake_ms", "<=", nowMs)
    .orderBy("wake_ms")
    .orderBy("id")
    .limit(limit)
    .forUpdate()
    .skipLocked()
    .execute();
}

export async function writeAsks(
  tx: Tx,
  asks: readonly { id: string; kind: AskKind; points: bigint; key: string }[],
  wakeMs: number,
): Promise<void> {
  if (asks.length === 0) return;
  await sql`
    update earning e set ask_kind = a.kind, ask_points = a.points, ask_key = a.key, ask_no = e.ask_no + 1,
      command_id = null, wake_ms = ${wakeMs}::bigint
    from unnest(${asks.map(({ id }) => id)}::bigint[], ${asks.map(({ kind }) => kind)}::text[],
      ${asks.map(({ points }) => points.toString())}::bigint[], ${asks.map(({ key }) => key)}::text[])
      as a (id, kind, points, key)
    where e.id = a.id`.execute(tx);
}

/** Everything asked under one key, in a fixed order: the command it makes is the same whoever makes it. */
export async function readAsked(db: Tx, key: string): Promise<EarningRow[]> {
  return db.selectFrom("earning").selectAll().where("ask_key", "=", key).orderBy("id").execute();
}

export async function writeCommand(tx: Tx, key: string, commandId: string, wakeMs: number): Promise<void> {
  await tx
    .updateTable("earning")
    .set({ command_id: commandId, wake_ms: wakeMs })
    .where("ask_key", "=", key)
    .where("command_id", "is", null)
    .execute();
}

export interface Answered {
  readonly issued: bigint;
  readonly reversed: bigint;
  readonly lapsed: bigint;
  readonly tries: number;
  readonly problem: { readonly code: string; readonly facts: Facts } | undefined;
  readonly retryMs: number;
  readonly wakeMs: number | undefined;
}

/** What was asked is answered: the row is free for the next. */
export async function writeAnswer(tx: Tx, id: string, answer: Answered): Promise<void> {
  await tx
    .updateTable("earning")
    .set({
      ask_kind: null,
      ask_points: null,
      ask_key: null,
      command_id: null,
      points_issued: answer.issued.toString(),
      points_reversed: answer.reversed.toString(),
      points_lapsed: answer.lapsed.toString(),
      tries: answer.tries,
      problem_code: answer.problem?.code ?? null,
      problem_facts: answer.problem === undefined ? null : JSON.stringify(answer.problem.facts),
      retry_ms: answer.retryMs,
      wake_ms: answer.wakeMs ?? null,
    })
    .where("id", "=", id)
    .execute();
}

/** Looked at, nothing new: not again before `wakeMs`. */
export async function postpone(tx: Tx, ids: readonly string[], wakeMs: number): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("earning")
    .set({ wake_ms: wakeMs })
    .where("id", "in", [...ids])
    .execute();
}

export interface Outcome {
  readonly commandId: string;
  /** Null while it is under way. */
  readonly outcome: "done" | "failed" | null;
  readonly code: string | null;
  readonly facts: Facts | null;
}

/** What became of the items of issue commands. */
export async function readItemOutcomes(
  db: Tx,
  items: readonly { commandId: string; chainRef: string }[],
): Promise<readonly (Outcome & { readonly chainRef: string })[]> {
  if (items.length === 0) return [];
  const { rows } = await sql<Outcome & { chainRef: string }>`
    select c.id as "commandId", i.order_ref as "chainRef", i.error_code as code, i.error_facts as facts,
      case when i.state = 'failed' then 'failed' when t.state = 'confirmed' then 'done' end as outcome
    from unnest(${items.map(({ commandId }) => commandId)}::uuid[], ${items.map(({ chainRef }) => chainRef)}::text[])
      as asked (id, order_ref)
    join command c on c.id = asked.id
    join issue_item i on i.command_seq = c.seq and i.order_ref = asked.order_ref
    left join issue_batch b on b.seq = i.batch_seq
    left join outbox_transaction t on t.seq = b.transaction_seq`.execute(db);
  return rows;
}

/** What became of commands of one call. */
export async function readCommandOutcomes(db: Tx, ids: readonly string[]): Promise<readonly Outcome[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<Outcome>`
    select id as "commandId", error_code as code, error_facts as facts,
      case state when 'failed' then 'failed' when 'confirmed' then 'done' end as outcome
    from command where id = any(${[...ids]}::uuid[])`.execute(db);
  return rows;
}
