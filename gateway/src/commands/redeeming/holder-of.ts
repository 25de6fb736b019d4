/** Whose points: a managed customer of the caller's, or an account that has signed for itself. */
import type { Caller } from "../../kernel/caller.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address } from "../../kernel/ids.ts";
import type { Rooms } from "../rooms.ts";
import { managedAccount } from "../sign-for-customer.ts";

interface Consenting {
  readonly customerId?: string | undefined;
  readonly account?: Address | undefined;
  readonly signatures?: object | undefined;
}

export async function holderOf(rooms: Rooms, caller: Caller, asked: Consenting): Promise<Address> {
  const { customerId, account, signatures } = asked;
  if (customerId !== undefined && account === undefined && signatures === undefined)
    return managedAccount(rooms, caller, customerId);
  if (account !== undefined && signatures !== undefined && customerId === undefined) return account;
  throw new LedgerError("request_invalid", {
    field: "customerId",
    problem: "give either customerId, or an account with its signatures",
  });
}
