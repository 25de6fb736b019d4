/** Columns and keys of the tables of council, rewards, supervision and exit (migrations/0005-governance.sql). */
import type { TableSpec } from "./bulk.ts";

const TEXT = "text";
const INTEGER = "integer";
const BIGINT = "bigint";
const NUMERIC = "numeric";
const BOOLEAN = "boolean";

export const MEMBER_CHANGE: TableSpec<"member_change"> = {
  table: "member_change",
  key: ["position", "what"],
  columns: {
    position: BIGINT,
    member_id: INTEGER,
    what: TEXT,
    was: TEXT,
    becomes: TEXT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const COUNCIL_RULES: TableSpec<"council_rules"> = {
  table: "council_rules",
  key: ["id"],
  columns: {
    id: INTEGER,
    voting_period: BIGINT,
    base_delay: BIGINT,
    self_delay: BIGINT,
    grace: BIGINT,
    guardian: TEXT,
  },
};

export const REWARD_SCHEDULE: TableSpec<"reward_schedule"> = {
  table: "reward_schedule",
  key: ["id"],
  columns: {
    id: INTEGER,
    started_at: BIGINT,
    epoch_seconds: BIGINT,
    window_seconds: BIGINT,
    windows_required: BIGINT,
  },
};

export const PROPOSAL: TableSpec<"proposal"> = {
  table: "proposal",
  key: ["id"],
  columns: {
    id: INTEGER,
    position: BIGINT,
    proposer: TEXT,
    calls: "jsonb",
    description: TEXT,
    snapshot: BIGINT,
    deadline: BIGINT,
    eta: BIGINT,
    votes_for: INTEGER,
    votes_against: INTEGER,
    votes_abstain: INTEGER,
    executed_at: BIGINT,
    canceled_at: BIGINT,
    ended_hash: TEXT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const VOTE: TableSpec<"vote"> = {
  table: "vote",
  key: ["proposal_id", "member_id"],
  columns: {
    proposal_id: INTEGER,
    member_id: INTEGER,
    support: TEXT,
    voter: TEXT,
    reason: TEXT,
    position: BIGINT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const ROLE_GRANT: TableSpec<"role_grant"> = {
  table: "role_grant",
  key: ["role_id", "account"],
  columns: {
    role_id: NUMERIC,
    account: TEXT,
    is_active: BOOLEAN,
    delay: BIGINT,
    delay_before: BIGINT,
    since: BIGINT,
    position: BIGINT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const ROLE_FUNCTION: TableSpec<"role_function"> = {
  table: "role_function",
  key: ["target", "selector"],
  columns: {
    target: TEXT,
    selector: TEXT,
    role_id: NUMERIC,
    position: BIGINT,
  },
};

export const INFLATION_CHANGE: TableSpec<"inflation_change"> = {
  table: "inflation_change",
  key: ["position"],
  columns: {
    position: BIGINT,
    bps: INTEGER,
    time: BIGINT,
  },
};

export const ALP_SUPPLY: TableSpec<"alp_supply"> = {
  table: "alp_supply",
  key: ["time"],
  columns: {
    time: BIGINT,
    supply: NUMERIC,
  },
};

export const REWARD_YEAR: TableSpec<"reward_year"> = {
  table: "reward_year",
  key: ["year"],
  columns: {
    year: INTEGER,
    emitted: NUMERIC,
  },
};

export const REWARD_RECORD: TableSpec<"reward_record"> = {
  table: "reward_record",
  key: ["member_id", "epoch"],
  columns: {
    member_id: INTEGER,
    epoch: INTEGER,
    windows: INTEGER,
    attested_at: BIGINT,
    claimed: NUMERIC,
    claimed_at: BIGINT,
    paid_to: TEXT,
    transaction_hash: TEXT,
  },
};

export const FROZEN_ACCOUNT: TableSpec<"frozen_account"> = {
  table: "frozen_account",
  key: ["account"],
  columns: {
    account: TEXT,
    is_frozen: BOOLEAN,
    case_number: TEXT,
    position: BIGINT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const PAUSE_CHANGE: TableSpec<"pause_change"> = {
  table: "pause_change",
  key: ["position"],
  columns: {
    position: BIGINT,
    token: TEXT,
    case_number: TEXT,
    until: NUMERIC,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const MEASURE: TableSpec<"measure"> = {
  table: "measure",
  key: ["position"],
  columns: {
    position: BIGINT,
    merchant_id: INTEGER,
    measure: TEXT,
    case_number: TEXT,
    value: INTEGER,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const TRANSFER_ORDER: TableSpec<"transfer_order"> = {
  table: "transfer_order",
  key: ["id"],
  columns: {
    id: INTEGER,
    position: BIGINT,
    token: TEXT,
    from_account: TEXT,
    to_account: TEXT,
    points: NUMERIC,
    case_number: TEXT,
    expires_at: BIGINT,
    state: TEXT,
    executed_by: TEXT,
    ended_at: BIGINT,
    ended_hash: TEXT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const SEIZURE: TableSpec<"seizure"> = {
  table: "seizure",
  key: ["position"],
  columns: {
    position: BIGINT,
    merchant_id: INTEGER,
    alp: NUMERIC,
    case_number: TEXT,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const MERCHANT_EXIT: TableSpec<"merchant_exit"> = {
  table: "merchant_exit",
  key: ["merchant_id"],
  columns: {
    merchant_id: INTEGER,
    announced_at: BIGINT,
    wind_down_from: BIGINT,
    begun_at: BIGINT,
    closable_from: BIGINT,
    closed_at: BIGINT,
    pot: NUMERIC,
    points: NUMERIC,
    paid: NUMERIC,
    points_paid: NUMERIC,
    payout_count: INTEGER,
    surplus: NUMERIC,
    rest: NUMERIC,
  },
};

export const PAYOUT: TableSpec<"payout"> = {
  table: "payout",
  key: ["position"],
  columns: {
    position: BIGINT,
    merchant_id: INTEGER,
    holder: TEXT,
    ref: TEXT,
    points: NUMERIC,
    alp: NUMERIC,
    transaction_hash: TEXT,
    time: BIGINT,
  },
};

export const BUSINESS_EVENT: TableSpec<"business_event"> = {
  table: "business_event",
  key: ["position"],
  columns: {
    position: BIGINT,
    topic: TEXT,
    merchant_id: INTEGER,
    other_merchant_id: INTEGER,
    action: "jsonb",
    transaction_hash: TEXT,
    time: BIGINT,
  },
};
