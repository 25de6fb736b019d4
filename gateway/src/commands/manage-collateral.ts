/** A merchant locks alliance tokens behind its points, asks for them back, and takes them when the delay is over. */
import { allianceToken, callOf, collateral } from "../chain/contracts.ts";
import type { Address, Alp } from "../kernel/ids.ts";
import type { ContractCall } from "../outbox/command.ts";
import type { Accepted } from "./accept.ts";
import { acceptAsController } from "./as-controller.ts";
import type { Asked } from "./asked.ts";
import { findMerchant } from "./find-merchant.ts";
import type { Rooms } from "./rooms.ts";

const UINT256_MAX = (1n << 256n) - 1n;

/**
 * Lets one of the protocol's own contracts pull alliance tokens. Without a limit: two payments of one merchant may
 * run side by side, and the second approval of an exact amount would undo the first.
 */
export function approveAlp(rooms: Rooms, spender: Address): ContractCall {
  const data = allianceToken.encodeFunctionData("approve", [spender, UINT256_MAX]);
  return callOf(rooms.deployment.contracts.allianceToken, data);
}

/** A transfer that is only tried: it is refused for the same reasons as the pull that follows the approval. */
export function tryPayment(rooms: Rooms, to: Address, alp: Alp): ContractCall {
  return callOf(rooms.deployment.contracts.allianceToken, allianceToken.encodeFunctionData("transfer", [to, alp]));
}

interface Deposit {
  readonly merchantId: number;
  readonly alp: Alp;
}

export function depositCollateral(rooms: Rooms, asked: Asked, { merchantId, alp }: Deposit): Promise<Accepted> {
  return acceptAsController(rooms, asked, async () => {
    const to = rooms.deployment.contracts.collateral;
    const pay = callOf(to, collateral.encodeFunctionData("deposit", [merchantId, alp]));
    const merchant = await findMerchant(rooms, merchantId);
    const trial = tryPayment(rooms, to, alp);
    return { kind: "collateral.deposit", merchant, calls: [approveAlp(rooms, to), pay], trial };
  });
}

type Withdrawal = Deposit | { readonly merchantId: number; readonly step: "take" | "cancel" };

function withdrawalData(withdrawal: Withdrawal): string {
  if ("alp" in withdrawal)
    return collateral.encodeFunctionData("requestWithdrawal", [withdrawal.merchantId, withdrawal.alp]);
  return withdrawal.step === "take"
    ? collateral.encodeFunctionData("withdraw", [withdrawal.merchantId])
    : collateral.encodeFunctionData("cancelWithdrawal", [withdrawal.merchantId]);
}

export function withdrawCollateral(rooms: Rooms, asked: Asked, withdrawal: Withdrawal): Promise<Accepted> {
  return acceptAsController(rooms, asked, async () => ({
    kind: `collateral.${"alp" in withdrawal ? "request" : withdrawal.step}`,
    merchant: await findMerchant(rooms, withdrawal.merchantId),
    calls: [callOf(rooms.deployment.contracts.collateral, withdrawalData(withdrawal))],
  }));
}
