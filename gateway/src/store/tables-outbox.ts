/** The write side's tables; migrations/0001-outbox.sql explains each column. */
import type { ColumnType, Generated, GeneratedAlways } from "kysely";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { Facts } from "../kernel/errors.ts";

/** `int8`: a decimal string in both directions. */
export type Seq = string;
type Json<T> = ColumnType<T, string, string>;
type Time = ColumnType<Date, Date | string, Date | string>;

export type KeyPurpose = "relayer" | "controller" | "till" | "customer" | "representative" | "regulator";
export type CommandState = "queued" | "sent" | "confirmed" | "failed";
export type TransactionState = "signed" | "sent" | "confirmed" | "reverted" | "replaced";
export type TransactionKind = "call" | "issue" | "fill" | "found";
export type StepState = "waiting" | "ready" | "signed" | "confirmed" | "failed" | "cancelled";
export type ItemState = "queued" | "batched" | "failed";

export interface OutboxTables {
  signer_vault: { id: Generated<number>; salt: Uint8Array; check_value: Uint8Array };
  signer_key: {
    address: Address;
    purpose: KeyPurpose;
    merchant_id: number | null;
    member_id: number | null;
    sealed: Uint8Array;
    created_at: Generated<Date>;
    adopted_nonce: Generated<number>;
    lease_owner: string | null;
    lease_until: Time | null;
    stalled_reason: string | null;
  };
  outbox_process: { id: string; seen_until: Time };
  command: {
    seq: GeneratedAlways<Seq>;
    id: Generated<string>;
    organisation: string;
    idempotency_key: string;
    request_hash: Hex32;
    kind: string;
    merchant_id: number | null;
    state: CommandState;
    error_code: string | null;
    error_facts: Json<Facts> | null;
    created_at: Generated<Date>;
    settled_at: Time | null;
  };
  outbox_transaction: {
    seq: GeneratedAlways<Seq>;
    signer: Address;
    nonce: number;
    hash: Hex32;
    kind: TransactionKind;
    raw: HexData;
    state: TransactionState;
    block_number: number | null;
    block_hash: Hex32 | null;
    signed_at: Generated<Date>;
    settled_at: Time | null;
  };
  command_step: {
    command_seq: Seq;
    step_index: number;
    signer: Address;
    to_address: Address;
    data: HexData;
    state: StepState;
    transaction_seq: Seq | null;
  };
  issue_batch: {
    seq: GeneratedAlways<Seq>;
    token: Address;
    ref: Hex32;
    epoch: number;
    items: string;
    transaction_seq: Seq;
  };
  issue_item: {
    seq: GeneratedAlways<Seq>;
    command_seq: Seq;
    item_index: number;
    token: Address;
    merchant_id: number;
    order_ref: string;
    recipient: Address;
    points: string;
    tag: string;
    epoch: number | null;
    state: ItemState;
    batch_seq: Seq | null;
    batch_index: number | null;
    attempts: Generated<number>;
    error_code: string | null;
    error_facts: Json<Facts> | null;
  };
  found_item: {
    batch_seq: Seq;
    batch_index: number;
    token: Address;
    recipient: Address;
    points: string;
    tag: string;
  };
  chain_seen: { id: Generated<number>; block_number: number; block_hash: Hex32 };
}
