/** What became of a command. */
import { parseWords } from "../chain/issue-words.ts";
import type { Address } from "../kernel/ids.ts";
import { parsePoints } from "../kernel/ids.ts";
import {
  readCommandRow,
  readCommandTransactions,
  readIssuePlace,
  readItemCounts,
  readItemRows,
} from "../store/commands.ts";
import type { Database } from "../store/database.ts";
import { withDatabase } from "../store/failures.ts";
import { nextRing } from "./bell.ts";
import type { Command, CommandItem, Failure, IssuePlace } from "./command.ts";

/** Between two looks when another process may be the one that settles it. */
const LOOK_MS = 250;

function failureOf(row: { error_code: string | null; error_facts: Failure["facts"] | null }): Failure | undefined {
  return row.error_code === null ? undefined : { code: row.error_code, facts: row.error_facts ?? {} };
}

export async function readCommand(db: Database, id: string): Promise<Command | undefined> {
  return withDatabase(async () => {
    const row = await readCommandRow(db, id);
    if (row === undefined) return undefined;
    const transactions = await readCommandTransactions(db, row.seq);
    const { total, ...items } = await readItemCounts(db, row.seq);
    const error = failureOf(row);
    return {
      id: row.id,
      organisation: row.organisation,
      idempotencyKey: row.idempotency_key,
      kind: row.kind,
      state: row.state,
      ...(row.merchant_id === null ? {} : { merchantId: row.merchant_id }),
      transactions: transactions.map(({ hash, state, block_number: blockNumber }) => ({
        hash,
        state,
        ...(blockNumber === null ? {} : { blockNumber }),
      })),
      ...(error === undefined ? {} : { error }),
      createdAt: row.created_at,
      ...(row.settled_at === null ? {} : { settledAt: row.settled_at }),
      ...(total === 0 ? {} : { items }),
    };
  });
}

/** Resolves with the command as soon as it is settled, or as it stands after `timeoutMs`. */
export async function waitForCommand(db: Database, id: string, timeoutMs: number): Promise<Command | undefined> {
  const until = performance.now() + timeoutMs;
  for (;;) {
    // Listen before looking: what settles between the two is not missed.
    const left = until - performance.now();
    const rung = nextRing(db, "settled", Math.max(0, Math.min(left, LOOK_MS)));
    const row = await withDatabase(() => readCommandRow(db, id));
    if (row === undefined) return undefined;
    if (row.state === "confirmed" || row.state === "failed" || left <= 0) return readCommand(db, id);
    await rung;
  }
}

/** Items in order, `limit` at a time, after index `after` (−1 for the first page). */
export async function readCommandItems(
  db: Database,
  id: string,
  page: { after: number; limit: number },
): Promise<CommandItem[]> {
  return withDatabase(async () => {
    const command = await readCommandRow(db, id);
    if (command === undefined) return [];
    const rows = await readItemRows(db, command.seq, page);
    return rows.map((row) => {
      const error = failureOf(row);
      return {
        index: row.item_index,
        orderRef: row.order_ref,
        to: row.recipient,
        points: parsePoints(row.points),
        state: row.state,
        ...(row.hash === null ? {} : { transactionHash: row.hash }),
        ...(error === undefined ? {} : { error }),
      };
    });
  });
}

/** Where the order's points were issued; undefined when no such order was accepted or it is not signed yet. */
export async function readIssueItem(db: Database, token: Address, orderRef: string): Promise<IssuePlace | undefined> {
  const row = await withDatabase(() => readIssuePlace(db, token, orderRef));
  return (
    row && {
      ref: row.ref,
      epoch: row.epoch,
      words: parseWords(row.items),
      index: row.batch_index,
      recipient: row.recipient,
      points: parsePoints(row.points),
      isConfirmed: row.state === "confirmed",
    }
  );
}
