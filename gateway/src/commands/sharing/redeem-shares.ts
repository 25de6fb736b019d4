/** A holder redeems share points at net asset value, by signature; and anybody gives out the days that are due. */
import { callOf, sharingProgram } from "../../chain/contracts.ts";
import type { Address } from "../../kernel/ids.ts";
import type { Accepted } from "../accept.ts";
import { accept } from "../accept.ts";
import type { Asked } from "../asked.ts";
import { chainNow } from "../chain-time.ts";
import { relayerFor } from "../find-signer.ts";
import type { Prepared } from "../prepare-signing.ts";
import { prepared } from "../prepare-signing.ts";
import type { Rooms } from "../rooms.ts";
import type { Consent } from "../sign-for-customer.ts";
import { MANAGED_SIGNATURE_SECONDS, consentingAccount, signatureOf } from "../sign-for-customer.ts";
import { redeemShareTypedData } from "../typed-data.ts";
import { shareNonceOf } from "./read-sharing.ts";

export interface RedeemSharesRequest {
  readonly points: bigint;
  readonly consent: Consent;
  /** As signed; left out for managed customers. */
  readonly deadline?: number | undefined;
}

export function redeemShares(rooms: Rooms, asked: Asked, request: RedeemSharesRequest): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const { points, consent } = request;
    const account = await consentingAccount(rooms, asked.caller, consent);
    const deadline = request.deadline ?? (await chainNow(rooms)) + MANAGED_SIGNATURE_SECONDS;
    const nonce = await shareNonceOf(rooms, account);
    const typed = redeemShareTypedData(rooms.deployment, { account, points, nonce, deadline });
    const signature = await signatureOf(rooms, account, consent, typed);
    const data = sharingProgram.encodeFunctionData("redeemBySig", [account, points, deadline, signature]);
    const call = callOf(rooms.deployment.contracts.sharingProgram, data);
    const signer = await relayerFor(rooms, account);
    return { kind: "sharing.redeem", calls: [call], signer, trial: { ...call, from: signer } };
  });
}

/** What a wallet of the holder's own must sign. Two at once have the same nonce: the second is refused. */
export async function prepareRedeemShares(
  rooms: Rooms,
  asking: { account: Address; points: bigint; validFor: number },
): Promise<Prepared> {
  const { account, points } = asking;
  const deadline = (await chainNow(rooms)) + asking.validFor;
  const nonce = await shareNonceOf(rooms, account);
  const typed = redeemShareTypedData(rooms.deployment, { account, points, nonce, deadline });
  return prepared(typed, { account, points, deadline });
}

export function giveDays(rooms: Rooms, asked: Asked): Promise<Accepted> {
  return accept(rooms, asked, async () => {
    const to = rooms.deployment.contracts.sharingProgram;
    const call = callOf(to, sharingProgram.encodeFunctionData("distribute"));
    const signer = await relayerFor(rooms, to);
    return { kind: "sharing.distribute", calls: [call], signer, trial: { ...call, from: signer } };
  });
}
