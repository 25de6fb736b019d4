/**
 * Who may do what: the one table of powers. The deployment applies it, the access matrix test holds every contract's ABI
 * against it, docs/reference/powers.md writes it out for readers. The numbers are those of contracts/alliance/Roles.sol.
 */
export const ROLES = { COUNCIL: 0n, REGISTRAR: 1n, REGULATOR: 2n, TREASURER: 3n, HOLDER_KEEPER: 4n } as const;

export type Role = keyof typeof ROLES;

/** Contracts with restricted functions. All merchant points share one line, set on the registry (see AllianceAccess). */
export type Target =
  "AllianceAccess" | "Alliance" | "AllianceToken" | "MerchantRegistry" | "Collateral" | "MerchantPoint";

export interface Power {
  readonly target: Target;
  readonly signature: string;
  readonly role: Role;
}

/** A restricted function that is not listed here asks for COUNCIL, and fails the access matrix test. */
export const POWERS: readonly Power[] = [
  { target: "AllianceAccess", signature: "setRegistry(address)", role: "COUNCIL" },
  { target: "Alliance", signature: "admit(string,string,bytes32,address,address)", role: "COUNCIL" },
  { target: "Alliance", signature: "suspend(uint256)", role: "COUNCIL" },
  { target: "Alliance", signature: "reinstate(uint256)", role: "COUNCIL" },
  { target: "Alliance", signature: "expel(uint256)", role: "COUNCIL" },
  { target: "Alliance", signature: "changeRepresentative(uint256,address)", role: "COUNCIL" },
  { target: "Alliance", signature: "changeNode(uint256,address)", role: "COUNCIL" },
  { target: "AllianceToken", signature: "admitHolder(address)", role: "HOLDER_KEEPER" },
  { target: "AllianceToken", signature: "removeHolder(address)", role: "COUNCIL" },
  { target: "MerchantRegistry", signature: "approve(uint256)", role: "REGISTRAR" },
  { target: "MerchantRegistry", signature: "haltIssue(uint256)", role: "REGULATOR" },
  { target: "MerchantRegistry", signature: "resumeIssue(uint256)", role: "REGULATOR" },
  { target: "MerchantRegistry", signature: "setFactory(address)", role: "COUNCIL" },
  { target: "Collateral", signature: "setCoverage(uint256,uint256)", role: "TREASURER" },
  { target: "MerchantPoint", signature: "freeze(address,bytes32)", role: "REGULATOR" },
  { target: "MerchantPoint", signature: "unfreeze(address,bytes32)", role: "REGULATOR" },
  { target: "MerchantPoint", signature: "pause(bytes32)", role: "REGULATOR" },
  { target: "MerchantPoint", signature: "unpause(bytes32)", role: "REGULATOR" },
];
