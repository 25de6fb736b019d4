/** When the chain is not what the store remembers: blocks taken back, or transactions the store never knew. */
import { sql } from "kysely";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import { readCommandsOf, requeueItems } from "./outbox-settle.ts";
import type { SeenBlock } from "./outbox-settle.ts";
import type { Seq } from "./tables-outbox.ts";

/** Blocks that hold settled transactions, newest first, below `before`. */
export async function readSettledBlocks(db: Tx, before: number, limit: number): Promise<SeenBlock[]> {
  const { rows } = await sql<SeenBlock>`
    select distinct block_number as number, block_hash as hash from outbox_transaction
    where block_number is not null and block_number < ${before}
    order by block_number desc limit ${limit}`.execute(db);
  return rows;
}

/**
 * Everything settled above `fork` is open again. What was confirmed is sent again, byte for byte. What had reverted must
 * not be: its items ride in a newer batch by now; its nonce is filled with nothing instead. What was only found can not be
 * sent again, for its bytes are not here. Returns the commands concerned.
 */
export async function unsettleAbove(tx: Tx, fork: number): Promise<Seq[]> {
  const { rows } = await sql<{ seq: Seq; state: string }>`
    update outbox_transaction set
      state = case when state = 'confirmed' and kind <> 'found' then 'sent' else 'replaced' end,
      block_number = null, block_hash = null, settled_at = null
    where block_number > ${fork} and state in ('confirmed', 'reverted')
    returning seq, state`.execute(tx);
  const seqs = rows.map(({ seq }) => seq);
  const commands = await readCommandsOf(tx, seqs);
  await requeueItems(
    tx,
    rows.filter(({ state }) => state === "replaced").map(({ seq }) => seq),
  );
  await sql`
    with undone as (
      update command_step set state = 'signed'
      where transaction_seq = any(${seqs}::bigint[]) and state = 'confirmed'
      returning command_seq, step_index
    )
    update command_step s set state = 'waiting' from undone u
    where s.command_seq = u.command_seq and s.step_index = u.step_index + 1 and s.state = 'ready'`.execute(tx);
  await sql`delete from found_item f using issue_batch b
    where f.batch_seq = b.seq and b.transaction_seq = any(${seqs}::bigint[])`.execute(tx);
  return commands;
}

export interface FoundTransaction {
  readonly signer: Address;
  readonly nonce: number;
  readonly hash: Hex32;
  readonly succeeded: boolean;
  readonly block: SeenBlock;
  readonly to: Address | undefined;
  readonly data: HexData;
}

/** Undefined when the store has it already. Its own open transaction at the same nonce has lost its place. */
export async function insertFound(tx: Tx, found: FoundTransaction): Promise<{ seq: Seq; replaced: Seq[] } | undefined> {
  const known = await tx
    .selectFrom("outbox_transaction")
    .select("seq")
    .where("hash", "=", found.hash)
    .executeTakeFirst();
  if (known !== undefined) return undefined;
  const { rows } = await sql<{ seq: Seq }>`update outbox_transaction set state = 'replaced', settled_at = now()
    where signer = ${found.signer} and nonce = ${found.nonce} and state in ('signed', 'sent') returning seq`.execute(
    tx,
  );
  const { seq } = await tx
    .insertInto("outbox_transaction")
    .values({
      signer: found.signer,
      nonce: found.nonce,
      hash: found.hash,
      raw: "0x" as HexData,
      kind: "found",
      state: found.succeeded ? "confirmed" : "reverted",
      block_number: found.block.number,
      block_hash: found.block.hash,
      settled_at: new Date(),
    })
    .returning("seq")
    .executeTakeFirstOrThrow();
  return { seq, replaced: rows.map((row) => row.seq) };
}

export interface FoundBatch {
  readonly transactionSeq: Seq;
  readonly token: Address;
  readonly ref: Hex32;
  readonly epoch: number;
  readonly items: string;
  readonly words: readonly { to: Address; points: bigint; tag: bigint }[];
}

export async function insertFoundBatch(tx: Tx, batch: FoundBatch): Promise<void> {
  const row = await tx
    .insertInto("issue_batch")
    .values({
      token: batch.token,
      ref: batch.ref,
      epoch: batch.epoch,
      items: batch.items,
      transaction_seq: batch.transactionSeq,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning("seq")
    .executeTakeFirst();
  if (row === undefined) return;
  const tagged = batch.words.map((word, index) => ({ ...word, index })).filter(({ tag }) => tag !== 0n);
  await sql`
    insert into found_item (batch_seq, batch_index, token, recipient, points, tag)
    select ${row.seq}::bigint, batch_index, ${batch.token}::text, recipient, points, tag
    from unnest(
      ${tagged.map(({ index }) => index)}::integer[],
      ${tagged.map(({ to }) => to)}::text[],
      ${tagged.map(({ points }) => points.toString())}::bigint[],
      ${tagged.map(({ tag }) => tag.toString())}::bigint[]
    ) as word (batch_index, recipient, points, tag)`.execute(tx);
}

/** The oldest ready step that asks for exactly this call was carried out by it. Returns its transaction's commands. */
export async function matchFoundCall(tx: Tx, transactionSeq: Seq, found: FoundTransaction): Promise<void> {
  await sql`update command_step set state = 'signed', transaction_seq = ${transactionSeq}::bigint
    where (command_seq, step_index) in (
      select command_seq, step_index from command_step
      where signer = ${found.signer} and to_address = ${found.to ?? ""} and data = ${found.data} and state = 'ready'
      order by command_seq limit 1
    )`.execute(tx);
}

export async function setAdoptedNonce(tx: Tx, signer: Address, nonce: number): Promise<void> {
  await sql`update signer_key set adopted_nonce = greatest(adopted_nonce, ${nonce})
    where address = ${signer}`.execute(tx);
}

/** The newest block in which the store knows a transaction of this signer, below its first unknown nonce. */
export async function readLastKnownBlock(db: Tx, signers: readonly Address[]): Promise<number | undefined> {
  const { rows } = await sql<{ number: number | null; signers: number }>`
    select min(last)::integer as number, count(*)::integer as signers from (
      select max(block_number) as last from outbox_transaction
      where signer = any(${[...signers]}::text[]) and state in ('confirmed', 'reverted') group by signer
    ) as known`.execute(db);
  const row = rows[0];
  return row === undefined || row.signers < signers.length ? undefined : (row.number ?? undefined);
}
