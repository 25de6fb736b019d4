/** What the chain decided, as rows: transactions settle, and with them their items, steps and commands. */
import { sql } from "kysely";
import type { Facts } from "../kernel/errors.ts";
import type { Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { Seq, TransactionState } from "./tables-outbox.ts";

export interface Settlement {
  readonly seq: Seq;
  readonly state: TransactionState;
  readonly blockNumber: number | undefined;
  readonly blockHash: Hex32 | undefined;
}

/** Returns those that were still open: a settlement that another process made first changes nothing here. */
export async function settleTransactions(tx: Tx, settlements: readonly Settlement[]): Promise<Seq[]> {
  const { rows } = await sql<{ seq: Seq }>`
    update outbox_transaction t
    set state = s.state, block_number = s.block_number, block_hash = s.block_hash, settled_at = now()
    from unnest(
      ${settlements.map(({ seq }) => seq)}::bigint[],
      ${settlements.map(({ state }) => state)}::text[],
      ${settlements.map(({ blockNumber }) => blockNumber ?? null)}::integer[],
      ${settlements.map(({ blockHash }) => blockHash ?? null)}::text[]
    ) as s (seq, state, block_number, block_hash)
    where t.seq = s.seq and t.state in ('signed', 'sent')
    returning t.seq`.execute(tx);
  return rows.map(({ seq }) => seq);
}

/** Of these open transactions those whose nonce another one of ours has used on the chain. */
export async function replaceBeaten(tx: Tx, seqs: readonly Seq[]): Promise<Seq[]> {
  const { rows } = await sql<{ seq: Seq }>`
    update outbox_transaction t set state = 'replaced', settled_at = now()
    where t.seq = any(${[...seqs]}::bigint[]) and t.state in ('signed', 'sent') and exists (
      select 1 from outbox_transaction other
      where other.signer = t.signer and other.nonce = t.nonce and other.seq <> t.seq
        and other.state in ('confirmed', 'reverted'))
    returning t.seq`.execute(tx);
  return rows.map(({ seq }) => seq);
}

export async function readCommandsOf(tx: Tx, transactionSeqs: readonly Seq[]): Promise<Seq[]> {
  const { rows } = await sql<{ command_seq: Seq }>`
    select command_seq from command_step where transaction_seq = any(${[...transactionSeqs]}::bigint[])
    union
    select i.command_seq from issue_batch b join issue_item i on i.batch_seq = b.seq
    where b.transaction_seq = any(${[...transactionSeqs]}::bigint[])`.execute(tx);
  return rows.map((row) => row.command_seq);
}

/** Confirmed steps make the next ones ready. */
export async function confirmSteps(tx: Tx, transactionSeqs: readonly Seq[]): Promise<void> {
  await sql`
    with done as (
      update command_step set state = 'confirmed'
      where transaction_seq = any(${[...transactionSeqs]}::bigint[]) and state = 'signed'
      returning command_seq, step_index
    )
    update command_step s set state = 'ready' from done d
    where s.command_seq = d.command_seq and s.step_index = d.step_index + 1 and s.state = 'waiting'`.execute(tx);
}

/** Their transaction did not happen: the items are queued again, for another batch under another ref. */
export async function requeueItems(tx: Tx, transactionSeqs: readonly Seq[]): Promise<void> {
  await sql`
    update issue_item i set state = 'queued', batch_seq = null, batch_index = null, attempts = attempts + 1
    from issue_batch b
    where b.transaction_seq = any(${[...transactionSeqs]}::bigint[]) and i.batch_seq = b.seq
      and i.state = 'batched'`.execute(tx);
}

/** Their transaction did not happen and may be signed again. */
export async function requeueSteps(tx: Tx, transactionSeqs: readonly Seq[]): Promise<void> {
  await sql`update command_step set state = 'ready', transaction_seq = null
    where transaction_seq = any(${[...transactionSeqs]}::bigint[]) and state = 'signed'`.execute(tx);
}

export interface FailedItem {
  readonly seq: Seq;
  readonly code: string;
  readonly facts: Facts;
}

/** Returns their commands. */
export async function failItems(tx: Tx, items: readonly FailedItem[]): Promise<Seq[]> {
  const { rows } = await sql<{ command_seq: Seq }>`
    update issue_item i set state = 'failed', error_code = f.code, error_facts = f.facts::jsonb
    from unnest(
      ${items.map(({ seq }) => seq)}::bigint[],
      ${items.map(({ code }) => code)}::text[],
      ${items.map(({ facts }) => JSON.stringify(facts))}::text[]
    ) as f (seq, code, facts)
    where i.seq = f.seq and i.state = 'queued'
    returning i.command_seq`.execute(tx);
  return [...new Set(rows.map((row) => row.command_seq))];
}

/** The step fails, those after it are cancelled, and with them the command. */
export async function failStep(
  tx: Tx,
  step: { commandSeq: Seq; stepIndex: number },
  failure: { code: string; facts: Facts },
): Promise<void> {
  await sql`update command_step set state = case when step_index = ${step.stepIndex} then 'failed' else 'cancelled' end
    where command_seq = ${step.commandSeq}::bigint and step_index >= ${step.stepIndex}`.execute(tx);
  await sql`update command set error_code = ${failure.code}, error_facts = ${JSON.stringify(failure.facts)}::jsonb
    where seq = ${step.commandSeq}::bigint`.execute(tx);
}

/** Brings commands to the state of their steps and items. Returns whether any is settled now. */
export async function settleCommands(tx: Tx, commandSeqs: readonly Seq[]): Promise<boolean> {
  if (commandSeqs.length === 0) return false;
  const { rows } = await sql<{ state: string }>`
    with item as (
      select i.command_seq, count(*) as total,
        count(*) filter (where i.state = 'failed') as failed,
        count(*) filter (where i.state = 'batched' and t.state = 'confirmed') as confirmed,
        count(*) filter (where i.state = 'batched' and t.state <> 'confirmed') as sent,
        min(i.seq) filter (where i.state = 'failed') as first_failed
      from issue_item i
        left join issue_batch b on b.seq = i.batch_seq
        left join outbox_transaction t on t.seq = b.transaction_seq
      where i.command_seq = any(${[...commandSeqs]}::bigint[]) group by i.command_seq
    ), step as (
      select command_seq, count(*) as total,
        count(*) filter (where state in ('failed', 'cancelled')) as failed,
        count(*) filter (where state = 'confirmed') as confirmed,
        count(*) filter (where state = 'signed') as sent,
        null::bigint as first_failed
      from command_step where command_seq = any(${[...commandSeqs]}::bigint[]) group by command_seq
    ), tally as (
      select *, true as has_items from item union all select *, false from step
    )
    update command c set
      state = case
        when y.failed > 0 and (y.failed + y.confirmed = y.total or not y.has_items) then 'failed'
        when y.confirmed = y.total then 'confirmed'
        when y.sent + y.confirmed + y.failed > 0 then 'sent' else 'queued' end,
      settled_at = case when y.failed + y.confirmed = y.total then now() end,
      error_code = case
        when not y.has_items then case when y.failed > 0 then c.error_code end
        when y.failed = 0 or y.failed + y.confirmed < y.total then null
        when y.confirmed = 0 then f.error_code else 'items_failed' end,
      error_facts = case
        when not y.has_items then case when y.failed > 0 then c.error_facts end
        when y.failed = 0 or y.failed + y.confirmed < y.total then null
        when y.confirmed = 0 then f.error_facts
        else jsonb_build_object('failed', y.failed, 'confirmed', y.confirmed, 'total', y.total) end
    from tally y left join issue_item f on f.seq = y.first_failed
    where c.seq = y.command_seq
    returning c.state`.execute(tx);
  return rows.some(({ state }) => state === "confirmed" || state === "failed");
}

export interface SeenBlock {
  readonly number: number;
  readonly hash: Hex32;
}

export async function readSeenBlock(db: Tx): Promise<SeenBlock | undefined> {
  const row = await db.selectFrom("chain_seen").selectAll().executeTakeFirst();
  return row && { number: row.block_number, hash: row.block_hash };
}

/** Only ever moves on; `resetSeenBlock` moves it back. */
export async function advanceSeenBlock(db: Tx, block: SeenBlock): Promise<void> {
  await sql`insert into chain_seen (block_number, block_hash) values (${block.number}, ${block.hash})
    on conflict (id) do update set block_number = excluded.block_number, block_hash = excluded.block_hash
    where chain_seen.block_number < excluded.block_number`.execute(db);
}

export async function resetSeenBlock(db: Tx, block: SeenBlock): Promise<void> {
  await sql`update chain_seen set block_number = ${block.number}, block_hash = ${block.hash}`.execute(db);
}
