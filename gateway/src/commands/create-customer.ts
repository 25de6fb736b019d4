/** A customer is known to an organisation: with a key kept here for it, or with a wallet of its own. */
import { LedgerError } from "../kernel/errors.ts";
import type { Caller } from "../kernel/caller.ts";
import type { Address } from "../kernel/ids.ts";
import type { Customer } from "../store/customers.ts";
import { findCustomer, findCustomerReplay, insertCustomer } from "../store/customers.ts";
import type { Asked } from "./asked.ts";
import type { Rooms } from "./rooms.ts";

export interface CustomerRequest {
  /** Its own wallet; left out: the gateway makes a key and keeps it encrypted. */
  readonly address?: Address | undefined;
  /** The organisation's own name for it, a member number for example; never personal data. */
  readonly externalRef?: string | undefined;
}

interface Created {
  readonly customer: Customer;
  readonly isReplay: boolean;
}

export async function createCustomer(rooms: Rooms, asked: Asked, request: CustomerRequest): Promise<Created> {
  const before = await replayOf(rooms, asked);
  if (before !== undefined) return before;
  try {
    return await insertNew(rooms, asked, request);
  } catch (error) {
    // A twin of this very request may have been quicker: then it is known by now, and this is a replay.
    const twin = error instanceof LedgerError ? await replayOf(rooms, asked) : undefined;
    if (twin === undefined) throw error;
    return twin;
  }
}

async function replayOf({ db }: Rooms, { caller, idempotencyKey, requestHash }: Asked): Promise<Created | undefined> {
  const { organisation } = caller;
  const customer = await findCustomerReplay(db, { organisation, idempotencyKey, requestHash });
  return customer === undefined ? undefined : { customer, isReplay: true };
}

async function insertNew(rooms: Rooms, asked: Asked, request: CustomerRequest): Promise<Created> {
  const { organisation, merchantId } = asked.caller;
  await assertNew(rooms, organisation, request);
  const address = request.address ?? (await rooms.signers.create({ purpose: "customer" }));
  const customer = await insertCustomer(rooms.db, {
    organisation,
    idempotencyKey: asked.idempotencyKey,
    requestHash: asked.requestHash,
    ...(merchantId === undefined ? {} : { merchantId }),
    ...(request.externalRef === undefined ? {} : { externalRef: request.externalRef }),
    address,
    isManaged: request.address === undefined,
    now: rooms.clock.now(),
  });
  if (customer === undefined) throw new LedgerError("customer_exists", { what: request.externalRef ?? address });
  return { customer, isReplay: false };
}

async function assertNew({ db }: Rooms, organisation: string, request: CustomerRequest): Promise<void> {
  const { address, externalRef } = request;
  if (address !== undefined && (await findCustomer(db, organisation, { address })) !== undefined)
    throw new LedgerError("customer_exists", { what: address });
  if (externalRef !== undefined && (await findCustomer(db, organisation, { externalRef })) !== undefined)
    throw new LedgerError("customer_exists", { what: externalRef });
}

/** By its id, its address or the organisation's own reference; never another organisation's. */
export async function showCustomer({ db }: Pick<Rooms, "db">, caller: Caller, id: string): Promise<Customer> {
  const customer = await findCustomer(db, caller.organisation, { id });
  if (customer === undefined) throw new LedgerError("not_found", { what: `customer ${id}` });
  return customer;
}
