/** Columns and keys of the tables of draws and of the sharing program (migrations/0014-draws-and-sharing.sql). */
import type { TableSpec } from "./bulk.ts";

const TEXT = "text";
const INTEGER = "integer";
const BIGINT = "bigint";
const NUMERIC = "numeric";
const BOOLEAN = "boolean";

export const DRAW: TableSpec<"draw"> = {
  table: "draw",
  key: ["draw_id"],
  columns: {
    draw_id: INTEGER,
    position: BIGINT,
    token: TEXT,
    merchant_id: INTEGER,
    merchant: TEXT,
    state: TEXT,
    commitment: TEXT,
    terms_hash: TEXT,
    ticket_points: NUMERIC,
    tickets_max: INTEGER,
    account_max: INTEGER,
    sales_end: BIGINT,
    reveal_end: BIGINT,
    release_at: BIGINT,
    claim_end: BIGINT,
    prize_count: INTEGER,
    prizes_paid: INTEGER,
    witness: TEXT,
    witness_commitment: TEXT,
    tickets_sold: INTEGER,
    purchase_count: INTEGER,
    purchases_settled: INTEGER,
    entropy_block: BIGINT,
    entropy: TEXT,
    merchant_secret: TEXT,
    witness_secret: TEXT,
    seed: TEXT,
    opened_at: BIGINT,
    ended_at: BIGINT,
    transaction_hash: TEXT,
  },
};

export const DRAW_PRIZE: TableSpec<"draw_prize"> = {
  table: "draw_prize",
  key: ["draw_id", "prize_index"],
  columns: {
    draw_id: INTEGER,
    prize_index: INTEGER,
    token: TEXT,
    points: NUMERIC,
    epoch: INTEGER,
    ticket_number: INTEGER,
    paid_to: TEXT,
    is_winner: BOOLEAN,
    paid_at: BIGINT,
    transaction_hash: TEXT,
  },
};

export const DRAW_PURCHASE: TableSpec<"draw_purchase"> = {
  table: "draw_purchase",
  key: ["draw_id", "purchase_id"],
  columns: {
    draw_id: INTEGER,
    purchase_id: INTEGER,
    position: BIGINT,
    buyer: TEXT,
    first_number: INTEGER,
    ticket_count: INTEGER,
    ref: TEXT,
    state: TEXT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const SHARING_PROGRAM: TableSpec<"sharing_program"> = {
  table: "sharing_program",
  key: ["id"],
  columns: {
    id: INTEGER,
    state: TEXT,
    enabled_at: BIGINT,
    consumer_multiple: INTEGER,
    merchant_multiple: INTEGER,
    daily_points: NUMERIC,
    rebate_min_bps: INTEGER,
    rebate_max_bps: INTEGER,
    share_value: NUMERIC,
    units_total: NUMERIC,
    days_given: INTEGER,
    position: BIGINT,
  },
};

export const SHARING_MERCHANT: TableSpec<"sharing_merchant"> = {
  table: "sharing_merchant",
  key: ["merchant_id"],
  columns: {
    merchant_id: INTEGER,
    rebate_bps: INTEGER,
    sale_count: INTEGER,
    sales_fen: NUMERIC,
    refunded_fen: NUMERIC,
    burned_points: NUMERIC,
    joined_at: BIGINT,
    position: BIGINT,
  },
};

export const SHARING_ACCOUNT: TableSpec<"sharing_account"> = {
  table: "sharing_account",
  key: ["account"],
  columns: {
    account: TEXT,
    units: NUMERIC,
    claimed_points: NUMERIC,
    redeemed_points: NUMERIC,
    redeemed_alp: NUMERIC,
  },
};

export const SHARING_SALE: TableSpec<"sharing_sale"> = {
  table: "sharing_sale",
  key: ["ref"],
  columns: {
    ref: TEXT,
    position: BIGINT,
    merchant_id: INTEGER,
    merchant_account: TEXT,
    consumer: TEXT,
    amount_fen: NUMERIC,
    refunded_fen: NUMERIC,
    rebate_yuan: NUMERIC,
    burned_points: NUMERIC,
    consumer_units: NUMERIC,
    merchant_units: NUMERIC,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const SHARING_DAY: TableSpec<"sharing_day"> = {
  table: "sharing_day",
  key: ["day"],
  columns: {
    day: INTEGER,
    points: NUMERIC,
    share_value: NUMERIC,
    nav: NUMERIC,
    position: BIGINT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};
