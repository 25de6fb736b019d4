/** What waits for a transaction. */
import { sql } from "kysely";
import type { Address, HexData } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Seq } from "./tables-outbox.ts";

export interface QueuedItem {
  readonly seq: Seq;
  readonly command_seq: Seq;
  readonly recipient: Address;
  readonly points: string;
  readonly tag: string;
  readonly epoch: number | null;
  readonly attempts: number;
}

/** Tokens with queued items of these merchants. */
export async function readWaitingTokens(
  db: Tx,
  merchantIds: readonly number[],
): Promise<{ token: Address; merchant_id: number }[]> {
  if (merchantIds.length === 0) return [];
  const { rows } = await sql<{ token: Address; merchant_id: number }>`
    select distinct token, merchant_id from issue_item
    where state = 'queued' and merchant_id = any(${[...merchantIds]}::integer[])`.execute(db);
  return rows;
}

/** Oldest first. */
export async function readQueuedItems(db: Tx, token: Address, limit: number): Promise<QueuedItem[]> {
  return db
    .selectFrom("issue_item")
    .select(["seq", "command_seq", "recipient", "points", "tag", "epoch", "attempts"])
    .where("token", "=", token)
    .where("state", "=", "queued")
    .orderBy("seq")
    .limit(limit)
    .execute();
}

export interface ReadyStep {
  readonly command_seq: Seq;
  readonly step_index: number;
  readonly signer: Address;
  readonly to_address: Address;
  readonly data: HexData;
}

/** Oldest first. */
export async function readReadySteps(db: Tx, signers: readonly Address[], limit: number): Promise<ReadyStep[]> {
  if (signers.length === 0) return [];
  return db
    .selectFrom("command_step")
    .select(["command_seq", "step_index", "signer", "to_address", "data"])
    .where("state", "=", "ready")
    .where("signer", "in", [...signers])
    .orderBy("command_seq")
    .limit(limit)
    .execute();
}

export interface SentStep extends ReadyStep {
  readonly transaction_seq: Seq;
}

export async function readStepsOf(db: Tx, transactionSeqs: readonly Seq[]): Promise<SentStep[]> {
  if (transactionSeqs.length === 0) return [];
  return db
    .selectFrom("command_step")
    .select(["command_seq", "step_index", "signer", "to_address", "data", "transaction_seq"])
    .where("transaction_seq", "in", [...transactionSeqs])
    .$narrowType<{ transaction_seq: Seq }>()
    .execute();
}

/**
 * Gives queued items the place on the chain that an earlier life of this store issued them at; see `found_item`.
 * Returns the commands they belong to.
 */
export async function matchFoundItems(tx: Tx): Promise<Seq[]> {
  const { rows } = await sql<{ command_seq: Seq }>`
    with match as (
      select distinct on (f.batch_seq, f.batch_index) i.seq, f.batch_seq, f.batch_index
      from found_item f join issue_item i on i.token = f.token and i.tag = f.tag
        and i.recipient = f.recipient and i.points = f.points and i.state = 'queued'
      order by f.batch_seq, f.batch_index, i.seq
    ), used as (
      delete from found_item f using match m where f.batch_seq = m.batch_seq and f.batch_index = m.batch_index
    )
    update issue_item i set state = 'batched', batch_seq = m.batch_seq, batch_index = m.batch_index
    from match m where i.seq = m.seq and i.state = 'queued'
    returning i.command_seq`.execute(tx);
  return [...new Set(rows.map((row) => row.command_seq))];
}

export async function hasFoundItems(db: Tx): Promise<boolean> {
  return (await db.selectFrom("found_item").select("batch_seq").limit(1).executeTakeFirst()) !== undefined;
}

export async function readDepth(db: Tx): Promise<{ queuedItems: number; queuedSteps: number; inFlight: number }> {
  const { rows } = await sql<{ queuedItems: number; queuedSteps: number; inFlight: number }>`
    select (select count(*)::integer from issue_item where state = 'queued') as "queuedItems",
      (select count(*)::integer from command_step where state = 'ready') as "queuedSteps",
      (select count(*)::integer from outbox_transaction where state in ('signed', 'sent')) as "inFlight"`.execute(db);
  return rows[0] ?? { queuedItems: 0, queuedSteps: 0, inFlight: 0 };
}
