/**
 * The whole ledger for contract tests: deployed by the same Ignition module as everywhere else, on a chain of its own,
 * with named actors. Each call of `createLedger` is a fresh chain; a suite that wants to go back takes a snapshot with
 * `networkHelpers.loadFixture`.
 */
import type { HardhatEthersSigner } from "@nomicfoundation/hardhat-ethers/types";

import { network } from "hardhat";

import LedgerModule from "../../ignition/modules/Ledger.ts";
import { at, UTC_PLUS_8 } from "./time.ts";

export type Signer = HardhatEthersSigner;
export type Ledger = Awaited<ReturnType<typeof createLedger>>;
type Parameters = Record<string, bigint | string>;

export const ALP = 10n ** 18n;
/** One whole point in base units. */
export const POINT = 100n;

/** 10 a.m. of 15 January 2027 in China: the deployment begins; the middle of a month, a quarter's first month. */
export const GENESIS = at("2027-01-15", "10:00:00", UTC_PLUS_8);

/** @param parameters Parameters of the Ignition module that differ from its defaults. */
export async function createLedger(parameters: Parameters = {}) {
  const connection = await network.create({
    override: { initialDate: new Date(GENESIS * 1000).toISOString() },
  });
  const { ethers, ignition, networkHelpers } = connection;
  const actors = nameActors(await ethers.getSigners());

  const deployed = await ignition.deploy(LedgerModule, {
    parameters: { Ledger: { regulator: actors.regulator.address, ...parameters } },
  });
  const addressOf = (name: keyof typeof deployed) => deployed[name].getAddress();
  return {
    connection,
    ethers,
    networkHelpers,
    actors,
    accessManager: await ethers.getContractAt("AllianceAccess", await addressOf("accessManager")),
    alliance: await ethers.getContractAt("Alliance", await addressOf("alliance")),
    allianceToken: await ethers.getContractAt("AllianceToken", await addressOf("allianceToken")),
    merchantRegistry: await ethers.getContractAt("MerchantRegistry", await addressOf("merchantRegistry")),
    merchantPointFactory: await ethers.getContractAt("MerchantPointFactory", await addressOf("merchantPointFactory")),
    collateral: await ethers.getContractAt("Collateral", await addressOf("collateral")),
    exchangePool: await ethers.getContractAt("ExchangePool", await addressOf("exchangePool")),
  };
}

/** Who is who among Hardhat's 20 accounts. Nobody plays two parts. */
function nameActors(signers: readonly Signer[]) {
  const [platform, regulator, outsider, relayer] = signers as [Signer, Signer, Signer, Signer];
  return {
    /** Council, registrar, treasurer, holder keeper and treasury until members take over. */
    platform,
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
  };
}
