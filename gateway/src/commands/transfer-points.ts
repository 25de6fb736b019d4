/** A customer sends points without paying gas: a signed authorization (ERC-3009) is relayed. */
import { randomBytes } from "node:crypto";
import { callOf, merchantPoint } from "../chain/contracts.ts";
import type { Address, Hex32, Points } from "../kernel/ids.ts";
import type { Accepted } from "./accept.ts";
import { accept } from "./accept.ts";
import type { Asked } from "./asked.ts";
import { findMerchantOfToken } from "./find-merchant.ts";
import { chainNow } from "./chain-time.ts";
import { relayerFor } from "./find-signer.ts";
import type { Rooms } from "./rooms.ts";
import type { Consent } from "./sign-for-customer.ts";
import { MANAGED_SIGNATURE_SECONDS, consentingAccount, signatureOf } from "./sign-for-customer.ts";
import { transferTypedData } from "./typed-data.ts";

export interface TransferRequest {
  readonly token: Address;
  readonly to: Address;
  readonly points: Points;
  readonly consent: Consent;
  /** As signed; left out for managed customers. */
  readonly validAfter?: number | undefined;
  readonly validBefore?: number | undefined;
  readonly nonce?: Hex32 | undefined;
}

/** ERC-3009 nonces are random and unordered. */
export function randomNonce(): Hex32 {
  return `0x${randomBytes(32).toString("hex")}` as Hex32;
}

export function transferPoints(rooms: Rooms, asked: Asked, request: TransferRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { token, to, points, consent } = request;
    const from = await consentingAccount(rooms, asked.caller, consent);
    const merchant = await findMerchantOfToken(rooms, token);
    const validAfter = request.validAfter ?? 0;
    const validBefore = request.validBefore ?? (await chainNow(rooms)) + MANAGED_SIGNATURE_SECONDS;
    const nonce = request.nonce ?? randomNonce();
    const authorization = { from, to, value: points, validAfter, validBefore, nonce };
    const typed = transferTypedData(rooms.deployment, merchant, authorization);
    const signature = await signatureOf(rooms, from, consent, typed);
    const signed = [from, to, points, validAfter, validBefore, nonce, signature] as const;
    const call = callOf(token, merchantPoint.encodeFunctionData("transferWithAuthorization", [...signed]));
    const signer = await relayerFor(rooms, from);
    const { merchantId } = merchant;
    return { kind: "transfer", merchantId, calls: [call], signer, trial: { ...call, from: signer } };
  });
}
