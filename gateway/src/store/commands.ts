/** Commands, their steps and items, as rows. */
import { sql } from "kysely";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { CommandState, Seq, TransactionState } from "./tables-outbox.ts";

export interface CommandKey {
  readonly organisation: string;
  readonly idempotencyKey: string;
}

export interface NewCommandRow extends CommandKey {
  readonly requestHash: Hex32;
  readonly kind: string;
  readonly merchantId: number | undefined;
}

/** Undefined when the key is taken: then a twin's transaction, if one was open, has been waited for and has committed. */
export async function insertCommand(tx: Tx, row: NewCommandRow): Promise<{ seq: Seq; id: string } | undefined> {
  return tx
    .insertInto("command")
    .values({
      organisation: row.organisation,
      idempotency_key: row.idempotencyKey,
      request_hash: row.requestHash,
      kind: row.kind,
      merchant_id: row.merchantId ?? null,
      state: "queued",
      error_code: null,
      error_facts: null,
      settled_at: null,
    })
    .onConflict((conflict) => conflict.columns(["organisation", "idempotency_key"]).doNothing())
    .returning(["seq", "id"])
    .executeTakeFirst();
}

export async function readCommandByKey(
  db: Tx,
  key: CommandKey,
): Promise<{ id: string; request_hash: Hex32 } | undefined> {
  return db
    .selectFrom("command")
    .select(["id", "request_hash"])
    .where("organisation", "=", key.organisation)
    .where("idempotency_key", "=", key.idempotencyKey)
    .executeTakeFirst();
}

export async function insertSteps(
  tx: Tx,
  commandSeq: Seq,
  steps: { signer: Address; calls: readonly { to: Address; data: HexData }[] },
): Promise<void> {
  await tx
    .insertInto("command_step")
    .values(
      steps.calls.map((call, index) => ({
        command_seq: commandSeq,
        step_index: index,
        signer: steps.signer,
        to_address: call.to,
        data: call.data,
        state: index === 0 ? ("ready" as const) : ("waiting" as const),
        transaction_seq: null,
      })),
    )
    .execute();
}

export interface NewItemRow {
  readonly index: number;
  readonly orderRef: string;
  readonly recipient: Address;
  readonly points: bigint;
  readonly tag: bigint;
}

/** How many were inserted: an order that was accepted before is left out, and the caller then undoes everything. */
export async function insertItems(
  tx: Tx,
  command: { seq: Seq; merchantId: number; token: Address; epoch: number | undefined },
  items: readonly NewItemRow[],
): Promise<number> {
  // One statement with arrays: 5,000 rows in about 90 ms; 5,000 placeholders a column would not even parse.
  const result = await sql`
    insert into issue_item
      (command_seq, item_index, token, merchant_id, order_ref, recipient, points, tag, epoch, state)
    select ${command.seq}::bigint, item_index, ${command.token}::text, ${command.merchantId}::integer,
      order_ref, recipient, points, tag, ${command.epoch ?? null}::integer, 'queued'
    from unnest(
      ${items.map(({ index }) => index)}::integer[],
      ${items.map(({ orderRef }) => orderRef)}::text[],
      ${items.map(({ recipient }) => recipient)}::text[],
      ${items.map(({ points }) => points.toString())}::bigint[],
      ${items.map(({ tag }) => tag.toString())}::bigint[]
    ) as item (item_index, order_ref, recipient, points, tag)
    on conflict (token, order_ref) where state <> 'failed' do nothing`.execute(tx);
  return Number(result.numAffectedRows ?? 0n);
}

/** The first of these orders that was accepted before, and in which command. */
export async function readAcceptedOrder(
  db: Tx,
  order: { token: Address; orderRefs: readonly string[]; exceptCommandSeq: Seq },
): Promise<{ orderRef: string; commandId: string } | undefined> {
  const { rows } = await sql<{ orderRef: string; commandId: string }>`
    select i.order_ref as "orderRef", c.id as "commandId"
    from issue_item i join command c on c.seq = i.command_seq
    where i.token = ${order.token} and i.order_ref = any(${[...order.orderRefs]}::text[]) and i.state <> 'failed'
      and i.command_seq <> ${order.exceptCommandSeq}::bigint
    order by i.seq limit 1`.execute(db);
  return rows[0];
}

export async function hasSigner(db: Tx, wanted: { address: Address } | { tillOf: number }): Promise<boolean> {
  const query = db.selectFrom("signer_key").select("address").limit(1);
  const row =
    "address" in wanted
      ? await query.where("address", "=", wanted.address).executeTakeFirst()
      : await query.where("purpose", "=", "till").where("merchant_id", "=", wanted.tillOf).executeTakeFirst();
  return row !== undefined;
}

