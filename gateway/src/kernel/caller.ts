/** Who asks. Roles are what the API knows; power on the chain is another matter and checked there again. */
export const ROLES = ["operator", "merchant", "till", "auditor", "regulator", "consumer"] as const;
export type Role = (typeof ROLES)[number];

export interface Caller {
  /** Owner of idempotency keys, commands and customers: no organisation sees another's. */
  readonly organisation: string;
  readonly role: Role;
  /** The one merchant this key speaks for; absent for operators, auditors and regulators. */
  readonly merchantId?: number;
  readonly keyId: string;
}
