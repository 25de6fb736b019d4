/** What callers hand to the outbox, and what they get back. */
import type { Facts } from "../kernel/errors.ts";
import type { Address, Hex32, HexData, Points } from "../kernel/ids.ts";
import type { Tx } from "../store/database.ts";
import type { CommandState, TransactionState } from "../store/tables-outbox.ts";

/** Items of one command; the HTTP body of 5,000 items is about 700 kB. */
export const COMMAND_ITEMS_MAX = 5_000;
/** Steps of one command, sent one after another. */
export const COMMAND_STEPS_MAX = 16;

export interface ContractCall {
  readonly to: Address;
  readonly data: HexData;
}

export interface IssueItem {
  readonly to: Address;
  readonly points: Points;
  /** 1 to 128 characters; one order of a token is issued once, for ever. */
  readonly orderRef: string;
}

/** Calls sent one after another by one signer: the next when the former is confirmed; one failure fails the command. */
export interface CallIntent {
  readonly calls: readonly ContractCall[];
  readonly signer: Address;
}

/** Items coalesced with those of other commands into batches, sent by any of the merchant's tills. */
export interface IssueIntent {
  readonly merchantId: number;
  readonly issue: {
    readonly token: Address;
    /** Left out: the epoch that is current when it is sent. */
    readonly epoch?: number;
    readonly items: readonly IssueItem[];
  };
}

export type NewCommand = {
  readonly organisation: string;
  readonly idempotencyKey: string;
  readonly requestHash: Hex32;
  /** What was asked for in business words: "issue", "swap", "prices.post". */
  readonly kind: string;
  readonly merchantId?: number;
  /** Rows that must stand or fall with the command: what it throws undoes both. It may run again after a collision. */
  readonly beside?: (tx: Tx, commandId: string) => Promise<void>;
} & (CallIntent | IssueIntent);

/** Why a command or item failed: a code of the catalogue, or the name of the contract's error. `describeFailure` words it. */
export interface Failure {
  readonly code: string;
  readonly facts: Facts;
}

export interface CommandTransaction {
  readonly hash: Hex32;
  readonly state: TransactionState;
  readonly blockNumber?: number;
}

export interface ItemCounts {
  readonly queued: number;
  readonly sent: number;
  readonly confirmed: number;
  readonly failed: number;
}

/** `failed` as soon as everything is settled and anything failed; `items` then tells how many. */
export interface Command {
  readonly id: string;
  readonly organisation: string;
  readonly idempotencyKey: string;
  readonly kind: string;
  readonly state: CommandState;
  readonly merchantId?: number;
  readonly transactions: readonly CommandTransaction[];
  readonly error?: Failure;
  readonly createdAt: Date;
  readonly settledAt?: Date;
  readonly items?: ItemCounts;
}

export interface CommandItem {
  readonly index: number;
  readonly orderRef: string;
  readonly to: Address;
  readonly points: Points;
  readonly state: CommandState;
  readonly transactionHash?: Hex32;
  readonly error?: Failure;
}

/** Where an issued order is on the chain: all that `reverse` must present again. */
export interface IssuePlace {
  readonly ref: Hex32;
  readonly epoch: number;
  readonly words: readonly bigint[];
  readonly index: number;
  readonly recipient: Address;
  readonly points: Points;
  /** False while its transaction is not confirmed yet. */
  readonly isConfirmed: boolean;
}
