import type { IgnitionModuleBuilder } from "@nomicfoundation/ignition-core";

import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { id as keccakOfText } from "ethers";

import { inSequence } from "../in-sequence.ts";
import { POWERS, ROLES } from "../powers.ts";
import type { Role } from "../powers.ts";

const DAY_SECONDS = 86_400n;
const ALP = 10n ** 18n;

/** A node address nobody has the key of: the local chain has no validators. A consortium gives `founderNode`. */
const NO_NODE = "0x" + keccakOfText("alliance-points-ledger: no node").slice(-40);

/** Where a target's roles are set. All merchant points share one line, on the registry (see AllianceAccess). */
const SET_ON = {
  AllianceToken: "AllianceToken",
  MerchantRegistry: "MerchantRegistry",
  MerchantPoint: "MerchantRegistry",
  Collateral: "Collateral",
} as const;

/**
 * The whole ledger on a fresh chain. Account 0 is the platform, which is the council until the members take over.
 *
 * Ids of futures are for ever: Ignition's journal finds half-finished deployments by them.
 */
export default buildModule("Ledger", (m) => {
  const { contract, call } = inSequence(m);
  const platform = m.getAccount(0);
  const regulator = m.getParameter("regulator", platform);

  const accessManager = contract("AllianceAccess", [platform]);
  const alliance = contract("Alliance", [accessManager, founder(m)]);
  const allianceToken = contract("AllianceToken", [
    accessManager,
    m.getParameter("treasury", platform),
    m.getParameter("initialSupply", 1_000_000_000n * ALP),
  ]);
  const merchantRegistry = contract("MerchantRegistry", [accessManager, allianceToken]);
  const collateral = contract("Collateral", [
    accessManager,
    allianceToken,
    merchantRegistry,
    m.getParameter("withdrawDelaySeconds", 7n * DAY_SECONDS),
  ]);

  const exchangePool = contract("ExchangePool", [
    merchantRegistry,
    allianceToken,
    m.getParameter("priceDelaySeconds", 3_600n),
    m.getParameter("priceMoveMaxBps", 1_000n),
  ]);
  const merchantPointFactory = contract("MerchantPointFactory", [
    { authority: accessManager, registry: merchantRegistry, pool: exchangePool, collateral },
  ]);

  const targets = { AllianceToken: allianceToken, MerchantRegistry: merchantRegistry, Collateral: collateral };
  for (const { target, role, selectors } of groupPowers()) {
    const wired = [targets[target], selectors, ROLES[role]];
    call(accessManager, "setTargetFunctionRole", wired, `Power_${target}_${role}`);
  }
  const grant = (role: Role, holder: typeof platform | typeof regulator | typeof merchantRegistry, name: string) =>
    call(accessManager, "grantRole", [ROLES[role], holder, 0n], `Grant_${role}_${name}`);
  grant("REGISTRAR", platform, "platform");
  grant("TREASURER", platform, "platform");
  grant("HOLDER_KEEPER", platform, "platform");
  grant("REGULATOR", regulator, "regulator");
  grant("HOLDER_KEEPER", merchantRegistry, "registry");

  call(accessManager, "setRegistry", [merchantRegistry], "Registry");
  call(merchantRegistry, "setFactory", [merchantPointFactory], "Factory");
  call(allianceToken, "admitHolder", [collateral], "Holder_collateral");
  call(allianceToken, "admitHolder", [exchangePool], "Holder_pool");
  // 1 ALP a yuan; 30 % is what China's rules for prepaid cards ask of a group of companies.
  const coverage = [m.getParameter("alpPerYuan", ALP), m.getParameter("coverageBps", 3_000n)];
  call(collateral, "setCoverage", coverage, "Coverage");

  return {
    accessManager,
    alliance,
    allianceToken,
    merchantRegistry,
    merchantPointFactory,
    collateral,
    exchangePool,
  };
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

type WiredTarget = (typeof SET_ON)[keyof typeof SET_ON];

interface PowerGroup {
  readonly target: WiredTarget;
  readonly role: Role;
  readonly selectors: string[];
}

/** One `setTargetFunctionRole` for each target and role. COUNCIL needs none: it is what AccessManager falls back to. */
function groupPowers(): PowerGroup[] {
  const groups = new Map<string, PowerGroup>();
  for (const { target, role, signature } of POWERS) {
    if (role === "COUNCIL") continue;
    if (!(target in SET_ON)) throw new Error(`${target} has the role ${role} for ${signature} and no place to set it`);
    const setOn = SET_ON[target as keyof typeof SET_ON];
    const group = groups.get(`${setOn}_${role}`) ?? { target: setOn, role, selectors: [] };
    group.selectors.push(keccakOfText(signature).slice(0, 10));
    groups.set(`${setOn}_${role}`, group);
  }
  return [...groups.values()];
}
