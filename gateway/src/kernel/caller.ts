/** Who asks. Roles are what the API knows; power on the chain is another matter and checked there again. */
export const ROLES = ["operator", "merchant", "till", "auditor", "regulator", "consumer"] as const;
export type Role = (typeof ROLES)[number];

/** What a key can be confined to: a kind of object and whether it may be changed. A role says who, a scope says what for. */
export const SCOPES = [
  "commands:read",
  "customers:read",
  "customers:write",
  "exchange:write",
  "keys:read",
  "keys:write",
  "merchants:write",
  "points:write",
] as const;
export type Scope = (typeof SCOPES)[number];

export interface Caller {
  /** Owner of idempotency keys, commands and customers: no organisation sees another's. */
  readonly organisation: string;
  readonly role: Role;
  /** The one merchant this key speaks for; absent for operators, auditors and regulators. */
  readonly merchantId?: number;
  readonly keyId: string;
  /** The only scopes of this key; absent for a key that may do whatever its role may. */
  readonly scopes?: readonly Scope[];
}
