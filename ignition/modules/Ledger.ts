import type { IgnitionModuleBuilder, NamedArtifactContractDeploymentFuture } from "@nomicfoundation/ignition-core";

import { buildModule } from "@nomicfoundation/hardhat-ignition/modules";
import { id as keccakOfText } from "ethers";

import { inSequence } from "../in-sequence.ts";
import { COUNCIL_DELAYS, POWERS, PROTOCOL_GRANTS, ROLES } from "../powers.ts";
import type { Role } from "../powers.ts";

const DAY_SECONDS = 86_400n;
const ALP = 10n ** 18n;

/** A node address nobody has the key of: the local chain has no validators. A consortium gives `founderNode`. */
const NO_NODE = "0x" + keccakOfText("alliance-points-ledger: no node").slice(-40);

/** What the deployer is while it wires, besides admin: the calls of `setRules` ask for these. */
const WIRING = ["COUNCIL", "TREASURER", "HOLDER_KEEPER"] as const;

/** Where a target's roles are set. All merchant points share one line, on the registry (see AllianceAccess). */
const SET_ON = {
  Alliance: "Alliance",
  AllianceToken: "AllianceToken",
  MerchantRegistry: "MerchantRegistry",
  MerchantPoint: "MerchantRegistry",
  Collateral: "Collateral",
  RegulatorDesk: "RegulatorDesk",
  SharingProgram: "SharingProgram",
} as const;

/**
 * The whole ledger on a fresh chain. Account 0 deploys and wires it as AccessManager's admin, gives every role to the
 * council, and renounces: from then on the founding member acts through the council like everybody else, alone (1 of 1)
 * until it admits others. The treasury is the council's from the first block.
 *
 * Ids of futures are for ever: Ignition's journal finds half-finished deployments by them.
 */
export default buildModule("Ledger", (m) => {
  const steps = inSequence(m);
  const contracts = deployAll(m, steps);
  const grant = (role: Role, holder: Holder, delay: Delay, id: string) =>
    steps.call(contracts.accessManager, "grantRole", [ROLES[role], holder, delay], id);

  const deployer = m.getAccount(0);
  for (const role of WIRING) grant(role, deployer, 0n, `Wiring_${role}`);
  setRoles(steps, contracts);
  const holders = {
    MerchantRegistry: contracts.merchantRegistry,
    RegulatorDesk: contracts.regulatorDesk,
    NodeRewards: contracts.nodeRewards,
  };
  for (const { role, holder } of PROTOCOL_GRANTS) grant(role, holders[holder], 0n, `Grant_${role}_${holder}`);
  setRules(m, steps, contracts);

  const delays = delaysOf(m);
  for (const [role, delay] of Object.entries(COUNCIL_DELAYS)) {
    grant(role as Role, contracts.council, delays[delay], `Grant_${role}_council`);
  }
  for (const role of [...WIRING, "ADMIN"] as const) {
    steps.call(contracts.accessManager, "renounceRole", [ROLES[role], deployer], `Renounce_${role}`);
  }
  return contracts;
});

/** Seconds between the council's vote and its effect; the same parameter object each time it is asked for. */
function delaysOf(m: IgnitionModuleBuilder) {
  return {
    routine: m.getParameter("routineDelaySeconds", 3_600n),
    dangerous: m.getParameter("dangerousDelaySeconds", 2n * DAY_SECONDS),
  };
}

function deployAll(m: IgnitionModuleBuilder, steps: Steps) {
  const core = deployCore(m, steps);
  return { ...core, ...deployLoyalty(m, steps, core) };
}

