/** The roles of the alliance's AccessManager by their numbers (contracts/alliance/Roles.sol). A number is for ever. */
const ROLE_NAMES = [
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
