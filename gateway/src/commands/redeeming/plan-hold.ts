/** The call that puts points on hold, alone or right after the swap that buys them: one signature, one transaction. */
import { callOf, exchangePool, merchantPoint } from "../../chain/contracts.ts";
import { refOf } from "../../chain/text-ref.ts";
import { LedgerError } from "../../kernel/errors.ts";
import type { Address, HexData, Points } from "../../kernel/ids.ts";
import type { ContractCall } from "../../outbox/command.ts";
import { chainNow } from "../chain-time.ts";
import { compositeSignatures, relayOf } from "../composite-signature.ts";
import type { MerchantFacts } from "../find-merchant.ts";
import { findMerchantOfToken } from "../find-merchant.ts";
import type { Rooms } from "../rooms.ts";
import { MANAGED_SIGNATURE_SECONDS } from "../sign-for-customer.ts";
import { randomOrderNonce } from "../swap-points.ts";
import type { Order, RedemptionKind, TypedData } from "../typed-data.ts";
import { REDEMPTION_KINDS, holdTypedData, orderTypedData } from "../typed-data.ts";

/** As its own wallet signed it; absent for managed customers. */
export interface SignedHold {
  readonly signature: HexData;
  /** Unix seconds. */
  readonly releaseAt: number;
  readonly deadline: number;
}

export interface SignedSwap {
  readonly signature: HexData;
  readonly nonce: bigint;
  readonly deadline: number;
}

export interface WantedSwap {
  readonly tokenIn: Address;
  /** No more than this goes in. */
  readonly amountInMax: Points;
  /** Exactly this comes out. */
  readonly amountOut: Points;
  readonly signed?: SignedSwap | undefined;
}

export interface WantedHold {
  readonly merchant: MerchantFacts & { readonly token: Address };
  readonly account: Address;
  readonly points: Points;
  readonly kind: Exclude<RedemptionKind, "lottery">;
  /** The name the chain knows it by; hashed unless it is 32 bytes in hex. */
  readonly chainRef: string;
  /** How long a managed customer's hold lasts. */
  readonly seconds: number;
  readonly signed?: SignedHold | undefined;
  readonly swap?: WantedSwap | undefined;
}

export interface PlannedHold {
  readonly call: ContractCall;
  readonly releaseAt: number;
}

export async function planHold(rooms: Rooms, wanted: WantedHold): Promise<PlannedHold> {
  const { account, merchant, points, kind, signed } = wanted;
  const now = await chainNow(rooms);
  const times = signed ?? { releaseAt: now + wanted.seconds, deadline: now + MANAGED_SIGNATURE_SECONDS };
  const { releaseAt, deadline } = times;
  const ref = refOf(wanted.chainRef);
  const typed = holdTypedData(rooms.deployment, merchant, { holder: account, points, kind, ref, releaseAt, deadline });
  const holdBy = (signature: HexData): ContractCall => {
    const kindIndex = REDEMPTION_KINDS.indexOf(kind);
    const args = [account, points, kindIndex, ref, releaseAt, deadline, signature] as const;
    return callOf(merchant.token, merchantPoint.encodeFunctionData("holdBySig", [...args]));
  };
  if (wanted.swap === undefined)
    return { releaseAt, call: holdBy(signed?.signature ?? (await rooms.signers.signTypedData(account, typed))) };
  const order = await orderOf(rooms, wanted, wanted.swap, deadline);
  const [forSwap, forHold] = await signaturesOf(rooms, wanted, [orderTypedData(rooms.deployment, order), typed]);
  const swapped = callOf(
    rooms.deployment.contracts.exchangePool,
    exchangePool.encodeFunctionData("swapBySig", [order, forSwap]),
  );
  return { releaseAt, call: relayOf(rooms.deployment, [swapped, holdBy(forHold)]) };
}

async function orderOf(rooms: Rooms, wanted: WantedHold, swap: WantedSwap, deadline: number): Promise<Order> {
  // Names an unknown token as such, instead of as a pool that is closed.
  const { token: tokenIn } = await findMerchantOfToken(rooms, swap.tokenIn);
  return {
    account: wanted.account,
    tokenIn,
    tokenOut: wanted.merchant.token,
    amountIn: swap.amountInMax,
    amountOut: swap.amountOut,
    exactOut: true,
    nonce: swap.signed?.nonce ?? randomOrderNonce(),
    deadline: swap.signed?.deadline ?? deadline,
  };
}

async function signaturesOf(
  rooms: Rooms,
  { account, signed, swap }: WantedHold,
  parts: readonly [TypedData, TypedData],
): Promise<[HexData, HexData]> {
  if (signed !== undefined && swap?.signed !== undefined) return [swap.signed.signature, signed.signature];
  if (signed !== undefined)
    throw new LedgerError("request_invalid", {
      field: "signatures.swap",
      problem: "is missing: the account signs the swap as well",
    });
  const [forSwap, forHold] = await compositeSignatures(rooms, { account }, parts);
  if (forSwap === undefined || forHold === undefined) throw new RangeError("two parts have two signatures");
  return [forSwap, forHold];
}
