/** A customer swaps one merchant's points for another's: a signed order is relayed to the pool. */
import { randomBytes } from "node:crypto";
import { callOf, exchangePool } from "../chain/contracts.ts";
import type { Address, Points } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { chainNow } from "./chain-time.ts";
import { relayerFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";
import type { Consent } from "./sign-for-customer.ts";
import { consentingAccount, signatureOf } from "./sign-for-customer.ts";
import { orderTypedData } from "./typed-data.ts";

/** Prices move slowly, but an order is meant now: a managed order waits an hour at most. */
const MANAGED_ORDER_SECONDS = 3_600;

export interface SwapRequest {
  readonly tokenIn: Address;
  readonly tokenOut: Address;
  /** Exactly this goes in, or at most this when `exactOut`. */
  readonly amountIn: Points;
  /** At least this comes out, or exactly this when `exactOut`. */
  readonly amountOut: Points;
  readonly exactOut: boolean;
  readonly consent: Consent;
  /** As signed; left out for managed customers. */
  readonly nonce?: bigint | undefined;
  readonly deadline?: number | undefined;
}

/** The pool's nonces are a 192-bit key and a 64-bit sequence: a random key with sequence 0 needs no order among orders. */
export function randomOrderNonce(): bigint {
  return BigInt(`0x${randomBytes(24).toString("hex")}`) << 64n;
}

export function swapPoints(rooms: Rooms, asked: Asked, request: SwapRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { consent, ...wanted } = request;
    const account = await consentingAccount(rooms, asked.caller, consent);
    const nonce = request.nonce ?? randomOrderNonce();
    const deadline = request.deadline ?? (await chainNow(rooms)) + MANAGED_ORDER_SECONDS;
    const order = { ...wanted, account, nonce, deadline };
    const signature = await signatureOf(rooms, account, consent, orderTypedData(rooms.deployment, order));
    const data = exchangePool.encodeFunctionData("swapBySig", [order, signature]);
    const call = callOf(rooms.deployment.contracts.exchangePool, data);
    const signer = await relayerFor(rooms, account);
    return { kind: "swap", calls: [call], signer, trial: { ...call, from: signer } };
  });
}
