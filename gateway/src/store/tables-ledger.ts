/**
 * Rows of the read side (migrations/0002-ledger.sql). `int8` and `numeric` are decimal strings on both engines, so that
 * no amount passes through a float; `integer` is a number.
 */
import type { Address, Hex32 } from "../kernel/ids.ts";

/** A decimal string: base units, wei, a position or unix seconds. */
export type Decimal = string;

export interface CursorRow {
  id: number;
  chain_id: Decimal;
  genesis_hash: Hex32;
  block_number: number;
  block_hash: Hex32;
  block_time: Decimal;
  transaction_count: Decimal;
  transfer_count: Decimal;
  swap_count: Decimal;
  account_count: Decimal;
}

export interface LeaseRow {
  id: number;
  owner: string;
  lease_until: Date;
}

export interface BlockRow {
  number: number;
  hash: Hex32;
  parent_hash: Hex32;
  time: Decimal;
  miner: Address;
  gas_used: Decimal;
  transaction_count: number;
  event_count: number;
}

export interface TransactionRow {
  position: Decimal;
  hash: Hex32;
  time: Decimal;
  sender: Address;
  receiver: Address | null;
  succeeded: boolean;
  gas_used: Decimal;
  action: string;
  actions: unknown;
}

export interface TransferRow {
  position: Decimal;
  token: Address;
  from_account: Address;
  to_account: Address;
  amount: Decimal;
  kind: string;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface AccountRow {
  address: Address;
  first_seen_at: Decimal;
}

export interface MerchantRow {
  id: number;
  controller: Address;
  proposed_controller: Address | null;
  status: string;
  legal_name: string;
  category: string;
  token_name: string;
  token_symbol: string;
  points_per_yuan: number;
  calendar: string;
  utc_offset_seconds: number;
  profile_uri: string;
  profile_hash: Hex32;
  token: Address | null;
  applied_at: Decimal;
  approved_at: Decimal | null;
}

/** Live points by age, seen from epoch `touched` (kernel/lots.ts). */
export interface LanesColumns {
  touched: number;
  lane0: Decimal;
  lane1: Decimal;
  lane2: Decimal;
  lane3: Decimal;
}

export interface SplitColumns {
  issued: Decimal;
  circulating: Decimal;
  held: Decimal;
  pooled: Decimal;
  redeemed: Decimal;
  expired: Decimal;
  reversed: Decimal;
}

export interface PointTokenRow extends LanesColumns, SplitColumns {
  address: Address;
  merchant_id: number;
  name: string;
  symbol: string;
  points_per_yuan: number;
  calendar: string;
  utc_offset_seconds: number;
  created_at: Decimal;
  created_block: number;
  border_at: Decimal | null;
  holder_count: number;
  transfer_count: Decimal;
  is_paused: boolean;
  is_issue_halted: boolean;
}

export interface HoldingRow extends LanesColumns {
  token: Address;
  account: Address;
  balance: Decimal;
  debt: Decimal;
  is_frozen: boolean;
}

export interface IssueRow {
  token: Address;
  ref: Hex32;
  position: Decimal;
  till: Address;
  epoch: number | null;
  item_count: number;
  points: Decimal;
  reversed: Decimal;
  is_to_pool: boolean;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface RedemptionRow {
  token: Address;
  holder: Address;
  ref: Hex32;
  position: Decimal;
  kind: string;
  state: string;
  points: Decimal;
  redeemed: Decimal;
  returned: Decimal;
  lots: Decimal;
  release_at: Decimal;
  transaction_hash: Hex32;
  time: Decimal;
  updated_at: Decimal;
}

export interface TillRow {
  token: Address;
  address: Address;
  daily_limit: Decimal;
  issued_today: Decimal;
  day: number;
}

export interface PoolRow {
  token: Address;
  opened_at: Decimal;
  point_reserve: Decimal;
  alp_reserve: Decimal;
  accept: Decimal;
  release: Decimal;
  next_accept: Decimal | null;
  next_release: Decimal | null;
  next_at: Decimal | null;
  pool_daily: Decimal;
  account_daily: Decimal;
  taken_today: Decimal;
  day: number;
  is_accept_paused: boolean;
  is_release_paused: boolean;
}

export interface PricePostRow {
  position: Decimal;
  token: Address;
  accept: Decimal;
  release: Decimal;
  effective_at: Decimal;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface SwapRow {
  position: Decimal;
  account: Address;
  token_in: Address;
  token_out: Address;
  amount_in: Decimal;
  hub: Decimal;
  amount_out: Decimal;
  epoch_out: number;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface CollateralRow {
  merchant_id: number;
  deposited: Decimal;
  requested: Decimal;
  available_at: Decimal | null;
}

export interface CoverageRow {
  id: number;
  alp_per_yuan: Decimal;
  coverage_bps: number;
}

export interface MemberRow {
  id: number;
  name: string;
  representative: Address;
  node: Address;
  status: string;
  profile_uri: string;
  profile_hash: Hex32;
  since: Decimal;
}

export interface AlpBalanceRow {
  account: Address;
  balance: Decimal;
  is_holder: boolean;
}

export interface TokenDayRow {
  token: Address;
  day: number;
  issued: Decimal;
  redeemed: Decimal;
  refunded: Decimal;
  expired: Decimal;
  reversed: Decimal;
  swapped_in: Decimal;
  swapped_out: Decimal;
  transfers: number;
  holder_count: number;
  circulating: Decimal;
  held: Decimal;
  pooled: Decimal;
}

export interface FlowDayRow {
  day: number;
  token_in: Address;
  token_out: Address;
  swaps: number;
  amount_in: Decimal;
  hub: Decimal;
  amount_out: Decimal;
}

export interface LedgerTables {
  ledger_cursor: CursorRow;
  indexer_lease: LeaseRow;
  block: BlockRow;
  transaction: TransactionRow;
  transfer: TransferRow;
  account: AccountRow;
  merchant: MerchantRow;
  point_token: PointTokenRow;
  holding: HoldingRow;
  issue: IssueRow;
  redemption: RedemptionRow;
  till: TillRow;
  pool: PoolRow;
  price_post: PricePostRow;
  swap: SwapRow;
  collateral: CollateralRow;
  coverage: CoverageRow;
  member: MemberRow;
  alp_balance: AlpBalanceRow;
  token_day: TokenDayRow;
  flow_day: FlowDayRow;
}
