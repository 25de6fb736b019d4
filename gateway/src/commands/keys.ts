/** Who may make and revoke which API keys: operators any, members' among them; a merchant those of its own organisation, tills and customers' apps. */
import type { Caller, Role, Scope } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { ApiKeyRecord } from "../store/access-keys.ts";
import { createApiKey, findCaller as findCallerOfKey, listApiKeys, revokeApiKey } from "../store/access-keys.ts";
import type { Rooms } from "./rooms.ts";

export { KEY_LIFE_DAYS_MAX } from "../store/access-keys.ts";

type KeyRooms = Pick<Rooms, "db" | "clock">;

export interface KeyRequest {
  readonly role: Role;
  readonly label: string;
  readonly organisation?: string | undefined;
  readonly merchantId?: number | undefined;
  readonly memberId?: number | undefined;
  readonly lifeDays?: number | undefined;
  readonly scopes?: readonly Scope[] | undefined;
}

const MERCHANT_MAKES: readonly Role[] = ["merchant", "till", "consumer"];

/** Roles that speak for one merchant and are worth nothing without it. */
const NEEDS_MERCHANT: readonly Role[] = ["merchant", "till"];

/** A confined key makes none that may do more than itself. */
function assertNoWider({ scopes: own }: Caller, wanted: readonly Scope[] | undefined): void {
  if (own === undefined) return;
  const missing = wanted?.find((scope) => !own.includes(scope));
  if (wanted === undefined || missing !== undefined)
    throw new LedgerError("forbidden", { needed: missing ?? "a key without scopes" });
}

export async function makeKey(
  rooms: KeyRooms,
  caller: Caller,
  request: KeyRequest & { idempotencyKey: string; requestHash: string },
): Promise<{ secret: string | null; record: ApiKeyRecord }> {
  assertNoWider(caller, request.scopes);
  const isOperator = caller.role === "operator";
  if (!isOperator && !MERCHANT_MAKES.includes(request.role)) throw new LedgerError("forbidden", { needed: "operator" });
  if (!isOperator && request.organisation !== undefined && request.organisation !== caller.organisation)
    throw new LedgerError("forbidden", { needed: "operator" });
  const merchantId = isOperator ? request.merchantId : caller.merchantId;
  if (!isOperator && request.merchantId !== undefined && request.merchantId !== caller.merchantId)
    throw new LedgerError("not_found", { what: `merchant ${request.merchantId}` });
  if (merchantId === undefined && NEEDS_MERCHANT.includes(request.role))
    throw new LedgerError("request_invalid", {
      field: "merchantId",
      problem: `is needed for the role ${request.role}`,
    });
  const { memberId } = request;
  if ((memberId === undefined) === (request.role === "member"))
    throw new LedgerError("request_invalid", {
      field: "memberId",
      problem: "is needed for the role member, and has no meaning for another",
    });
  return createApiKey(rooms.db, {
    organisation: (isOperator ? request.organisation : undefined) ?? caller.organisation,
    role: request.role,
    label: request.label,
    now: rooms.clock.now(),
    ...(merchantId === undefined ? {} : { merchantId }),
    ...(memberId === undefined ? {} : { memberId }),
    ...(request.scopes === undefined ? {} : { scopes: request.scopes }),
    ...(request.lifeDays === undefined ? {} : { lifeDays: request.lifeDays }),
    by: { organisation: caller.organisation, idempotencyKey: request.idempotencyKey, requestHash: request.requestHash },
  });
}

export async function revokeKey(rooms: KeyRooms, caller: Caller, id: string): Promise<void> {
  const within = caller.role === "operator" ? undefined : caller.organisation;
  if (!(await revokeApiKey(rooms.db, id, rooms.clock.now(), within)))
    throw new LedgerError("not_found", { what: `key ${id}` });
}

export async function listKeys(rooms: KeyRooms, caller: Caller): Promise<ApiKeyRecord[]> {
  return listApiKeys(rooms.db, caller.role === "operator" ? undefined : caller.organisation);
}

/** Who a key belongs to, if it is good now. */
export async function findCaller({ db, clock }: KeyRooms, keyText: string): Promise<Caller | undefined> {
  return findCallerOfKey(db, keyText, clock.now());
}
