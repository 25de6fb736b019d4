/** Walks through the holders of an expiring epoch, some at a time, and keeps who was told what. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

/** A token whose next border is near, with the epoch that ends there. */
export interface ExpiringToken {
  readonly token: Address;
  readonly merchant_id: number;
  readonly symbol: string;
  readonly epoch: number;
  /** Unix seconds. */
  readonly expires_at: string;
}

/** Lanes of an account; what has the oldest of them expires at the token's next border. */
const LAST_LANE = 3;

/** Tokens with a border up to `until` (unix seconds), the nearest first: as many as there are merchants, at most. */
export async function readExpiringTokens(db: Tx, until: number): Promise<ExpiringToken[]> {
  const { rows } = await sql<ExpiringToken>`
    select address as token, merchant_id, symbol, touched - ${LAST_LANE}::integer as epoch, border_at as expires_at
    from point_token where border_at <= ${until}::bigint order by border_at, address`.execute(db);
  return rows;
}

export interface Pass {
  readonly token: Address;
  readonly epoch: number;
  readonly days: number;
}

/** Keys of those that are done, as `token/epoch/days`. */
export async function readDonePasses(db: Tx, passes: readonly Pass[]): Promise<Set<string>> {
  const { rows } = await sql<Pass>`
    select p.token, p.epoch, p.days from jsonb_to_recordset(${JSON.stringify(passes)}::jsonb)
      as k(token text, epoch integer, days integer)
    join expiry_pass p on p.token = k.token and p.epoch = k.epoch and p.days = k.days
    where p.is_done`.execute(db);
  return new Set(rows.map(({ token, epoch, days }) => `${token}/${epoch}/${days}`));
}

/** Takes the walk up where it stands, alone; undefined when it is done or another process walks it. */
export async function lockPass(tx: Tx, { token, epoch, days }: Pass): Promise<{ after: string } | undefined> {
  await tx
    .insertInto("expiry_pass")
    .values({ token, epoch, days })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const row = await tx
    .selectFrom("expiry_pass")
    .select("after_account as after")
    .where("token", "=", token)
    .where("epoch", "=", epoch)
    .where("days", "=", days)
    .where("is_done", "=", false)
    .forUpdate()
    .skipLocked()
    .executeTakeFirst();
  return row;
}

export interface ExpiringHolder {
  readonly account: Address;
  readonly points: string;
}

/** The next accounts that have points of `epoch`, their oldest: one range of an index, whatever the number of holders. */
export async function readExpiringHolders(
  tx: Tx,
  { token, epoch, after, limit }: { token: Address; epoch: number; after: string; limit: number },
): Promise<ExpiringHolder[]> {
  const { rows } = await sql<ExpiringHolder>`
    select account, (case touched - ${epoch}::integer when 0 then lane0 when 1 then lane1 when 2 then lane2 else lane3 end) as points
    from holding
    where token = ${token} and balance > 0 and account > ${after}
      and (touched - case when lane3 > 0 then 3 when lane2 > 0 then 2 when lane1 > 0 then 1 else 0 end) = ${epoch}::integer
    order by account limit ${limit}`.execute(tx);
  return rows;
}

/** The accounts that had not been told of it. */
export async function insertNotices(
  tx: Tx,
  { token, merchant_id: merchantId, epoch, expires_at: expiresAt }: ExpiringToken,
  { days, holders, now }: { days: number; holders: readonly ExpiringHolder[]; now: number },
): Promise<Address[]> {
  if (holders.length === 0) return [];
  const told = await tx
    .insertInto("expiry_notice")
    .values(
      holders.map(({ account, points }) => ({
        merchant_id: merchantId,
        token,
        account,
        epoch,
        days,
        points,
        expires_at: expiresAt,
        at: new Date(now).toISOString(),
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .returning("account")
    .execute();
  return told.map(({ account }) => account);
}

export async function savePass(
  tx: Tx,
  { token, epoch, days }: Pass,
  { after, notices, isDone }: { after: string; notices: number; isDone: boolean },
): Promise<void> {
  await tx
    .updateTable("expiry_pass")
    .set((set) => ({ after_account: after, notices: set("notices", "+", notices), is_done: isDone }))
    .where("token", "=", token)
    .where("epoch", "=", epoch)
    .where("days", "=", days)
    .execute();
}

export interface PassRow extends Pass {
  readonly notices: number;
  readonly is_done: boolean;
}

export async function readPasses(db: Tx, token: Address, epochs: readonly number[]): Promise<PassRow[]> {
  if (epochs.length === 0) return [];
  return db
    .selectFrom("expiry_pass")
    .select(["token", "epoch", "days", "notices", "is_done"])
    .where("token", "=", token)
    .where("epoch", "in", [...epochs])
    .execute();
}

export interface NoticeRow {
  readonly seq: string;
  readonly token: Address;
  readonly account: Address;
  readonly epoch: number;
  readonly days: number;
  readonly points: string;
  readonly expires_at: string;
  readonly at: Date;
  readonly event_id: string | null;
  readonly event_seq: string | null;
}

/** The key of the event that tells of a notice. */
export function noticeKey(pass: Pass, account: Address): string {
  return `expiring:${pass.token}:${pass.epoch}:${pass.days}:${account}`;
}

/** Newest first, each with the event that webhooks told it by. */
export async function readNotices(
  db: Tx,
  merchantId: number,
  page: { limit: number; before?: string | undefined; account?: Address | undefined },
): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`
    select n.seq, n.token, n.account, n.epoch, n.days, n.points, n.expires_at, n.at, v.id as event_id, v.seq as event_seq
    from expiry_notice n left join loyalty_event v
      on v.key = 'expiring:' || n.token || ':' || n.epoch || ':' || n.days || ':' || n.account
    where n.merchant_id = ${merchantId}
      ${page.before === undefined ? sql`` : sql`and n.seq < ${page.before}::bigint`}
      ${page.account === undefined ? sql`` : sql`and n.account = ${page.account}`}
    order by n.seq desc limit ${page.limit + 1}`.execute(db);
  return rows;
}
