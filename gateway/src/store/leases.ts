/** Which process may sign with which key, and until when. All times are the database's own. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Database, Tx } from "./database.ts";
import type { KeyPurpose } from "./tables-outbox.ts";

export interface LeasedKey {
  readonly address: Address;
  readonly purpose: KeyPurpose;
  readonly merchant_id: number | null;
  readonly adopted_nonce: number;
  readonly stalled_reason: string | null;
}

/**
 * Renews what this process holds, takes its fair share of what is free and gives back what is over it. The tills of one
 * merchant go together, so that one process works off the merchant's queue. Customers' keys are taken only with work.
 */
export async function beat(db: Database, processId: string, leaseMs: number): Promise<LeasedKey[]> {
  return db.transaction().execute(async (tx) => {
    const until = sql`clock_timestamp() + ${leaseMs}::integer * interval '1 millisecond'`;
    await sql`insert into outbox_process (id, seen_until) values (${processId}, ${until})
      on conflict (id) do update set seen_until = excluded.seen_until`.execute(tx);
    await sql`delete from outbox_process where seen_until < clock_timestamp()`.execute(tx);
    await sql`update signer_key set lease_until = ${until} where lease_owner = ${processId}`.execute(tx);
    const { mine, free, share } = await readShares(tx, processId);
    if (mine.length > share) await giveBack(tx, processId, mine.slice(share));
    // Its own groups too: a till that joins a merchant later is nobody's until whoever holds the others takes it.
    const wanted = [...mine.slice(0, share), ...free.slice(0, Math.max(0, share - mine.length))];
    await sql`update signer_key set lease_owner = ${processId}, lease_until = ${until}
      where ${GROUP} = any(${wanted}::text[])
        and (lease_owner is null or lease_until < clock_timestamp())`.execute(tx);
    return readLeased(tx, processId);
  });
}

/** Leaves everything to the others at once. */
export async function leave(db: Database, processId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`update signer_key set lease_owner = null, lease_until = null where lease_owner = ${processId}`.execute(
      tx,
    );
    await sql`delete from outbox_process where id = ${processId}`.execute(tx);
  });
}

const GROUP = sql`(case when purpose = 'till' then 'merchant ' || coalesce(merchant_id, 0) else address end)`;

async function readShares(tx: Tx, processId: string): Promise<{ mine: string[]; free: string[]; share: number }> {
  const { rows } = await sql<{ name: string; is_mine: boolean; is_free: boolean; processes: number }>`
    select ${GROUP} as name, bool_or(lease_owner = ${processId}) is true as is_mine,
      bool_and(lease_owner is null or lease_until < clock_timestamp()) as is_free,
      (select count(*)::integer from outbox_process) as processes
    from signer_key k
    where purpose <> 'customer' or lease_owner = ${processId}
      or exists (select 1 from command_step s where s.signer = k.address and s.state = 'ready')
      or exists (select 1 from outbox_transaction t where t.signer = k.address and t.state in ('signed', 'sent'))
    group by 1 order by md5(${GROUP} || ${processId})`.execute(tx);
  return {
    mine: rows.filter((row) => row.is_mine).map((row) => row.name),
    free: rows.filter((row) => row.is_free && !row.is_mine).map((row) => row.name),
    share: Math.ceil(rows.length / Math.max(1, rows[0]?.processes ?? 1)),
  };
}

async function giveBack(tx: Tx, processId: string, groups: readonly string[]): Promise<void> {
  await sql`update signer_key set lease_owner = null, lease_until = null
    where lease_owner = ${processId} and ${GROUP} = any(${[...groups]}::text[])`.execute(tx);
}

async function readLeased(tx: Tx, processId: string): Promise<LeasedKey[]> {
  return tx
    .selectFrom("signer_key")
    .select(["address", "purpose", "merchant_id", "adopted_nonce", "stalled_reason"])
    .where("lease_owner", "=", processId)
    .orderBy("created_at")
    .execute();
}

/** Every till of a merchant, whoever leases it. */
export async function readTills(db: Tx, merchantIds: readonly number[]): Promise<LeasedKey[]> {
  if (merchantIds.length === 0) return [];
  return db
    .selectFrom("signer_key")
    .select(["address", "purpose", "merchant_id", "adopted_nonce", "stalled_reason"])
    .where("purpose", "=", "till")
    .where("merchant_id", "in", [...merchantIds])
    .execute();
}

/** Locks the key for the rest of the transaction; false when another process holds it by now. */
export async function holdsLease(tx: Tx, signer: Address, processId: string): Promise<boolean> {
  const { rows } = await sql`select 1 from signer_key where address = ${signer} and lease_owner = ${processId}
    and lease_until > clock_timestamp() for update`.execute(tx);
  return rows.length === 1;
}

/** Why the key can not send, for people; undefined when it can again. */
export async function setStalled(db: Tx, signer: Address, reason: string | undefined): Promise<void> {
  await db
    .updateTable("signer_key")
    .set({ stalled_reason: reason ?? null })
    .where("address", "=", signer)
    .execute();
}
