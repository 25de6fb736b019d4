/**
 * Who may do what: the one table of powers. The deployment applies it, the access matrix test holds every contract's ABI
 * against it, docs/reference/powers.md writes it out for readers. The numbers are those of contracts/alliance/Roles.sol.
 */
export const ROLES = {
  ADMIN: 0n,
  REGISTRAR: 1n,
  REGULATOR: 2n,
  TREASURER: 3n,
  HOLDER_KEEPER: 4n,
  COUNCIL: 5n,
  STEWARD: 6n,
  SUPERVISOR: 7n,
  EMITTER: 8n,
  ENFORCER: 9n,
} as const;

export type Role = keyof typeof ROLES;

/**
 * How long the council waits between a vote and its effect, by role: so much time have others to see it coming, and the
 * regulator to veto. What is routine waits shortly; what changes rules, members or money waits long.
 */
export const COUNCIL_DELAYS = {
  ADMIN: "dangerous",
  REGISTRAR: "routine",
  TREASURER: "dangerous",
  HOLDER_KEEPER: "routine",
  COUNCIL: "dangerous",
  STEWARD: "routine",
  ENFORCER: "routine",
} as const satisfies Partial<Record<Role, "routine" | "dangerous">>;

/** Contracts that hold a role for good, at once; the regulator's own role is the council's to give. */
export const PROTOCOL_GRANTS = [
  { role: "HOLDER_KEEPER", holder: "MerchantRegistry" },
  { role: "SUPERVISOR", holder: "RegulatorDesk" },
  { role: "EMITTER", holder: "NodeRewards" },
] as const satisfies readonly { readonly role: Role; readonly holder: string }[];

/** Contracts with restricted functions. All merchant points share one line, set on the registry (see AllianceAccess). */
export type Target =
  | "AllianceAccess"
  | "Alliance"
  | "AllianceToken"
  | "MerchantRegistry"
  | "Collateral"
  | "RegulatorDesk"
  | "SharingProgram"
  | "MerchantPoint";

export interface Power {
  readonly target: Target;
  readonly signature: string;
  readonly role: Role;
}

/** A restricted function that is not listed here asks for ADMIN, and fails the access matrix test. */
export const POWERS: readonly Power[] = [
  { target: "AllianceAccess", signature: "setRegistry(address)", role: "ADMIN" },
  { target: "Alliance", signature: "admit(string,string,bytes32,address,address)", role: "COUNCIL" },
  { target: "Alliance", signature: "suspend(uint256)", role: "STEWARD" },
  { target: "Alliance", signature: "reinstate(uint256)", role: "STEWARD" },
  { target: "Alliance", signature: "expel(uint256)", role: "COUNCIL" },
  { target: "Alliance", signature: "changeRepresentative(uint256,address)", role: "COUNCIL" },
  { target: "Alliance", signature: "changeNode(uint256,address)", role: "STEWARD" },
  { target: "Alliance", signature: "setValidatorFloor(uint256)", role: "COUNCIL" },
  { target: "AllianceToken", signature: "admitHolder(address)", role: "HOLDER_KEEPER" },
  { target: "AllianceToken", signature: "removeHolder(address)", role: "COUNCIL" },
  { target: "AllianceToken", signature: "setPayer(address,bool)", role: "TREASURER" },
  { target: "AllianceToken", signature: "setInflation(uint256)", role: "TREASURER" },
  { target: "AllianceToken", signature: "emitReward(address,uint256,uint256)", role: "EMITTER" },
  { target: "MerchantRegistry", signature: "approve(uint256)", role: "REGISTRAR" },
  { target: "MerchantRegistry", signature: "haltIssue(uint256)", role: "SUPERVISOR" },
  { target: "MerchantRegistry", signature: "resumeIssue(uint256)", role: "SUPERVISOR" },
  { target: "MerchantRegistry", signature: "suspend(uint256)", role: "SUPERVISOR" },
  { target: "MerchantRegistry", signature: "reinstate(uint256)", role: "SUPERVISOR" },
  { target: "MerchantRegistry", signature: "orderWindDown(uint256)", role: "COUNCIL" },
  { target: "MerchantRegistry", signature: "assignController(uint256,address)", role: "COUNCIL" },
  { target: "MerchantRegistry", signature: "setFactory(address)", role: "COUNCIL" },
  { target: "MerchantRegistry", signature: "setDesk(address)", role: "COUNCIL" },
  { target: "Collateral", signature: "setCoverage(uint256,uint256)", role: "TREASURER" },
  { target: "Collateral", signature: "seize(uint256,uint256,bytes32)", role: "TREASURER" },
  { target: "Collateral", signature: "setLimitCut(uint256,uint8)", role: "SUPERVISOR" },
  { target: "RegulatorDesk", signature: "freeze(address,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "unfreeze(address,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "pause(address,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "unpause(address,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "ratifyPause(address,bytes32)", role: "STEWARD" },
  { target: "RegulatorDesk", signature: "liftPause(address,bytes32)", role: "STEWARD" },
  { target: "RegulatorDesk", signature: "orderTransfer(address,address,address,uint256,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "withdrawOrder(uint256)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "executeOrder(uint256)", role: "ENFORCER" },
  { target: "RegulatorDesk", signature: "warn(uint256,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "cutLimit(uint256,uint8,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "haltIssue(uint256,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "resumeIssue(uint256,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "suspend(uint256,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "reinstate(uint256,bytes32)", role: "REGULATOR" },
  { target: "RegulatorDesk", signature: "adviseWindDown(uint256,bytes32)", role: "REGULATOR" },
  { target: "SharingProgram", signature: "enable((uint8,uint8,uint128,uint16,uint16))", role: "TREASURER" },
  { target: "SharingProgram", signature: "setParameters((uint8,uint8,uint128,uint16,uint16))", role: "TREASURER" },
  { target: "SharingProgram", signature: "setHalted(bool)", role: "STEWARD" },
  { target: "MerchantPoint", signature: "freeze(address,bytes32)", role: "SUPERVISOR" },
  { target: "MerchantPoint", signature: "unfreeze(address,bytes32)", role: "SUPERVISOR" },
  { target: "MerchantPoint", signature: "pause(bytes32,uint64)", role: "SUPERVISOR" },
  { target: "MerchantPoint", signature: "unpause(bytes32)", role: "SUPERVISOR" },
  { target: "MerchantPoint", signature: "forceTransfer(address,address,uint256,bytes32)", role: "SUPERVISOR" },
];
