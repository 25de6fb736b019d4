/**
 * The list of accounts, the last active first. A page of all accounts, or of the holders of a token, is one range of an
 * index. Accounts with a part in the alliance are thousands at most: a page of those is found among them.
 */
import { sql } from "kysely";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { LabelRow } from "./read-accounts.ts";
import type * as rows from "./tables-ledger.ts";

export const ACCOUNT_KINDS = ["customer", "merchant", "till", "member", "node", "contract"] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export interface AccountsOf {
  readonly kind?: AccountKind | undefined;
  /** Those that ever held it, by their last movement of it. */
  readonly token?: Address | undefined;
  /** Of the alliance itself; the tokens of merchants are known here. */
  readonly contracts: readonly Address[];
}

export interface AccountPage {
  readonly limit: number;
  readonly after?: { readonly position: string; readonly account: string } | undefined;
}

export interface ListedAccount {
  readonly address: Address;
  readonly last_position: string;
}

export async function readAccountList(db: Tx, of: AccountsOf, page: AccountPage): Promise<ListedAccount[]> {
  const named = namedAddresses(of);
  if (of.kind !== undefined && of.kind !== "customer") return readNamed(db, { named, token: of.token }, page);
  const all =
    of.token === undefined
      ? sql`select address, last_position from account where true`
      : sql`select account as address, last_position from holding where token = ${of.token}`;
  const address = sql.ref(of.token === undefined ? "address" : "account");
  const isCustomer = of.kind === undefined ? sql`` : sql`and ${address} not in (${named})`;
  const { rows: found } = await sql<ListedAccount>`${all} ${isCustomer} ${beyond(page, address)}
    order by last_position desc, ${address} limit ${page.limit + 1}`.execute(db);
  return found;
}

/** As two conditions, so that the index on (last_position desc, address) gives the range. */
function beyond({ after }: AccountPage, address: ReturnType<typeof sql.ref>) {
  if (after === undefined) return sql``;
  const { position, account } = after;
  return sql`and last_position <= ${position} and (last_position < ${position} or ${address} > ${account})`;
}

type Sql = ReturnType<typeof sql>;

async function readNamed(
  db: Tx,
  { named, token }: { named: Sql; token: Address | undefined },
  page: AccountPage,
): Promise<ListedAccount[]> {
  const known =
    token === undefined
      ? sql`left join account using (address)`
      : sql`join holding on holding.account = named.address and holding.token = ${token}`;
  const { rows: found } = await sql<ListedAccount>`select address, last_position from (
      select named.address, coalesce(last_position, 0) as last_position
      from (select distinct address from (${named}) as all_named(address)) as named ${known}
    ) as listed where true ${beyond(page, sql.ref("address"))}
    order by last_position desc, address limit ${page.limit + 1}`.execute(db);
  return found;
}

/** Addresses with a part, of one kind or (for what customers are not) of all. */
function namedAddresses({ kind, contracts }: AccountsOf): Sql {
  const own = sql`select jsonb_array_elements_text(${JSON.stringify(contracts)}::jsonb)`;
  const parts: Readonly<Record<Exclude<AccountKind, "customer">, Sql>> = {
    merchant: sql`select controller from merchant`,
    till: sql`select address from till`,
    member: sql`select representative from member`,
    node: sql`select node from member`,
    contract: sql`select address from point_token union all ${own}`,
  };
  if (kind !== undefined && kind !== "customer") return parts[kind];
  return sql.join(Object.values(parts), sql` union all `);
}

/** What is shown of accounts beside their address. Those that never held a point have no row of their own. */
export async function readAccountsOf(db: Tx, addresses: readonly Address[]): Promise<rows.AccountRow[]> {
  if (addresses.length === 0) return [];
  return db.selectFrom("account").selectAll().where("address", "in", addresses).execute();
}

type ShownHolding = Pick<rows.HoldingRow, "token" | "account" | "balance" | "is_frozen">;

export async function readHoldingsOfAll(db: Tx, accounts: readonly Address[]): Promise<ShownHolding[]> {
  if (accounts.length === 0) return [];
  return db
    .selectFrom("holding")
    .select(["token", "account", "balance", "is_frozen"])
    .where("account", "in", accounts)
    .execute();
}

/** Frozen everywhere, by the regulator. */
export async function readFrozenOf(db: Tx, accounts: readonly Address[]): Promise<Address[]> {
  if (accounts.length === 0) return [];
  const frozen = await db
    .selectFrom("frozen_account")
    .select("account")
    .where("account", "in", accounts)
    .where("is_frozen", "=", true)
    .execute();
  return frozen.map(({ account }) => account);
}

/** One name for each address that has one. */
export async function readLabelsOf(db: Tx, addresses: readonly Address[]): Promise<LabelRow[]> {
  if (addresses.length === 0) return [];
  const asked = sql`(select jsonb_array_elements_text(${JSON.stringify(addresses)}::jsonb))`;
  const { rows: labels } = await sql<LabelRow>`select distinct on (address) address, kind, name from (
      select controller as address, 'merchant' as kind, legal_name as name, 1 as rank from merchant
        where controller in ${asked}
      union all select address, 'pointToken', name, 2 from point_token where address in ${asked}
      union all select till.address, 'till', t.name, 3 from till join point_token t on t.address = till.token
        where till.address in ${asked}
      union all select representative, 'representative', name, 4 from member where representative in ${asked}
      union all select node, 'node', name, 5 from member where node in ${asked}
    ) as named order by address, rank, name`.execute(db);
  return labels;
}
