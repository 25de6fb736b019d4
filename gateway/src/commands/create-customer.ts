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

export async function createCustomer(
  rooms: Rooms,
  asked: Asked,
  request: CustomerRequest,
): Promise<{ customer: Customer; isReplay: boolean }> {
  const { organisation, merchantId } = asked.caller;
  const { idempotencyKey, requestHash } = asked;
  const name = { organisation, idempotencyKey, requestHash };
  const before = await findCustomerReplay(rooms.db, name);
  if (before !== undefined) return { customer: before, isReplay: true };
  await assertNew(rooms, organisation, request);
  const address = request.address ?? (await rooms.signers.create({ purpose: "customer" }));
  const customer = await insertCustomer(rooms.db, {
    ...name,
    ...(merchantId === undefined ? {} : { merchantId }),
    ...(request.externalRef === undefined ? {} : { externalRef: request.externalRef }),
    address,
    isManaged: request.address === undefined,
    now: rooms.clock.now(),
  });
  if (customer !== undefined) return { customer, isReplay: false };
  // A twin was quicker: with the same key it is this very request, otherwise the customer is known by now.
  const twin = await findCustomerReplay(rooms.db, name);
  if (twin !== undefined) return { customer: twin, isReplay: true };
  await assertNew(rooms, organisation, request);
  throw new LedgerError("customer_exists", { what: address });
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
