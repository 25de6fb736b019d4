/** Rows of council, rewards, supervision and exit (migrations/0005-governance.sql); amounts as in tables-ledger.ts. */
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { Measure, Support } from "../kernel/statuses.ts";
import type { Decimal } from "./tables-ledger.ts";

export interface MemberChangeRow {
  position: Decimal;
  member_id: number;
  what: string;
  was: string;
  becomes: string;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface CouncilRulesRow<N = Decimal> {
  id: number;
  voting_period: N;
  base_delay: N;
  self_delay: N;
  grace: N;
  guardian: Address | null;
}

export interface RewardScheduleRow<N = Decimal> {
  id: number;
  started_at: N;
  epoch_seconds: N;
  window_seconds: N;
  windows_required: N;
}

export interface ProposalRow {
  id: number;
  position: Decimal;
  proposer: Address;
  calls: unknown;
  description: string;
  snapshot: Decimal;
  deadline: Decimal;
  eta: Decimal | null;
  votes_for: number;
  votes_against: number;
  votes_abstain: number;
  executed_at: Decimal | null;
  canceled_at: Decimal | null;
  ended_hash: Hex32 | null;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface VoteRow {
  proposal_id: number;
  member_id: number;
  support: Support;
  voter: Address;
  reason: string;
  position: Decimal;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface RoleGrantRow<N = Decimal> {
  role_id: N;
  account: Address;
  is_active: boolean;
  delay: N;
  delay_before: N | null;
  since: N;
  position: N;
  transaction_hash: Hex32;
  time: N;
}

export interface RoleFunctionRow {
  target: Address;
  selector: HexData;
  role_id: Decimal;
  position: Decimal;
}

export interface InflationChangeRow {
  position: Decimal;
  bps: number;
  time: Decimal;
}

export interface AlpSupplyRow<N = Decimal> {
  time: N;
  supply: N;
}

export interface RewardYearRow<N = Decimal> {
  year: number;
  emitted: N;
}

export interface RewardRecordRow<N = Decimal> {
  member_id: number;
  epoch: number;
  windows: number;
  attested_at: N | null;
  claimed: N | null;
  claimed_at: N | null;
  paid_to: Address | null;
  transaction_hash: Hex32 | null;
}

export interface FrozenAccountRow {
  account: Address;
  is_frozen: boolean;
  case_number: Hex32;
  position: Decimal;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface PauseChangeRow {
  position: Decimal;
  token: Address;
  case_number: Hex32;
  until: Decimal | null;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface MeasureRow {
  position: Decimal;
  merchant_id: number;
  measure: Measure;
  case_number: Hex32;
  value: number;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface TransferOrderRow {
  id: number;
  position: Decimal;
  token: Address;
  from_account: Address;
  to_account: Address;
  points: Decimal;
  case_number: Hex32;
  expires_at: Decimal;
  state: "ordered" | "withdrawn" | "executed";
  executed_by: Address | null;
  ended_at: Decimal | null;
  ended_hash: Hex32 | null;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface SeizureRow {
  position: Decimal;
  merchant_id: number;
  alp: Decimal;
  case_number: Hex32;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface MerchantExitRow<N = Decimal> {
  merchant_id: number;
  announced_at: N | null;
  wind_down_from: N | null;
  begun_at: N | null;
  closable_from: N | null;
  closed_at: N | null;
  pot: N | null;
  points: N | null;
  paid: N;
  points_paid: N;
  payout_count: number;
  surplus: N;
  rest: N | null;
}

export interface PayoutRow {
  position: Decimal;
  merchant_id: number;
  holder: Address;
  ref: Hex32;
  points: Decimal;
  alp: Decimal;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface BusinessEventRow {
  position: Decimal;
  topic: string;
  merchant_id: number | null;
  other_merchant_id: number | null;
  action: unknown;
  transaction_hash: Hex32;
  time: Decimal;
}

export interface GovernanceTables {
  member_change: MemberChangeRow;
  council_rules: CouncilRulesRow;
  reward_schedule: RewardScheduleRow;
  proposal: ProposalRow;
  vote: VoteRow;
  role_grant: RoleGrantRow;
  role_function: RoleFunctionRow;
  inflation_change: InflationChangeRow;
  alp_supply: AlpSupplyRow;
  reward_year: RewardYearRow;
  reward_record: RewardRecordRow;
  frozen_account: FrozenAccountRow;
  pause_change: PauseChangeRow;
  measure: MeasureRow;
  transfer_order: TransferOrderRow;
  seizure: SeizureRow;
  merchant_exit: MerchantExitRow;
  payout: PayoutRow;
  business_event: BusinessEventRow;
}
