/** The contracts' ABIs as the compiler wrote them; the interfaces carry every event, error and function we use. */
import { readFileSync } from "node:fs";
import { Interface } from "ethers";
import type { InterfaceAbi } from "ethers";

const ROOMS = {
  IMerchantPoint: "points",
  IExchangePool: "exchange",
  IMerchantRegistry: "alliance",
  ICollateral: "alliance",
  IAlliance: "alliance",
  IAllianceToken: "alliance",
} as const;

export type InterfaceName = keyof typeof ROOMS;

const loaded = new Map<InterfaceName, Interface>();

/** Read once; a missing artifact means the contracts were not compiled yet. */
export function interfaceOf(name: InterfaceName): Interface {
  const before = loaded.get(name);
  if (before !== undefined) return before;
  const path = new URL(`../../../artifacts/contracts/${ROOMS[name]}/${name}.sol/${name}.json`, import.meta.url);
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (cause) {
    throw new Error(`the contract interface ${name} is not compiled: run "npx hardhat build" first`, { cause });
  }
  const made = new Interface((JSON.parse(text) as { abi: InterfaceAbi }).abi);
  loaded.set(name, made);
  return made;
}
