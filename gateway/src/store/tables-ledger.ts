/**
 * Rows of the read side (migrations/0002-ledger.sql). `int8` and `numeric` are decimal strings on both engines, so that
 * no amount passes through a float; `integer` is a number. `Row<bigint>` is the same row while the indexer counts on it.
 */
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { FlowDayRow, LedgerDayRow } from "./tables-days.ts";
import type { DrawTables } from "./tables-draws.ts";
import type { LapseRow } from "./tables-expiry.ts";
import type { GovernanceTables } from "./tables-governance.ts";
import type { SharingTables } from "./tables-sharing.ts";

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
  last_position: Decimal;
  last_at: Decimal | null;
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
export interface LanesColumns<N = Decimal> {
  touched: number;
  lane0: N;
  lane1: N;
  lane2: N;
  lane3: N;
}

export interface SplitColumns<N = Decimal> {
  issued: N;
  circulating: N;
  held: N;
  pooled: N;
  redeemed: N;
  expired: N;
  reversed: N;
}

export interface PointTokenRow<N = Decimal> extends LanesColumns<N>, SplitColumns<N> {
  address: Address;
  merchant_id: number;
  name: string;
  symbol: string;
  points_per_yuan: number;
  calendar: string;
  utc_offset_seconds: number;
  created_at: N;
  created_block: number;
  border_at: N | null;
  holder_count: number;
  transfer_count: N;
  is_paused: boolean;
  paused_until: N | null;
  is_issue_halted: boolean;
}

export interface HoldingRow<N = Decimal> extends LanesColumns<N> {
  token: Address;
  account: Address;
  balance: N;
  debt: N;
  is_frozen: boolean;
  /** Of its last movement; 0 while there was none. */
  last_position: N;
}

export interface IssueRow<N = Decimal> {
  token: Address;
  ref: Hex32;
  position: N;
  till: Address | null;
  epoch: number | null;
  item_count: number;
  points: N;
  reversed: N;
  is_to_pool: boolean;
  transaction_hash: Hex32;
  time: N;
}

export interface RedemptionRow<N = Decimal> {
  token: Address;
  holder: Address;
  ref: Hex32;
  position: N;
  kind: string;
  state: string;
  points: N;
  redeemed: N;
  returned: N;
  lots: N;
  release_at: N;
  transaction_hash: Hex32;
  time: N;
  updated_at: N;
}

export interface TillRow<N = Decimal> {
  token: Address;
  address: Address;
  daily_limit: N;
  issued_today: N;
  day: number;
}

export interface PoolRow<N = Decimal> {
  token: Address;
  opened_at: N;
  point_reserve: N;
  alp_reserve: N;
  accept: N;
  release: N;
  next_accept: N | null;
  next_release: N | null;
  next_at: N | null;
  pool_daily: N;
  account_daily: N;
  taken_today: N;
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

export interface CollateralRow<N = Decimal> {
  merchant_id: number;
  deposited: N;
  requested: N;
  available_at: N | null;
  limit_cut: number;
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

export interface AlpBalanceRow<N = Decimal> {
  account: Address;
  balance: N;
  is_holder: boolean;
}

export interface TokenDayRow<N = Decimal> {
  token: Address;
  day: number;
  issued: N;
  redeemed: N;
  refunded: N;
  expired: N;
  reversed: N;
  swapped_in: N;
  swapped_out: N;
  transfers: number;
  holder_count: number;
  circulating: N;
  held: N;
  pooled: N;
}

export interface LedgerTables extends GovernanceTables, DrawTables, SharingTables {
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
  ledger_day: LedgerDayRow;
  lapse: LapseRow;
}
