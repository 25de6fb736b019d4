/** Points that pay for orders and goods; migrations/0011-redeeming.sql explains each column. */
import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Facts } from "../kernel/errors.ts";

type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;
/** `int8`: a decimal string from the driver. */
type Int8 = ColumnType<string, string, string>;

export interface Problem {
  readonly code: string;
  readonly facts: Facts;
}

export const HOLD_STATES = ["holding", "held", "capturing", "captured", "releasing", "released", "failed"] as const;
export type HoldState = (typeof HOLD_STATES)[number];
export type HoldKind = "deduction" | "goods";
export const REFUND_STATES = ["due", "sent", "done", "void"] as const;
export type RefundState = (typeof REFUND_STATES)[number];
export const FULFILMENT_STATES = [
  "holding",
  "reserved",
  "accepting",
  "accepted",
  "shipped",
  "delivered",
  "cancelling",
  "cancelled",
  "failed",
] as const;
export type FulfilmentState = (typeof FULFILMENT_STATES)[number];
/** The present tense is still to be done. */
export type OutsideState = "reserve" | "reserved" | "confirm" | "confirmed" | "cancel" | "cancelled";

export interface PointHoldTable {
  id: GeneratedAlways<string>;
  merchant_id: number;
  kind: HoldKind;
  business_ref: string;
  content_hash: Hex32;
  organisation: string;
  token: Address;
  account: Address;
  chain_ref: string;
  points: Int8;
  release_at: Int8;
  state: HoldState;
  hold_command: string;
  settle_command: string | null;
  is_release_wanted: Generated<boolean>;
  problem: Json<Problem> | null;
  attempts: Generated<number>;
  look_at: Time;
  created_at: Time;
  updated_at: Time;
}

export interface PointRefundTable {
  id: GeneratedAlways<string>;
  hold_id: string;
  refund_ref: string;
  content_hash: Hex32;
  points: Int8;
  amount_fen: Int8 | null;
  cash_fen: Int8 | null;
  state: RefundState;
  command: string | null;
  problem: Json<Problem> | null;
  attempts: Generated<number>;
  look_at: Time;
  created_at: Time;
}

export interface CheckoutTable {
  hold_id: string;
  total_fen: Int8;
  deduction_fen: Int8;
  cash_fen: Int8;
  lines: Json<readonly StoredLine[]>;
  rules_version: number;
  rules_hash: Hex32;
  swap: Json<StoredSwap> | null;
}

/** Amounts as decimal strings: JSON has no whole numbers beyond 2^53. */
export interface StoredLine {
  readonly sku: string;
  readonly listFen: string;
  readonly deductionFen: string;
  readonly returnedFen: string;
  readonly returnedDeductionFen: string;
}

export interface StoredSwap {
  readonly tokenIn: Address;
  readonly amountInMax: string;
  readonly amountOut: string;
}

export interface GoodsTable {
  merchant_id: number;
  sku: string;
  name_zh: string;
  name_en: string;
  points: Int8;
  stock: number | null;
  per_customer_max: number | null;
  per_customer_seconds: number | null;
  is_open: boolean;
  accept_within_seconds: number;
  connector_ref: string | null;
  updated_at: Time;
}

export interface GoodsConnectorTable {
  merchant_id: number;
  connector_ref: string;
  kind: "http";
  url: string;
  sealed: Uint8Array;
  updated_at: Time;
}

export interface GoodsRedemptionTable {
  hold_id: string;
  id: Generated<string>;
  merchant_id: number;
  sku: string;
  quantity: number;
  account: Address;
  state: FulfilmentState;
  takes_stock: boolean;
  reason: string | null;
  tracking: string | null;
  connector_ref: string | null;
  outside: OutsideState | null;
  outside_ref: string | null;
  outside_problem: string | null;
  outside_attempts: Generated<number>;
  outside_look_at: Time | null;
  created_at: Time;
  updated_at: Time;
}

export interface RedeemingTables {
  point_hold: PointHoldTable;
  point_refund: PointRefundTable;
  checkout: CheckoutTable;
  goods: GoodsTable;
  goods_connector: GoodsConnectorTable;
  goods_redemption: GoodsRedemptionTable;
}
