/** Hashes that the lottery makes of what people know: commitments to secrets, and the refs of holds that pay for tickets. */
import { AbiCoder, keccak256 } from "ethers";
import type { Address, Hex32 } from "../kernel/ids.ts";
import type { Deployment } from "./deployment.ts";

type Where = Pick<Deployment, "chainId" | "contracts">;

function hash(types: readonly string[], values: readonly unknown[]): Hex32 {
  return keccak256(AbiCoder.defaultAbiCoder().encode(types, values)) as Hex32;
}

/** What merchant and witness publish before the first ticket is sold. */
export function commitmentOf({ chainId, contracts }: Where, secret: Hex32): Hex32 {
  return hash(["uint256", "address", "bytes32"], [chainId, contracts.lottery, secret]);
}

/** The ref of the hold that pays for a purchase. */
export function ticketRefOf(
  { chainId, contracts }: Where,
  { drawId, buyer, salt }: { drawId: number; buyer: Address; salt: Hex32 },
): Hex32 {
  const types = ["uint256", "address", "uint256", "address", "bytes32"];
  return hash(types, [chainId, contracts.lottery, drawId, buyer, salt]);
}
