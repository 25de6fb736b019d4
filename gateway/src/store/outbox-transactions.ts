/** Signed transactions: stored before they are sent, one a nonce. */
import { sql } from "kysely";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Seq, TransactionKind, TransactionState } from "./tables-outbox.ts";

export interface OpenTransaction {
  readonly seq: Seq;
  readonly signer: Address;
  readonly nonce: number;
  readonly hash: Hex32;
  readonly kind: TransactionKind;
  readonly state: TransactionState;
}

/** Not settled yet, in nonce order for each signer. */
export async function readOpenTransactions(db: Tx, signers: readonly Address[]): Promise<OpenTransaction[]> {
  if (signers.length === 0) return [];
  return db
    .selectFrom("outbox_transaction")
    .select(["seq", "signer", "nonce", "hash", "kind", "state"])
    .where("state", "in", ["signed", "sent"])
    .where("signer", "in", [...signers])
    .orderBy("signer")
    .orderBy("nonce")
    .execute();
}

/** One more than the highest nonce of this signer's own transactions; 0 without any. */
export async function readOwnNextNonces(db: Tx, signers: readonly Address[]): Promise<Map<Address, number>> {
  const { rows } = await sql<{ signer: Address; next: number }>`
    select signer, max(nonce) + 1 as next from outbox_transaction
    where signer = any(${[...signers]}::text[]) and state <> 'replaced' group by signer`.execute(db);
  return new Map(rows.map(({ signer, next }) => [signer, next]));
}

/** Nonces from `first` on at which one of our transactions stands, settled or not. */
export async function readLiveNonces(db: Tx, signer: Address, first: number): Promise<Set<number>> {
  const rows = await db
    .selectFrom("outbox_transaction")
    .select("nonce")
    .where("signer", "=", signer)
    .where("nonce", ">=", first)
    .where("state", "<>", "replaced")
    .execute();
  return new Set(rows.map(({ nonce }) => nonce));
}

export async function readRaw(db: Tx, seqs: readonly Seq[]): Promise<Map<Seq, HexData>> {
  if (seqs.length === 0) return new Map();
  const rows = await db
    .selectFrom("outbox_transaction")
    .select(["seq", "raw"])
    .where("seq", "in", [...seqs])
    .execute();
  return new Map(rows.map(({ seq, raw }) => [seq, raw]));
}

export interface NewTransactionRow {
  readonly signer: Address;
  readonly nonce: number;
  readonly hash: Hex32;
  readonly raw: HexData;
  readonly kind: TransactionKind;
}

export async function insertTransaction(tx: Tx, row: NewTransactionRow): Promise<Seq> {
  const { seq } = await tx
    .insertInto("outbox_transaction")
    .values({ ...row, state: "signed", block_number: null, block_hash: null, settled_at: null })
    .returning("seq")
    .executeTakeFirstOrThrow();
  return seq;
}

export interface NewBatch {
  readonly transactionSeq: Seq;
  readonly token: Address;
  readonly ref: Hex32;
  readonly epoch: number;
  /** Words as `formatWords` writes them, in the order of the items. */
  readonly items: string;
  readonly itemSeqs: readonly Seq[];
}

/** False when an item is not queued any more: then the caller undoes the transaction. */
export async function attachBatch(tx: Tx, batch: NewBatch): Promise<boolean> {
  const { seq } = await tx
    .insertInto("issue_batch")
    .values({
      token: batch.token,
      ref: batch.ref,
      epoch: batch.epoch,
      items: batch.items,
      transaction_seq: batch.transactionSeq,
    })
    .returning("seq")
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ command_seq: Seq }>`
    update issue_item i set state = 'batched', batch_seq = ${seq}::bigint, batch_index = place - 1
    from unnest(${[...batch.itemSeqs]}::bigint[]) with ordinality as chosen (item_seq, place)
    where i.seq = chosen.item_seq and i.state = 'queued'
    returning i.command_seq`.execute(tx);
  await markSent(tx, [...new Set(rows.map((row) => row.command_seq))]);
  return rows.length === batch.itemSeqs.length;
}

/** False when the step is not ready any more. */
export async function attachStep(
  tx: Tx,
  step: { commandSeq: Seq; stepIndex: number; transactionSeq: Seq },
): Promise<boolean> {
  const result = await tx
    .updateTable("command_step")
    .set({ state: "signed", transaction_seq: step.transactionSeq })
    .where("command_seq", "=", step.commandSeq)
    .where("step_index", "=", step.stepIndex)
    .where("state", "=", "ready")
    .executeTakeFirst();
  await markSent(tx, [step.commandSeq]);
  return result.numUpdatedRows === 1n;
}

async function markSent(tx: Tx, commandSeqs: readonly Seq[]): Promise<void> {
  await sql`update command set state = 'sent'
    where seq = any(${[...commandSeqs]}::bigint[]) and state = 'queued'`.execute(tx);
}

export async function markTransactionsSent(db: Tx, seqs: readonly Seq[]): Promise<void> {
  if (seqs.length === 0) return;
  await sql`update outbox_transaction set state = 'sent'
    where seq = any(${[...seqs]}::bigint[]) and state = 'signed'`.execute(db);
}
