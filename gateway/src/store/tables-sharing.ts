/** Rows of the sharing program (migrations/0014-draws-and-sharing.sql); amounts as in tables-ledger.ts. */
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Decimal } from "./tables-ledger.ts";

export interface SharingProgramRow<N = Decimal> {
  id: number;
  state: "on" | "halted";
  enabled_at: N;
  consumer_multiple: number;
  merchant_multiple: number;
  daily_points: N;
  rebate_min_bps: number;
  rebate_max_bps: number;
  share_value: N;
  units_total: N;
  days_given: number;
  position: N;
}

export interface SharingMerchantRow<N = Decimal> {
  merchant_id: number;
  rebate_bps: number;
  sale_count: number;
  sales_fen: N;
  refunded_fen: N;
  burned_points: N;
  joined_at: N;
  position: N;
}

export interface SharingAccountRow<N = Decimal> {
  account: Address;
  units: N;
  claimed_points: N;
  redeemed_points: N;
  redeemed_alp: N;
}

export interface SharingSaleRow<N = Decimal> {
  ref: Hex32;
  position: N;
  merchant_id: number;
  merchant_account: Address;
  consumer: Address;
  amount_fen: N;
  refunded_fen: N;
  rebate_yuan: N;
  burned_points: N;
  consumer_units: N;
  merchant_units: N;
  transaction_hash: Hex32;
  time: N;
}

export interface SharingDayRow<N = Decimal> {
  day: number;
  points: N;
  share_value: N;
  nav: N;
  position: N;
  transaction_hash: Hex32;
  time: N;
}

/** Written by the indexer. */
export interface SharingTables {
  sharing_program: SharingProgramRow;
  sharing_merchant: SharingMerchantRow;
  sharing_account: SharingAccountRow;
  sharing_sale: SharingSaleRow;
  sharing_day: SharingDayRow;
}
