/** A call that has no name in the catalogue, shown as far as our contracts' ABIs know it. */
import type { ContractAbi } from "../chain/contracts.ts";
import {
  accessManager,
  alliance,
  allianceToken,
  collateral,
  council,
  exchangePool,
  lottery,
  merchantRegistry,
  nodeDirectory,
  nodeRewards,
  regulatorDesk,
  ruleBooks,
  sharingProgram,
} from "../chain/contracts.ts";
import type { ContractName } from "../chain/deployment.ts";
import type { Contracts, CouncilCall } from "./action.ts";
import { showValue } from "./action.ts";
import type { DecodedAction } from "./catalogue.ts";

const ABIS: Readonly<Partial<Record<ContractName, ContractAbi>>> = {
  accessManager,
  alliance,
  allianceToken,
  collateral,
  council,
  exchangePool,
  lottery,
  merchantRegistry,
  nodeDirectory,
  nodeRewards,
  regulatorDesk,
  ruleBooks,
  sharingProgram,
};

export function describeUnknown({ target, value, data }: CouncilCall, at: Contracts): DecodedAction {
  const contract = (Object.keys(at) as ContractName[]).find((name) => at[name] === target);
  const signature = contract === undefined ? undefined : signatureOf(ABIS[contract], data);
  const what = `${contract ?? target} ${signature ?? data.slice(0, 10)}`;
  return {
    action: "unknown-call",
    values: {
      target,
      value: value.toString(),
      data,
      ...(contract === undefined ? {} : { contract }),
      ...(signature === undefined ? {} : { function: signature }),
    },
    calls: 1,
    en: `Call ${what}, which has no name here: read its data before you vote.`,
    zh: `调用 ${what}，此处无对应名称：投票前请核对其数据。`,
  };
}

/** `transfer(to: 0x…, value: 5)`; undefined when the contract has no such function. */
function signatureOf(abi: ContractAbi | undefined, data: string): string | undefined {
  try {
    const parsed = abi?.parseTransaction({ data });
    if (parsed === null || parsed === undefined) return undefined;
    const args = parsed.fragment.inputs.map(({ name }, index) => `${name}: ${showValue(parsed.args[index])}`);
    return `${parsed.name}(${args.join(", ")})`;
  } catch {
    return undefined;
  }
}
