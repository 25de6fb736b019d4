import type { Address } from "./ids.ts";

/** Who asks. Roles are what the API knows; power on the chain is another matter and checked there again. */
export const ROLES = ["operator", "member", "merchant", "till", "auditor", "regulator", "consumer"] as const;
export type Role = (typeof ROLES)[number];

/** What a key can be confined to: a kind of object and whether it may be changed. A role says who, a scope says what for. */
export const SCOPES = [
  "commands:read",
  "council:write",
  "customers:read",
  "customers:write",
  "desk:read",
  "desk:write",
  "exchange:write",
  "exit:write",
  "goods:read",
  "goods:write",
  "keys:read",
  "keys:write",
  "lottery:write",
  "loyalty:read",
  "loyalty:write",
  "merchants:write",
  "offers:write",
  "points:write",
  "rules:read",
  "rules:write",
  "sharing:write",
  "supervision:write",
  "webhooks:read",
  "webhooks:write",
] as const;
export type Scope = (typeof SCOPES)[number];

export interface Caller {
  /** Owner of idempotency keys, commands and customers: no organisation sees another's. */
  readonly organisation: string;
  readonly role: Role;
  /** The one merchant this key speaks for; absent for operators, auditors and regulators. */
  readonly merchantId?: number;
  /** The one member of the alliance that a key of the role `member` speaks for. */
  readonly memberId?: number;
  /** Names the key, or the session of a wallet, in logs and limits. */
  readonly keyId: string;
  /** The only scopes of this key; absent for a key that may do whatever its role may. */
  readonly scopes?: readonly Scope[];
  /** Set for a customer who is signed in: it asks for itself, and for nobody else. */
  readonly self?: Self;
}

/** The one customer that a session is confined to. */
export interface Self {
  readonly account: Address;
  /** Absent for a wallet that signed in by itself: no organisation keeps it as a customer. */
  readonly customerId?: string;
}

/** What the names of a customer's writes begin with: whose they are can be told from them. */
export const ownNames = ({ customerId, account }: Self): string => `customer/${customerId ?? account}/`;
