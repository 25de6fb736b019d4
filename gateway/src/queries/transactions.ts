/** Blocks and transactions, decoded to business words. */
import type { Action } from "../kernel/actions.ts";
import type { Address, Hex32 } from "../kernel/ids.ts";
import {
  readBlock,
  readBlocks,
  readTransaction,
  readTransactions,
  readTransactionsOfBlock,
} from "../store/read-activity.ts";
import type { BlockRow, TransactionRow } from "../store/tables-ledger.ts";
import { labelAmounts } from "./amounts.ts";
import type { PageQuery, Reading, Snapshot } from "./at-block.ts";
import { atBlock, cutPage, found, integerCursor, positionCursor } from "./at-block.ts";
import { blockOf } from "../kernel/position.ts";
import type { ActionView, AmountOf, Sentence } from "./sentences.ts";
import { actionView, tokensOf } from "./sentences.ts";

const NOTHING: Sentence = { en: "Nothing of the ledger happened", zh: "与账本无关的交易" };
const REVERTED: Sentence = { en: "The chain refused it; nothing changed", zh: "链上拒绝执行，没有任何变化" };
/** A transaction with more actions tells the first ones; `actionCount` counts all. */
const ACTIONS_SHOWN = 20;

export interface TransactionView {
  readonly hash: Hex32;
  readonly blockNumber: number;
  readonly timestamp: number;
  readonly from: Address;
  readonly to: Address | null;
  readonly succeeded: boolean;
  readonly gasUsed: string;
  readonly action: string;
  readonly sentence: Sentence;
  readonly actionCount: number;
  readonly actions: ActionView[];
}

const actionsOf = (row: TransactionRow): readonly Action[] => row.actions as readonly Action[];

function transactionView(row: TransactionRow, amountOf: AmountOf, alp: Address): TransactionView {
  const all = actionsOf(row);
  const actions = all.slice(0, ACTIONS_SHOWN).map((action) => actionView(action, amountOf, alp));
  return {
    hash: row.hash,
    blockNumber: blockOf(row.position),
    timestamp: Number(row.time),
    from: row.sender,
    to: row.receiver,
    succeeded: row.succeeded,
    gasUsed: row.gas_used,
    action: row.action,
    sentence: actions[0]?.sentence ?? (row.succeeded ? NOTHING : REVERTED),
    actionCount: all.length,
    actions,
  };
}

async function transactionViews(snapshot: Snapshot, rows: readonly TransactionRow[]): Promise<TransactionView[]> {
  const amountOf = await labelAmounts(
    snapshot,
    rows.flatMap((row) => tokensOf(actionsOf(row))),
  );
  return rows.map((row) => transactionView(row, amountOf, snapshot.alp));
}

/** Newest first; `action` keeps those whose first action it is. */
export function listTransactions(reading: Reading, action: string | undefined, { limit, cursor }: PageQuery) {
  return atBlock(reading, async (snapshot) => {
    const rows = await readTransactions(snapshot.tx, action, { limit, before: positionCursor(cursor) });
    const page = cutPage(rows, limit, { item: (row) => row, cursor: ({ position }) => position });
    return { items: await transactionViews(snapshot, page.items), nextCursor: page.nextCursor };
  });
}

export function showTransaction(reading: Reading, hash: Hex32) {
  return atBlock(reading, async (snapshot) => {
    const row = found(await readTransaction(snapshot.tx, hash), `transaction ${hash}`);
    const [view] = await transactionViews(snapshot, [row]);
    return { transaction: found(view, `transaction ${hash}`) };
  });
}

function blockView(row: BlockRow) {
  return {
    number: row.number,
    hash: row.hash,
    parentHash: row.parent_hash,
    timestamp: Number(row.time),
    miner: row.miner,
    gasUsed: row.gas_used,
    transactionCount: row.transaction_count,
    eventCount: row.event_count,
  };
}

export function listBlocks(reading: Reading, { limit, cursor }: PageQuery) {
  return atBlock(reading, async ({ tx }) => {
    const rows = await readBlocks(tx, { limit, before: integerCursor(cursor, 2_147_483_647) });
    return cutPage(rows, limit, { item: blockView, cursor: ({ number }) => String(number) });
  });
}

export function showBlock(reading: Reading, by: number | Hex32) {
  return atBlock(reading, async (snapshot) => {
    const row = found(await readBlock(snapshot.tx, by), `block ${by}`);
    const transactions = await readTransactionsOfBlock(snapshot.tx, row.number);
    return { shown: blockView(row), transactions: await transactionViews(snapshot, transactions) };
  });
}
