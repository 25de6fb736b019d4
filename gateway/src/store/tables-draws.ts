/** Rows of draws (migrations/0014-draws-and-sharing.sql); amounts as in tables-ledger.ts. */
import type { ColumnType } from "kysely";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { DrawState, TicketState } from "../kernel/statuses.ts";
import type { Decimal } from "./tables-ledger.ts";

export interface DrawRow<N = Decimal> {
  draw_id: number;
  position: N;
  token: Address;
  merchant_id: number;
  merchant: Address;
  state: DrawState;
  commitment: Hex32;
  terms_hash: Hex32;
  ticket_points: N;
  tickets_max: number;
  account_max: number;
  sales_end: N;
  reveal_end: N;
  release_at: N;
  claim_end: N;
  prize_count: number;
  prizes_paid: number;
  witness: Address | null;
  witness_commitment: Hex32 | null;
  tickets_sold: number;
  purchase_count: number;
  purchases_settled: number;
  entropy_block: N | null;
  entropy: Hex32 | null;
  merchant_secret: Hex32 | null;
  witness_secret: Hex32 | null;
  seed: Hex32 | null;
  opened_at: N;
  ended_at: N | null;
  transaction_hash: Hex32;
}

export interface DrawPrizeRow<N = Decimal> {
  draw_id: number;
  prize_index: number;
  token: Address;
  points: N;
  epoch: number;
  ticket_number: number | null;
  paid_to: Address | null;
  is_winner: boolean | null;
  paid_at: N | null;
  transaction_hash: Hex32 | null;
}

export interface DrawPurchaseRow<N = Decimal> {
  draw_id: number;
  purchase_id: number;
  position: N;
  buyer: Address;
  first_number: number;
  ticket_count: number;
  ref: Hex32;
  state: TicketState;
  transaction_hash: Hex32;
  time: N;
}

/** Written by the indexer. */
export interface DrawTables {
  draw: DrawRow;
  draw_prize: DrawPrizeRow;
  draw_purchase: DrawPurchaseRow;
}

type Time = ColumnType<Date, string, string>;

/** Known to this gateway alone. */
export interface DrawSecretTables {
  draw_plan: {
    commitment: Hex32;
    merchant_id: number;
    draw_ref: string;
    content_hash: Hex32;
    title: string;
    terms: string;
    command_id: string;
    created_at: Time;
  };
  draw_secret: { commitment: Hex32; sealed: Uint8Array; created_at: Time };
}
