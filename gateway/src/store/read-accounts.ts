/** Accounts: what they hold, what part they play, and finding things by name or number. */
import { sql } from "kysely";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type * as rows from "./tables-ledger.ts";

/** The largest holders of a token; the page goes on after (balance, account). */
export async function readHolders(
  db: Tx,
  token: Address,
  page: { limit: number; after?: { balance: string; account: string } | undefined },
): Promise<rows.HoldingRow[]> {
  let query = db.selectFrom("holding").selectAll().where("token", "=", token).where("balance", ">", "0");
  if (page.after !== undefined) {
    const { balance, account } = page.after;
    // As two conditions, so that the index on (balance desc, account) gives the range.
    query = query.where(sql<boolean>`balance <= ${balance} and (balance < ${balance} or account > ${account})`);
  }
  return query
    .orderBy("balance", "desc")
    .orderBy("account")
    .limit(page.limit + 1)
    .execute();
}

/** Everything an account ever held; a customer knows tens of merchants, not thousands. */
export async function readHoldingsOf(db: Tx, account: Address): Promise<rows.HoldingRow[]> {
  return db.selectFrom("holding").selectAll().where("account", "=", account).orderBy("token").limit(1_000).execute();
}

export async function readAccount(db: Tx, address: Address): Promise<rows.AccountRow | undefined> {
  return db.selectFrom("account").selectAll().where("address", "=", address).executeTakeFirst();
}

export async function readAlpBalance(db: Tx, account: Address): Promise<rows.AlpBalanceRow | undefined> {
  return db.selectFrom("alp_balance").selectAll().where("account", "=", account).executeTakeFirst();
}

/** An account's parts in the alliance. */
export interface Part {
  readonly part: "controller" | "till" | "representative" | "node" | "pointToken";
  /** Merchant or member id. */
  readonly id: number;
  readonly name: string;
}

export async function readParts(db: Tx, account: Address): Promise<Part[]> {
  const { rows: found } = await sql<Part>`
    select 'controller' as part, id, legal_name as name from merchant where controller = ${account}
    union all select 'pointToken', merchant_id, name from point_token where address = ${account}
    union all select 'till', t.merchant_id, t.name from till join point_token t on t.address = till.token
      where till.address = ${account} and till.daily_limit > 0
    union all select 'representative', id, name from member where representative = ${account}
    union all select 'node', id, name from member where node = ${account}
    limit 100`.execute(db);
  return found;
}

export interface LabelRow {
  readonly address: Address;
  readonly kind: "merchant" | "pointToken" | "till" | "representative" | "node";
  readonly name: string;
}

/** Everything that has a name on the chain. As many rows as the alliance has merchants, tills and members: thousands. */
export async function readLabels(db: Tx): Promise<LabelRow[]> {
  const { rows: labels } = await sql<LabelRow>`
    select controller as address, 'merchant' as kind, legal_name as name from merchant
    union all select address, 'pointToken', name from point_token
    union all select distinct till.address, 'till', t.name from till join point_token t on t.address = till.token
    union all select representative, 'representative', name from member
    union all select node, 'node', name from member
    order by 1, 2`.execute(db);
  return labels;
}

/** Merchants whose name or symbol contains the text; at most 20, exact symbols first. */
export async function findMerchants(db: Tx, text: string): Promise<rows.MerchantRow[]> {
  const pattern = `%${text.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return db
    .selectFrom("merchant")
    .selectAll()
    .where((where) =>
      where.or([
        where("legal_name", "ilike", pattern),
        where("token_name", "ilike", pattern),
        where("token_symbol", "ilike", pattern),
      ]),
    )
    .orderBy(sql`lower(token_symbol) = ${text.toLowerCase()}`, "desc")
    .orderBy("id")
    .limit(20)
    .execute();
}

export async function findIssues(db: Tx, ref: Hex32): Promise<rows.IssueRow[]> {
  return db.selectFrom("issue").selectAll().where("ref", "=", ref).limit(20).execute();
}

export async function findRedemptions(db: Tx, ref: Hex32): Promise<rows.RedemptionRow[]> {
  return db.selectFrom("redemption").selectAll().where("ref", "=", ref).limit(20).execute();
}
