/** Points are consumed at once, or put on hold for an order, with the holder's consent. */
import { callOf, merchantPoint } from "../chain/contracts.ts";
import { refOf } from "../chain/text-ref.ts";
import type { Address, Points } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { chainNow } from "./chain-time.ts";
import { findMerchantOfToken } from "./find-merchant.ts";
import { relayerFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";
import type { Consent } from "./sign-for-customer.ts";
import { MANAGED_SIGNATURE_SECONDS, consentingAccount, signatureOf } from "./sign-for-customer.ts";
import type { RedemptionKind } from "./typed-data.ts";
import { REDEMPTION_KINDS, holdTypedData, redeemTypedData } from "./typed-data.ts";

export interface RedeemRequest {
  readonly token: Address;
  readonly points: Points;
  readonly kind: RedemptionKind;
  /** 32 bytes in hex, or a text that is hashed. */
  readonly ref: string;
  readonly consent: Consent;
  /** Unix seconds; as signed. Left out for managed customers. */
  readonly deadline?: number | undefined;
}

async function deadlineOf(rooms: Rooms, request: { deadline?: number | undefined }): Promise<number> {
  return request.deadline ?? (await chainNow(rooms)) + MANAGED_SIGNATURE_SECONDS;
}

export function redeemPoints(rooms: Rooms, asked: Asked, request: RedeemRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { token, points, kind, consent } = request;
    const ref = refOf(request.ref);
    const holder = await consentingAccount(rooms, asked.caller, consent);
    const merchant = await findMerchantOfToken(rooms, token);
    const deadline = await deadlineOf(rooms, request);
    const typed = redeemTypedData(rooms.deployment, merchant, { holder, points, kind, ref, deadline });
    const signature = await signatureOf(rooms, holder, consent, typed);
    const kindIndex = REDEMPTION_KINDS.indexOf(kind);
    const data = merchantPoint.encodeFunctionData("redeemBySig", [holder, points, kindIndex, ref, deadline, signature]);
    const signer = await relayerFor(rooms, holder);
    const call = callOf(token, data);
    const { merchantId } = merchant;
    return { kind: "redeem", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}

/** When the caller does not say how long. */
const HOLD_SECONDS = 3_600;

export interface HoldRequest extends RedeemRequest {
  /** Unix seconds from which the hold can be released by anyone; as signed. */
  readonly releaseAt?: number | undefined;
  /** For managed customers: how long the hold lasts. */
  readonly seconds?: number | undefined;
}

export function holdPoints(rooms: Rooms, asked: Asked, request: HoldRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { token, points, kind, consent } = request;
    const ref = refOf(request.ref);
    const holder = await consentingAccount(rooms, asked.caller, consent);
    const merchant = await findMerchantOfToken(rooms, token);
    const deadline = await deadlineOf(rooms, request);
    const releaseAt = request.releaseAt ?? (await chainNow(rooms)) + (request.seconds ?? HOLD_SECONDS);
    const typed = holdTypedData(rooms.deployment, merchant, { holder, points, kind, ref, releaseAt, deadline });
    const signature = await signatureOf(rooms, holder, consent, typed);
    const signed = [holder, points, REDEMPTION_KINDS.indexOf(kind), ref, releaseAt, deadline, signature] as const;
    const call = callOf(token, merchantPoint.encodeFunctionData("holdBySig", [...signed]));
    const signer = await relayerFor(rooms, holder);
    const { merchantId } = merchant;
    return { kind: "hold", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