export interface CommandRow {
  readonly seq: Seq;
  readonly id: string;
  readonly organisation: string;
  readonly idempotency_key: string;
  readonly kind: string;
  readonly merchant_id: number | null;
  readonly state: CommandState;
  readonly error_code: string | null;
  readonly error_facts: Readonly<Record<string, string | number>> | null;
  readonly created_at: Date;
  readonly settled_at: Date | null;
}

export async function readCommandRow(db: Tx, id: string): Promise<CommandRow | undefined> {
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) return undefined;
  return db
    .selectFrom("command")
    .select([
      "seq",
      "id",
      "organisation",
      "idempotency_key",
      "kind",
      "merchant_id",
      "state",
      "error_code",
      "error_facts",
      "created_at",
      "settled_at",
    ])
    .where("id", "=", id)
    .executeTakeFirst();
}

export interface TransactionRow {
  readonly hash: Hex32;
  readonly state: TransactionState;
  readonly block_number: number | null;
}

/** Newest last; those of an item that was sent again under another batch are not among them. */
export async function readCommandTransactions(db: Tx, commandSeq: Seq): Promise<TransactionRow[]> {
  const { rows } = await sql<TransactionRow>`
    select hash, state, block_number from outbox_transaction where seq in (
      select transaction_seq from command_step where command_seq = ${commandSeq}::bigint
      union
      select b.transaction_seq from issue_item i join issue_batch b on b.seq = i.batch_seq
      where i.command_seq = ${commandSeq}::bigint
    ) order by seq`.execute(db);
  return rows;
}

export interface ItemCountsRow {
  readonly total: number;
  readonly queued: number;
  readonly sent: number;
  readonly confirmed: number;
  readonly failed: number;
}

export async function readItemCounts(db: Tx, commandSeq: Seq): Promise<ItemCountsRow> {
  const { rows } = await sql<ItemCountsRow>`
    select count(*)::integer as total,
      (count(*) filter (where i.state = 'queued'))::integer as queued,
      (count(*) filter (where i.state = 'batched' and t.state <> 'confirmed'))::integer as sent,
      (count(*) filter (where i.state = 'batched' and t.state = 'confirmed'))::integer as confirmed,
      (count(*) filter (where i.state = 'failed'))::integer as failed
    from issue_item i
      left join issue_batch b on b.seq = i.batch_seq
      left join outbox_transaction t on t.seq = b.transaction_seq
    where i.command_seq = ${commandSeq}::bigint`.execute(db);
  return rows[0] ?? { total: 0, queued: 0, sent: 0, confirmed: 0, failed: 0 };
}

export interface ItemRow {
  readonly item_index: number;
  readonly order_ref: string;
  readonly recipient: Address;
  readonly points: string;
  readonly state: CommandState;
  readonly hash: Hex32 | null;
  readonly error_code: string | null;
  readonly error_facts: Readonly<Record<string, string | number>> | null;
}

export async function readItemRows(
  db: Tx,
  commandSeq: Seq,
  page: { after: number; limit: number },
): Promise<ItemRow[]> {
  const { rows } = await sql<ItemRow>`
    select i.item_index, i.order_ref, i.recipient, i.points, t.hash, i.error_code, i.error_facts,
      case when i.state <> 'batched' then i.state when t.state = 'confirmed' then 'confirmed' else 'sent' end as state
    from issue_item i
      left join issue_batch b on b.seq = i.batch_seq
      left join outbox_transaction t on t.seq = b.transaction_seq
    where i.command_seq = ${commandSeq}::bigint and i.item_index > ${page.after}
    order by i.item_index limit ${page.limit}`.execute(db);
  return rows;
}

export interface IssuePlaceRow {
  readonly ref: Hex32;
  readonly epoch: number;
  readonly items: string;
  readonly batch_index: number;
  readonly recipient: Address;
  readonly points: string;
  readonly state: TransactionState;
}

export async function readIssuePlace(db: Tx, token: Address, orderRef: string): Promise<IssuePlaceRow | undefined> {
  const { rows } = await sql<IssuePlaceRow>`
    select b.ref, b.epoch, b.items, i.batch_index, i.recipient, i.points, t.state
    from issue_item i
      join issue_batch b on b.seq = i.batch_seq
      join outbox_transaction t on t.seq = b.transaction_seq
    where i.token = ${token} and i.order_ref = ${orderRef} and i.state = 'batched'`.execute(db);
  return rows[0];
}
