/** What expired, by account, and what of it was given back. */
import { sql } from "kysely";
import type { Selectable } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { LapseRow, ReinstatementTable } from "./tables-expiry.ts";

export type ReinstatementRow = Selectable<ReinstatementTable>;

export interface LapseWithReturn extends LapseRow {
  /** Given back of it, or asked to be. */
  readonly reinstated: string;
}

const REINSTATED = sql`(select coalesce(sum(r.points), 0)::text from reinstatement r
  where r.token = l.token and r.account = l.account and r.epoch = l.epoch and r.state <> 'failed')`;

/** What an account lost to time, the newest first. */
export async function readLapsesOf(db: Tx, account: Address, limit: number): Promise<LapseWithReturn[]> {
  const { rows } = await sql<LapseWithReturn>`
    select l.*, ${REINSTATED} as reinstated from lapse l where l.account = ${account}
    order by l.expired_at desc, l.token, l.epoch limit ${limit}`.execute(db);
  return rows;
}

/** What expired and was not given back yet, 0 when nothing did. Locked, so that two acts do not give back the same. */
export async function lockLeft(
  tx: Tx,
  { token, account, epoch }: { token: Address; account: Address; epoch: number },
): Promise<bigint> {
  const lapse = await tx
    .selectFrom("lapse")
    .select("points")
    .where("token", "=", token)
    .where("account", "=", account)
    .where("epoch", "=", epoch)
    .forUpdate()
    .executeTakeFirst();
  if (lapse === undefined) return 0n;
  // A statement of its own: it sees what whoever held the lock before has written.
  const given = await tx
    .selectFrom("reinstatement")
    .select((read) => read.fn.sum<string | null>("points").as("points"))
    .where("token", "=", token)
    .where("account", "=", account)
    .where("epoch", "=", epoch)
    .where("state", "<>", "failed")
    .executeTakeFirst();
  return BigInt(lapse.points) - BigInt(given?.points ?? 0);
}

export type NewReinstatement = Pick<
  ReinstatementRow,
  | "merchant_id"
  | "ref"
  | "token"
  | "account"
  | "epoch"
  | "points"
  | "into_epoch"
  | "lives"
  | "reason"
  | "asked_by"
  | "key_id"
>;

/** False when the merchant has one of this name. */
export async function insertReinstatement(
  tx: Tx,
  row: NewReinstatement & { command_id: string; now: number },
): Promise<boolean> {
  const { now, ...columns } = row;
  const inserted = await tx
    .insertInto("reinstatement")
    .values({ ...columns, at: new Date(now).toISOString() })
    .onConflict((conflict) => conflict.columns(["merchant_id", "ref"]).doNothing())
    .returning("seq")
    .executeTakeFirst();
  return inserted !== undefined;
}

export async function readReinstatement(
  db: Tx,
  merchantId: number,
  ref: string,
): Promise<ReinstatementRow | undefined> {
  return db
    .selectFrom("reinstatement")
    .selectAll()
    .where("merchant_id", "=", merchantId)
    .where("ref", "=", ref)
    .executeTakeFirst();
}

/** Newest first. */
export async function readReinstatements(
  db: Tx,
  merchantId: number,
  page: { limit: number; before?: string | undefined },
): Promise<ReinstatementRow[]> {
  let select = db.selectFrom("reinstatement").selectAll().where("merchant_id", "=", merchantId);
  if (page.before !== undefined) select = select.where("seq", "<", page.before);
  return select
    .orderBy("seq", "desc")
    .limit(page.limit + 1)
    .execute();
}

export interface SettledReinstatement extends ReinstatementRow {
  readonly outcome: "issued" | "failed";
}

/** Those whose issue is over, locked: others skip them. */
export async function lockSettled(tx: Tx, limit: number): Promise<SettledReinstatement[]> {
  const { rows } = await sql<SettledReinstatement>`
    select r.*, case when i.state = 'failed' then 'failed' else 'issued' end as outcome
    from reinstatement r
      join command c on c.id = r.command_id
      join issue_item i on i.command_seq = c.seq
      left join issue_batch b on b.seq = i.batch_seq
      left join outbox_transaction t on t.seq = b.transaction_seq
    where r.state = 'asked' and (i.state = 'failed' or (i.state = 'batched' and t.state = 'confirmed'))
    order by r.seq limit ${limit}
    for update of r skip locked`.execute(tx);
  return rows;
}

export async function settleReinstatement(tx: Tx, seq: string, state: "issued" | "failed"): Promise<void> {
  await tx.updateTable("reinstatement").set({ state }).where("seq", "=", seq).execute();
}
