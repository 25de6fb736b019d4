/** Rows of expiry: what lapsed, who was told before, what was given back (migrations/0012-hooks-and-expiry.sql). */
import type { ColumnType, Generated } from "kysely";
import type { Address } from "../kernel/ids.ts";

/** Both engines hand out `Date` and take an ISO string. */
type Time = ColumnType<Date, string, string>;

/** Written by the indexer's sweep. */
export interface LapseRow {
  token: Address;
  account: Address;
  epoch: number;
  points: string;
  expired_at: string;
}

export interface ExpiryPassTable {
  token: Address;
  epoch: number;
  days: number;
  after_account: Generated<string>;
  notices: Generated<number>;
  is_done: Generated<boolean>;
}

export interface ExpiryNoticeTable {
  seq: Generated<string>;
  merchant_id: number;
  token: Address;
  account: Address;
  epoch: number;
  days: number;
  points: string;
  expires_at: string;
  at: Time;
}

export type ReinstatementState = "asked" | "issued" | "failed";

export interface ReinstatementTable {
  seq: Generated<string>;
  merchant_id: number;
  ref: string;
  token: Address;
  account: Address;
  epoch: number;
  points: string;
  into_epoch: number;
  lives: number;
  reason: string;
  asked_by: string;
  key_id: string;
  command_id: string;
  state: Generated<ReinstatementState>;
  at: Time;
}

export interface ExpiryTables {
  expiry_pass: ExpiryPassTable;
  expiry_notice: ExpiryNoticeTable;
  reinstatement: ReinstatementTable;
}
