/** Points of captured holds that go back with their ages, as rows: due, sent, done. */
import { sql } from "kysely";
import type { Fen, Hex32, Points } from "../kernel/ids.ts";
import { parseFen, parsePoints } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Claim } from "./point-holds.ts";
import type { Problem, RefundState } from "./tables-redeeming.ts";

export interface PointRefund {
  readonly id: string;
  readonly holdId: string;
  readonly refundRef: string;
  readonly contentHash: Hex32;
  readonly points: Points;
  /** Undefined for goods, which cost points alone. */
  readonly amountFen: Fen | undefined;
  readonly cashFen: Fen | undefined;
  readonly state: RefundState;
  readonly command: string | null;
  readonly problem: Problem | null;
  readonly attempts: number;
  readonly createdAt: number;
}

export interface NewRefund extends Pick<
  PointRefund,
  "holdId" | "refundRef" | "contentHash" | "points" | "amountFen" | "cashFen"
> {
  readonly state: "due" | "done" | "void";
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Row {
  id: string;
  hold_id: string;
  refund_ref: string;
  content_hash: Hex32;
  points: string;
  amount_fen: string | null;
  cash_fen: string | null;
  state: RefundState;
  command: string | null;
  problem: Problem | null;
  attempts: number;
  created_at: Date;
}

const time = (ms: number): string => new Date(ms).toISOString();

function refundOf(row: Row): PointRefund {
  return {
    id: row.id,
    holdId: row.hold_id,
    refundRef: row.refund_ref,
    contentHash: row.content_hash,
    points: parsePoints(row.points),
    amountFen: row.amount_fen === null ? undefined : parseFen(row.amount_fen),
    cashFen: row.cash_fen === null ? undefined : parseFen(row.cash_fen),
    state: row.state,
    command: row.command,
    problem: row.problem,
    attempts: row.attempts,
    createdAt: Math.floor(row.created_at.getTime() / 1000),
  };
}

/** The hold is locked by the caller, so that a twin has been seen by now. */
export async function insertRefund(tx: Tx, refund: NewRefund): Promise<PointRefund> {
  const row = await tx
    .insertInto("point_refund")
    .values({
      hold_id: refund.holdId,
      refund_ref: refund.refundRef,
      content_hash: refund.contentHash,
      points: refund.points.toString(),
      amount_fen: refund.amountFen?.toString() ?? null,
      cash_fen: refund.cashFen?.toString() ?? null,
      state: refund.state,
      command: null,
      problem: null,
      look_at: time(refund.now),
      created_at: time(refund.now),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return refundOf(row);
}

export async function listRefunds(db: Tx, holdId: string): Promise<PointRefund[]> {
  const rows = await db.selectFrom("point_refund").selectAll().where("hold_id", "=", holdId).orderBy("id").execute();
  return rows.map(refundOf);
}

export async function claimRefunds(db: Tx, { now, leaseMs, limit }: Claim): Promise<PointRefund[]> {
  const { rows } = await sql<Row>`
    update point_refund set look_at = ${time(now + leaseMs)}::timestamptz
    where id in (
      select id from point_refund
      where state in ('due', 'sent') and look_at <= ${time(now)}::timestamptz
      order by look_at limit ${limit} for update skip locked)
    returning *`.execute(db);
  return rows.map(refundOf);
}

export interface RefundMove {
  readonly id: string;
  readonly from: RefundState;
  readonly to: RefundState;
  readonly command?: string | undefined;
  readonly problem?: Problem | undefined;
  /** Milliseconds since 1970. */
  readonly lookAt: number;
}

/** False when somebody else was quicker. A problem counts as an attempt, so that the next has a name of its own. */
export async function moveRefund(tx: Tx, move: RefundMove): Promise<boolean> {
  const result = await tx
    .updateTable("point_refund")
    .set((value) => ({
      state: move.to,
      ...(move.command === undefined ? {} : { command: move.command }),
      problem: move.problem === undefined ? null : JSON.stringify(move.problem),
      ...(move.problem === undefined ? {} : { attempts: value("attempts", "+", 1) }),
      look_at: time(move.lookAt),
    }))
    .where("id", "=", move.id)
    .where("state", "=", move.from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
