import type { IgnitionModuleBuilder } from "@nomicfoundation/ignition-core";

import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { id as keccakOfText } from "ethers";

import { POWERS, ROLES } from "../powers.ts";
import type { Power, Role, Target } from "../powers.ts";

const DAY_SECONDS = 86_400n;
const ALP = 10n ** 18n;

/** A node address nobody has the key of: the local chain has no validators. A consortium gives `founderNode`. */
const NO_NODE = "0x" + keccakOfText("alliance-points-ledger: no node").slice(-40);

/**
 * The whole ledger on a fresh chain. Account 0 is the platform, which is the council until the members take over.
 *
 * Ids of futures are for ever: Ignition's journal finds half-finished deployments by them.
 */
export default buildModule("Ledger", (m) => {
  const platform = m.getAccount(0);
  const regulator = m.getParameter("regulator", platform);

  const accessManager = m.contract("AllianceAccess", [platform]);
  const alliance = m.contract("Alliance", [accessManager, founder(m)]);
  const allianceToken = m.contract("AllianceToken", [
    accessManager,
    m.getParameter("treasury", platform),
    m.getParameter("initialSupply", 1_000_000_000n * ALP),
  ]);
  const merchantRegistry = m.contract("MerchantRegistry", [accessManager, allianceToken]);
  const collateral = m.contract("Collateral", [
    accessManager,
    allianceToken,
    merchantRegistry,
    m.getParameter("withdrawDelaySeconds", 7n * DAY_SECONDS),
  ]);

  // Merchant points answer to what is set on the registry, so their line is there.
  const targets = { AllianceToken: allianceToken, MerchantRegistry: merchantRegistry, Collateral: collateral };
  const wired = Object.entries(groupPowers()).map(([id, { target, role, selectors }]) =>
    m.call(
      accessManager,
      "setTargetFunctionRole",
      [target in targets ? targets[target as keyof typeof targets] : merchantRegistry, selectors, ROLES[role]],
      { id: `Power_${id}` },
    ),
  );
  const grant = (role: Role, holder: typeof platform | typeof regulator | typeof merchantRegistry, name: string) =>
    m.call(accessManager, "grantRole", [ROLES[role], holder, 0n], { id: `Grant_${role}_${name}` });
  const granted = [
    grant("REGISTRAR", platform, "platform"),
    grant("TREASURER", platform, "platform"),
    grant("HOLDER_KEEPER", platform, "platform"),
    grant("REGULATOR", regulator, "regulator"),
    grant("HOLDER_KEEPER", merchantRegistry, "registry"),
  ];
  m.call(accessManager, "setRegistry", [merchantRegistry]);

  const after = [...wired, ...granted];
  m.call(allianceToken, "admitHolder", [collateral], { id: "Holder_collateral", after });
  // 1 ALP a yuan; 30 % is what China's rules for prepaid cards ask of a group of companies.
  m.call(collateral, "setCoverage", [m.getParameter("alpPerYuan", ALP), m.getParameter("coverageBps", 3_000n)], {
    after,
  });

  return { accessManager, alliance, allianceToken, merchantRegistry, collateral };
});

/** The member that exists from the first block: the platform's own organisation. */
function founder(m: IgnitionModuleBuilder) {
  const profile = '{"name":"Platform"}';
  return {
    name: m.getParameter("founderName", "Platform"),
    profileUri: m.getParameter("founderProfileUri", `data:application/json,${encodeURIComponent(profile)}`),
    profileHash: m.getParameter("founderProfileHash", keccakOfText(profile)),
    representative: m.getParameter("founderRepresentative", m.getAccount(0)),
    node: m.getParameter("founderNode", NO_NODE),
    status: 1,
    since: 0,
  };
}

/** One `setTargetFunctionRole` for each target and role. COUNCIL needs none: it is what AccessManager falls back to. */
function groupPowers(): Record<string, { target: Target; role: Role; selectors: string[] }> {
  const groups: Record<string, { target: Target; role: Role; selectors: string[] }> = {};
  for (const { target, role, signature } of POWERS.filter((power: Power) => power.role !== "COUNCIL")) {
    const group = (groups[`${target}_${role}`] ??= { target, role, selectors: [] });
    group.selectors.push(keccakOfText(signature).slice(0, 10));
  }
  return groups;
}
