/** What the chain says of one redemption: the last word on whether points are held, consumed or given back. */
import { LedgerError } from "../kernel/errors.ts";
import type { Address, Hex32, HexData } from "../kernel/ids.ts";
import type { ChainClient } from "./client.ts";
import { merchantPoint } from "./contracts.ts";

/** In the order of the contract's enum. */
const STATES = ["none", "held", "captured", "released"] as const;
export type RedemptionState = (typeof STATES)[number];

export async function fetchRedemptionState(
  chain: ChainClient,
  { token, holder, ref }: { token: Address; holder: Address; ref: Hex32 },
): Promise<RedemptionState> {
  const data = merchantPoint.encodeFunctionData("redemptionOf", [holder, ref]) as HexData;
  const outcome = await chain.call({ to: token, data });
  if (!outcome.ok) throw new LedgerError("chain_refused", { reason: `redemptionOf: ${outcome.message}` });
  const [redemption] = merchantPoint.decodeFunctionResult("redemptionOf", outcome.data) as unknown as [
    { state: bigint },
  ];
  return STATES[Number(redemption.state)] ?? "none";
}

/** Live points at the head. */
export async function fetchBalance(chain: ChainClient, token: Address, account: Address): Promise<bigint> {
  const data = merchantPoint.encodeFunctionData("balanceOf", [account]) as HexData;
  const outcome = await chain.call({ to: token, data });
  if (!outcome.ok) throw new LedgerError("chain_refused", { reason: `balanceOf: ${outcome.message}` });
  return BigInt(outcome.data);
}
