/** Signing in: with a key, or with a link that an organisation made for one of its customers. Sessions live in the store. */
import type { Caller } from "../kernel/caller.ts";
import { LedgerError } from "../kernel/errors.ts";
import type { FoundSession, NewSession } from "../store/sessions.ts";
import { deleteSession, findSession, insertSession, touchSession } from "../store/sessions.ts";
import { insertWalletLink, spendWalletLink } from "../store/sign-in-tokens.ts";
import { showCustomer } from "./create-customer.ts";
import { findCaller } from "./keys.ts";
import type { Rooms } from "./rooms.ts";

type SessionRooms = Pick<Rooms, "db" | "clock">;

/** A console left open over lunch is closed; a day's work ends with the day. */
export const SESSION_IDLE_MS = 30 * 60_000;
export const SESSION_MAX_MS = 12 * 3_600_000;
/** Long enough to open a message on a phone. */
export const WALLET_LINK_MS = 15 * 60_000;
/** How exact the time of last use is: one small write a minute, not one a request. */
const TOUCH_MS = 60_000;

export interface OpenSession {
  readonly caller: Caller;
  /** Milliseconds since 1970: when it ends if it is not used again. */
  readonly expiresAt: number;
}

export interface SignedIn extends OpenSession {
  /** Goes into the cookie, and nowhere else. */
  readonly token: string;
}

const endOf = ({ usedAt, expiresAt }: Pick<FoundSession, "usedAt" | "expiresAt">): number =>
  Math.min(usedAt + SESSION_IDLE_MS, expiresAt);

export async function signInWithKey(rooms: SessionRooms, apiKey: string): Promise<SignedIn> {
  const caller = await findCaller(rooms, apiKey);
  if (caller === undefined) throw new LedgerError("api_key_unknown");
  return openSession(rooms, { keyId: caller.keyId, organisation: caller.organisation });
}

export async function signInWithLink(rooms: SessionRooms, link: string): Promise<SignedIn> {
  const customer = await spendWalletLink(rooms.db, link, rooms.clock.now());
  if (customer === undefined) throw new LedgerError("wallet_link_spent");
  const { merchantId, ...rest } = customer;
  return openSession(rooms, { ...rest, ...(merchantId === null ? {} : { merchantId }) });
}

export async function openSession(rooms: SessionRooms, of: Omit<NewSession, "now" | "expiresAt">): Promise<SignedIn> {
  const now = rooms.clock.now();
  const token = await insertSession(rooms.db, { ...of, now, expiresAt: now + SESSION_MAX_MS });
  const found = await findSession(rooms.db, token, now);
  // Revoked in this very moment.
  if (found === undefined) throw new LedgerError("session_ended");
  return { token, caller: found.caller, expiresAt: endOf(found) };
}

/** Undefined when it has ended: by itself, by signing out, or with its key. */
export async function findOpenSession({ db, clock }: SessionRooms, token: string): Promise<OpenSession | undefined> {
  const now = clock.now();
  const found = await findSession(db, token, now);
  if (found === undefined || endOf(found) <= now) return undefined;
  if (now - found.usedAt < TOUCH_MS) return { caller: found.caller, expiresAt: endOf(found) };
  await touchSession(db, token, now);
  return { caller: found.caller, expiresAt: endOf({ ...found, usedAt: now }) };
}

export async function signOut({ db }: Pick<Rooms, "db">, token: string): Promise<void> {
  await deleteSession(db, token);
}

/** A link that opens the wallet of one of the caller's customers, once. */
export async function makeWalletLink(
  rooms: SessionRooms,
  caller: Caller,
  customerId: string,
): Promise<{ token: string; expiresAt: number }> {
  await showCustomer(rooms, caller, customerId);
  const now = rooms.clock.now();
  const expiresAt = now + WALLET_LINK_MS;
  return { token: await insertWalletLink(rooms.db, { customerId, keyId: caller.keyId, now, expiresAt }), expiresAt };
}
