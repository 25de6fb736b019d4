/** Holds of points as rows: every step is taken from a named state, so that two who take it at once do so once. */
import { sql } from "kysely";
import type { Address, Hex32, Points } from "../kernel/ids.ts";
import { parsePoints } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { HoldKind, HoldState, Problem } from "./tables-redeeming.ts";

export interface PointHold {
  readonly id: string;
  readonly merchantId: number;
  readonly kind: HoldKind;
  readonly businessRef: string;
  readonly contentHash: Hex32;
  readonly organisation: string;
  readonly token: Address;
  readonly account: Address;
  readonly chainRef: string;
  readonly points: Points;
  /** Unix seconds. */
  readonly releaseAt: number;
  readonly state: HoldState;
  readonly holdCommand: string;
  readonly settleCommand: string | null;
  readonly isReleaseWanted: boolean;
  readonly problem: Problem | null;
  readonly attempts: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export type NewHold = Omit<
  PointHold,
  "id" | "state" | "settleCommand" | "isReleaseWanted" | "problem" | "attempts" | "createdAt" | "updatedAt"
> & {
  /** Milliseconds since 1970. */
  readonly now: number;
};

interface Row {
  id: string;
  merchant_id: number;
  kind: HoldKind;
  business_ref: string;
  content_hash: Hex32;
  organisation: string;
  token: Address;
  account: Address;
  chain_ref: string;
  points: string;
  release_at: string;
  state: HoldState;
  hold_command: string;
  settle_command: string | null;
  is_release_wanted: boolean;
  problem: Problem | null;
  attempts: number;
  created_at: Date;
  updated_at: Date;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const time = (ms: number): string => new Date(ms).toISOString();

function holdOf(row: Row): PointHold {
  return {
    id: row.id,
    merchantId: row.merchant_id,
    kind: row.kind,
    businessRef: row.business_ref,
    contentHash: row.content_hash,
    organisation: row.organisation,
    token: row.token,
    account: row.account,
    chainRef: row.chain_ref,
    points: parsePoints(row.points),
    releaseAt: Number(row.release_at),
    state: row.state,
    holdCommand: row.hold_command,
    settleCommand: row.settle_command,
    isReleaseWanted: row.is_release_wanted,
    problem: row.problem,
    attempts: row.attempts,
    createdAt: seconds(row.created_at),
    updatedAt: seconds(row.updated_at),
  };
}

/** Undefined when the reference is taken; one whose hold failed on the chain is free again. */
export async function insertHold(tx: Tx, hold: NewHold): Promise<string | undefined> {
  const values = {
    merchant_id: hold.merchantId,
    kind: hold.kind,
    business_ref: hold.businessRef,
    content_hash: hold.contentHash,
    organisation: hold.organisation,
    token: hold.token,
    account: hold.account,
    chain_ref: hold.chainRef,
    points: hold.points.toString(),
    release_at: hold.releaseAt.toString(),
    state: "holding" as const,
    hold_command: hold.holdCommand,
    settle_command: null,
    problem: null,
    look_at: time(hold.now),
    created_at: time(hold.now),
    updated_at: time(hold.now),
  };
  const row = await tx
    .insertInto("point_hold")
    .values(values)
    .onConflict((conflict) =>
      conflict
        .columns(["merchant_id", "kind", "business_ref"])
        .doUpdateSet(values)
        .where("point_hold.state", "=", "failed"),
    )
    .returning("id")
    .executeTakeFirst();
  return row?.id;
}

export interface HoldName {
  readonly merchantId: number;
  readonly kind: HoldKind;
  readonly businessRef: string;
}

export async function findHold(db: Tx, name: HoldName): Promise<PointHold | undefined> {
  const row = await db
    .selectFrom("point_hold")
    .selectAll()
    .where("merchant_id", "=", name.merchantId)
    .where("kind", "=", name.kind)
    .where("business_ref", "=", name.businessRef)
    .executeTakeFirst();
  return row === undefined ? undefined : holdOf(row);
}

/** Waits for whoever is changing it, and keeps everyone else off until the transaction ends. */
export async function lockHold(tx: Tx, id: string): Promise<PointHold | undefined> {
  const row = await tx.selectFrom("point_hold").selectAll().where("id", "=", id).forUpdate().executeTakeFirst();
  return row === undefined ? undefined : holdOf(row);
}

export interface HoldMove {
  readonly id: string;
  readonly from: readonly HoldState[];
  readonly to: HoldState;
  readonly settleCommand?: string | undefined;
  readonly problem?: Problem | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** When it is looked at next; at once when left out. */
  readonly lookAt?: number | undefined;
}

/** False when it was in another state by then, or is to be released: nothing changed. */
export async function moveHold(tx: Tx, move: HoldMove): Promise<boolean> {
  const result = await tx
    .updateTable("point_hold")
    .set({
      state: move.to,
      ...(move.settleCommand === undefined ? {} : { settle_command: move.settleCommand }),
      ...(move.to === "releasing" ? { is_release_wanted: true } : {}),
      problem: move.problem === undefined ? null : JSON.stringify(move.problem),
      updated_at: time(move.now),
      look_at: time(move.lookAt ?? move.now),
    })
    .where("id", "=", move.id)
    .where("state", "in", [...move.from])
    .where((value) => (move.to === "capturing" ? value("is_release_wanted", "=", false) : value.lit(true)))
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** From now on the routine releases it, as soon as the chain does; false when it can no longer be. */
export async function wantRelease(tx: Tx, id: string, now: number): Promise<boolean> {
  const result = await tx
    .updateTable("point_hold")
    .set({ is_release_wanted: true, look_at: time(now) })
    .where("id", "=", id)
    .where("state", "in", ["holding", "held", "releasing"])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

export interface Claim {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** So long nobody else looks at what is claimed. */
  readonly leaseMs: number;
  readonly limit: number;
}

/** Takes what is due to be looked at; several processes each get others. */
export async function claimHolds(db: Tx, { now, leaseMs, limit }: Claim): Promise<PointHold[]> {
  const { rows } = await sql<Row>`
    update point_hold set look_at = ${time(now + leaseMs)}::timestamptz
    where id in (
      select id from point_hold
      where state in ('holding', 'held', 'capturing', 'releasing') and look_at <= ${time(now)}::timestamptz
      order by look_at limit ${limit} for update skip locked)
    returning *`.execute(db);
  return rows.map(holdOf);
}

/**
 * Looks again at `lookAt` (milliseconds), unless it has moved on since `hold` was read: then it is due at once as it is.
 * Counts one more attempt when `problem` says why.
 */
export async function postponeHold(
  db: Tx,
  hold: PointHold,
  { lookAt, problem }: { lookAt: number; problem?: Problem | undefined },
): Promise<void> {
  await db
    .updateTable("point_hold")
    .set((value) => ({
      look_at: time(lookAt),
      ...(problem === undefined ? {} : { problem: JSON.stringify(problem), attempts: value("attempts", "+", 1) }),
    }))
    .where("id", "=", hold.id)
    .where("state", "=", hold.state)
    .where("is_release_wanted", "=", hold.isReleaseWanted)
    .execute();
}

export async function readHold(db: Tx, id: string): Promise<PointHold | undefined> {
  const row = await db.selectFrom("point_hold").selectAll().where("id", "=", id).executeTakeFirst();
  return row === undefined ? undefined : holdOf(row);
}
