/** Customers of an organisation and their addresses. */
import { randomUUID } from "node:crypto";
import type { Selectable } from "kysely";
import { LedgerError } from "../kernel/errors.ts";
import type { Address } from "../kernel/ids.ts";
import type { Tx } from "./database.ts";
import type { CustomerTable } from "./tables-access.ts";

export interface Customer {
  readonly id: string;
  readonly organisation: string;
  readonly merchantId: number | null;
  readonly address: Address;
  /** Its key is kept here, encrypted, and signs for it; otherwise it has a wallet of its own. */
  readonly isManaged: boolean;
  readonly externalRef: string | null;
  readonly createdAt: number;
}

export interface NewCustomer {
  readonly organisation: string;
  readonly merchantId?: number;
  readonly address: Address;
  readonly isManaged: boolean;
  readonly externalRef?: string;
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Absent for customers made by the seed. */
  readonly idempotencyKey?: string;
  readonly requestHash?: string;
}

function customerOf(row: Selectable<CustomerTable>): Customer {
  return {
    id: row.id,
    organisation: row.organisation,
    merchantId: row.merchant_id,
    address: row.address as Address,
    isManaged: row.is_managed,
    externalRef: row.external_ref,
    createdAt: Math.floor(row.created_at.getTime() / 1000),
  };
}

/** Stores a customer once; a twin (same key, same address or same reference) leaves what is there and gives undefined. */
export async function insertCustomer(db: Tx, customer: NewCustomer): Promise<Customer | undefined> {
  const row = await db
    .insertInto("customer")
    .values({
      id: randomUUID(),
      organisation: customer.organisation,
      merchant_id: customer.merchantId ?? null,
      address: customer.address,
      is_managed: customer.isManaged,
      external_ref: customer.externalRef ?? null,
      created_at: new Date(customer.now).toISOString(),
      idempotency_key: customer.idempotencyKey ?? null,
      request_hash: customer.requestHash ?? null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returningAll()
    .executeTakeFirst();
  return row === undefined ? undefined : customerOf(row);
}

/** The customer that this very request made before; throws `idempotency_key_reused` when the body was another. */
export async function findCustomerReplay(
  db: Tx,
  asked: { organisation: string; idempotencyKey: string; requestHash: string },
): Promise<Customer | undefined> {
  const row = await db
    .selectFrom("customer")
    .selectAll()
    .where("organisation", "=", asked.organisation)
    .where("idempotency_key", "=", asked.idempotencyKey)
    .executeTakeFirst();
  if (row !== undefined && row.request_hash !== asked.requestHash) throw new LedgerError("idempotency_key_reused");
  return row === undefined ? undefined : customerOf(row);
}

export async function findCustomer(
  db: Tx,
  organisation: string,
  by: { id?: string; address?: Address; externalRef?: string },
): Promise<Customer | undefined> {
  let select = db.selectFrom("customer").selectAll().where("organisation", "=", organisation);
  if (by.id !== undefined) select = select.where("id", "=", by.id);
  if (by.address !== undefined) select = select.where("address", "=", by.address);
  if (by.externalRef !== undefined) select = select.where("external_ref", "=", by.externalRef);
  const row = await select.executeTakeFirst();
  return row === undefined ? undefined : customerOf(row);
}
