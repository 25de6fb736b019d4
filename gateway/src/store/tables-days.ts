/** Rows that count a day of the alliance: what flowed between two tokens, and what happened over all of them. */
import type { Address } from "../kernel/ids.ts";
import type { Decimal } from "./tables-ledger.ts";

export interface FlowDayRow<N = Decimal> {
  day: number;
  token_in: Address;
  token_out: Address;
  swaps: number;
  amount_in: N;
  hub: N;
  amount_out: N;
}

/** A day of the alliance as a whole. */
export interface LedgerDayRow {
  day: number;
  transactions: Decimal;
  transfers: Decimal;
  swaps: Decimal;
  active_accounts: number;
  new_accounts: number;
}
