/** Columns and keys of the tables that the indexer writes in bulk (migrations/0002-ledger.sql). */
import type { TableSpec } from "./bulk.ts";

const TEXT = "text";
const INTEGER = "integer";
const BIGINT = "bigint";
const NUMERIC = "numeric";
const BOOLEAN = "boolean";

const LANES = { touched: INTEGER, lane0: BIGINT, lane1: BIGINT, lane2: BIGINT, lane3: BIGINT } as const;

export const BLOCK: TableSpec<"block"> = {
  table: "block",
  key: ["number"],
  columns: {
    number: INTEGER,
    hash: TEXT,
    parent_hash: TEXT,
    time: BIGINT,
    miner: TEXT,
    gas_used: BIGINT,
    transaction_count: INTEGER,
    event_count: INTEGER,
  },
};

export const TRANSACTION: TableSpec<"transaction"> = {
  table: "transaction",
  key: ["position"],
  columns: {
    position: BIGINT,
    hash: TEXT,
    time: BIGINT,
    sender: TEXT,
    receiver: TEXT,
    succeeded: BOOLEAN,
    gas_used: BIGINT,
    action: TEXT,
    actions: "jsonb",
  },
};

export const TRANSFER: TableSpec<"transfer"> = {
  table: "transfer",
  key: ["position"],
  columns: {
    position: BIGINT,
    token: TEXT,
    from_account: TEXT,
    to_account: TEXT,
    amount: NUMERIC,
    kind: TEXT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const MERCHANT: TableSpec<"merchant"> = {
  table: "merchant",
  key: ["id"],
  columns: {
    id: INTEGER,
    controller: TEXT,
    proposed_controller: TEXT,
    status: TEXT,
    legal_name: TEXT,
    category: TEXT,
    token_name: TEXT,
    token_symbol: TEXT,
    points_per_yuan: INTEGER,
    calendar: TEXT,
    utc_offset_seconds: INTEGER,
    profile_uri: TEXT,
    profile_hash: TEXT,
    token: TEXT,
    applied_at: BIGINT,
    approved_at: BIGINT,
  },
};

export const POINT_TOKEN: TableSpec<"point_token"> = {
  table: "point_token",
  key: ["address"],
  columns: {
    address: TEXT,
    merchant_id: INTEGER,
    name: TEXT,
    symbol: TEXT,
    points_per_yuan: INTEGER,
    calendar: TEXT,
    utc_offset_seconds: INTEGER,
    created_at: BIGINT,
    created_block: INTEGER,
    issued: NUMERIC,
    circulating: NUMERIC,
    held: NUMERIC,
    pooled: NUMERIC,
    redeemed: NUMERIC,
    expired: NUMERIC,
    reversed: NUMERIC,
    ...LANES,
    border_at: BIGINT,
    holder_count: INTEGER,
    transfer_count: BIGINT,
    is_paused: BOOLEAN,
    paused_until: NUMERIC,
    is_issue_halted: BOOLEAN,
  },
};

export const HOLDING: TableSpec<"holding"> = {
  table: "holding",
  key: ["token", "account"],
  columns: {
    token: TEXT,
    account: TEXT,
    ...LANES,
    balance: BIGINT,
    debt: BIGINT,
    is_frozen: BOOLEAN,
    last_position: BIGINT,
  },
};

export const ISSUE: TableSpec<"issue"> = {
  table: "issue",
  key: ["token", "ref"],
  columns: {
    token: TEXT,
    ref: TEXT,
    position: BIGINT,
    till: TEXT,
    epoch: INTEGER,
    item_count: INTEGER,
    points: NUMERIC,
    reversed: NUMERIC,
    is_to_pool: BOOLEAN,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const REDEMPTION: TableSpec<"redemption"> = {
  table: "redemption",
  key: ["token", "holder", "ref"],
  columns: {
    token: TEXT,
    holder: TEXT,
    ref: TEXT,
    position: BIGINT,
    kind: TEXT,
    state: TEXT,
    points: NUMERIC,
    redeemed: NUMERIC,
    returned: NUMERIC,
    lots: NUMERIC,
    release_at: BIGINT,
    transaction_hash: TEXT,
    time: BIGINT,
    updated_at: BIGINT,
  },
};

export const TILL: TableSpec<"till"> = {
  table: "till",
  key: ["token", "address"],
  columns: { token: TEXT, address: TEXT, daily_limit: NUMERIC, issued_today: NUMERIC, day: INTEGER },
};

export const POOL: TableSpec<"pool"> = {
  table: "pool",
  key: ["token"],
  columns: {
    token: TEXT,
    opened_at: BIGINT,
    point_reserve: NUMERIC,
    alp_reserve: NUMERIC,
    accept: NUMERIC,
    release: NUMERIC,
    next_accept: NUMERIC,
    next_release: NUMERIC,
    next_at: BIGINT,
    pool_daily: NUMERIC,
    account_daily: NUMERIC,
    taken_today: NUMERIC,
    day: INTEGER,
    is_accept_paused: BOOLEAN,
    is_release_paused: BOOLEAN,
  },
};

export const PRICE_POST: TableSpec<"price_post"> = {
  table: "price_post",
  key: ["position"],
  columns: {
    position: BIGINT,
    token: TEXT,
    accept: NUMERIC,
    release: NUMERIC,
    effective_at: BIGINT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const SWAP: TableSpec<"swap"> = {
  table: "swap",
  key: ["position"],
  columns: {
    position: BIGINT,
    account: TEXT,
    token_in: TEXT,
    token_out: TEXT,
    amount_in: NUMERIC,
    hub: NUMERIC,
    amount_out: NUMERIC,
    epoch_out: INTEGER,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const COLLATERAL: TableSpec<"collateral"> = {
  table: "collateral",
  key: ["merchant_id"],
  columns: { merchant_id: INTEGER, deposited: NUMERIC, requested: NUMERIC, available_at: BIGINT, limit_cut: INTEGER },
};

export const COVERAGE: TableSpec<"coverage"> = {
  table: "coverage",
  key: ["id"],
  columns: { id: INTEGER, alp_per_yuan: NUMERIC, coverage_bps: INTEGER },
};

export const MEMBER: TableSpec<"member"> = {
  table: "member",
  key: ["id"],
  columns: {
    id: INTEGER,
    name: TEXT,
    representative: TEXT,
    node: TEXT,
    status: TEXT,
    profile_uri: TEXT,
    profile_hash: TEXT,
    since: BIGINT,
  },
};

export const ALP_BALANCE: TableSpec<"alp_balance"> = {
  table: "alp_balance",
  key: ["account"],
  columns: { account: TEXT, balance: NUMERIC, is_holder: BOOLEAN },
};

export const TOKEN_DAY: TableSpec<"token_day"> = {
  table: "token_day",
  key: ["token", "day"],
  columns: {
    token: TEXT,
    day: INTEGER,
    issued: NUMERIC,
    redeemed: NUMERIC,
    refunded: NUMERIC,
    expired: NUMERIC,
    reversed: NUMERIC,
    swapped_in: NUMERIC,
    swapped_out: NUMERIC,
    transfers: INTEGER,
    holder_count: INTEGER,
    circulating: NUMERIC,
    held: NUMERIC,
    pooled: NUMERIC,
  },
};

export const FLOW_DAY: TableSpec<"flow_day"> = {
  table: "flow_day",
  key: ["day", "token_in", "token_out"],
  columns: {
    day: INTEGER,
    token_in: TEXT,
    token_out: TEXT,
    swaps: INTEGER,
    amount_in: NUMERIC,
    hub: NUMERIC,
    amount_out: NUMERIC,
  },
};
