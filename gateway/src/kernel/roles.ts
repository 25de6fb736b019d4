/** The roles of the alliance's AccessManager by their numbers (contracts/alliance/Roles.sol). A number is for ever. */
export const ROLE_NAMES = [
  "ADMIN",
  "REGISTRAR",
  "REGULATOR",
  "TREASURER",
  "HOLDER_KEEPER",
  "COUNCIL",
  "STEWARD",
  "SUPERVISOR",
  "EMITTER",
  "ENFORCER",
] as const;

/** AccessManager's role that everybody has. */
const PUBLIC_ROLE = 2n ** 64n - 1n;

/** The role's name; one that the council invented later has its number. */
export function roleName(roleId: bigint | string): string {
  const id = BigInt(roleId);
  return id === PUBLIC_ROLE ? "PUBLIC" : (ROLE_NAMES[Number(id)] ?? String(id));
}

/** The number of a role's name, or of its number written out. Undefined for anything else. */
export function roleId(name: string): bigint | undefined {
  const index = ROLE_NAMES.findIndex((known) => known === name);
  if (index >= 0) return BigInt(index);
  if (name === "PUBLIC") return PUBLIC_ROLE;
  return /^(0|[1-9][0-9]{0,19})$/.test(name) && BigInt(name) < PUBLIC_ROLE ? BigInt(name) : undefined;
}
