/** Orders and earnings; migrations/0010-earnings.sql explains each column. */
import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Facts } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import type { Seq } from "./tables-outbox.ts";

type Json<T> = ColumnType<T, string, string>;
type JsonOrNull<T> = ColumnType<T | null, string | null, string | null>;

/** Why something earns nothing until a person decides: a stable word and the numbers behind it. */
export interface StoredObjection {
  readonly code: string;
  readonly facts: Facts;
}

/** One line of an order as it was bought, and what is kept of it. Fen are decimal strings. */
export interface StoredLine {
  readonly sku: string;
  readonly category: string;
  readonly isFreight: boolean;
  readonly quantity: number;
  readonly paidFen: string;
  readonly keptQuantity: number;
  readonly keptFen: string;
}

/** OrderFacts as JSON. */
export interface StoredFacts {
  readonly placedAt: number;
  readonly utcOffsetSeconds: number;
  readonly pointsPerYuan: number;
  readonly isFirstPurchase: boolean;
  readonly tierId?: string;
  readonly room: Readonly<Record<string, string>>;
}

export interface StoredReturnLine {
  readonly sku: string;
  readonly quantity: number;
  readonly paidFen: string;
  /** At list price, of an order that was partly paid with points. */
  readonly listFen?: string;
}

export interface StoredRuleShare {
  readonly ruleId: string;
  readonly points: string;
}

export type OrderState = "placed" | "confirmed" | "cancelled";
export type EarningSource = "order" | "task" | "referral" | "grant";
export type AskKind = "issue" | "reverse";
export type Decision = "pay" | "refuse";

export interface EarningTables {
  loyalty_member: {
    merchant_id: number;
    account: Address;
    referrer: Address | null;
    objections: JsonOrNull<readonly StoredObjection[]>;
    joined_at: Seq | number;
  };
  loyalty_order: {
    id: GeneratedAlways<Seq>;
    merchant_id: number;
    order_ref: string;
    account: Address;
    content_hash: string;
    placed_at: Seq | number;
    received_at: Seq | number;
    device_hash: string | null;
    rules_version: number;
    rules_hash: string;
    facts: Json<StoredFacts>;
    lines: Json<readonly StoredLine[]>;
    paid_fen: string;
    kept_fen: string;
    is_first: boolean;
    is_good: boolean;
    state: OrderState;
    confirmed_at: Seq | number | null;
    cancelled_at: Seq | number | null;
    matures_at: Seq | number | null;
  };
  loyalty_return: {
    order_id: Seq;
    return_ref: string;
    content_hash: string;
    lines: Json<readonly StoredReturnLine[]>;
    paid_fen: string;
    received_at: Seq | number;
  };
  member_event: {
    merchant_id: number;
    event_ref: string;
    account: Address;
    name: string;
    sku: string | null;
    at: Seq | number;
    device_hash: string | null;
    content_hash: string;
    received_at: Seq | number;
  };
  task_progress: {
    merchant_id: number;
    account: Address;
    task_id: string;
    subject: string;
    steps_done: number;
    order_id: Seq | null;
    objections: JsonOrNull<readonly StoredObjection[]>;
    updated_at: Seq | number;
  };
  earning: {
    id: GeneratedAlways<Seq>;
    merchant_id: number;
    account: Address;
    token: Address;
    source: EarningSource;
    subject: string;
    chain_ref: string;
    content_hash: string | null;
    order_id: Seq | null;
    sku: string | null;
    rules_version: number | null;
    rules_hash: string | null;
    by_rule: Json<readonly StoredRuleShare[]>;
    reason: string | null;
    day: number;
    created_at: Seq | number;
    points_first: string;
    points_due: string;
    points_issued: Generated<string>;
    points_reversed: Generated<string>;
    points_lapsed: Generated<string>;
    matures_at: Seq | number | null;
    objections: JsonOrNull<readonly StoredObjection[]>;
    decision: Decision | null;
    decision_reason: string | null;
    decided_at: Seq | number | null;
    decided_by: string | null;
    ask_kind: AskKind | null;
    ask_points: string | null;
    ask_key: string | null;
    ask_no: Generated<number>;
    command_id: string | null;
    tries: Generated<number>;
    problem_code: string | null;
    problem_facts: JsonOrNull<Facts>;
    retry_ms: Generated<Seq | number>;
    wake_ms: Seq | number | null;
  };
  cap_usage: { merchant_id: number; cap: string; account: string; period: string; points: string };
}
