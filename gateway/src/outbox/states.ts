/** The life of a signed transaction as a table: what is not in it can not happen. */
import { strict as assert } from "node:assert";
import type { TransactionState } from "../store/tables-outbox.ts";

/**
 * - send: the bytes were handed to a node (again, perhaps).
 * - confirm, revert: the chain shows its receipt.
 * - lose: the chain shows another transaction at its nonce, or the node will never take its bytes.
 * - forget: the chain took the block back that it was in.
 */
export type Happening = "send" | "confirm" | "revert" | "lose" | "forget";

const NEXT: Readonly<Record<TransactionState, Readonly<Partial<Record<Happening, TransactionState>>>>> = {
  signed: { send: "sent", confirm: "confirmed", revert: "reverted", lose: "replaced" },
  sent: { send: "sent", confirm: "confirmed", revert: "reverted", lose: "replaced" },
  confirmed: { forget: "sent" },
  // Its items ride in a newer batch by now: the old bytes must never be sent again.
  reverted: { forget: "replaced" },
  replaced: {},
};

export function step(state: TransactionState, happening: Happening): TransactionState {
  return NEXT[state][happening] ?? assert.fail(`outbox: a ${state} transaction can not ${happening}`);
}
