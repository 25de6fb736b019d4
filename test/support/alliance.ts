/**
 * The whole ledger for contract tests: deployed by the same Ignition module as everywhere else, on a chain of its own,
 * with named actors. Each call of `createLedger` is a fresh chain; a suite that wants to go back takes a snapshot with
 * `networkHelpers.loadFixture`.
 */
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { network } from "hardhat";

import LedgerModule from "../../ignition/modules/Ledger.ts";
import { ROLES } from "../../ignition/powers.ts";
import { at, UTC_PLUS_8 } from "./time.ts";

export type Signer = HardhatEthersSigner;
export type Ledger = Awaited<ReturnType<typeof createLedger>>;
type Parameters = Record<string, bigint | string>;

export const ALP = 10n ** 18n;
/** One whole point in base units. */
export const POINT = 100n;

/** 10 a.m. of 15 January 2027 in China: the deployment begins; the middle of a month, a quarter's first month. */
export const GENESIS = at("2027-01-15", "10:00:00", UTC_PLUS_8);

/** The council acts at once, so that a test which only needs a ledger to stand on need not wait. */
const NO_DELAYS = { routineDelaySeconds: 0n, dangerousDelaySeconds: 0n };

/**
 * A ledger to stand on: what its council decides, `actors.platform` does at once, being the council's own address. Tests
 * of how it decides make proposals (test/support/council.ts).
 *
 * @param parameters Parameters of the Ignition module that differ from its defaults.
 */
export async function createLedger(parameters: Parameters = {}) {
  const bare = await deployLedger({ ...NO_DELAYS, ...parameters });
  const platform = await impersonate(bare, await bare.council.getAddress());
  const accessManager = bare.accessManager.connect(platform);
  // SUPERVISOR, too: tests of tokens freeze and pause one token, which in life the regulator does through its desk.
  for (const role of [ROLES.REGULATOR, ROLES.SUPERVISOR]) await accessManager.grantRole(role, bare.actors.regulator, 0);
  return {
    ...bare,
    actors: { ...bare.actors, platform },
    accessManager,
    alliance: bare.alliance.connect(platform),
    allianceToken: bare.allianceToken.connect(platform),
    nodeRewards: bare.nodeRewards.connect(platform),
    merchantRegistry: bare.merchantRegistry.connect(platform),
    merchantPointFactory: bare.merchantPointFactory.connect(platform),
    collateral: bare.collateral.connect(platform),
    exchangePool: bare.exchangePool.connect(platform),
    regulatorDesk: bare.regulatorDesk.connect(platform),
    nodeDirectory: bare.nodeDirectory.connect(platform),
    ruleBooks: bare.ruleBooks,
    sharingProgram: bare.sharingProgram.connect(platform),
    lottery: bare.lottery,
    consentRelay: bare.consentRelay.connect(platform),
  };
}

/** A ledger as it is deployed: one member, alone in the council; no regulator; the module's own delays. */
export async function deployLedger(parameters: Parameters = {}) {
  const connection = await network.create({
    override: { initialDate: new Date(GENESIS * 1000).toISOString() },
  });
  const { ethers, ignition, networkHelpers } = connection;
  const actors = nameActors(await ethers.getSigners());

  const founder = { founderRepresentative: actors.founder.address, founderNode: actors.founderNode.address };
  const deployed = await ignition.deploy(LedgerModule, { parameters: { Ledger: { ...founder, ...parameters } } });
  const addressOf = (name: keyof typeof deployed) => deployed[name].getAddress();
  return {
    connection,
    ethers,
    networkHelpers,
    actors,
    accessManager: await ethers.getContractAt("AllianceAccess", await addressOf("accessManager")),
    alliance: await ethers.getContractAt("Alliance", await addressOf("alliance")),
    council: await ethers.getContractAt("AllianceCouncil", await addressOf("council")),
    allianceToken: await ethers.getContractAt("AllianceToken", await addressOf("allianceToken")),
    nodeRewards: await ethers.getContractAt("NodeRewards", await addressOf("nodeRewards")),
    merchantRegistry: await ethers.getContractAt("MerchantRegistry", await addressOf("merchantRegistry")),
    merchantPointFactory: await ethers.getContractAt("MerchantPointFactory", await addressOf("merchantPointFactory")),
    collateral: await ethers.getContractAt("Collateral", await addressOf("collateral")),
    exchangePool: await ethers.getContractAt("ExchangePool", await addressOf("exchangePool")),
    regulatorDesk: await ethers.getContractAt("RegulatorDesk", await addressOf("regulatorDesk")),
    nodeDirectory: await ethers.getContractAt("NodeDirectory", await addressOf("nodeDirectory")),
    ruleBooks: await ethers.getContractAt("RuleBooks", await addressOf("ruleBooks")),
    sharingProgram: await ethers.getContractAt("SharingProgram", await addressOf("sharingProgram")),
    lottery: await ethers.getContractAt("Lottery", await addressOf("lottery")),
    consentRelay: await ethers.getContractAt("ConsentRelay", await addressOf("consentRelay")),
  };
}

/** A ledger as it is deployed; `createLedger` adds to it. */
export type BareLedger = Awaited<ReturnType<typeof deployLedger>>;

async function impersonate({ ethers, networkHelpers }: BareLedger, address: string): Promise<Signer> {
  await networkHelpers.setBalance(address, 10n ** 21n);
  return await ethers.getImpersonatedSigner(address);
}

/** Who is who among Hardhat's accounts. Nobody plays two parts. */
function nameActors(signers: readonly Signer[]) {
  const [deployer, regulator, outsider, relayer] = signers as [Signer, Signer, Signer, Signer];
  return {
    /** Wires the contracts, and has no part in anything from then on. */
    deployer,
    regulator,
    /** Has no part in anything. */
    outsider,
    /** Sends what others have signed. */
    relayer,
    /** Controllers of merchants not yet admitted. */
    controllers: signers.slice(4, 8),
    tills: signers.slice(8, 12),
    customers: signers.slice(12, 18),
    /** Representatives and nodes of organisations, for tests of the alliance itself. */
    organisations: signers.slice(18, 20),
    /** Represents member 1, and that member's node. */
    founder: signers[20]!,
    founderNode: signers[30]!,
    /** Representatives and nodes of six more members, for tests of the council. */
    representatives: signers.slice(21, 27),
    nodes: signers.slice(31, 37),
  };
}