/** Who decides, who issues, what backs it, and where it is exchanged. */
function deployCore(m: IgnitionModuleBuilder, { contract }: Steps) {
  const delays = delaysOf(m);
  const accessManager = contract("AllianceAccess", [m.getAccount(0)]);
  const alliance = contract("Alliance", [accessManager, founder(m)]);
  const council = contract("AllianceCouncil", [
    alliance,
    accessManager,
    {
      votingPeriodSeconds: m.getParameter("votingPeriodSeconds", 7n * DAY_SECONDS),
      baseDelaySeconds: delays.routine,
      selfDelaySeconds: delays.dangerous,
    },
  ]);
  const allianceToken = contract("AllianceToken", [
    accessManager,
    alliance,
    council,
    m.getParameter("initialSupply", 1_000_000_000n * ALP),
    m.getParameter("inflationBpsMax", 500n),
  ]);
  const nodeRewards = contract("NodeRewards", [
    alliance,
    allianceToken,
    m.getParameter("rewardEpochSeconds", DAY_SECONDS),
    m.getParameter("rewardWindowSeconds", 3_600n),
    // 20 of 24: a node may be down for four hours a day.
    m.getParameter("rewardWindowsRequired", 20n),
  ]);
  const merchantRegistry = contract("MerchantRegistry", [
    accessManager,
    allianceToken,
    m.getParameter("exitNoticeSeconds", 7n * DAY_SECONDS),
    m.getParameter("windDownSeconds", 180n * DAY_SECONDS),
  ]);
  const collateral = contract("Collateral", [
    accessManager,
    allianceToken,
    merchantRegistry,
    council,
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
  const regulatorDesk = contract("RegulatorDesk", [accessManager, merchantRegistry]);
  const nodeDirectory = contract("NodeDirectory", [alliance]);
  const consentRelay = contract("ConsentRelay", []);
  return {
    accessManager,
    alliance,
    council,
    allianceToken,
    nodeRewards,
    merchantRegistry,
    merchantPointFactory,
    collateral,
    exchangePool,
    regulatorDesk,
    nodeDirectory,
    consentRelay,
  };
}

/** What merchants do with points: nothing of the core knows of it. */
function deployLoyalty(m: IgnitionModuleBuilder, { contract }: Steps, core: ReturnType<typeof deployCore>) {
  const { accessManager, alliance, allianceToken, merchantRegistry, collateral } = core;
  const ruleBooks = contract("RuleBooks", [merchantRegistry]);
  const sharingProgram = contract("SharingProgram", [
    accessManager,
    allianceToken,
    merchantRegistry,
    collateral,
    m.getParameter("sharingSeedAlp", 10_000n * ALP),
  ]);
  const lottery = contract("Lottery", [merchantRegistry, alliance]);
  return { ruleBooks, sharingProgram, lottery };
}

/** What each restricted function asks for, and that merchant points ask for the registry's line. */
function setRoles({ call }: Steps, contracts: Contracts) {
  const { accessManager, alliance, allianceToken, merchantRegistry, collateral, regulatorDesk, sharingProgram } =
    contracts;
  const targets = {
    Alliance: alliance,
    AllianceToken: allianceToken,
    MerchantRegistry: merchantRegistry,
    Collateral: collateral,
    RegulatorDesk: regulatorDesk,
    SharingProgram: sharingProgram,
  };
  for (const { target, role, selectors } of groupPowers()) {
    const wired = [targets[target], selectors, ROLES[role]];
    call(accessManager, "setTargetFunctionRole", wired, `Power_${target}_${role}`);
  }
  call(accessManager, "setRegistry", [merchantRegistry], "Registry");
}

/** What the contracts must know of each other, and the first rules, which the council can change. */
function setRules(m: IgnitionModuleBuilder, { call }: Steps, contracts: Contracts) {
  const { allianceToken, merchantRegistry, merchantPointFactory, collateral, exchangePool, regulatorDesk } = contracts;
  call(merchantRegistry, "setFactory", [merchantPointFactory], "Factory");
  call(merchantRegistry, "setDesk", [regulatorDesk], "Desk");
  call(allianceToken, "admitHolder", [collateral], "Holder_collateral");
  call(allianceToken, "admitHolder", [exchangePool], "Holder_pool");
  call(allianceToken, "setPayer", [collateral, true], "Payer_collateral");
  call(allianceToken, "setInflation", [m.getParameter("inflationBps", 200n)], "Inflation");
  // 1 ALP a yuan; 30 % is what China's rules for prepaid cards ask of a group of companies.
  const coverage = [m.getParameter("alpPerYuan", ALP), m.getParameter("coverageBps", 3_000n)];
  call(collateral, "setCoverage", coverage, "Coverage");
}

type Steps = ReturnType<typeof inSequence>;
type Contracts = ReturnType<typeof deployAll>;
type Parameter = ReturnType<IgnitionModuleBuilder["getParameter"]>;
type Holder = ReturnType<IgnitionModuleBuilder["getAccount"]> | NamedArtifactContractDeploymentFuture<string>;
type Delay = bigint | Parameter;

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

/** One `setTargetFunctionRole` for each target and role. ADMIN needs none: it is what AccessManager falls back to. */
function groupPowers(): PowerGroup[] {
  const groups = new Map<string, PowerGroup>();
  for (const { target, role, signature } of POWERS) {
    if (role === "ADMIN") continue;
    if (!(target in SET_ON)) throw new Error(`${target} has the role ${role} for ${signature} and no place to set it`);
    const setOn = SET_ON[target as keyof typeof SET_ON];
    const group = groups.get(`${setOn}_${role}`) ?? { target: setOn, role, selectors: [] };
    group.selectors.push(keccakOfText(signature).slice(0, 10));
    groups.set(`${setOn}_${role}`, group);
  }
  return [...groups.values()];
}
