/** The names of our contracts' functions by their selectors: `transfer(address to, uint256 value)`. */
import { FunctionFragment } from "ethers";
import type { Interface } from "ethers";
import * as contracts from "./contracts.ts";

let names: ReadonlyMap<string, string> | undefined;

function read(): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const abis = Object.values(contracts).filter((one): one is typeof one & Interface => typeof one === "object");
  for (const fragment of abis.flatMap((abi) => abi.fragments))
    if (FunctionFragment.isFragment(fragment)) {
      // Interfaces of standards leave arguments without names; the contract that names them is the longer one.
      const [before, name] = [found.get(fragment.selector) ?? "", nameOf(fragment)];
      found.set(fragment.selector, name.length > before.length ? name : before);
    }
  return found;
}

const nameOf = ({ name, inputs }: FunctionFragment): string =>
  `${name}(${inputs.map((input) => `${input.type} ${input.name}`.trim()).join(", ")})`;

/** Empty for a call that is none of ours. */
export function callNameOf(input: string): string {
  names ??= read();
  return names.get(input.slice(0, 10)) ?? "";
}
