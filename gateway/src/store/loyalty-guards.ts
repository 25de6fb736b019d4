/** What was seen of customers and devices: the grounds on which a deed earns or waits for a person. */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";

/** Devices and transfers that are older say nothing about now. */
const DEVICE_SECONDS = 90 * 86_400;
const TRANSFER_SECONDS = 30 * 86_400;
/** More than any bound of a book; nobody counts further. */
const COUNT_MAX = 101;
const COMPANIONS_MAX = 50;
const EDGES_MAX = 500;
const REFERRERS_MAX = 8;

interface Whose {
  readonly merchantId: number;
  readonly account: Address;
  /** Unix seconds. */
  readonly at: number;
}

interface Standing {
  /** Of the parties: keys of the merchant (its controller, whom it proposed to follow, every till there ever was). */
  readonly ownKeys: ReadonlySet<Address>;
  /** Of the parties: those that the regulator froze, everywhere or in this merchant's token. */
  readonly frozen: ReadonlySet<Address>;
  /** Other accounts on any device that the account was seen on. */
  readonly companions: readonly Address[];
}

/** One round trip: it is asked with every order and event. */
export async function readStanding(
  db: Tx,
  { merchantId, account, at }: Whose,
  parties: readonly Address[],
): Promise<Standing> {
  const since = at - DEVICE_SECONDS;
  const among = sql.join(parties);
  const { rows } = await sql<{ what: string; account: Address }>`
    select 'own' as what, controller as account from merchant where id = ${merchantId} and controller in (${among})
    union all select 'own', proposed_controller from merchant
      where id = ${merchantId} and proposed_controller in (${among})
    union all select 'own', till.address from till join merchant on merchant.token = till.token
      where merchant.id = ${merchantId} and till.address in (${among})
    union all select 'own', address from signer_key
      where address in (${among}) and merchant_id = ${merchantId} and purpose in ('controller', 'till')
    union all select 'frozen', account from frozen_account where account in (${among}) and is_frozen
    union all select 'frozen', holding.account from holding join merchant on merchant.token = holding.token
      where merchant.id = ${merchantId} and holding.account in (${among}) and holding.is_frozen
    union all (select distinct 'companion', other.account from loyalty_device own
      join loyalty_device other on other.merchant_id = own.merchant_id and other.device_hash = own.device_hash
      where own.merchant_id = ${merchantId} and own.account = ${account} and own.last_at > ${since}
        and other.account <> ${account} and other.last_at > ${since}
      limit ${COMPANIONS_MAX})`.execute(db);
  const those = (wanted: string): Address[] => rows.filter(({ what }) => what === wanted).map((row) => row.account);
  return { ownKeys: new Set(those("own")), frozen: new Set(those("frozen")), companions: those("companion") };
}

/** The hour before and the hour after: rows may come in any order. */
export async function countOrdersAround(db: Tx, { merchantId, account, at }: Whose, seconds: number): Promise<number> {
  const { rows } = await sql<{ before: string; after: string }>`
    select count(*) filter (where placed_at <= ${at}) as before, count(*) filter (where placed_at >= ${at}) as after
    from loyalty_order
    where merchant_id = ${merchantId} and account = ${account}
      and placed_at > ${at - seconds} and placed_at < ${at + seconds}`.execute(db);
  return Math.max(Number(rows[0]?.before ?? 0), Number(rows[0]?.after ?? 0));
}

export async function countEventsAround(db: Tx, { merchantId, account, at }: Whose, seconds: number): Promise<number> {
  const { rows } = await sql<{ before: string; after: string }>`
    select count(*) filter (where at <= ${at}) as before, count(*) filter (where at >= ${at}) as after
    from member_event
    where merchant_id = ${merchantId} and account = ${account}
      and at > ${at - seconds} and at < ${at + seconds}`.execute(db);
  return Math.max(Number(rows[0]?.before ?? 0), Number(rows[0]?.after ?? 0));
}

/** Until the transaction ends nobody else counts the accounts of this device. */
export async function seeDevice(db: Tx, { merchantId, account, at }: Whose, deviceHash: string): Promise<void> {
  const name = `device ${merchantId} ${deviceHash}`;
  await sql`select pg_advisory_xact_lock(hashtextextended(${name}, 0))`.execute(db);
  await sql`
    insert into loyalty_device (merchant_id, device_hash, account, last_at)
    values (${merchantId}, ${deviceHash}, ${account}, ${at})
    on conflict (merchant_id, device_hash, account)
    do update set last_at = greatest(loyalty_device.last_at, excluded.last_at)`.execute(db);
}

export async function countDevices(
  db: Tx,
  { merchantId, account, at }: Whose,
  deviceHash: string,
): Promise<{ readonly accountsOnDevice: number; readonly devicesOfAccount: number }> {
  const since = at - DEVICE_SECONDS;
  const { rows } = await sql<{ accounts: string; devices: string }>`
    select
      (select count(*) from (select 1 from loyalty_device where merchant_id = ${merchantId}
        and device_hash = ${deviceHash} and last_at > ${since} limit ${COUNT_MAX}) as one) as accounts,
      (select count(*) from (select 1 from loyalty_device where merchant_id = ${merchantId}
        and account = ${account} and last_at > ${since} limit ${COUNT_MAX}) as one) as devices`.execute(db);
  return { accountsOnDevice: Number(rows[0]?.accounts ?? 0), devicesOfAccount: Number(rows[0]?.devices ?? 0) };
}

/** Points of the merchant sent among the accounts, and referrals from the friend to who brought it. */
export async function readEdges(
  db: Tx,
  merchantId: number,
  { accounts, at }: { readonly accounts: readonly Address[]; readonly at: number },
): Promise<readonly { readonly from: Address; readonly to: Address }[]> {
  const sent = await db
    .selectFrom("transfer")
    .innerJoin("merchant", "merchant.token", "transfer.token")
    .select(["transfer.from_account as from", "transfer.to_account as to"])
    .distinct()
    .where("merchant.id", "=", merchantId)
    .where("transfer.kind", "=", "transfer")
    .where("transfer.from_account", "in", accounts)
    .where("transfer.to_account", "in", accounts)
    .where("transfer.time", ">", String(at - TRANSFER_SECONDS))
    .limit(EDGES_MAX)
    .execute();
  const brought = await db
    .selectFrom("loyalty_member")
    .select(["account as from", "referrer as to"])
    .where("merchant_id", "=", merchantId)
    .where("account", "in", accounts)
    .where("referrer", "in", accounts)
    .execute();
  return [...sent, ...brought].flatMap(({ from, to }) => (to === null ? [] : [{ from, to }]));
}

/** Who brought the account, who brought that one …: nearest first, no further than a few. */
export async function readReferrersAbove(db: Tx, merchantId: number, account: Address): Promise<readonly Address[]> {
  const { rows } = await sql<{ referrer: Address }>`
    with recursive above (referrer, steps) as (
      select referrer, 1 from loyalty_member
      where merchant_id = ${merchantId} and account = ${account} and referrer is not null
      union all
      select member.referrer, above.steps + 1 from above
      join loyalty_member member on member.merchant_id = ${merchantId} and member.account = above.referrer
      where member.referrer is not null and above.steps < ${REFERRERS_MAX}
    )
    select referrer from above order by steps`.execute(db);
  return rows.map(({ referrer }) => referrer);
}
