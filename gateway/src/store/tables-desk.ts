/** Rows of the regulator's desk (migrations/0006-desk.sql). */
import type { ColumnType, Generated } from "kysely";
import type { Rule } from "../kernel/alerts.ts";
import type { AlertState, CaseState, EntryKind, ReportState } from "../kernel/desk-states.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";

/** Both engines hand out `Date` and take an ISO string. */
type Time = ColumnType<Date, string, string>;
type TimeOrNull = ColumnType<Date | null, string | null, string | null>;
/** Taken as JSON text, handed out parsed. */
type Json = ColumnType<unknown, string, string>;

export interface DeskCursorTable {
  id: number;
  block_number: number;
  block_hash: Hex32;
}

export interface AlertTable {
  seq: Generated<string>;
  key: string;
  rule: Rule;
  merchant_id: number | null;
  token: Address | null;
  account: Address | null;
  facts: Json;
  block_number: number;
  transaction_hash: Hex32 | null;
  time: string;
  raised_at: Time;
  state: Generated<AlertState>;
  case_number: string | null;
  settled_by: string | null;
  settled_at: TimeOrNull;
  dismissed_because: string | null;
}

export interface CaseYearTable {
  year: number;
  last_number: number;
}

export interface CaseTable {
  seq: Generated<string>;
  number: string;
  title: string;
  state: CaseState;
  merchant_id: number | null;
  token: Address | null;
  account: Address | null;
  opened_at: Time;
  updated_at: Time;
}

export interface CaseEntryTable {
  seq: Generated<string>;
  case_number: string;
  kind: EntryKind;
  text: string;
  state: CaseState | null;
  alert_seq: string | null;
  command_id: string | null;
  organisation: string;
  key_id: string;
  at: Time;
}

export interface DeskWriteTable {
  organisation: string;
  idempotency_key: string;
  request_hash: string;
  made: string;
  at: Time;
}

export interface ReportTable {
  id: string;
  state: ReportState;
  from_block: number;
  to_block: number;
  to_hash: Hex32;
  manifest_sha256: string | null;
  files: ColumnType<unknown, string | null, string | null>;
  error_code: string | null;
  error_facts: ColumnType<unknown, string | null, string | null>;
  organisation: string;
  requested_at: Time;
  made_at: TimeOrNull;
  claimed_until: TimeOrNull;
}

export interface ReportFileTable {
  report_id: string;
  name: string;
  bytes: number;
  sha256: string;
  content: string;
}

export interface DeskTables {
  desk_cursor: DeskCursorTable;
  desk_alert: AlertTable;
  desk_case_year: CaseYearTable;
  desk_case: CaseTable;
  desk_case_entry: CaseEntryTable;
  desk_write: DeskWriteTable;
  desk_report: ReportTable;
  desk_report_file: ReportFileTable;
}
