/** Goods that were asked for with points, and how far they have come. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Claim } from "./point-holds.ts";
import type { FulfilmentState, OutsideState } from "./tables-redeeming.ts";

export interface GoodsRedemption {
  readonly holdId: string;
  /** The name that an outside catalogue knows it by. */
  readonly id: string;
  readonly merchantId: number;
  /** The shop's own name of it. */
  readonly redemptionRef: string;
  readonly sku: string;
  readonly quantity: number;
  readonly account: Address;
  readonly points: string;
  readonly state: FulfilmentState;
  readonly takesStock: boolean;
  readonly reason: string | null;
  readonly tracking: string | null;
  readonly connectorRef: string | null;
  readonly outside: OutsideState | null;
  readonly outsideRef: string | null;
  readonly outsideProblem: string | null;
  readonly outsideAttempts: number;
  readonly createdAt: number;
  readonly updatedAt: number;
}

export interface NewRedemption extends Pick<
  GoodsRedemption,
  "holdId" | "merchantId" | "sku" | "quantity" | "account" | "takesStock" | "connectorRef"
> {
  /** Milliseconds since 1970. */
  readonly now: number;
}

interface Row {
  hold_id: string;
  id: string;
  merchant_id: number;
  business_ref: string;
  sku: string;
  quantity: number;
  account: Address;
  points: string;
  state: FulfilmentState;
  takes_stock: boolean;
  reason: string | null;
  tracking: string | null;
  connector_ref: string | null;
  outside: OutsideState | null;
  outside_ref: string | null;
  outside_problem: string | null;
  outside_attempts: number;
  created_at: Date;
  updated_at: Date;
}

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);
const time = (ms: number): string => new Date(ms).toISOString();

function redemptionOf(row: Row): GoodsRedemption {
  return {
    holdId: row.hold_id,
    id: row.id,
    merchantId: row.merchant_id,
    redemptionRef: row.business_ref,
    sku: row.sku,
    quantity: row.quantity,
    account: row.account,
    points: row.points,
    state: row.state,
    takesStock: row.takes_stock,
    reason: row.reason,
    tracking: row.tracking,
    connectorRef: row.connector_ref,
    outside: row.outside,
    outsideRef: row.outside_ref,
    outsideProblem: row.outside_problem,
    outsideAttempts: row.outside_attempts,
    createdAt: seconds(row.created_at),
    updatedAt: seconds(row.updated_at),
  };
}

/** In the place of one whose hold failed. */
export async function insertRedemption(tx: Tx, redemption: NewRedemption): Promise<void> {
  await tx.deleteFrom("goods_redemption").where("hold_id", "=", redemption.holdId).execute();
  await tx
    .insertInto("goods_redemption")
    .values({
      hold_id: redemption.holdId,
      merchant_id: redemption.merchantId,
      sku: redemption.sku,
      quantity: redemption.quantity,
      account: redemption.account,
      state: "holding",
      takes_stock: redemption.takesStock,
      reason: null,
      tracking: null,
      connector_ref: redemption.connectorRef,
      outside: null,
      outside_ref: null,
      outside_problem: null,
      outside_look_at: null,
      created_at: time(redemption.now),
      updated_at: time(redemption.now),
    })
    .execute();
}

const ALL = sql<Row>`select r.*, h.business_ref, h.points from goods_redemption r join point_hold h on h.id = r.hold_id`;

export async function readRedemption(db: Tx, holdId: string): Promise<GoodsRedemption | undefined> {
  const { rows } = await sql<Row>`${ALL} where r.hold_id = ${holdId}::bigint`.execute(db);
  return rows[0] === undefined ? undefined : redemptionOf(rows[0]);
}

/** Newest first, below that hold's number. */
export async function listRedemptions(
  db: Tx,
  page: { merchantId: number; before: string | undefined; limit: number; state?: FulfilmentState | undefined },
): Promise<GoodsRedemption[]> {
  const { rows } = await sql<Row>`${ALL} where r.merchant_id = ${page.merchantId}
    and (${page.before ?? null}::bigint is null or r.hold_id < ${page.before ?? null}::bigint)
    and (${page.state ?? null}::text is null or r.state = ${page.state ?? null}::text)
    order by r.hold_id desc limit ${page.limit}`.execute(db);
  return rows.map(redemptionOf);
}

export interface RedemptionMove {
  readonly holdId: string;
  readonly from: readonly FulfilmentState[];
  readonly to: FulfilmentState;
  readonly reason?: string | undefined;
  readonly tracking?: string | undefined;
  /** Left out: as it was. */
  readonly outside?: OutsideState | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** False when it was in another state by then. */
export async function moveRedemption(tx: Tx, move: RedemptionMove): Promise<boolean> {
  const result = await tx
    .updateTable("goods_redemption")
    .set({
      state: move.to,
      ...(move.reason === undefined ? {} : { reason: move.reason }),
      ...(move.tracking === undefined ? {} : { tracking: move.tracking }),
      ...(move.outside === undefined
        ? {}
        : {
            outside: move.outside,
            outside_attempts: 0,
            outside_problem: null,
            // Not before a question that is under way has been answered: a cancellation must not overtake a reservation.
            outside_look_at: sql<Date>`greatest(outside_look_at, ${time(move.now)}::timestamptz)`,
          }),
      updated_at: time(move.now),
    })
    .where("hold_id", "=", move.holdId)
    .where("state", "in", [...move.from])
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}

/** Those of which an outside catalogue is still to be told something. */
export async function claimOutside(db: Tx, { now, leaseMs, limit }: Claim): Promise<GoodsRedemption[]> {
  const { rows } = await sql<Row>`
    with due as (
      update goods_redemption set outside_look_at = ${time(now + leaseMs)}::timestamptz
      where hold_id in (
        select hold_id from goods_redemption
        where outside in ('reserve', 'confirm', 'cancel') and outside_look_at <= ${time(now)}::timestamptz
        order by outside_look_at limit ${limit} for update skip locked)
      returning *)
    select due.*, h.business_ref, h.points from due join point_hold h on h.id = due.hold_id`.execute(db);
  return rows.map(redemptionOf);
}

export interface OutsideMove {
  readonly holdId: string;
  readonly from: OutsideState;
  readonly to: OutsideState;
  readonly outsideRef?: string | undefined;
  /** Why it is still to be done. */
  readonly problem?: string | undefined;
  /** Milliseconds since 1970. */
  readonly lookAt: number;
}

export async function moveOutside(tx: Tx, move: OutsideMove): Promise<boolean> {
  const result = await tx
    .updateTable("goods_redemption")
    .set((value) => ({
      outside: move.to,
      ...(move.outsideRef === undefined ? {} : { outside_ref: move.outsideRef }),
      outside_problem: move.problem ?? null,
      ...(move.problem === undefined ? {} : { outside_attempts: value("outside_attempts", "+", 1) }),
      outside_look_at: time(move.lookAt),
    }))
    .where("hold_id", "=", move.holdId)
    .where("outside", "=", move.from)
    .executeTakeFirst();
  return result.numUpdatedRows > 0n;
}
