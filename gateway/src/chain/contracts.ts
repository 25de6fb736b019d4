/** The ABIs of the ledger's contracts, read once from the build, with the types that the build generates. */
import { readFileSync } from "node:fs";
import { Interface } from "ethers";
import type { Fragment, Result } from "ethers";
import type { AllianceAccessInterface } from "../../../types/alliance/AllianceAccess.ts";
import type { AllianceCouncilInterface } from "../../../types/alliance/AllianceCouncil.ts";
import type { CouncilPreviewInterface } from "../../../types/alliance/CouncilPreview.ts";
import type { IAllianceInterface } from "../../../types/alliance/IAlliance.ts";
import type { IAllianceTokenInterface } from "../../../types/alliance/IAllianceToken.ts";
import type { ICollateralInterface } from "../../../types/alliance/ICollateral.ts";
import type { IMerchantRegistryInterface } from "../../../types/alliance/IMerchantRegistry.ts";
import type { INodeDirectoryInterface } from "../../../types/alliance/INodeDirectory.ts";
import type { INodeRewardsInterface } from "../../../types/alliance/INodeRewards.ts";
import type { IConsentRelayInterface } from "../../../types/exchange/IConsentRelay.ts";
import type { IExchangePoolInterface } from "../../../types/exchange/IExchangePool.ts";
import type { ILotteryInterface } from "../../../types/lottery/ILottery.ts";
import type { IRuleBooksInterface } from "../../../types/loyalty/IRuleBooks.ts";
import type { IMerchantPointInterface } from "../../../types/points/IMerchantPoint.ts";
import type { ISharingProgramInterface } from "../../../types/sharing/ISharingProgram.ts";
import type { IRegulatorDeskInterface } from "../../../types/supervision/IRegulatorDesk.ts";
import type { IGenesisValidatorsInterface } from "../../../types/validators/IGenesisValidators.ts";
import type { Address, HexData } from "../kernel/ids.ts";
import { parseHexData } from "../kernel/ids.ts";

const ARTIFACTS = new URL("../../../artifacts/contracts/", import.meta.url);

function readAbi(path: string): readonly object[] {
  const name = path.slice(path.lastIndexOf("/") + 1);
  try {
    const file = readFileSync(new URL(`${path}.sol/${name}.json`, ARTIFACTS), "utf8");
    return (JSON.parse(file) as { abi: object[] }).abi;
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return [];
    throw error;
  }
}

/** The interface's words, and what the contract inherits besides them (permit, EIP-5267, OpenZeppelin's errors). */
function load(room: string, name: string): Interface {
  const abi = [...readAbi(`${room}/I${name}`), ...readAbi(`${room}/${name}`)];
  if (abi.length === 0) throw new Error(`contract ${name} is not built: run npx hardhat build`);
  const named = new Interface(abi).fragments.filter(({ type }) => type !== "constructor");
  const seen = new Map(named.map((fragment: Fragment) => [`${fragment.type} ${fragment.format("sighash")}`, fragment]));
  return new Interface([...seen.values()]);
}

export const alliance = load("alliance", "Alliance") as IAllianceInterface;
export const allianceToken = load("alliance", "AllianceToken") as IAllianceTokenInterface;
export const merchantRegistry = load("alliance", "MerchantRegistry") as IMerchantRegistryInterface;
export const collateral = load("alliance", "Collateral") as ICollateralInterface;
export const exchangePool = load("exchange", "ExchangePool") as IExchangePoolInterface;
export const consentRelay = load("exchange", "ConsentRelay") as IConsentRelayInterface;
export const merchantPoint = load("points", "MerchantPoint") as IMerchantPointInterface;

export const council = load("alliance", "AllianceCouncil") as AllianceCouncilInterface;
export const nodeRewards = load("alliance", "NodeRewards") as INodeRewardsInterface;
export const nodeDirectory = load("alliance", "NodeDirectory") as INodeDirectoryInterface;
export const accessManager = load("alliance", "AllianceAccess") as AllianceAccessInterface;
export const regulatorDesk = load("supervision", "RegulatorDesk") as IRegulatorDeskInterface;

/** Anchors of the merchants' loyalty rules. */
export const ruleBooks = load("loyalty", "RuleBooks") as IRuleBooksInterface;

/** The sharing program (共享购), which is itself the token of the share points. */
export const sharingProgram = load("sharing", "SharingProgram") as ISharingProgramInterface;

/** Draws of prizes for points. */
export const lottery = load("lottery", "Lottery") as ILotteryInterface;

/** In the genesis of networks that select their validators by contract. */
export const genesisValidators = load("validators", "GenesisValidators") as IGenesisValidatorsInterface;

/** Never deployed: its code takes the council's place for one call (see chain/preview.ts). */
export const councilPreview = load("alliance", "CouncilPreview") as CouncilPreviewInterface;

/** The runtime code that the build made. */
export function readRuntimeCode(room: string, name: string): HexData {
  const file = readFileSync(new URL(`${room}/${name}.sol/${name}.json`, ARTIFACTS), "utf8");
  return parseHexData((JSON.parse(file) as { deployedBytecode: string }).deployedBytecode);
}

/** The words of one contract, for rooms that hand it on and do not open it. */
export type ContractAbi = Interface;
export type Decoded = Result;

/** For `enqueueOnce`: `callOf(token, merchantPoint.encodeFunctionData("setTill", [till, limit]))`. */
export function callOf(to: Address, data: string): { to: Address; data: HexData } {
  return { to, data: parseHexData(data) };
}
