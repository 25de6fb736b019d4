/** Accepts a command once: its idempotency row, steps and items in one database transaction. */
import { tagOf } from "../chain/issue-words.ts";
import { LedgerError } from "../kernel/errors.ts";
import { ZERO_ADDRESS } from "../kernel/ids.ts";
import {
  hasSigner,
  insertCommand,
  insertItems,
  insertSteps,
  readAcceptedOrder,
  readCommandByKey,
} from "../store/commands.ts";
import type { Database, Tx } from "../store/database.ts";
import { withDatabase } from "../store/failures.ts";
import type { Seq } from "../store/tables-outbox.ts";
import { ring } from "./bell.ts";
import { COMMAND_ITEMS_MAX, COMMAND_STEPS_MAX } from "./command.ts";
import type { CallIntent, Command, IssueIntent, NewCommand } from "./command.ts";
import { readCommand } from "./read.ts";

const ORDER_REF_LENGTH_MAX = 128;
const KEY_LENGTH_MAX = 255;

/**
 * Same organisation, key and hash: the first command again. Throws `idempotency_key_reused` for another hash and
 * `order_already_issued` when an order of this token was accepted before; then nothing is stored.
 */
export async function enqueueOnce(db: Database, command: NewCommand): Promise<{ command: Command; isReplay: boolean }> {
  assertText(command.idempotencyKey, { field: "idempotencyKey", lengthMax: KEY_LENGTH_MAX });
  if ("issue" in command) assertItems(command);
  else assertCalls(command);
  const accepted = await withDatabase(() => db.transaction().execute((tx) => accept(tx, command)));
  if (!accepted.isReplay) ring(db, "work");
  const stored = await readCommand(db, accepted.id);
  if (stored === undefined) throw new LedgerError("not_found", { what: `command ${accepted.id}` });
  return { command: stored, isReplay: accepted.isReplay };
}

async function accept(tx: Tx, command: NewCommand): Promise<{ id: string; isReplay: boolean }> {
  const row = await insertCommand(tx, { ...command, merchantId: command.merchantId });
  if (row === undefined) {
    const first = await readCommandByKey(tx, command);
    if (first?.request_hash !== command.requestHash) throw new LedgerError("idempotency_key_reused");
    return { id: first.id, isReplay: true };
  }
  if ("issue" in command) await acceptItems(tx, row.seq, command);
  else {
    await assertSigner(tx, { address: command.signer }, `signing key ${command.signer}`);
    await insertSteps(tx, row.seq, command);
  }
  await command.beside?.(tx, row.id);
  return { id: row.id, isReplay: false };
}

async function acceptItems(tx: Tx, seq: Seq, { merchantId, issue }: IssueIntent): Promise<void> {
  await assertSigner(tx, { tillOf: merchantId }, `till key of merchant ${merchantId} at this gateway`);
  // Sorted, so that two commands with the same orders wait for each other instead of deadlocking.
  const rows = issue.items
    .map((item, index) => ({
      index,
      orderRef: item.orderRef,
      recipient: item.to,
      points: item.points,
      tag: tagOf(item.orderRef),
    }))
    .sort((one, other) => (one.orderRef < other.orderRef ? -1 : 1));
  const inserted = await insertItems(tx, { seq, merchantId, token: issue.token, epoch: issue.epoch }, rows);
  if (inserted === rows.length) return;
  const before = await readAcceptedOrder(tx, {
    token: issue.token,
    orderRefs: rows.map(({ orderRef }) => orderRef),
    exceptCommandSeq: seq,
  });
  throw new LedgerError("order_already_issued", {
    orderRef: before?.orderRef ?? "",
    commandId: before?.commandId ?? "",
  });
}

async function assertSigner(tx: Tx, wanted: Parameters<typeof hasSigner>[1], what: string): Promise<void> {
  if (!(await hasSigner(tx, wanted))) throw new LedgerError("not_found", { what });
}

/** PostgreSQL's text holds no NUL, and a lone surrogate would not come back as it went in. */
function assertText(text: string, { field, lengthMax }: { field: string; lengthMax: number }): void {
  const isFine = text.length >= 1 && text.length <= lengthMax && text.isWellFormed() && !text.includes("\0");
  if (!isFine)
    throw new LedgerError("request_invalid", { field, problem: `must be 1 to ${lengthMax} characters of valid text` });
}

function assertItems({ issue }: IssueIntent): void {
  const { items } = issue;
  if (items.length < 1 || items.length > COMMAND_ITEMS_MAX)
    throw new LedgerError("request_invalid", { field: "items", problem: `must be 1 to ${COMMAND_ITEMS_MAX} items` });
  const seen = new Map<string, number>();
  items.forEach(({ orderRef, points, to }, index) => {
    assertText(orderRef, { field: `items[${index}].orderRef`, lengthMax: ORDER_REF_LENGTH_MAX });
    const before = seen.get(orderRef);
    if (before !== undefined)
      throw new LedgerError("request_invalid", {
        field: `items[${index}].orderRef`,
        problem: `is the same as of items[${before}]`,
      });
    seen.set(orderRef, index);
    if (points < 1n)
      throw new LedgerError("request_invalid", { field: `items[${index}].points`, problem: "must be at least 1" });
    if (to === ZERO_ADDRESS)
      throw new LedgerError("request_invalid", {
        field: `items[${index}].to`,
        problem: "must not be the zero address",
      });
  });
}

function assertCalls({ calls }: CallIntent): void {
  if (calls.length < 1 || calls.length > COMMAND_STEPS_MAX)
    throw new LedgerError("request_invalid", { field: "calls", problem: `must be 1 to ${COMMAND_STEPS_MAX} calls` });
}
