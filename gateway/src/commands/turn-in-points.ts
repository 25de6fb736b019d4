/**
 * Holders of a merchant that winds down turn points in for their part of its collateral. The merchant's own keys may be
 * gone by then: whoever manages the customer, or holds the customer's signature, can ask for it, and a relayer sends it.
 */
import { callOf, collateral } from "../chain/contracts.ts";
import { refOf } from "../chain/text-ref.ts";
import type { Address, Points } from "../kernel/ids.ts";
import type { Accepted, Plan } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { chainNow } from "./chain-time.ts";
import { findMerchant } from "./find-merchant.ts";
import { relayerFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";
import type { Consent } from "./sign-for-customer.ts";
import { MANAGED_SIGNATURE_SECONDS, consentingAccount, signatureOf } from "./sign-for-customer.ts";
import { turnInTypedData } from "./typed-data.ts";

export interface TurnInRequest {
  readonly merchantId: number;
  readonly points: Points;
  /** 32 bytes in hex, or a text that is hashed. Fresh: it is the redemption's in the token. */
  readonly ref: string;
  readonly consent: Consent;
  /** Unix seconds; as signed. Left out for managed customers. */
  readonly deadline?: number | undefined;
}

export function turnInPoints(rooms: Rooms, asked: Asked, request: TurnInRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { merchantId, points, consent } = request;
    const ref = refOf(request.ref);
    const holder = await consentingAccount(rooms, asked.caller, consent);
    await findMerchant(rooms, merchantId);
    const deadline = request.deadline ?? (await chainNow(rooms)) + MANAGED_SIGNATURE_SECONDS;
    const typed = turnInTypedData(rooms.deployment, { holder, merchantId, points, ref, deadline });
    const signature = await signatureOf(rooms, holder, consent, typed);
    const signed = [holder, merchantId, points, ref, deadline, signature] as const;
    return relayed(rooms, { merchantId, holder, data: collateral.encodeFunctionData("turnInBySig", [...signed]) });
  });
}

export interface HoldTurnIn {
  readonly merchantId: number;
  readonly hold: { readonly holder: Address; readonly ref: string };
}

/** A hold that is over needs nobody's consent: its holder is paid. */
export function turnInHold(rooms: Rooms, asked: Asked, { merchantId, hold }: HoldTurnIn): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    await findMerchant(rooms, merchantId);
    const { holder } = hold;
    const data = collateral.encodeFunctionData("turnInHold", [merchantId, holder, refOf(hold.ref)]);
    return relayed(rooms, { merchantId, holder, data });
  });
}

interface TurnIn {
  readonly merchantId: number;
  readonly holder: Address;
  readonly data: string;
}

async function relayed(rooms: Rooms, { merchantId, holder, data }: TurnIn): Promise<Plan> {
  const call = callOf(rooms.deployment.contracts.collateral, data);
  const signer = await relayerFor(rooms, holder);
  return { kind: "turnIn", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
}
